//! Completes numbers of known length: the country of an IBAN or a VAT number prescribes it, a
//! payment line ends with its bracket, a reference with its last group of digits.

use super::evidence::{PageEvidence, Span};
use crate::detection::SpanClass;
use crate::field::FieldKind;
use crate::values::{FikLine, Iban, VatId};

/// The span with the words to its left and right that belong to the number.
pub(super) fn completed(page: &PageEvidence, span: &Span, kind: FieldKind) -> Span {
    let complete = match kind {
        FieldKind::Iban => iban,
        FieldKind::VatId => vat_id,
        FieldKind::FikLine => fik_line,
        _ => reference,
    };
    complete(page, span).map_or_else(|| span.clone(), |words| Span { words, ..span.clone() })
}

/// Maximum gap between groups, in heights.
const MAX_GROUP_GAP: f32 = 2.0;

fn alphanumeric(text: &str) -> String {
    text.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_uppercase()).collect()
}

/// The words of the line from this one on, as far as the gaps are small enough for one number.
fn run_from(page: &PageEvidence, first: usize, most: usize) -> Vec<usize> {
    let mut run = vec![first];
    for word in page.after(first) {
        let near = run.last().is_some_and(|last| page.gap(*last, word) <= MAX_GROUP_GAP);
        if !near || run.len() >= most {
            break;
        }
        run.push(word);
    }
    run
}

fn iban(page: &PageEvidence, span: &Span) -> Option<Vec<usize>> {
    let first = *span.words.first()?;
    // The detector may have missed the country or the first group.
    let starts = std::iter::once(first).chain(page.before(first).take(3));
    let mut fitting = None;
    for start in starts {
        let run = run_from(page, start, 14);
        for length in 1..=run.len() {
            let words = run.get(..length)?;
            match Iban::parse(&page.joined(words)) {
                Ok(iban) if iban.is_valid() => return Some(words.to_vec()),
                Ok(_) if fitting.is_none() => fitting = Some(words.to_vec()),
                _ => {}
            }
        }
    }
    fitting.or_else(|| iban_on_two_lines(page, first))
}

/// The last groups may be on the next line, below the first group or below the caption; only the
/// check digits decide.
fn iban_on_two_lines(page: &PageEvidence, first: usize) -> Option<Vec<usize>> {
    let start = run_from(page, first, 14);
    let below = run_from(page, page.line_below(first, 8.0)?, 6);
    (1..=below.len()).find_map(|length| {
        let words: Vec<usize> = start.iter().chain(below.get(..length)?).copied().collect();
        Iban::parse(&page.joined(&words)).is_ok_and(|iban| iban.is_valid()).then_some(words)
    })
}

fn vat_id(page: &PageEvidence, span: &Span) -> Option<Vec<usize>> {
    let first = *span.words.first()?;
    let text = alphanumeric(&page.joined(&span.words));
    // A separate prefix to the left.
    let start = page
        .previous(first)
        .filter(|left| {
            let prefix = page.text(*left);
            text.starts_with(|letter: char| letter.is_ascii_digit())
                && page.gap(*left, first) <= 1.0
                && matches!(prefix.len(), 2 | 3)
                && VatId::length_with(prefix) == VatId::length_with(&format!("{prefix}{text}"))
                && VatId::length_with(prefix).is_some_and(|length| length >= prefix.len() + text.len())
        })
        .unwrap_or(first);
    let mut words: Vec<usize> =
        (start != first).then_some(start).into_iter().chain(span.words.iter().copied()).collect();
    let wanted = VatId::length_with(&alphanumeric(&page.joined(&words)));
    while let Some((last, next)) = words.last().and_then(|last| Some((*last, page.next(*last)?))) {
        let joined = alphanumeric(&page.joined(&words));
        let so_far = joined.len();
        let more = alphanumeric(page.text(next));
        let is_group = more.contains(|letter: char| letter.is_ascii_digit()) && more.len() <= 9;
        // "VAT" after any other number starts something else.
        let is_swiss = joined.starts_with("CHE") && matches!(more.as_str(), "HRMWST" | "VAT");
        let is_suffix = is_swiss || matches!(more.as_str(), "MVA" | "MWST" | "TVA" | "IVA");
        let fits = wanted.is_some_and(|wanted| so_far + more.len() <= wanted) && is_group;
        if page.gap(last, next) > 1.0 || !(fits || is_suffix) {
            break;
        }
        words.push(next);
    }
    Some(words)
}

fn fik_line(page: &PageEvidence, span: &Span) -> Option<Vec<usize>> {
    let first = *span.words.first()?;
    let starts = std::iter::once(first).chain(page.before(first).take(3));
    starts.into_iter().find_map(|start| {
        let mut run = run_from(page, start, 6);
        if FikLine::parse(&page.joined(&run)).is_err() {
            run.extend(page.line_below(start, 1.2));
        }
        (1..=run.len()).rev().find_map(|length| {
            let words = run.get(..length)?;
            FikLine::parse(&page.joined(words)).ok()?;
            // The shortest run that is still valid.
            let least = (1..=length).find(|least| {
                run.get(..*least).is_some_and(|words| FikLine::parse(&page.joined(words)).is_ok())
            })?;
            run.get(..least).map(<[usize]>::to_vec)
        })
    })
}

/// Groups of digits that continue to the right, if no other field claims them.
fn reference(page: &PageEvidence, span: &Span) -> Option<Vec<usize>> {
    let is_group = |word: usize| {
        let text = page.text(word);
        !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    let creditor_reference = span.words.first().is_some_and(|word| page.text(*word).starts_with("RF"));
    if !creditor_reference && !span.words.iter().all(|word| is_group(*word)) {
        return None;
    }
    let mut words = span.words.clone();
    while let Some((last, next)) = words.last().and_then(|last| Some((*last, page.next(*last)?))) {
        let claimed = page.best_class(next).is_some_and(|(class, _)| !is_reference(class));
        if !is_group(next) || claimed || page.gap(last, next) > 0.8 || words.len() > 8 {
            break;
        }
        words.push(next);
    }
    Some(words)
}

const fn is_reference(class: SpanClass) -> bool {
    matches!(class, SpanClass::Value(field) if matches!(field.kind(), FieldKind::PaymentReference))
}
