//! Mentions: spans that parse as a field's value, weighed by their surroundings.

use super::addresses;
use super::blocks::weigh_block;
use super::by_shape::values_by_shape;
use super::captions::{SeenCaption, captions_of};
use super::evidence::{PageEvidence, Span};
use super::line_ends;
use super::locale::DocumentLocale;
use super::parties;
use super::periods;
use super::spans::spans_of;
use super::texts;
use crate::check::Check;
use crate::detection::SpanClass;
use crate::field::{Field, FieldKind};
use crate::geometry::PageBox;
use crate::values::{FieldValue, Money, Notation};

/// A value at one place of the document.
#[derive(Debug, Clone)]
pub(super) struct Mention {
    pub value: FieldValue,
    pub raw: String,
    /// 0..1.
    pub score: f32,
    pub place: Option<PageBox>,
    pub caption: Option<PageBox>,
    pub checks: Vec<Check>,
    pub reasons: Vec<String>,
}

impl Mention {
    /// Moves the score towards 1 by a share of the remaining distance.
    pub fn raise(&mut self, share: f32, reason: &str) {
        self.score += (1.0 - self.score) * share;
        self.reasons.push(reason.to_owned());
    }

    /// Multiplies the score by a factor below 1.
    pub fn lower(&mut self, factor: f32, reason: &str) {
        self.score *= factor;
        self.reasons.push(reason.to_owned());
    }
}

/// Every mention of a field on the pages.
pub(super) fn mentions_of(pages: &[PageEvidence], locale: &DocumentLocale, field: Field) -> Vec<Mention> {
    let domains = parties::domains(pages);
    let mut mentions = Vec::new();
    for page in pages {
        let periods =
            if is_end_of_period(field) { periods::periods_on(page, &locale.notation) } else { Vec::new() };
        mentions.extend(periods::mentions_in(page, field, &periods));
        for span in spans_of(page, field).into_iter().filter(|span| !periods::covers(&periods, span)) {
            let Some((mut mention, span)) = parsed(page, &span, field, &locale.notation) else { continue };
            weigh(page, &span, field, locale, &mut mention);
            if field.kind() == FieldKind::Name {
                parties::weigh_name(page, &span, field, &domains, &mut mention);
            }
            mentions.push(mention);
        }
    }
    mentions
}

const fn is_end_of_period(field: Field) -> bool {
    matches!(field, Field::ServiceStart | Field::ServiceEnd)
}

/// The text of a span for its kind of value: an address with its lines separated, other text
/// without the final full stop of its sentence.
fn text_of(page: &PageEvidence, words: &[usize], kind: FieldKind) -> String {
    match kind {
        FieldKind::Address => addresses::text_of(page, words),
        FieldKind::Text => texts::without_end(&page.joined(words)).to_owned(),
        FieldKind::Identifier | FieldKind::PaymentReference => line_ends::text_of(page, words),
        _ => page.joined(words),
    }
}

/// Every number found by its shape alone, weighed like the detector's mentions.
pub(super) fn mentions_by_shape(
    pages: &[PageEvidence],
    locale: &DocumentLocale,
    field: Field,
) -> Vec<Mention> {
    let found = values_by_shape(pages, locale, field).into_iter();
    found
        .filter_map(|(number, span, mut mention)| {
            let page = pages.get(number)?;
            mention.checks = mention.value.checks(locale.country);
            weigh_captions(page, &span, field, &mut mention);
            weigh_block(page, &span, field, &mut mention);
            Some(mention)
        })
        .collect()
}

/// A span as an unweighed mention; `None` when it does not parse.
pub(super) fn parsed(
    page: &PageEvidence,
    span: &Span,
    field: Field,
    notation: &Notation,
) -> Option<(Mention, Span)> {
    let kind = field.kind();
    let (value, span) = match FieldValue::parse(kind, &text_of(page, &span.words, kind), notation) {
        Ok(value) => (value, span.clone()),
        Err(_) if kind == FieldKind::Date => widened(page, span, notation)?,
        Err(_) => return None,
    };
    let value = signed(field, value)?;
    let mention = Mention {
        value,
        raw: page.joined(&span.words),
        score: span.score,
        place: page.place(&span.words),
        caption: None,
        checks: Vec::new(),
        reasons: vec![format!("the detector's score is {:.2}", span.score)],
    };
    Some((mention, span))
}

/// Paid amounts and discounts are positive, whatever their sign in the sum; zero is not reported.
fn signed(field: Field, value: FieldValue) -> Option<FieldValue> {
    match (field, value) {
        (Field::AmountPaid | Field::DiscountTotal, FieldValue::Money(money)) => {
            let size = Money::new(money.amount().abs());
            (!size.amount().is_zero()).then_some(FieldValue::Money(size))
        }
        (_, value) => Some(value),
    }
}

/// A date of which the detector found only a part: tries it with the words around it.
fn widened(page: &PageEvidence, span: &Span, notation: &Notation) -> Option<(FieldValue, Span)> {
    let (&first, &last) = (span.words.first()?, span.words.last()?);
    let mut before: Vec<usize> = page.before(first).take(2).collect();
    before.reverse();
    let after: Vec<usize> = page.after(last).take(2).collect();
    let right: Vec<usize> = span.words.iter().chain(&after).copied().collect();
    let both: Vec<usize> = before.iter().chain(&right).copied().collect();
    [right, both].into_iter().find_map(|words| {
        let value = FieldValue::parse(FieldKind::Date, &page.joined(&words), notation).ok()?;
        Some((value, Span { words, page: span.page, score: span.score * 0.8 }))
    })
}

/// Weighs a mention by all rules except those for names.
fn weigh(page: &PageEvidence, span: &Span, field: Field, locale: &DocumentLocale, mention: &mut Mention) {
    mention.checks = mention.value.checks(locale.country);
    weigh_checks(mention);
    weigh_captions(page, span, field, mention);
    weigh_rivals(page, span, field, mention);
    weigh_block(page, span, field, mention);
    if field.kind() != FieldKind::Money
        && page.score(*span.words.first().unwrap_or(&0), SpanClass::Phone) > 0.5
    {
        mention.lower(0.6, "it looks like a telephone number");
    }
}

fn weigh_checks(mention: &mut Mention) {
    if mention.checks.iter().any(|check| !check.passed) {
        let is_reference = matches!(mention.value, FieldValue::PaymentReference(_));
        mention.lower(if is_reference { 0.85 } else { 0.6 }, "a check fails");
    } else if !mention.checks.is_empty() {
        mention.raise(0.15, "its checks hold");
    }
}

fn weigh_captions(page: &PageEvidence, span: &Span, field: Field, mention: &mut Mention) {
    let seen = captions_of(page, &span.words);
    let own = |caption: &&SeenCaption| caption.class == SpanClass::Caption(field);
    if let Some(caption) = seen.iter().filter(own).max_by(|one, other| one.score.total_cmp(&other.score)) {
        mention.caption = caption.place;
        mention.raise(0.25 * caption.score, "its caption stands beside or above it");
    } else if mention.score < 0.8
        && is_named(field)
        && seen.iter().any(|caption| names_another(field, caption))
    {
        mention.lower(0.75, "the caption beside or above it names something else");
    }
}

/// Fields whose values have the same form, so that only captions distinguish them.
const fn is_named(field: Field) -> bool {
    matches!(
        field.kind(),
        FieldKind::Identifier | FieldKind::Date | FieldKind::Bankgiro | FieldKind::Plusgiro
    )
}

fn names_another(field: Field, caption: &SeenCaption) -> bool {
    let another = match caption.class {
        SpanClass::Caption(of) => of != field && of.kind() == field.kind(),
        SpanClass::OtherCaption => true,
        _ => false,
    };
    another && caption.score > 0.6
}

/// Fields that most documents do not have: a low score on a word that certainly has another class
/// counts little.
const fn is_occasional(field: Field) -> bool {
    matches!(
        field,
        Field::PaymentTerms
            | Field::ServiceStart
            | Field::ServiceEnd
            | Field::AmountPaid
            | Field::DiscountTotal
            | Field::Shipping
            | Field::Rounding
            | Field::CustomerVatId
            | Field::CustomerOrgNumber
            | Field::CustomerEmail
    )
}

/// Lowers the score if another class scores higher on the same words.
fn weigh_rivals(page: &PageEvidence, span: &Span, field: Field, mention: &mut Mention) {
    let own = page.mean_score(&span.words, SpanClass::Value(field));
    let rivals: &[SpanClass] = match field {
        Field::SupplierVatId => &[SpanClass::Value(Field::CustomerVatId)],
        Field::CustomerVatId => &[SpanClass::Value(Field::SupplierVatId), SpanClass::OtherIdentifier],
        Field::SupplierOrgNumber => &[SpanClass::Value(Field::CustomerOrgNumber)],
        Field::CustomerOrgNumber => &[SpanClass::Value(Field::SupplierOrgNumber), SpanClass::OtherIdentifier],
        Field::SupplierAddress => &[SpanClass::Value(Field::CustomerAddress), SpanClass::OtherAddress],
        Field::CustomerAddress => &[SpanClass::Value(Field::SupplierAddress), SpanClass::OtherAddress],
        Field::SupplierEmail => &[SpanClass::Value(Field::CustomerEmail)],
        Field::CustomerEmail => &[SpanClass::Value(Field::SupplierEmail)],
        Field::InvoiceDate
        | Field::DueDate
        | Field::DeliveryDate
        | Field::ServiceStart
        | Field::ServiceEnd => &[SpanClass::OtherDate],
        Field::InvoiceNumber | Field::CustomerNumber | Field::OrderNumber => &[SpanClass::OtherIdentifier],
        _ => &[],
    };
    let is_anothers = |word: &usize| {
        page.best_class(*word)
            .is_some_and(|(class, score)| class != SpanClass::Value(field) && score > own.max(0.3))
    };
    let is_rivals = rivals.iter().any(|rival| page.mean_score(&span.words, *rival) > own);
    if is_rivals || (is_occasional(field) && span.words.iter().all(is_anothers)) {
        mention.lower(0.6, "the detector finds something else likelier here");
    }
}
