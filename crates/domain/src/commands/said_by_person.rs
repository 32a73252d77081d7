//! What a person says a field's value is, read as people write it: in the normal form always, and as the document
//! itself is written.

use crate::document::DocumentRecord;
use crate::field::{Field, FieldKind};
use crate::geometry::PageBox;
use crate::label::{Label, Source};
use crate::reading::usual_notation;
use crate::use_case_error::UseCaseError;
use crate::values::{CountryCode, Currency, DecimalMark, FieldValue, Notation, read_dates, read_money};

/// A label that a person makes: its value checked by itself, and as sure as can be.
pub(super) fn label(
    record: &DocumentRecord,
    field: Field,
    value: FieldValue,
    place: Option<PageBox>,
) -> Label {
    Label {
        field,
        currency: currency(record).filter(|_| field.kind() == FieldKind::Money),
        checks: value.checks(country(record)),
        value,
        raw: String::new(),
        confidence: 1.0,
        source: Source::Person,
        place,
        caption: None,
        candidates: Vec::new(),
    }
}

/// The text as a value of the field.
///
/// # Errors
/// [`UseCaseError::Invalid`] for `value` when it is none, or two.
pub(super) fn value(record: &DocumentRecord, field: Field, text: &str) -> Result<FieldValue, UseCaseError> {
    let text = text.trim();
    let locale = record.findings.as_ref().and_then(|findings| findings.locale);
    let is_in_dollars = currency(record).is_some_and(|currency| currency.code() == "USD");
    let notation = usual_notation(locale, is_in_dollars);
    if let Some(value) = in_normal_form(field.kind(), text, &notation)? {
        return Ok(value);
    }
    FieldValue::parse(field.kind(), text, &notation)
        .map_err(|error| UseCaseError::invalid("value", error.to_string()))
}

/// A date of ISO 8601, or an amount with a decimal point, whatever the document's own notation is.
fn in_normal_form(
    kind: FieldKind,
    text: &str,
    notation: &Notation,
) -> Result<Option<FieldValue>, UseCaseError> {
    Ok(match kind {
        FieldKind::Date => {
            let mut dates = read_dates(text).into_iter().map(|reading| reading.date);
            dates.find(|date| date.to_string() == text).map(FieldValue::Date)
        }
        FieldKind::Money => {
            let readings = read_money(text);
            let point = readings.iter().find(|reading| reading.decimal == Some(DecimalMark::Point));
            let is_ambiguous = notation.decimal == Some(DecimalMark::Comma) && readings.len() > 1;
            if is_ambiguous && point.is_some() {
                let message = format!("`{text}` is one amount with a decimal point and another without");
                return Err(UseCaseError::invalid("value", format!("{message}: write two decimals")));
            }
            point.map(|reading| FieldValue::Money(reading.amount))
        }
        _ => None,
    })
}

/// Refuses a place outside the document's pages.
///
/// # Errors
/// [`UseCaseError::Invalid`] for `box`.
pub(super) fn check_place(record: &DocumentRecord, place: &PageBox) -> Result<(), UseCaseError> {
    let pages = record.findings.as_ref().map_or(u32::MAX, |findings| findings.page_count.max(1));
    if !(1..=pages).contains(&place.page) {
        return Err(UseCaseError::invalid("box", "the document has no such page"));
    }
    let bounds = &place.bounds;
    let sides = [bounds.left, bounds.top, bounds.left + bounds.width, bounds.bottom()];
    let is_inside = sides.iter().all(|side| (0.0..=1.0 + ROUNDING).contains(side));
    if is_inside && bounds.width > 0.0 && bounds.height > 0.0 {
        return Ok(());
    }
    Err(UseCaseError::invalid("box", "left, top, width and height are fractions of the page, 0 to 1"))
}

/// How far the sum of two fractions that were rounded may be over the page's edge.
const ROUNDING: f32 = 1e-4;

fn country(record: &DocumentRecord) -> Option<CountryCode> {
    record.findings.as_ref()?.locale?.country
}

fn currency(record: &DocumentRecord) -> Option<Currency> {
    record.findings.as_ref()?.currency
}
