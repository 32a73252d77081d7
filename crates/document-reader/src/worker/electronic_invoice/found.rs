//! Searches a file's attachments for e-invoices, within limits.

use fieldmark_domain::electronic_invoice::ElectronicInvoice;

use super::{MAX_XML_BYTES, Unread, read};
use crate::first_bytes;

/// Maximum number of e-invoices that are read per file.
const MAX_INVOICES: usize = 10;
/// Maximum number of reported broken attachments.
const MAX_BROKEN: usize = 10;
/// Maximum number of decompressed bytes of all attachments together.
const MAX_TOTAL_BYTES: usize = 96 * 1024 * 1024;
/// The attachment names of the standards; among several e-invoices the one with such a name comes
/// first.
const STANDARD_NAMES: [&str; 3] = ["factur-x.xml", "zugferd-invoice.xml", "xrechnung.xml"];

/// The e-invoices found so far.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FoundInvoices {
    /// The e-invoices, in the order of the attachments.
    pub read: Vec<ElectronicInvoice>,
    /// Attachments that are broken XML or were not examined, one phrase each.
    pub broken: Vec<String>,
    bytes: usize,
}

impl FoundInvoices {
    /// Checks whether an attachment is an e-invoice; `content` returns its bytes, if they are at
    /// most as many as requested.
    pub fn look_at(&mut self, name: &str, content: impl FnOnce(usize) -> Option<Vec<u8>>) {
        let left = MAX_TOTAL_BYTES.saturating_sub(self.bytes).min(MAX_XML_BYTES);
        if left == 0 || self.read.len() >= MAX_INVOICES {
            return self.say(format!(
                "the attachment {name} was not read: the attachments before it use up the limit"
            ));
        }
        let Some(bytes) = content(left) else {
            // A too large attachment has been decompressed up to the limit.
            self.bytes += left;
            if name.to_ascii_lowercase().ends_with(".xml") {
                self.say(format!("the attachment {name} is broken, or larger than the limit"));
            }
            return;
        };
        self.bytes += bytes.len();
        if !first_bytes::may_be_xml(&bytes) {
            return;
        }
        match read(&bytes) {
            Ok(mut invoice) => {
                invoice.attachment = Some(name.to_owned());
                self.read.push(invoice);
            }
            Err(Unread::Broken(reason)) => self.say(format!("the attachment {name} is {reason}")),
            Err(Unread::TooLarge(_) | Unread::Foreign(_)) => {}
        }
    }

    /// The e-invoice with a standard's name first, the others in the order of the attachments.
    pub fn in_order(mut self) -> Self {
        let is_meant = |invoice: &ElectronicInvoice| {
            let name = invoice.attachment.as_deref().unwrap_or_default().to_ascii_lowercase();
            STANDARD_NAMES.contains(&name.as_str())
        };
        self.read.sort_by_key(|invoice| !is_meant(invoice));
        // Only the first one is used; the others only need to be counted.
        for other in self.read.iter_mut().skip(1) {
            other.lines.clear();
        }
        self
    }

    fn say(&mut self, phrase: String) {
        if self.broken.len() < MAX_BROKEN {
            self.broken.push(phrase);
        }
    }
}
