//! From the domain's extraction to its report.

use std::time::Duration;

use fieldmark_domain::check::Check;
use fieldmark_domain::document::Failure;
use fieldmark_domain::extraction::{
    DocumentKind, ElectronicInvoiceSummary, Extraction, Findings, InvoiceLine, PageSummary, Provenance,
    TaxLine, Timing,
};
use fieldmark_domain::geometry::PageBox;
use fieldmark_domain::label::{Candidate, Label, Source};
use fieldmark_domain::page::{TextLayer, TextVerdict};
use rust_decimal::Decimal;

use super::number::rounded;
use super::{
    BoxReport, CandidateReport, CheckReport, ElectronicInvoiceReport, ErrorReport, ExtractionReport,
    FieldReport, LineReport, PageReport, ProvenanceReport, TaxLineReport, TextReport, TimingReport,
};

/// Places of a confidence or score.
pub(super) const CONFIDENCE_PLACES: i32 = 3;
/// Places of a fraction of a page: a fifth of a pixel at 2000 pixels.
const BOX_PLACES: i32 = 4;

impl ExtractionReport {
    /// The report of an extraction; with the candidates of each field if they were asked for.
    pub fn new(extraction: &Extraction, with_candidates: bool) -> Self {
        Self::of(&extraction.findings, &extraction.labels, with_candidates)
    }

    /// The report of what was read beside these labels; with the candidates of each field if they were asked for.
    pub fn of<'a>(
        findings: &Findings,
        labels: impl IntoIterator<Item = &'a Label>,
        with_candidates: bool,
    ) -> Self {
        let field = |label: &Label| (label.field, FieldReport::new(label, with_candidates));
        Self {
            kind: findings.kind.map(DocumentKind::name),
            kind_confidence: findings
                .kind_confidence
                .map(|confidence| rounded(confidence, CONFIDENCE_PLACES)),
            locale: findings.locale.map(|locale| locale.to_string()),
            currency: findings.currency.map(|currency| currency.code().to_owned()),
            pages: findings.pages.iter().map(PageReport::from).collect(),
            page_count: findings.page_count,
            fields: labels.into_iter().map(field).collect(),
            tax: findings.tax.iter().map(TaxLineReport::from).collect(),
            lines: findings.lines.iter().map(LineReport::from).collect(),
            e_invoice: findings.electronic_invoice.as_ref().map(ElectronicInvoiceReport::from),
            checks: reports(&findings.checks),
            decision: findings.decision.name().to_owned(),
            reasons: findings.decision.reasons().to_vec(),
            provenance: ProvenanceReport::from(&findings.provenance),
            timing_ms: TimingReport::from(findings.timing),
        }
    }
}

impl FieldReport {
    /// The report of a label; with its candidates if they were asked for.
    pub(super) fn new(label: &Label, with_candidates: bool) -> Self {
        Self {
            value: label.value.to_string(),
            currency: label.currency.map(|currency| currency.code().to_owned()),
            raw: label.raw.clone(),
            confidence: rounded(label.confidence, CONFIDENCE_PLACES),
            source: label.source.name(),
            place: label.place.map(BoxReport::from),
            label_box: label.caption.map(BoxReport::from),
            checks: reports(&label.checks),
            candidates: with_candidates.then(|| label.candidates.iter().map(CandidateReport::from).collect()),
        }
    }
}

impl From<&Failure> for ErrorReport {
    fn from(failure: &Failure) -> Self {
        Self { code: failure.code.clone(), message: failure.message.clone() }
    }
}

impl From<&TaxLine> for TaxLineReport {
    fn from(line: &TaxLine) -> Self {
        Self {
            category: line.category.clone(),
            rate: line.rate.map(percent),
            net: line.net.map(|net| net.to_string()),
            tax: line.tax.map(|tax| tax.to_string()),
        }
    }
}

impl From<&InvoiceLine> for LineReport {
    fn from(line: &InvoiceLine) -> Self {
        Self {
            position: line.position,
            code: line.code.clone(),
            description: line.description.clone(),
            quantity: line.quantity.map(|quantity| quantity.to_string()),
            unit: line.unit.clone(),
            unit_price_net: line.unit_price_net.map(|price| price.to_string()),
            amount_net: line.amount_net.map(|amount| amount.to_string()),
            tax_rate: line.tax_rate.map(percent),
        }
    }
}

/// A percentage with two places or more.
fn percent(mut rate: Decimal) -> String {
    if rate.scale() < 2 {
        rate.rescale(2);
    }
    rate.to_string()
}

impl From<&ElectronicInvoiceSummary> for ElectronicInvoiceReport {
    fn from(invoice: &ElectronicInvoiceSummary) -> Self {
        Self {
            syntax: invoice.syntax.name(),
            specification: invoice.specification.clone(),
            attachment: invoice.attachment.clone(),
        }
    }
}

impl From<&Candidate> for CandidateReport {
    fn from(candidate: &Candidate) -> Self {
        Self {
            value: candidate.value.to_string(),
            raw: candidate.raw.clone(),
            score: rounded(candidate.score, CONFIDENCE_PLACES),
            place: candidate.place.map(BoxReport::from),
            checks: reports(&candidate.checks),
            reasons: candidate.reasons.clone(),
        }
    }
}

impl From<&PageSummary> for PageReport {
    fn from(page: &PageSummary) -> Self {
        Self {
            number: page.number,
            width_pt: rounded(page.size.width_pt, 1),
            height_pt: rounded(page.size.height_pt, 1),
            source: page.source.map(Source::name),
            text: TextReport::from(&page.text),
        }
    }
}

impl From<&TextLayer> for TextReport {
    fn from(text: &TextLayer) -> Self {
        let verdict = match text.verdict {
            TextVerdict::Good => "good",
            TextVerdict::Garbled => "garbled",
            TextVerdict::None => "none",
        };
        Self { verdict, reasons: text.reasons.clone() }
    }
}

impl From<PageBox> for BoxReport {
    fn from(place: PageBox) -> Self {
        Self {
            page: place.page,
            left: rounded(place.bounds.left, BOX_PLACES),
            top: rounded(place.bounds.top, BOX_PLACES),
            width: rounded(place.bounds.width, BOX_PLACES),
            height: rounded(place.bounds.height, BOX_PLACES),
        }
    }
}

fn reports(checks: &[Check]) -> Vec<CheckReport> {
    checks.iter().map(CheckReport::from).collect()
}

impl From<&Check> for CheckReport {
    fn from(check: &Check) -> Self {
        Self { name: check.name.to_string(), passed: check.passed, detail: check.detail.clone() }
    }
}

impl From<&Provenance> for ProvenanceReport {
    fn from(provenance: &Provenance) -> Self {
        Self {
            file_sha256: provenance.file_sha256.clone(),
            model: provenance.model.name.clone(),
            model_sha256: provenance.model.sha256.clone(),
            rules: provenance.rules.to_string(),
            engine: provenance.engine.to_string(),
        }
    }
}

impl From<Timing> for TimingReport {
    fn from(timing: Timing) -> Self {
        let milliseconds = |duration: Duration| rounded(duration.as_secs_f32() * 1000.0, 2);
        Self {
            read: milliseconds(timing.read),
            detect: milliseconds(timing.detect),
            resolve: milliseconds(timing.resolve),
        }
    }
}
