//! An e-invoice as its file states it: the terms of EN 16931-1 as text, before any of it is believed.
//!
//! Readers of XML fill it in, whatever the syntax; what the texts amount to is [`crate::reading`]'s business.
//! Terms are named after the standard's business terms (BT) and groups (BG).

use crate::field::Field;

/// The syntax that an e-invoice is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum InvoiceSyntax {
    /// UN/CEFACT Cross Industry Invoice: Factur-X, ZUGFeRD, XRechnung; ZUGFeRD 1.0 in its older form.
    Cii,
    /// OASIS Universal Business Language 2, invoice or credit note: Peppol BIS Billing, XRechnung.
    Ubl,
}

impl InvoiceSyntax {
    /// The stable name: `cii` or `ubl`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Cii => "cii",
            Self::Ubl => "ubl",
        }
    }
}

/// An e-invoice, as stated. What the file leaves out is `None` or missing.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ElectronicInvoice {
    /// The syntax.
    pub syntax: InvoiceSyntax,
    /// The specification that it follows (BT-24), for instance `urn:cen.eu:en16931:2017`.
    pub specification: Option<String>,
    /// The name of the attachment that it was; `None` for a file of its own.
    pub attachment: Option<String>,
    /// What kind of document it is (BT-3), a code of UNTDID 1001.
    pub type_code: Option<String>,
    /// Whether its root says that it is a credit note, whatever its code.
    pub is_credit_note: bool,
    /// The seller's country (BT-40), ISO 3166-1.
    pub seller_country: Option<String>,
    /// The fields that it states, in the file's order; a field may come more than once (several accounts).
    pub statements: Vec<Statement>,
    /// The accounts of the payer (BT-91), which a direct debit states and nobody is to pay to.
    pub payer_accounts: Vec<String>,
    /// The breakdown of the tax (BG-23).
    pub tax: Vec<StatedTax>,
    /// The invoice's lines (BG-25), without the headings and notes among them.
    pub lines: Vec<StatedLine>,
    /// How many lines the file has, read or not.
    pub line_count: u32,
    /// The sum of allowances on the level of the document (BT-107).
    pub allowances: Option<String>,
    /// The sum of charges on the level of the document (BT-108).
    pub charges: Option<String>,
    /// What has been paid (BT-113).
    pub paid: Option<String>,
    /// What is added to round the amount due (BT-114).
    pub rounding: Option<String>,
}

/// A field and the text that is stated for it: dates as `2024-03-14` or `20240314`, amounts with a point.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Statement {
    /// The field.
    pub field: Field,
    /// Its text, never empty.
    pub text: String,
    /// The scheme of a number (an ICD code of ISO/IEC 6523, for instance `0088` for a GLN), where it is stated.
    pub scheme: Option<String>,
}

/// A line of the tax breakdown, as stated.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct StatedTax {
    /// The category (BT-118), a code of UNTDID 5305, for instance `S`.
    pub category: Option<String>,
    /// The rate in percent (BT-119).
    pub rate: Option<String>,
    /// The taxable amount (BT-116).
    pub net: Option<String>,
    /// The tax (BT-117).
    pub tax: Option<String>,
}

/// An invoice line, as stated.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct StatedLine {
    /// The seller's code of the item (BT-155).
    pub code: Option<String>,
    /// The item's name (BT-153).
    pub description: Option<String>,
    /// The invoiced quantity (BT-129).
    pub quantity: Option<String>,
    /// Its unit (BT-130), a code of UN/ECE Recommendation 20, for instance `HUR`.
    pub unit: Option<String>,
    /// The net price (BT-146) of as many units as [`price_base`](Self::price_base) says.
    pub price: Option<String>,
    /// The number of units that the price is for (BT-149); one when not stated.
    pub price_base: Option<String>,
    /// The line's net amount (BT-131).
    pub net: Option<String>,
    /// The tax rate in percent (BT-152).
    pub tax_rate: Option<String>,
}
