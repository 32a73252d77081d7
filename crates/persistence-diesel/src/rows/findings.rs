//! A document's findings other than labels and pages, in one column.

use std::borrow::Cow;
use std::time::Duration;

use fieldmark_domain::electronic_invoice::InvoiceSyntax;
use fieldmark_domain::extraction::{
    ElectronicInvoiceSummary, Findings, InvoiceLine, Locale, PageSummary, Provenance, TaxLine, Timing,
};
use fieldmark_domain::ports::DetectorIdentity;
use fieldmark_domain::values::Money;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::shapes::{CheckShape, checks_read, checks_written};
use super::{json, names};
use crate::faults::Fault;

/// All findings except the pages.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct FindingsText {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    kind: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    kind_confidence: Option<f32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    locale: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    currency: Option<String>,
    page_count: u32,
    #[serde(default)]
    tax: Vec<TaxShape>,
    #[serde(default)]
    lines: Vec<LineShape>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    electronic_invoice: Option<ElectronicInvoiceShape>,
    #[serde(default)]
    checks: Vec<CheckShape>,
    decision: String,
    #[serde(default)]
    reasons: Vec<String>,
    provenance: ProvenanceShape,
    timing_ns: TimingShape,
}

#[derive(Debug, Serialize, Deserialize)]
struct TaxShape {
    category: Option<String>,
    rate: Option<String>,
    net: Option<String>,
    tax: Option<String>,
}

#[derive(Debug, Serialize, Deserialize)]
struct LineShape {
    position: u32,
    code: Option<String>,
    description: Option<String>,
    quantity: Option<String>,
    unit: Option<String>,
    unit_price_net: Option<String>,
    amount_net: Option<String>,
    tax_rate: Option<String>,
}

#[derive(Debug, Serialize, Deserialize)]
struct ElectronicInvoiceShape {
    syntax: String,
    specification: Option<String>,
    attachment: Option<String>,
}

#[derive(Debug, Serialize, Deserialize)]
struct ProvenanceShape {
    file_sha256: Option<String>,
    model: String,
    model_sha256: String,
    rules: String,
    engine: String,
}

#[derive(Debug, Serialize, Deserialize)]
struct TimingShape {
    read: u64,
    detect: u64,
    resolve: u64,
}

impl FindingsText {
    /// The column's text.
    pub(crate) fn written(findings: &Findings) -> Result<String, Fault> {
        json::written(&Self {
            kind: findings.kind.map(|kind| kind.name().to_owned()),
            kind_confidence: findings.kind_confidence,
            locale: findings.locale.map(|locale| locale.to_string()),
            currency: findings.currency.map(|currency| currency.code().to_owned()),
            page_count: findings.page_count,
            tax: findings.tax.iter().map(TaxShape::from).collect(),
            lines: findings.lines.iter().map(LineShape::from).collect(),
            electronic_invoice: findings.electronic_invoice.as_ref().map(ElectronicInvoiceShape::from),
            checks: checks_written(&findings.checks),
            decision: findings.decision.name().to_owned(),
            reasons: findings.decision.reasons().to_vec(),
            provenance: ProvenanceShape::from(&findings.provenance),
            timing_ns: TimingShape::from(&findings.timing),
        })
    }

    pub(crate) fn read(text: &str) -> Result<Self, Fault> {
        json::read(text)
    }

    pub(crate) fn into_findings(self, pages: Vec<PageSummary>) -> Result<Findings, Fault> {
        let unknown = |locale: &str| Fault::broken(format!("the stored locale `{locale}` is invalid"));
        let locale = self.locale.map(|locale| Locale::parse(&locale).ok_or_else(|| unknown(&locale)));
        Ok(Findings {
            kind: self.kind.as_deref().map(names::document_kind).transpose()?,
            kind_confidence: self.kind_confidence,
            locale: locale.transpose()?,
            currency: self.currency.as_deref().map(names::currency).transpose()?,
            pages,
            page_count: self.page_count,
            tax: self.tax.into_iter().map(TaxShape::into_tax).collect::<Result<_, Fault>>()?,
            lines: self.lines.into_iter().map(LineShape::into_line).collect::<Result<_, Fault>>()?,
            electronic_invoice: self
                .electronic_invoice
                .map(ElectronicInvoiceShape::into_summary)
                .transpose()?,
            checks: checks_read(self.checks),
            decision: names::decision(&self.decision, self.reasons)?,
            provenance: self.provenance.into_provenance(),
            timing: self.timing_ns.into(),
        })
    }
}

fn decimal(text: Option<String>) -> Result<Option<Decimal>, Fault> {
    text.map(|text| text.parse().map_err(Fault::broken)).transpose()
}

fn money(text: Option<String>) -> Result<Option<Money>, Fault> {
    Ok(decimal(text)?.map(Money::new))
}

impl From<&TaxLine> for TaxShape {
    fn from(tax: &TaxLine) -> Self {
        Self {
            category: tax.category.clone(),
            rate: tax.rate.map(|rate| rate.to_string()),
            net: tax.net.map(|net| net.to_string()),
            tax: tax.tax.map(|tax| tax.to_string()),
        }
    }
}

impl TaxShape {
    fn into_tax(self) -> Result<TaxLine, Fault> {
        Ok(TaxLine {
            category: self.category,
            rate: decimal(self.rate)?,
            net: money(self.net)?,
            tax: money(self.tax)?,
        })
    }
}

impl From<&InvoiceLine> for LineShape {
    fn from(line: &InvoiceLine) -> Self {
        Self {
            position: line.position,
            code: line.code.clone(),
            description: line.description.clone(),
            quantity: line.quantity.map(|quantity| quantity.to_string()),
            unit: line.unit.clone(),
            unit_price_net: line.unit_price_net.map(|price| price.to_string()),
            amount_net: line.amount_net.map(|amount| amount.to_string()),
            tax_rate: line.tax_rate.map(|rate| rate.to_string()),
        }
    }
}

impl LineShape {
    fn into_line(self) -> Result<InvoiceLine, Fault> {
        Ok(InvoiceLine {
            position: self.position,
            code: self.code,
            description: self.description,
            quantity: decimal(self.quantity)?,
            unit: self.unit,
            unit_price_net: money(self.unit_price_net)?,
            amount_net: money(self.amount_net)?,
            tax_rate: decimal(self.tax_rate)?,
        })
    }
}

impl From<&ElectronicInvoiceSummary> for ElectronicInvoiceShape {
    fn from(summary: &ElectronicInvoiceSummary) -> Self {
        Self {
            syntax: summary.syntax.name().to_owned(),
            specification: summary.specification.clone(),
            attachment: summary.attachment.clone(),
        }
    }
}

impl ElectronicInvoiceShape {
    fn into_summary(self) -> Result<ElectronicInvoiceSummary, Fault> {
        Ok(ElectronicInvoiceSummary {
            syntax: names::one_of(
                &[InvoiceSyntax::Cii, InvoiceSyntax::Ubl],
                InvoiceSyntax::name,
                &self.syntax,
            )?,
            specification: self.specification,
            attachment: self.attachment,
        })
    }
}

impl From<&Provenance> for ProvenanceShape {
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

impl ProvenanceShape {
    fn into_provenance(self) -> Provenance {
        Provenance {
            file_sha256: self.file_sha256,
            model: DetectorIdentity { name: self.model, sha256: self.model_sha256 },
            rules: Cow::Owned(self.rules),
            engine: Cow::Owned(self.engine),
        }
    }
}

impl From<&Timing> for TimingShape {
    fn from(timing: &Timing) -> Self {
        let nanoseconds = |time: Duration| u64::try_from(time.as_nanos()).unwrap_or(u64::MAX);
        Self {
            read: nanoseconds(timing.read),
            detect: nanoseconds(timing.detect),
            resolve: nanoseconds(timing.resolve),
        }
    }
}

impl From<TimingShape> for Timing {
    fn from(timing: TimingShape) -> Self {
        Self {
            read: Duration::from_nanos(timing.read),
            detect: Duration::from_nanos(timing.detect),
            resolve: Duration::from_nanos(timing.resolve),
        }
    }
}
