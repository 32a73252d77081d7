//! E-invoices in XML for tests: one fictional invoice in every profile of Factur-X and ZUGFeRD, and
//! in UBL.
//!
//! Its amounts: two lines of 199.00 (19 %) and 275.00 (7 %), an allowance of 4.00 on the first
//! rate, so net 470.00, tax 37.05 + 19.25 = 56.30, gross 526.30, of which 26.30 are paid and 500.00
//! due.

mod cii;
mod ubl;

pub use cii::{CiiProfile, cii, zugferd_1};
pub use ubl::{danish_ubl, norwegian_ubl, oioubl, swedish_ubl, ubl_credit_note, ubl_invoice};

/// An element with a text.
fn element(name: &str, text: &str) -> String {
    format!("<{name}>{text}</{name}>")
}
