//! The same invoice for the second time: by what it is known, and how that is said.

use crate::check::Check;
use crate::document::{DocumentId, search_key};
use crate::field::Field;
use crate::label::Label;
use crate::ports::InvoiceIdentity;

/// The check's name.
pub(crate) const NOT_SEEN_BEFORE: &str = "not_seen_before";

/// What tells one supplier from another. The name comes last: it is the least sure.
const SUPPLIER: [Field; 7] = [
    Field::SupplierVatId,
    Field::SupplierOrgNumber,
    Field::SupplierIban,
    Field::Bankgiro,
    Field::Plusgiro,
    Field::AccountNumber,
    Field::SupplierName,
];

/// By what a document with these labels is known as an invoice; `None` without a number or anything of the supplier.
pub(crate) fn identity_of<'a>(labels: impl Iterator<Item = &'a Label> + Clone) -> Option<InvoiceIdentity> {
    let key = |wanted: Field| {
        let label = labels.clone().find(|label| label.field == wanted)?;
        Some(search_key(&label.value.to_string())).filter(|key| !key.is_empty())
    };
    let number = key(Field::InvoiceNumber)?;
    let supplier: Vec<_> = SUPPLIER.into_iter().filter_map(|field| Some((field, key(field)?))).collect();
    (!supplier.is_empty()).then_some(InvoiceIdentity { number, supplier })
}

/// What the check says of one field of an invoice that is known so; `None` where it has nothing to say.
pub(crate) fn check_of(field: Field, invoice: &InvoiceIdentity, first: Option<DocumentId>) -> Option<Check> {
    let is_number = field == Field::InvoiceNumber;
    let is_supplier = invoice.supplier.iter().any(|(known, _)| *known == field);
    match first {
        Some(first) if is_number || is_supplier => {
            Some(Check::new(NOT_SEEN_BEFORE, false).because(format!("document {first} is the same invoice")))
        }
        None if is_number => Some(Check::new(NOT_SEEN_BEFORE, true)),
        _ => None,
    }
}

/// Why somebody should look at a document that repeats another.
pub(crate) fn reason(first: DocumentId) -> String {
    format!("{NOT_SEEN_BEFORE} fails: document {first} is the same invoice")
}
