//! What the block that a value stands in says of its being a field's: names, numbers and accounts belong to the
//! party whose block they stand in, totals stand among totals.
//!
//! Knows roles; where blocks begin and end is the detector's finding.

use super::evidence::{PageEvidence, Span};
use super::mentions::Mention;
use crate::detection::BlockRole;
use crate::field::{Field, FieldKind};

/// Moves a mention by the role of its block, as far as the detector is sure of the role.
pub(super) fn weigh_block(page: &PageEvidence, span: &Span, field: Field, mention: &mut Mention) {
    let Some((role, sure)) = page.role(&span.words) else { return };
    match verdict(field, role) {
        Verdict::Home => mention.raise(0.3 * sure, home_reason(role)),
        Verdict::Strange(factor) if sure > 0.35 => {
            mention.lower(1.0 - (1.0 - factor) * sure.min(1.0), strange_reason(role));
        }
        Verdict::Strange(_) | Verdict::Indifferent => {}
    }
}

/// What a role says of a field.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Verdict {
    /// The field stands here on most documents.
    Home,
    /// It may stand here.
    Indifferent,
    /// It hardly ever stands here: the score's factor.
    Strange(f32),
}

fn verdict(field: Field, role: BlockRole) -> Verdict {
    use BlockRole::{
        Agent, Bank, BillTo, Customer, Delivery, Footer, Identification, Lines, PaymentSlip, Supplier, Terms,
        Totals,
    };
    match field {
        Field::SupplierName => match role {
            Supplier => Verdict::Home,
            Customer | Delivery | BillTo => Verdict::Strange(0.35),
            Agent => Verdict::Strange(0.5),
            Lines | Totals => Verdict::Strange(0.6),
            Terms => Verdict::Strange(0.8),
            Identification | Bank | PaymentSlip | Footer => Verdict::Indifferent,
        },
        Field::CustomerName => match role {
            Customer => Verdict::Home,
            Supplier | Footer | Bank => Verdict::Strange(0.35),
            Agent | Delivery => Verdict::Strange(0.5),
            Lines | Totals => Verdict::Strange(0.6),
            Terms | BillTo => Verdict::Strange(0.8),
            Identification | PaymentSlip => Verdict::Indifferent,
        },
        Field::SupplierVatId | Field::SupplierOrgNumber | Field::SupplierAddress | Field::SupplierEmail => {
            match role {
                Supplier => Verdict::Home,
                Customer | Delivery | BillTo => Verdict::Strange(0.4),
                Agent => Verdict::Strange(0.45),
                _ => Verdict::Indifferent,
            }
        }
        Field::CustomerVatId | Field::CustomerOrgNumber | Field::CustomerAddress | Field::CustomerEmail => {
            match role {
                Customer => Verdict::Home,
                Supplier | Footer | Bank | Agent => Verdict::Strange(0.4),
                Delivery => Verdict::Strange(0.6),
                _ => Verdict::Indifferent,
            }
        }
        _ if matches!(field.kind(), FieldKind::Iban | FieldKind::Bic | FieldKind::Account) => match role {
            Bank | PaymentSlip => Verdict::Home,
            Customer | Delivery | BillTo | Lines => Verdict::Strange(0.45),
            _ => Verdict::Indifferent,
        },
        Field::TotalNet | Field::TotalTax | Field::TotalGross => match role {
            Totals => Verdict::Home,
            Lines => Verdict::Strange(0.75),
            _ => Verdict::Indifferent,
        },
        _ => Verdict::Indifferent,
    }
}

const fn home_reason(role: BlockRole) -> &'static str {
    match role {
        BlockRole::Supplier => "it stands in the supplier's block",
        BlockRole::Customer => "it stands in the customer's block",
        BlockRole::Bank | BlockRole::PaymentSlip => "it stands where the payment is told",
        BlockRole::Totals => "it stands among the totals",
        _ => "it stands where such values do",
    }
}

const fn strange_reason(role: BlockRole) -> &'static str {
    match role {
        BlockRole::Supplier => "it stands in the supplier's block",
        BlockRole::Customer => "it stands in the customer's block",
        BlockRole::BillTo => "it stands in the block of a billing address",
        BlockRole::Delivery => "it stands in the block of a delivery address",
        BlockRole::Agent => "it stands in the block of a factor or representative",
        BlockRole::Lines => "it stands among the lines",
        BlockRole::Footer => "it stands in the page's foot",
        _ => "it stands in another block",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_role_is_home_to_both_parties() {
        let pairs = [
            (Field::SupplierName, Field::CustomerName),
            (Field::SupplierVatId, Field::CustomerVatId),
            (Field::SupplierOrgNumber, Field::CustomerOrgNumber),
            (Field::SupplierAddress, Field::CustomerAddress),
        ];
        for (supplier, customer) in pairs {
            assert_eq!(verdict(supplier, BlockRole::Supplier), Verdict::Home);
            assert_eq!(verdict(customer, BlockRole::Customer), Verdict::Home);
            for role in BlockRole::ALL {
                let both = (verdict(supplier, *role), verdict(customer, *role));
                assert_ne!(both, (Verdict::Home, Verdict::Home), "{role:?}");
            }
            assert!(matches!(verdict(supplier, BlockRole::Customer), Verdict::Strange(_)));
            assert!(matches!(verdict(customer, BlockRole::Supplier), Verdict::Strange(_)));
        }
    }
}
