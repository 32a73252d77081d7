//! What a person says a field's value is, read as people write it: in the normal form always, and as the document
//! itself is written.

use std::collections::BTreeSet;

use crate::document::DocumentRecord;
use crate::field::{Field, FieldKind};
use crate::geometry::PageBox;
use crate::label::{Label, Source};
use crate::reading::usual_notation;
use crate::use_case_error::UseCaseError;
use crate::values::{CountryCode, Currency, CurrencyMark, DecimalMark, FieldValue, read_dates, read_money};

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
    match field.kind() {
        FieldKind::Money => check_amount(record, text)?,
        FieldKind::Date if notation.country.is_none() => check_date(text)?,
        _ => {}
    }
    if let Some(value) = in_normal_form(field.kind(), text) {
        return Ok(value);
    }
    FieldValue::parse(field.kind(), text, &notation)
        .map_err(|error| UseCaseError::invalid("value", error.to_string()))
}

/// An amount is digits and what groups them, perhaps with the document's own currency beside them: anything else would
/// be dropped without a word. What may be read in two ways is for the person to decide.
fn check_amount(record: &DocumentRecord, text: &str) -> Result<(), UseCaseError> {
    let refused = |why: &str| Err(UseCaseError::invalid("value", format!("`{text}` {why}")));
    let is_numeric =
        |letter: char| letter.is_ascii_digit() || letter.is_whitespace() || ".,:'’-−–+()".contains(letter);
    let mark: String = text.chars().filter(|letter| !is_numeric(*letter)).collect();
    let own = currency(record);
    let is_own = |mark: CurrencyMark| match (mark, own) {
        (CurrencyMark::Exactly(currency), Some(own)) => currency == own,
        (CurrencyMark::OneOf(choices), Some(own)) => choices.contains(&own),
        (_, None) => false,
    };
    if !mark.is_empty() && !CurrencyMark::of(&mark).is_some_and(is_own) {
        let currency = own
            .map_or_else(|| "its currency is unknown".to_owned(), |own| format!("it is in {}", own.code()));
        return refused(&format!("is not an amount of this document, {currency}: write the number alone"));
    }
    let readings = read_money(text);
    let has_mark = text.contains(['.', ',', ':', '\'', '’']);
    let number: String = text.chars().filter(|letter| is_numeric(*letter)).collect();
    let mut groups = number.split_whitespace();
    let is_split =
        !has_mark && groups.next_back().is_some_and(|last| last.len() < 3) && groups.next().is_some();
    if readings.len() > 1 || is_split {
        return refused("may be read as two amounts: write it with a decimal point and two decimals");
    }
    Ok(())
}

/// A date whose day and month may be each other's, in a document of which nobody knows the country.
fn check_date(text: &str) -> Result<(), UseCaseError> {
    let dates: BTreeSet<_> = read_dates(text).iter().map(|reading| reading.date.to_string()).collect();
    if dates.len() > 1 && !dates.contains(text) {
        let either: Vec<_> = dates.into_iter().collect();
        return Err(UseCaseError::invalid("value", format!("`{text}` may be {}", either.join(" or "))));
    }
    Ok(())
}

/// A date of ISO 8601, or an amount with a decimal point, whatever the document's own notation is.
fn in_normal_form(kind: FieldKind, text: &str) -> Option<FieldValue> {
    match kind {
        FieldKind::Date => {
            let mut dates = read_dates(text).into_iter().map(|reading| reading.date);
            dates.find(|date| date.to_string() == text).map(FieldValue::Date)
        }
        FieldKind::Money => {
            let readings = read_money(text);
            let point = readings.iter().find(|reading| reading.decimal == Some(DecimalMark::Point));
            point.map(|reading| FieldValue::Money(reading.amount))
        }
        _ => None,
    }
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
