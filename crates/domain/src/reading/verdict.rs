//! What must hold of the document as a whole, and whether a person should look at it.

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

/// The document's checks: `net_plus_tax_is_gross`, `due_not_before_invoice`, `amount_due_not_over_gross`;
/// each only where its fields were found.
pub(super) fn document_checks(labels: &[Label]) -> Vec<Check> {
    let money = |field| find(labels, field).and_then(|label| label.value.money());
    let date = |field| find(labels, field).and_then(|label| label.value.date());
    let gross = money(Field::TotalGross);
    let are_stated = |fields: &[Field]| {
        fields.iter().all(|field| find(labels, *field).is_some_and(|label| label.source == Source::Xml))
    };
    let (net, tax) = (money(Field::TotalNet), money(Field::TotalTax));
    let is_exact = are_stated(&[Field::TotalNet, Field::TotalTax, Field::TotalGross]);
    // An e-invoice says what was paid before: its own check is exact.
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

/// Within two hundredths, with what was rounded where that is printed, or within half a unit where the gross is a whole
/// number; exactly (BR-CO-15) where an e-invoice states all three.
fn sum_check(
    (net, tax, gross): (Option<Money>, Option<Money>, Option<Money>),
    rounding: Option<Money>,
    is_exact: bool,
) -> Option<Check> {
    let (net, tax, gross) = (net?, tax?, gross?);
    let off = net.amount() + tax.amount() - gross.amount();
    // A rounding is printed with its sign, or without.
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

/// What is to be paid is the total or a part of it, unless something is owed from before.
pub(super) const DUE_NOT_OVER_GROSS: &str = "amount_due_not_over_gross";

fn due_check(due: Option<Money>, gross: Option<Money>) -> Option<Check> {
    let (due, gross) = (due?, gross?);
    let allowed = gross.amount().abs() + Decimal::ONE;
    Some(Check::new(DUE_NOT_OVER_GROSS, due.amount().abs() <= allowed).because(format!("{due}, {gross}")))
}

/// Gives the fields that a document's check speaks of that check too.
pub(super) fn share_checks(labels: &mut [Label], checks: &[Check]) {
    for check in checks {
        for label in labels.iter_mut().filter(|label| concerns(check, label.field)) {
            label.checks.push(check.clone());
        }
    }
}

/// The checks that [`document_checks`] makes of the labels alone.
const OF_LABELS: [&str; 3] = ["net_plus_tax_is_gross", "due_not_before_invoice", DUE_NOT_OVER_GROSS];

/// Makes anew what labels that have changed are checked for together, and answers with the document's checks. What an
/// e-invoice was checked for stays, unless it speaks of a value that a person has replaced.
pub(crate) fn recheck(labels: &mut [Label], known: &[Check]) -> Vec<Check> {
    let is_replaced = |check: &Check| {
        labels.iter().any(|label| label.source == Source::Person && concerns(check, label.field))
    };
    let stated =
        known.iter().filter(|check| !OF_LABELS.contains(&check.name.as_ref()) && !is_replaced(check));
    let stated: Vec<Check> = stated.cloned().collect();
    let mut checks = document_checks(labels);
    // Where something is owed from before, which no label says, this check was not made.
    let is_said = |field| find(labels, field).is_some_and(|label| label.source == Source::Person);
    let was_made = known.iter().any(|check| check.name == DUE_NOT_OVER_GROSS);
    let is_new = is_said(Field::AmountDue) || is_said(Field::TotalGross);
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

/// Fields without which nobody books an invoice.
const NEEDED: [Field; 4] = [Field::InvoiceNumber, Field::InvoiceDate, Field::TotalGross, Field::SupplierName];
/// Fields that a payment is made from, where they are there.
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

/// Accepts what is complete, sure and without a failed check.
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

/// Why somebody should look at a document, as far as its labels tell. Those that are less confident than `sure` are not
/// sure.
pub(crate) fn label_reasons(labels: &[Label], checks: &[Check], sure: f32) -> Vec<String> {
    let mut reasons = Vec::new();
    for field in NEEDED.iter().chain(&PAID_FROM) {
        match find(labels, *field) {
            None if NEEDED.contains(field) => reasons.push(format!("{field} was not found")),
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

/// What of the document was not seen: pages beyond the reader's limit, pages without text to rely on.
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

/// What of the e-invoices was not read: lines beyond the reader's limit, and all but the first invoice.
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
