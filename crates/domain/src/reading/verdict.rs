//! Checks of the whole document, and the decision whether it needs review.

use rust_decimal::Decimal;

use super::ReadingOptions;
use crate::check::Check;
use crate::content::DocumentContent;
use crate::electronic_invoice::ElectronicInvoice;
use crate::extraction::Decision;
use crate::field::Field;
use crate::hidden::visible;
use crate::label::{Label, Source};
use crate::page::TextVerdict;
use crate::values::{Date, Money};

fn find(labels: &[Label], field: Field) -> Option<&Label> {
    labels.iter().find(|label| label.field == field)
}

/// The document's checks: `net_plus_tax_is_gross`, `due_not_before_invoice`,
/// `amount_due_not_over_gross`; each only if its fields were found.
pub(super) fn document_checks(labels: &[Label]) -> Vec<Check> {
    let money = |field| find(labels, field).and_then(|label| label.value.money());
    let date = |field| find(labels, field).and_then(|label| label.value.date());
    let gross = money(Field::TotalGross);
    let are_stated = |fields: &[Field]| {
        fields.iter().all(|field| find(labels, *field).is_some_and(|label| label.source == Source::Xml))
    };
    let (net, tax) = (money(Field::TotalNet), money(Field::TotalTax));
    let is_exact = are_stated(&[Field::TotalNet, Field::TotalTax, Field::TotalGross]);
    // An e-invoice states what was paid before: its own check is exact.
    let due = money(Field::AmountDue).filter(|_| !are_stated(&[Field::AmountDue, Field::TotalGross]));
    [
        sum_check((net, tax, gross), money(Field::Rounding).filter(|_| !is_exact), is_exact),
        date_check(date(Field::InvoiceDate), date(Field::DueDate)),
        due_check(due, gross),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Within two hundredths, including a printed rounding, or within half a unit if the gross is a
/// whole number; exactly (BR-CO-15) if an e-invoice states all three.
fn sum_check(
    (net, tax, gross): (Option<Money>, Option<Money>, Option<Money>),
    rounding: Option<Money>,
    is_exact: bool,
) -> Option<Check> {
    let (net, tax, gross) = (net?, tax?, gross?);
    let off = net.amount() + tax.amount() - gross.amount();
    // A rounding is printed with or without its sign.
    let rest =
        rounding.map_or(off.abs(), |rounding| (off.abs() - rounding.amount().abs()).abs().min(off.abs()));
    let allowed = match (is_exact, gross.amount().fract().is_zero()) {
        (true, _) => Decimal::new(5, 3),
        (false, true) => Decimal::new(50, 2),
        (false, false) => Decimal::new(2, 2),
    };
    let detail = match rounding {
        Some(rounding) => format!("{net} + {tax}, rounded by {rounding}, {gross}"),
        None => format!("{net} + {tax}, {gross}"),
    };
    Some(Check::new("net_plus_tax_is_gross", rest <= allowed).because(detail))
}

fn date_check(invoice: Option<Date>, due: Option<Date>) -> Option<Check> {
    let (invoice, due) = (invoice?, due?);
    Some(Check::new("due_not_before_invoice", due >= invoice).because(format!("{invoice}, {due}")))
}

/// The amount due is at most the total, unless a balance is carried over from before.
pub(super) const DUE_NOT_OVER_GROSS: &str = "amount_due_not_over_gross";

fn due_check(due: Option<Money>, gross: Option<Money>) -> Option<Check> {
    let (due, gross) = (due?, gross?);
    let allowed = gross.amount().abs() + Decimal::ONE;
    Some(Check::new(DUE_NOT_OVER_GROSS, due.amount().abs() <= allowed).because(format!("{due}, {gross}")))
}

/// Adds each of the document's checks to the fields that it concerns.
pub(super) fn share_checks(labels: &mut [Label], checks: &[Check]) {
    for check in checks {
        for label in labels.iter_mut().filter(|label| concerns(check, label.field)) {
            label.checks.push(check.clone());
        }
    }
}

/// The checks that [`document_checks`] computes from the labels alone.
const OF_LABELS: [&str; 3] = ["net_plus_tax_is_gross", "due_not_before_invoice", DUE_NOT_OVER_GROSS];

/// Repeats the checks that concern several labels after labels have changed, and returns the
/// document's checks. Checks of an e-invoice are kept, unless they concern a value that a person
/// has replaced.
pub(crate) fn recheck(labels: &mut [Label], known: &[Check]) -> Vec<Check> {
    let is_replaced = |check: &Check| {
        labels.iter().any(|label| label.source == Source::Person && concerns(check, label.field))
    };
    let stated =
        known.iter().filter(|check| !OF_LABELS.contains(&check.name.as_ref()) && !is_replaced(check));
    let stated: Vec<Check> = stated.cloned().collect();
    let mut checks = document_checks(labels);
    // With a balance from before, which no label contains, this check was not made.
    let is_manual = |field| find(labels, field).is_some_and(|label| label.source == Source::Person);
    let was_made = known.iter().any(|check| check.name == DUE_NOT_OVER_GROSS);
    let is_new = is_manual(Field::AmountDue) || is_manual(Field::TotalGross);
    checks.retain(|check| check.name != DUE_NOT_OVER_GROSS || check.passed || was_made || is_new);
    checks.extend(stated);
    for label in labels.iter_mut() {
        let field = label.field;
        label.checks.retain(|check| !concerns(check, field));
    }
    share_checks(labels, &checks);
    checks
}

fn concerns(check: &Check, field: Field) -> bool {
    match check.name.as_ref() {
        "net_plus_tax_is_gross" => matches!(field, Field::TotalNet | Field::TotalTax | Field::TotalGross),
        "due_not_before_invoice" => matches!(field, Field::InvoiceDate | Field::DueDate),
        DUE_NOT_OVER_GROSS => field == Field::AmountDue,
        "amount_due_is_gross_less_paid" => field == Field::AmountDue,
        "lines_sum_to_net" => field == Field::TotalNet,
        "tax_lines_sum_to_tax" => field == Field::TotalTax,
        _ => false,
    }
}

/// Fields that are required for booking an invoice.
const REQUIRED: [Field; 4] =
    [Field::InvoiceNumber, Field::InvoiceDate, Field::TotalGross, Field::SupplierName];
/// Fields that a payment is made from, if they exist.
const PAID_FROM: [Field; 9] = [
    Field::DueDate,
    Field::Currency,
    Field::AmountDue,
    Field::SupplierIban,
    Field::SupplierBic,
    Field::Bankgiro,
    Field::Plusgiro,
    Field::AccountNumber,
    Field::PaymentReference,
];

/// Accepts a document that is complete, with sufficient confidences and without a failed check.
pub(super) fn decide(
    document: &DocumentContent,
    labels: &[Label],
    checks: &[Check],
    options: &ReadingOptions,
) -> Decision {
    let mut reasons = unread(document);
    reasons.extend(label_reasons(labels, checks, options.sure()));
    Decision::of(reasons)
}

/// Reasons for a review that follow from the labels. Labels with a lower confidence than `sure` are
/// such a reason.
pub(crate) fn label_reasons(labels: &[Label], checks: &[Check], sure: f32) -> Vec<String> {
    let mut reasons = Vec::new();
    for field in REQUIRED.iter().chain(&PAID_FROM) {
        match find(labels, *field) {
            None if REQUIRED.contains(field) => reasons.push(format!("{field} was not found")),
            Some(label) if label.confidence < sure => {
                reasons.push(format!("{field} is not sure ({:.2})", label.confidence));
            }
            _ => {}
        }
    }
    reasons.extend(checks.iter().filter(|check| !check.passed).map(|check| format!("{} fails", check.name)));
    for label in labels {
        let own = label.checks.iter().filter(|check| !check.passed && !checks.contains(check));
        reasons.extend(own.map(|check| format!("{}: {} fails", label.field, check.name)));
    }
    reasons
}

/// The parts of the document that were not read: pages beyond the reader's limit, and pages without
/// reliable text.
fn unread(document: &DocumentContent) -> Vec<String> {
    let mut reasons = document.unread.clone();
    let read = document.pages.len();
    if usize::try_from(document.page_count).is_ok_and(|all| all > read) {
        reasons.push(format!("{read} of {} pages were read", document.page_count));
    }
    for page in &document.pages {
        let state = match page.text_layer.verdict {
            TextVerdict::Good => continue,
            TextVerdict::Garbled => "text that cannot be relied on",
            TextVerdict::None => "no text",
        };
        let why: Vec<&str> = page.text_layer.reasons.iter().map(String::as_str).collect();
        reasons.push(format!("page {} has {state}. {}", page.number, why.join(" ")).trim_end().to_owned());
    }
    reasons.extend(unread_statements(&document.electronic_invoices));
    reasons
}

/// The parts of the e-invoices that were not read: lines beyond the reader's limit, and all
/// invoices but the first.
fn unread_statements(invoices: &[ElectronicInvoice]) -> Vec<String> {
    let mut reasons = Vec::new();
    if let Some(first) = invoices.first() {
        let read = first.lines.len();
        if usize::try_from(first.line_count).is_ok_and(|all| all > read) {
            reasons.push(format!("{read} of the e-invoice's {} lines were read", first.line_count));
        }
        if invoices.len() > 1 {
            let name = visible(first.attachment.as_deref().unwrap_or("the first"));
            reasons.push(format!("it carries {} e-invoices, and {name} was read", invoices.len()));
        }
    }
    reasons
}
