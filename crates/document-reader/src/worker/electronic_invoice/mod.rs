//! Reads e-invoices in XML: from bytes to stated texts. E-invoices are recognised by the namespace
//! of their XML root, not by file name.
//!
//! Knows the syntaxes; the domain interprets the stated texts. Document type definitions are
//! refused, and with them entities that expand or read other files; the number of nodes and
//! attributes is limited.

mod bounds;
mod cii;
mod decoding;
mod element;
mod found;
mod payment;
mod terms;
#[cfg(test)]
mod tests;
mod ubl;

use fieldmark_domain::electronic_invoice::ElectronicInvoice;
use roxmltree::{Document, ParsingOptions};

use element::Element;
pub use found::FoundInvoices;

/// Maximum size of a file in bytes. E-invoices may embed documents, so this is generous.
pub const MAX_XML_BYTES: usize = 64 * 1024 * 1024;
/// Maximum number of elements, texts and comments; the longest real invoices have a tenth of it.
const MAX_NODES: u32 = 500_000;

/// Why bytes are not a readable e-invoice, as text for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unread {
    /// It is XML of another kind, or looks like XML.
    Foreign(String),
    /// It is broken XML.
    Broken(String),
    /// It exceeds the size limit.
    TooLarge(String),
}

/// Reads an e-invoice.
pub fn read(bytes: &[u8]) -> Result<ElectronicInvoice, Unread> {
    if bytes.len() > MAX_XML_BYTES {
        let reason = format!("XML has {} bytes, but at most {MAX_XML_BYTES} are allowed", bytes.len());
        return Err(Unread::TooLarge(reason));
    }
    let text = decoding::decode(bytes).map_err(Unread::Broken)?;
    bounds::check(&text).map_err(Unread::Broken)?;
    let options = ParsingOptions { allow_dtd: false, nodes_limit: MAX_NODES, ..ParsingOptions::default() };
    let document = Document::parse_with_options(&text, options).map_err(unread)?;
    let root = Element::of(document.root_element());
    let namespace = root.namespace().unwrap_or_default();
    match (namespace, root.name()) {
        (cii::NAMESPACE, "CrossIndustryInvoice") => Ok(cii::read(root)),
        (cii::NAMESPACE_OF_ZUGFERD_1, "CrossIndustryDocument") => Ok(cii::read(root)),
        (ubl::INVOICE_NAMESPACE, "Invoice") => Ok(ubl::read(root)),
        (ubl::CREDIT_NOTE_NAMESPACE, "CreditNote") => Ok(ubl::read(root)),
        (namespace, name) => Err(Unread::Foreign(describe(name, namespace))),
    }
}

fn unread(error: roxmltree::Error) -> Unread {
    match error {
        roxmltree::Error::DtdDetected => {
            Unread::Broken("XML with a document type definition, which no e-invoice has".to_owned())
        }
        roxmltree::Error::NodesLimitReached => {
            Unread::Broken(format!("XML of more than {MAX_NODES} elements and texts"))
        }
        other => Unread::Broken(format!("XML that is not well-formed ({other})")),
    }
}

/// The root's name and its namespace, both cut to a readable length.
fn describe(name: &str, namespace: &str) -> String {
    let cut = |text: &str| text.chars().take(100).collect::<String>();
    if namespace.is_empty() {
        format!("XML whose root is {}", cut(name))
    } else {
        format!("XML whose root is {} of {}", cut(name), cut(namespace))
    }
}
