//! Converts the detector's spans to the words of values: joins pieces, cuts runs, completes ends.

use super::addresses;
use super::amounts;
use super::evidence::{PageEvidence, Span};
use super::lengths;
use super::line_ends::joined_over_lines;
use super::names;
use super::texts;
use crate::detection::SpanClass;
use crate::field::{Field, FieldKind};

/// The spans on a page that may contain a field's value. They may overlap: parsing and rank decide.
pub(super) fn spans_of(page: &PageEvidence, field: Field) -> Vec<Span> {
    let class = SpanClass::Value(field);
    let kind = field.kind();
    if kind == FieldKind::Address {
        return addresses::addresses_in(page, field);
    }
    let mut found = Vec::new();
    for span in joined(page, class, kind) {
        match kind {
            FieldKind::Money => found.extend(amounts::amounts_in(page, &span)),
            FieldKind::Name => found.extend(names::names_in(page, &span, field)),
            FieldKind::Iban | FieldKind::VatId | FieldKind::FikLine | FieldKind::PaymentReference => {
                let whole = lengths::completed(page, &span, kind);
                found.push(if kind == FieldKind::PaymentReference {
                    joined_over_lines(page, &whole)
                } else {
                    whole
                });
            }
            FieldKind::Identifier | FieldKind::OrgNumber | FieldKind::Account => {
                let parts = cut_at_gaps(page, &span, MAX_IDENTIFIER_GAP);
                found.extend(parts.iter().map(|part| match kind {
                    // Groups of digits may follow the part of an account that the detector found.
                    FieldKind::Account => lengths::completed(page, part, kind),
                    _ => joined_over_lines(page, part),
                }));
            }
            FieldKind::Text => found.extend(texts::texts_in(page, &span, field)),
            FieldKind::Date
            | FieldKind::Email
            | FieldKind::Address
            | FieldKind::Currency
            | FieldKind::Bic
            | FieldKind::Bankgiro
            | FieldKind::Plusgiro => {
                found.push(span);
            }
        }
    }
    if kind == FieldKind::Account {
        let pairs = branches_with_accounts(page, &found);
        found.extend(pairs);
    }
    found
}

/// A Danish account is printed as its branch's four digits and the account's own number, each with
/// a caption.
fn branches_with_accounts(page: &PageEvidence, spans: &[Span]) -> Vec<Span> {
    let digits = |span: &Span| {
        let text = page.joined(&span.words);
        let digits = text.bytes().filter(u8::is_ascii_digit).count();
        if text.contains(char::is_alphabetic) { 0 } else { digits }
    };
    let follows = |branch: &Span, account: &Span| {
        let (Some(&end), Some(&start)) = (branch.words.last(), account.words.first()) else { return false };
        let between = page.after(end).take_while(|word| *word != start).count();
        page.after(end).any(|word| word == start) && between <= 4
    };
    let mut pairs = Vec::new();
    for branch in spans.iter().filter(|span| digits(span) == 4) {
        let accounts = spans.iter().filter(|span| (5..=10).contains(&digits(span)));
        pairs.extend(accounts.filter(|account| follows(branch, account)).map(|account| Span {
            words: branch.words.iter().chain(&account.words).copied().collect(),
            page: branch.page,
            // The whole takes precedence over its parts, whatever their scores.
            score: branch.score.max(account.score) + 0.01,
        }));
    }
    pairs
}

/// Maximum gap between words of one identifier, in heights.
const MAX_IDENTIFIER_GAP: f32 = 1.6;

/// Maximum gap within a value of a kind, in heights.
const fn widest_gap(kind: FieldKind) -> f32 {
    match kind {
        FieldKind::Iban | FieldKind::FikLine => 2.5,
        FieldKind::Name | FieldKind::Date => 1.6,
        FieldKind::Money => 0.9,
        _ => 1.2,
    }
}

/// The detector's spans, and spans that result from joining weak neighbours or two strong pieces
/// with a word between them. A cut between two spans with high scores is kept.
fn joined(page: &PageEvidence, class: SpanClass, kind: FieldKind) -> Vec<Span> {
    let mut spans: Vec<Span> = page.spans(class).cloned().collect();
    let mut unions = Vec::new();
    for (index, left) in spans.iter().enumerate() {
        let mut whole = left.clone();
        for right in follow(page, &spans, index, kind) {
            if left.score > MIN_RELIABLE_SCORE && right.score > MIN_RELIABLE_SCORE && !kind_is_grouped(kind) {
                break;
            }
            whole = union(page, &whole, right);
            unions.push(whole.clone());
        }
    }
    spans.extend(unions);
    spans
}

/// Minimum score of a reliable span.
const MIN_RELIABLE_SCORE: f32 = 0.5;

/// Kinds that are printed in groups, whose first group a detector easily takes for the whole.
const fn kind_is_grouped(kind: FieldKind) -> bool {
    matches!(kind, FieldKind::Iban | FieldKind::FikLine | FieldKind::PaymentReference | FieldKind::VatId)
}

/// The spans that follow this one in its line, each close to the previous one.
fn follow<'a>(page: &PageEvidence, spans: &'a [Span], index: usize, kind: FieldKind) -> Vec<&'a Span> {
    let mut following: Vec<&Span> = Vec::new();
    let Some(mut last) = spans.get(index) else { return following };
    while let Some(next) = spans.iter().find(|span| is_close(page, last, span, kind)) {
        following.push(next);
        last = next;
        if following.len() > 8 {
            break;
        }
    }
    following
}

fn is_close(page: &PageEvidence, left: &Span, right: &Span, kind: FieldKind) -> bool {
    let (Some(&end), Some(&start)) = (left.words.last(), right.words.first()) else { return false };
    if page.next(end) == Some(start) {
        return page.gap(end, start) <= widest_gap(kind);
    }
    // One word that the detector did not assign to the value may be in between.
    let Some(between) = page.next(end).filter(|between| page.next(*between) == Some(start)) else {
        return false;
    };
    let bridges = matches!(kind, FieldKind::Name | FieldKind::Iban | FieldKind::Date | FieldKind::FikLine);
    let taken = page.best_class(between).is_some_and(|(_, score)| score > MIN_RELIABLE_SCORE);
    bridges && !taken && page.gap(end, between).max(page.gap(between, start)) <= widest_gap(kind)
}

fn union(page: &PageEvidence, left: &Span, right: &Span) -> Span {
    let mut words = left.words.clone();
    let between = words.last().and_then(|end| page.next(*end));
    words.extend(between.filter(|word| !right.words.contains(word)));
    words.extend(&right.words);
    let (a, b) = (left.words.len() as f32, right.words.len() as f32);
    Span { page: left.page, words, score: (left.score * a + right.score * b) / (a + b) }
}

/// The parts of a span between wide gaps.
pub(super) fn cut_at_gaps(page: &PageEvidence, span: &Span, widest: f32) -> Vec<Span> {
    let mut parts: Vec<Span> = Vec::new();
    for &word in &span.words {
        match parts.last_mut() {
            Some(part) if part.words.last().is_some_and(|last| page.gap(*last, word) <= widest) => {
                part.words.push(word)
            }
            _ => parts.push(Span { words: vec![word], ..span.clone() }),
        }
    }
    parts
}
