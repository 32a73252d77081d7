//! The decimal mark and the order of dates, decided over the whole document.

use super::Votes;
use crate::detection::SpanClass;
use crate::extraction::Locale;
use crate::field::Field;
use crate::reading::amounts::is_money;
use crate::reading::evidence::PageEvidence;
use crate::values::{CountryCode, DateOrder, DateReading, DecimalMark, Notation, read_dates, read_money};

pub(super) fn notation_of(
    pages: &[PageEvidence],
    language: Option<&str>,
    country: Option<CountryCode>,
) -> Notation {
    Notation {
        decimal: decimal_mark(pages, language, country),
        date_order: date_order(pages, language, country),
        country,
    }
}

/// Amounts with two decimals determine it; amounts that the detector found have a higher weight.
fn decimal_mark(
    pages: &[PageEvidence],
    language: Option<&str>,
    country: Option<CountryCode>,
) -> Option<DecimalMark> {
    let mut votes = Votes::new();
    for page in pages {
        for word in 0..page.page.words.len() {
            let readings =
                if ends_with_hundredths(page.text(word)) { read_money(page.text(word)) } else { Vec::new() };
            if let [reading] = readings.as_slice()
                && let Some(mark) = reading.decimal
            {
                let is_amount = page.best_class(word).is_some_and(|(class, _)| is_money(class));
                votes.add(mark, if is_amount { 2.0 } else { 1.0 });
            }
        }
    }
    votes.winner().map(|(mark, ..)| mark).or_else(|| usual_mark(language, country))
}

fn ends_with_hundredths(text: &str) -> bool {
    let plain = text.trim_end_matches(|letter: char| !letter.is_ascii_digit());
    let decimals = plain.bytes().rev().take_while(u8::is_ascii_digit).count();
    decimals == 2 && plain.get(..plain.len() - 2).is_some_and(|rest| rest.ends_with([',', '.']))
}

/// The usual notation of a language and country, if nothing else is known of a document.
pub(crate) fn usual_notation(locale: Option<Locale>, in_dollars: bool) -> Notation {
    let (language, country) =
        (locale.map(|locale| locale.language), locale.and_then(|locale| locale.country));
    let date_order = (locale.is_some() || in_dollars).then(|| usual_order(language, country, in_dollars));
    Notation { decimal: usual_mark(language, country), date_order, country }
}

fn usual_mark(language: Option<&str>, country: Option<CountryCode>) -> Option<DecimalMark> {
    match (country.as_ref().map(CountryCode::as_str), language?) {
        (Some("CH" | "GB" | "US" | "AU" | "IE" | "SG" | "NZ" | "IN"), _) | (None, "en") => {
            Some(DecimalMark::Point)
        }
        (_, "en") => None,
        _ => Some(DecimalMark::Comma),
    }
}

/// The order in which all numeric dates exist and are closest together; among several such orders
/// the country's usual one.
fn date_order(
    pages: &[PageEvidence],
    language: Option<&str>,
    country: Option<CountryCode>,
) -> Option<DateOrder> {
    let dates: Vec<Vec<DateReading>> = pages.iter().flat_map(printed_dates).collect();
    if !dates.iter().flatten().any(|reading| reading.order.is_some()) {
        return None;
    }
    let dollars = pages
        .iter()
        .flat_map(|page| &page.page.words)
        .any(|word| word.text.contains('$') || word.text == "USD");
    let usual = usual_order(language, country, dollars);
    [DateOrder::DayMonthYear, DateOrder::MonthDayYear, DateOrder::YearMonthDay]
        .into_iter()
        .map(|order| (order, cost(&dates, order) + if order == usual { 0.0 } else { 1.5 }))
        .reduce(|best, other| if other.1 < best.1 { other } else { best })
        .map(|(order, _)| order)
}

/// Every numeric date that is one word or that the detector marked.
fn printed_dates(page: &PageEvidence) -> Vec<Vec<DateReading>> {
    let marked = [Field::InvoiceDate, Field::DueDate, Field::DeliveryDate].into_iter().flat_map(|field| {
        page.spans(SpanClass::Value(field)).filter(|span| span.score > 0.3 && span.words.len() > 1)
    });
    let single = page
        .page
        .words
        .iter()
        .filter(|word| word.text.contains(['.', '-', '/']))
        .map(|word| word.text.clone());
    single
        .chain(marked.map(|span| page.joined(&span.words)))
        .map(|text| read_dates(&text))
        .filter(|readings| !readings.is_empty())
        .collect()
}

/// Dates that do not exist in an order have the highest cost; then the number of years between the
/// first and the last.
fn cost(dates: &[Vec<DateReading>], order: DateOrder) -> f32 {
    let reading = |readings: &Vec<DateReading>| {
        readings.iter().find(|reading| reading.order.is_none_or(|of| of == order)).map(|reading| reading.date)
    };
    let found: Vec<_> = dates.iter().filter_map(reading).collect();
    let missing = dates.len() - found.len();
    let years = found.iter().map(|date| date.year());
    let span = years.clone().max().unwrap_or(0) - years.min().unwrap_or(0);
    missing as f32 * 10.0 + f32::from(span.min(12))
}

fn usual_order(language: Option<&str>, country: Option<CountryCode>, dollars: bool) -> DateOrder {
    match country.as_ref().map(CountryCode::as_str) {
        Some("US") => DateOrder::MonthDayYear,
        None if dollars && language.is_none_or(|language| language == "en") => DateOrder::MonthDayYear,
        Some("SE") if language == Some("sv") => DateOrder::YearMonthDay,
        _ => DateOrder::DayMonthYear,
    }
}
