//! E-invoices in XML, from bytes to what they state: told by the namespace of their root, whatever their name.
//!
//! Knows the syntaxes; what the stated texts amount to is the domain's business. Document type definitions are
//! refused, and with them entities that expand or lead out of the file; nodes and attributes are bounded.

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

/// No file of more bytes is read: e-invoices carry documents of their own, but not without measure.
pub const MAX_XML_BYTES: usize = 64 * 1024 * 1024;
/// Elements, texts and comments of a file; the longest real invoices have a tenth of it.
const MAX_NODES: u32 = 500_000;

/// Why bytes are no e-invoice that can be read, for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unread {
    /// It is XML, or something that looks like it, of another kind.
    Foreign(String),
    /// It is broken XML.
    Broken(String),
    /// It is larger than what is read.
    TooLarge(String),
}

/// Reads an e-invoice.
pub fn read(bytes: &[u8]) -> Result<ElectronicInvoice, Unread> {
    if bytes.len() > MAX_XML_BYTES {
        let reason = format!("XML has {} bytes, and {MAX_XML_BYTES} are allowed", bytes.len());
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

/// The root's name, and its namespace, both cut where nobody would read on.
fn describe(name: &str, namespace: &str) -> String {
    let cut = |text: &str| text.chars().take(100).collect::<String>();
    if namespace.is_empty() {
        format!("XML whose root is {}", cut(name))
    } else {
        format!("XML whose root is {} of {}", cut(name), cut(namespace))
    }
}
