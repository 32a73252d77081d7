//! The e-invoices among a file's attachments, looked for within bounds.

use fieldmark_domain::electronic_invoice::ElectronicInvoice;

use super::{MAX_XML_BYTES, Unread, read};
use crate::first_bytes;

/// The most e-invoices that are read of a file.
const MAX_INVOICES: usize = 10;
/// The most phrases about broken attachments.
const MAX_BROKEN: usize = 10;
/// All attachments together are decompressed to no more than so many bytes.
const MAX_TOTAL_BYTES: usize = 64 * 1024 * 1024;

/// What was found so far.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FoundInvoices {
    /// The e-invoices, in the order of the attachments.
    pub read: Vec<ElectronicInvoice>,
    /// Attachments that are broken XML, one phrase each.
    pub broken: Vec<String>,
    bytes: usize,
}

impl FoundInvoices {
    /// Looks whether an attachment is an e-invoice; `content` gives its bytes, if they are no more than asked for.
    pub fn look_at(&mut self, name: &str, content: impl FnOnce(usize) -> Option<Vec<u8>>) {
        let left = MAX_TOTAL_BYTES.saturating_sub(self.bytes).min(MAX_XML_BYTES);
        if left == 0 || self.read.len() >= MAX_INVOICES {
            return;
        }
        let Some(bytes) = content(left) else {
            // What was too large has been decompressed that far.
            self.bytes += left;
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
            Err(Unread::Broken(reason)) if self.broken.len() < MAX_BROKEN => {
                self.broken.push(format!("the attachment {name} is {reason}"));
            }
            Err(Unread::Broken(_) | Unread::Foreign(_)) => {}
        }
    }
}
