//! The e-invoices among a file's attachments, looked for within bounds.

use fieldmark_domain::electronic_invoice::ElectronicInvoice;

use super::{MAX_XML_BYTES, Unread, read};
use crate::first_bytes;

/// The most e-invoices that are read of a file.
const MAX_INVOICES: usize = 10;
/// The most phrases about broken attachments.
const MAX_BROKEN: usize = 10;
/// All attachments together are decompressed to no more than so many bytes.
const MAX_TOTAL_BYTES: usize = 96 * 1024 * 1024;
/// What the standards call the attachment; of several e-invoices the one so called is meant.
const STANDARD_NAMES: [&str; 3] = ["factur-x.xml", "zugferd-invoice.xml", "xrechnung.xml"];

/// What was found so far.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FoundInvoices {
    /// The e-invoices, in the order of the attachments.
    pub read: Vec<ElectronicInvoice>,
    /// Attachments that are broken XML or were not looked at, one phrase each.
    pub broken: Vec<String>,
    bytes: usize,
}

impl FoundInvoices {
    /// Looks whether an attachment is an e-invoice; `content` gives its bytes, if they are no more than asked for.
    pub fn look_at(&mut self, name: &str, content: impl FnOnce(usize) -> Option<Vec<u8>>) {
        let left = MAX_TOTAL_BYTES.saturating_sub(self.bytes).min(MAX_XML_BYTES);
        if left == 0 || self.read.len() >= MAX_INVOICES {
            return self.say(format!("the attachment {name} was not looked at: there is too much before it"));
        }
        let Some(bytes) = content(left) else {
            // What was too large has been decompressed that far.
            self.bytes += left;
            if name.to_ascii_lowercase().ends_with(".xml") {
                self.say(format!("the attachment {name} is broken, or larger than what is read"));
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

    /// The e-invoice that the standards mean first, the others in the order of the attachments.
    pub fn in_order(mut self) -> Self {
        let is_meant = |invoice: &ElectronicInvoice| {
            let name = invoice.attachment.as_deref().unwrap_or_default().to_ascii_lowercase();
            STANDARD_NAMES.contains(&name.as_str())
        };
        self.read.sort_by_key(|invoice| !is_meant(invoice));
        // Only the first one is believed: of the others nobody needs more than that they are there.
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
