//! What was read from one document.

use std::borrow::Cow;
use std::time::Duration;

use rust_decimal::Decimal;

use crate::check::Check;
use crate::electronic_invoice::InvoiceSyntax;
use crate::field::Field;
use crate::label::{Label, Source};
use crate::page::{PageSize, TextLayer};
use crate::ports::DetectorIdentity;
use crate::reading::known_language;
use crate::values::{CountryCode, Currency, Money};

/// The language of a document and the country whose customs it follows. Prints as `sv-SE`.
///
/// ```
/// use fieldmark_domain::extraction::Locale;
///
/// let locale = Locale::parse("sv-SE").unwrap();
/// assert_eq!((locale.language, locale.to_string()), ("sv", "sv-SE".to_owned()));
/// assert_eq!(Locale::parse("xx-SE"), None);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Locale {
    /// ISO 639-1, lower case, for instance `sv`.
    pub language: &'static str,
    /// The country; `None` when nothing tells.
    pub country: Option<CountryCode>,
}

impl Locale {
    /// Reads a locale as it prints (`sv-SE`, `en`); `None` when the language is none that documents are read in.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (language, country) =
            text.split_once('-').map_or((text, None), |(language, country)| (language, Some(country)));
        let country = country.map(CountryCode::parse).transpose().ok()?;
        Some(Self { language: known_language(language)?, country })
    }
}

impl std::fmt::Display for Locale {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.country {
            Some(country) => formatter.pad(&format!("{}-{country}", self.language)),
            None => formatter.pad(self.language),
        }
    }
}

/// A page, as far as a reader of the extraction needs it.
#[derive(Debug, Clone, PartialEq)]
pub struct PageSummary {
    /// Counted from 1.
    pub number: u32,
    /// Its size.
    pub size: PageSize,
    /// Where its words come from: the text layer or OCR. `None` when it has no text that can be relied on.
    pub source: Option<Source>,
    /// What its own text is worth, and why.
    pub text: TextLayer,
}

/// Whether a person should look at an extraction.
///
/// ```
/// use fieldmark_domain::extraction::Decision;
///
/// assert_eq!(Decision::of(Vec::new()), Decision::Accept);
/// let review = Decision::of(vec!["total_gross is not sure (0.41)".to_owned()]);
/// assert_eq!((review.name(), review.reasons().len()), ("review", 1));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// Nothing speaks against it.
    Accept,
    /// Somebody should look, for these reasons.
    Review {
        /// One phrase each, for people; never empty.
        reasons: Vec<String>,
    },
}

impl Decision {
    /// To review for these reasons, to accept without any.
    #[must_use]
    pub fn of(reasons: Vec<String>) -> Self {
        if reasons.is_empty() { Self::Accept } else { Self::Review { reasons } }
    }

    /// `accept` or `review`.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::Review { .. } => "review",
        }
    }

    /// Why to review; none when accepted.
    #[must_use]
    pub fn reasons(&self) -> &[String] {
        match self {
            Self::Accept => &[],
            Self::Review { reasons } => reasons,
        }
    }
}

/// What a document is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum DocumentKind {
    /// It asks for money.
    Invoice,
    /// It gives money back: its amounts are below zero.
    CreditNote,
    /// It asks once more for what was not paid.
    Reminder,
    /// It says that something was paid.
    Receipt,
    /// It says what an account comes to.
    Statement,
    /// It says what was ordered.
    OrderConfirmation,
    /// None of these: a quotation, a delivery note, a letter.
    Other,
}

impl DocumentKind {
    /// Every kind.
    pub const ALL: [Self; 7] = [
        Self::Invoice,
        Self::CreditNote,
        Self::Reminder,
        Self::Receipt,
        Self::Statement,
        Self::OrderConfirmation,
        Self::Other,
    ];

    /// The stable name: `invoice`, `credit_note`, `reminder`, `receipt`, `statement`, `order_confirmation` or `other`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Invoice => "invoice",
            Self::CreditNote => "credit_note",
            Self::Reminder => "reminder",
            Self::Receipt => "receipt",
            Self::Statement => "statement",
            Self::OrderConfirmation => "order_confirmation",
            Self::Other => "other",
        }
    }
}

/// The tax of one category and rate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaxLine {
    /// The category, a code of UNTDID 5305 (`S` standard, `Z` zero, `E` exempt, `AE` reverse charge …).
    pub category: Option<String>,
    /// The rate in percent.
    pub rate: Option<Decimal>,
    /// What is taxed.
    pub net: Option<Money>,
    /// The tax.
    pub tax: Option<Money>,
}

/// A line of an invoice: what was supplied, how much of it, and for what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvoiceLine {
    /// The line's place among all lines, counted from 1.
    pub position: u32,
    /// The supplier's code of the item.
    pub code: Option<String>,
    /// What was supplied.
    pub description: Option<String>,
    /// How much of it.
    pub quantity: Option<Decimal>,
    /// In which unit, a code of UN/ECE Recommendation 20.
    pub unit: Option<String>,
    /// The price of one unit, without tax.
    pub unit_price_net: Option<Money>,
    /// The line's amount, without tax.
    pub amount_net: Option<Money>,
    /// The tax rate in percent.
    pub tax_rate: Option<Decimal>,
}

/// The e-invoice that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ElectronicInvoiceSummary {
    /// Its syntax.
    pub syntax: InvoiceSyntax,
    /// The specification that it follows, as it says.
    pub specification: Option<String>,
    /// The name of the attachment; `None` when the file itself is the e-invoice.
    pub attachment: Option<String>,
}

/// What an extraction was made from and by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provenance {
    /// SHA-256 of the file in hex, when the caller gave it.
    pub file_sha256: Option<String>,
    /// The detector.
    pub model: DetectorIdentity,
    /// The version of the rules that chose among its findings.
    pub rules: Cow<'static, str>,
    /// The version of this crate.
    pub engine: Cow<'static, str>,
}

/// How long the parts of an extraction took.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Timing {
    /// From bytes to pages.
    pub read: Duration,
    /// From pages to spans.
    pub detect: Duration,
    /// From spans to values.
    pub resolve: Duration,
}

/// What was read from one document beside its labels.
#[derive(Debug, Clone, PartialEq)]
pub struct Findings {
    /// What the document is for; `None` when nothing tells.
    pub kind: Option<DocumentKind>,
    /// How likely it is for that, 0..1; `None` when nothing tells.
    pub kind_confidence: Option<f32>,
    /// Language and country; `None` when nothing tells the language.
    pub locale: Option<Locale>,
    /// The currency of the totals.
    pub currency: Option<Currency>,
    /// The pages that were read.
    pub pages: Vec<PageSummary>,
    /// How many pages the file has, read or not.
    pub page_count: u32,
    /// The tax by category and rate; empty when the document states none that is read.
    pub tax: Vec<TaxLine>,
    /// The invoice's lines; empty when none are read.
    pub lines: Vec<InvoiceLine>,
    /// The e-invoice that was read; `None` when there is none or it was left out.
    pub electronic_invoice: Option<ElectronicInvoiceSummary>,
    /// Checks of the document as a whole.
    pub checks: Vec<Check>,
    /// Whether a person should look.
    pub decision: Decision,
    /// What it was made from and by.
    pub provenance: Provenance,
    /// How long it took.
    pub timing: Timing,
}

/// What was read from one document.
#[derive(Debug, Clone, PartialEq)]
pub struct Extraction {
    /// The labels, in the order of [`Field::ALL`], at most one per field.
    pub labels: Vec<Label>,
    /// Everything else.
    pub findings: Findings,
}

impl Extraction {
    /// A field's label; `None` when the field was not found.
    #[must_use]
    pub fn label(&self, field: Field) -> Option<&Label> {
        self.labels.iter().find(|label| label.field == field)
    }
}
