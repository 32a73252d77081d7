//! From detected spans to chosen values: candidates per field, the document's locale, parsing,
//! arithmetic and checks, the choice and its reasons. Pure functions of a document and its
//! detections.

mod addresses;
mod amounts;
mod arithmetic;
mod balances;
mod blocks;
mod by_shape;
mod candidates;
mod caption_values;
mod captions;
mod choice;
mod confidence;
mod derived;
mod electronic;
mod emails;
mod evidence;
mod kinds;
mod labels;
mod lengths;
mod line_ends;
mod locale;
mod mentions;
mod names;
mod owners;
mod parties;
mod payments;
mod periods;
mod printed_amounts;
mod rate_pairs;
mod registers;
mod seen;
mod spans;
mod tax_lines;
mod texts;
mod verdict;

pub use confidence::{EVIDENCE, Evidence};
use electronic::StatedInvoice;
use evidence::PageEvidence;
use locale::DocumentLocale;
pub(crate) use locale::language::known_language;
pub(crate) use locale::usual_notation;
pub(crate) use verdict::{label_reasons, recheck};

use crate::check::Check;
use crate::content::DocumentContent;
use crate::detection::Detection;
use crate::extraction::{Decision, DocumentKind, ElectronicInvoiceSummary, InvoiceLine, Locale, TaxLine};
use crate::field::Field;
use crate::label::Label;
use crate::values::{Currency, FieldValue};

/// The version of the rules in this module; it increases with every change that affects choices.
pub const RULES_VERSION: &str = "3";

/// Options of a reading.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ReadingOptions {
    /// Labels with a lower confidence are dropped, 0..1.
    pub threshold: f32,
    /// The share, 0..1, of right values in accepted documents: a document is accepted if the values
    /// for booking and payment have at least the confidence from which on values together reach
    /// this precision.
    pub precision: f32,
    /// Whether each label contains the other candidates of its field.
    pub with_candidates: bool,
}

impl Default for ReadingOptions {
    fn default() -> Self {
        Self { threshold: 0.1, precision: 0.98, with_candidates: false }
    }
}

impl ReadingOptions {
    /// The confidence from which on a value needs no review, 0..1.
    #[must_use]
    pub fn sure(&self) -> f32 {
        confidence::needed_for(self.precision).max(self.threshold)
    }
}

/// The result of reading a document's spans.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// The kind of document; `None` when unknown.
    pub kind: Option<DocumentKind>,
    /// The probability of the kind, 0..1; 1 if an e-invoice states it.
    pub kind_confidence: Option<f32>,
    /// Language and country; `None` when the language is unknown.
    pub locale: Option<Locale>,
    /// The currency of the totals.
    pub currency: Option<Currency>,
    /// The chosen values, in the order of [`crate::field::Field::ALL`].
    pub labels: Vec<Label>,
    /// The tax by category and rate.
    pub tax: Vec<TaxLine>,
    /// The invoice's lines.
    pub lines: Vec<InvoiceLine>,
    /// The e-invoice that was read.
    pub electronic_invoice: Option<ElectronicInvoiceSummary>,
    /// Checks of the document as a whole.
    pub checks: Vec<Check>,
    /// Whether the document needs review.
    pub decision: Decision,
}

/// Every field's choice among the candidates of a document's pages.
struct Settled<'a> {
    pages: Vec<PageEvidence<'a>>,
    locale: DocumentLocale,
    candidates: candidates::Candidates,
    choice: choice::Choice,
    printed: Vec<printed_amounts::PrintedAmount>,
}

impl<'a> Settled<'a> {
    fn of(document: &'a DocumentContent, detections: &[Vec<Detection>]) -> Self {
        let found = detections.iter().map(Vec::as_slice).chain(std::iter::repeat(&[][..]));
        let pages: Vec<PageEvidence> = document
            .pages
            .iter()
            .zip(found)
            .enumerate()
            .map(|(index, (page, found))| PageEvidence::new(index, page, found))
            .collect();
        let locale = DocumentLocale::of(&pages);
        let candidates = candidates::gather(&pages, &locale);
        let mut choice = choice::choose(&candidates);
        owners::settle(&candidates, &mut choice);
        periods::settle(&pages, &locale.notation, &candidates, &mut choice);
        emails::settle(&pages, &candidates, &mut choice);
        payments::settle(&pages, &candidates, &mut choice);
        let printed = printed_amounts::on(&pages, &locale.notation);
        arithmetic::settle_totals(&candidates, &printed, &mut choice);
        balances::settle(&candidates, &printed, &mut choice);
        derived::complete(&pages, &locale, &candidates, &mut choice);
        Self { pages, locale, candidates, choice, printed }
    }
}

/// The evidence for each field's choice on a document's pages, for fitting and evaluating
/// confidences: the field, the chosen value, and the [`Evidence`]. An e-invoice in the file is
/// ignored.
#[must_use]
pub fn evidence_of_choices(
    document: &DocumentContent,
    detections: &[Vec<Detection>],
) -> Vec<(Field, FieldValue, Evidence)> {
    let settled = Settled::of(document, detections);
    labels::evidence_for_all(&settled.locale, &settled.candidates, &settled.choice)
}

/// Chooses the value of each field from the detections on each page (in the pages' order) and from
/// the document's e-invoice, which takes precedence: if a page shows another value, a failed check
/// names both.
#[must_use]
pub fn read_fields(
    document: &DocumentContent,
    detections: &[Vec<Detection>],
    options: &ReadingOptions,
) -> Reading {
    let Settled { pages, locale, candidates, choice, printed } = Settled::of(document, detections);
    let mut labels = labels::labels(&locale, &candidates, &choice, options);
    let stated =
        document.electronic_invoices.first().map(|invoice| StatedInvoice::read(invoice, locale.country));
    if let Some(stated) = &stated {
        labels = electronic::with_statements(stated, labels, &pages, &candidates, options);
    }
    labels.retain(|label| label.confidence >= options.threshold);
    seen::leave_out_hidden(&mut labels);
    let mut checks = verdict::document_checks(&labels);
    if balances::is_carried_over(&printed) {
        // A balance from before may make the amount due larger than the total.
        checks.retain(|check| check.name != verdict::DUE_NOT_OVER_GROSS);
    }
    checks.extend(stated.iter().flat_map(|stated| stated.checks(&labels)));
    // The tax lines of the pages, if no e-invoice states them.
    let (printed_tax, tax_check) = match &stated {
        Some(_) => (Vec::new(), None),
        None => tax_lines::tax_lines(&pages, &locale.notation, &labels),
    };
    checks.extend(tax_check);
    verdict::share_checks(&mut labels, &checks);
    let decision = verdict::decide(document, &labels, &checks, options);
    let stated_currency = stated.as_ref().and_then(|stated| stated.currency);
    let summary = stated.as_ref().map(|stated| stated.summary.clone());
    let kind = match &stated {
        Some(stated) => Some((stated.kind, 1.0)),
        None => kinds::kind_of(&pages, detections, &labels),
    };
    let (tax, lines) = stated.map_or_else(|| (printed_tax, Vec::new()), |stated| (stated.tax, stated.lines));
    Reading {
        kind: kind.map(|(kind, _)| kind),
        kind_confidence: kind.map(|(_, confidence)| confidence),
        locale: locale.as_locale(),
        currency: stated_currency.or_else(|| locale.currency.as_ref().map(|finding| finding.currency)),
        labels,
        tax,
        lines,
        electronic_invoice: summary,
        checks,
        decision,
    }
}
