//! Written by `weights/training/calibrate.py`: the weights of each field's evidence.

use super::Evidence;
use crate::field::Field;

/// Fields with samples enough of their own.
pub(super) const FIELDS: [(Field, Evidence); 31] = [
    (Field::AccountNumber, [-2.749, 0.780, 0.303, 2.213, -0.800, 0.000, 1.186]),
    (Field::AmountDue, [-1.277, 0.299, 0.455, 1.111, -0.800, -0.595, 0.810]),
    (Field::AmountPaid, [-3.777, 0.314, 0.121, 3.511, -0.800, 0.000, 2.894]),
    (Field::Bankgiro, [-2.720, 0.652, 0.513, 2.213, -0.800, 0.000, 1.662]),
    (Field::Currency, [2.447, 1.000, 0.000, 2.213, -0.800, 0.000, 1.243]),
    (Field::CustomerAddress, [-4.049, 1.000, 0.257, 2.213, -0.800, 0.000, 1.243]),
    (Field::CustomerEmail, [0.726, 0.736, 0.000, 2.213, -0.800, 0.000, 0.566]),
    (Field::CustomerName, [-0.249, 0.006, 0.446, 2.213, -0.800, 0.000, 1.243]),
    (Field::CustomerNumber, [-1.732, 0.811, 0.192, 2.213, -0.800, 0.000, 1.348]),
    (Field::CustomerOrgNumber, [-3.753, 0.656, 0.283, 2.213, -0.164, 0.000, 2.460]),
    (Field::CustomerVatId, [-2.772, 1.000, 0.000, 2.213, -0.800, 0.000, 2.062]),
    (Field::DeliveryDate, [-0.401, 0.752, 0.000, 2.213, -0.800, 0.000, 1.001]),
    (Field::DiscountTotal, [-2.373, 0.653, 0.277, 2.213, -0.800, 0.000, 1.735]),
    (Field::DueDate, [-0.402, 0.784, 0.000, 2.213, -0.800, 0.000, 2.429]),
    (Field::InvoiceDate, [-0.376, 0.386, 0.404, 2.213, -0.800, 0.000, 0.711]),
    (Field::InvoiceNumber, [-2.051, 0.211, 0.723, 2.213, -0.800, 0.000, 0.879]),
    (Field::OrderNumber, [-2.187, 0.642, 0.314, 2.213, -0.800, 0.000, 1.309]),
    (Field::PaymentReference, [-2.974, 0.888, 0.326, 2.213, -0.619, 0.000, 1.170]),
    (Field::PaymentTerms, [-2.842, 0.609, 0.000, 2.213, -0.800, 0.000, 3.496]),
    (Field::ServiceEnd, [-1.495, 0.849, 0.242, 2.213, -0.800, 0.000, 1.496]),
    (Field::Shipping, [-1.074, 1.000, 0.000, 2.213, -0.800, 0.000, 0.000]),
    (Field::SupplierAddress, [0.197, 0.604, 0.000, 2.213, -0.800, 0.000, 1.243]),
    (Field::SupplierBic, [-4.905, 1.000, 0.892, 2.213, -0.800, 0.000, 0.705]),
    (Field::SupplierEmail, [-0.122, 0.729, 0.221, 2.213, -0.800, 0.000, 0.669]),
    (Field::SupplierIban, [-0.811, 1.000, 0.000, 2.213, -0.800, 0.000, 1.719]),
    (Field::SupplierName, [0.072, 0.089, 0.317, 2.213, -0.800, 0.000, 1.243]),
    (Field::SupplierOrgNumber, [-1.094, 0.402, 0.209, 2.213, -0.800, 0.000, 2.115]),
    (Field::SupplierVatId, [-0.973, 1.000, 0.000, 2.213, -0.800, 0.000, 0.726]),
    (Field::TotalGross, [-1.044, 0.072, 0.364, 2.613, -0.800, 0.000, 1.490]),
    (Field::TotalNet, [-1.944, 0.159, 0.400, 3.511, -0.800, 0.000, 0.993]),
    (Field::TotalTax, [-2.964, 0.235, 0.325, 5.196, -0.800, 0.000, 1.197]),
];

/// All other fields.
pub(super) const OTHERS: Evidence = [0.197, 0.604, 0.000, 2.213, -0.800, 0.000, 1.243];

/// Precisions, and the confidences from which on values together have them.
pub(super) const NEEDED: [(f32, f32); 7] = [
    (0.9, 0.0011),
    (0.95, 0.2583),
    (0.97, 0.6767),
    (0.98, 0.8516),
    (0.985, 0.9231),
    (0.99, 0.9614),
    (0.995, 0.9759),
];
