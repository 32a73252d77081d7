//! The fields that Fieldmark reads, and the kind of value that each holds.

use std::fmt;
use std::str::FromStr;

/// What a field's value is, which decides how it is parsed, printed and checked.
///
/// ```
/// use fieldmark_domain::field::{Field, FieldKind};
///
/// let dates: Vec<&str> = Field::ALL
///     .iter()
///     .filter(|field| field.kind() == FieldKind::Date)
///     .map(|field| field.name())
///     .collect();
/// assert_eq!(dates, ["invoice_date", "due_date", "delivery_date", "service_start", "service_end"]);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FieldKind {
    /// Any number or code, as printed: [`values::Identifier`](crate::values::Identifier).
    Identifier,
    /// A calendar date: [`values::Date`](crate::values::Date).
    Date,
    /// An amount of money: [`values::Money`](crate::values::Money).
    Money,
    /// An ISO 4217 currency: [`values::Currency`](crate::values::Currency).
    Currency,
    /// A party's name: [`values::Name`](crate::values::Name).
    Name,
    /// A value-added-tax identification number: [`values::VatId`](crate::values::VatId).
    VatId,
    /// A number in a national register of organisations: [`values::OrgNumber`](crate::values::OrgNumber).
    OrgNumber,
    /// ISO 13616: [`values::Iban`](crate::values::Iban).
    Iban,
    /// ISO 9362: [`values::Bic`](crate::values::Bic).
    Bic,
    /// A reference that a payer must quote: [`values::PaymentReference`](crate::values::PaymentReference).
    PaymentReference,
    /// A Swedish bankgiro number: [`values::Bankgiro`](crate::values::Bankgiro).
    Bankgiro,
    /// A Swedish plusgiro number: [`values::Plusgiro`](crate::values::Plusgiro).
    Plusgiro,
    /// A Danish payment line (`+71<…+…<`): [`values::FikLine`](crate::values::FikLine).
    FikLine,
    /// A national bank account number: [`values::Account`](crate::values::Account).
    Account,
    /// An e-mail address: [`values::Email`](crate::values::Email).
    Email,
    /// A postal address: [`values::Address`](crate::values::Address).
    Address,
    /// Words, as printed: [`values::Text`](crate::values::Text).
    Text,
}

macro_rules! fields {
    ($($(#[$doc:meta])* $variant:ident = $name:literal, $kind:ident;)*) => {
        /// A field of an invoice. Names (see [`Field::name`]) are canonical wherever a field is named.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
        pub enum Field {
            $(
                $(#[$doc])*
                #[doc = ""]
                #[doc = concat!(
                    "Kind: [`FieldKind::", stringify!($kind), "`]. Value: [`values::", stringify!($kind),
                    "`](crate::values::", stringify!($kind), ")."
                )]
                $variant,
            )*
        }

        impl Field {
            /// Every field, in the order in which people expect to see them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The canonical name, for instance `invoice_number`.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }

            /// What kind of value it holds.
            #[must_use]
            pub const fn kind(self) -> FieldKind {
                match self { $(Self::$variant => FieldKind::$kind),* }
            }
        }
    };
}

fields! {
    /// The number that the supplier gave the invoice.
    InvoiceNumber = "invoice_number", Identifier;
    /// The day of issue.
    InvoiceDate = "invoice_date", Date;
    /// The day by which to pay.
    DueDate = "due_date", Date;
    /// The day on which goods or services were supplied.
    DeliveryDate = "delivery_date", Date;
    /// The first day of the period that is invoiced.
    ServiceStart = "service_start", Date;
    /// The last day of the period that is invoiced.
    ServiceEnd = "service_end", Date;
    /// When and how to pay, in words.
    PaymentTerms = "payment_terms", Text;
    /// The currency of the totals.
    Currency = "currency", Currency;
    /// The total before tax.
    TotalNet = "total_net", Money;
    /// The total of taxes.
    TotalTax = "total_tax", Money;
    /// The total with taxes.
    TotalGross = "total_gross", Money;
    /// What was paid before, of this invoice; above zero.
    AmountPaid = "amount_paid", Money;
    /// What is left to pay.
    AmountDue = "amount_due", Money;
    /// What was taken off the sum of the lines; above zero.
    DiscountTotal = "discount_total", Money;
    /// What sending costs, without tax where the totals name it without.
    Shipping = "shipping", Money;
    /// What the total was rounded by.
    Rounding = "rounding", Money;
    /// Who sends the invoice.
    SupplierName = "supplier_name", Name;
    /// The supplier's VAT identification number.
    SupplierVatId = "supplier_vat_id", VatId;
    /// The supplier's number in its national register.
    SupplierOrgNumber = "supplier_org_number", OrgNumber;
    /// The supplier's postal address.
    SupplierAddress = "supplier_address", Address;
    /// The supplier's e-mail address.
    SupplierEmail = "supplier_email", Email;
    /// The account to pay to.
    SupplierIban = "supplier_iban", Iban;
    /// The bank of that account.
    SupplierBic = "supplier_bic", Bic;
    /// The bankgiro number to pay to.
    Bankgiro = "bankgiro", Bankgiro;
    /// The plusgiro number to pay to.
    Plusgiro = "plusgiro", Plusgiro;
    /// The national account number to pay to.
    AccountNumber = "account_number", Account;
    /// The reference to quote with the payment.
    PaymentReference = "payment_reference", PaymentReference;
    /// The Norwegian KID; given as `payment_reference` too.
    Kid = "kid", PaymentReference;
    /// The whole Danish payment line.
    Fik = "fik", FikLine;
    /// Who is to pay.
    CustomerName = "customer_name", Name;
    /// The customer's VAT identification number.
    CustomerVatId = "customer_vat_id", VatId;
    /// The customer's number in its national register.
    CustomerOrgNumber = "customer_org_number", OrgNumber;
    /// The customer's postal address.
    CustomerAddress = "customer_address", Address;
    /// The customer's e-mail address.
    CustomerEmail = "customer_email", Email;
    /// The number that the supplier gave the customer.
    CustomerNumber = "customer_number", Identifier;
    /// The customer's order.
    OrderNumber = "order_number", Identifier;
}

impl fmt::Display for Field {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.name())
    }
}

/// A name that is not a field's.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a field")]
pub struct UnknownField(pub String);

impl FromStr for Field {
    type Err = UnknownField;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .iter()
            .copied()
            .find(|field| field.name() == name)
            .ok_or_else(|| UnknownField(name.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_fields_are_one_to_one() {
        for field in Field::ALL {
            assert_eq!(field.name().parse::<Field>().as_ref(), Ok(field));
        }
        assert_eq!("colour".parse::<Field>(), Err(UnknownField("colour".to_owned())));
    }
}
