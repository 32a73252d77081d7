//! Entry points for `crates/fuzz` into the code that parses untrusted bytes and numbers: frames
//! from a worker, characters of a page, e-invoices. Not part of the API: anything here may change
//! with any release.

use std::pin::pin;
use std::task::{Context, Poll, Waker};

use fieldmark_domain::electronic_invoice::ElectronicInvoice;
use fieldmark_domain::page::{PageSize, TextLayer, Word};
use serde::de::DeserializeOwned;

pub use crate::frames::{Allowance, FrameError, MAX_MESSAGE_BYTES, read, write};
pub use crate::messages::{Answer, Finish, Order, ReadOrder};
use crate::words::{self, Surroundings};
pub use crate::words::{Character, Edges, PageFrame, Paint, QuarterTurns};
use crate::worker::electronic_invoice;

/// Reads a frame as the reader does, from bytes that are completely in memory.
///
/// # Errors
/// Those of reading a frame.
pub fn read_within<M: DeserializeOwned>(
    input: &mut &[u8],
    allowance: &mut Allowance,
) -> Result<(M, Vec<u8>), FrameError> {
    let reading = pin!(crate::frames::read_async(input, allowance));
    match reading.poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(outcome) => outcome,
        Poll::Pending => Err(std::io::Error::from(std::io::ErrorKind::WouldBlock).into()),
    }
}

/// Words, size and verdict of a page that contains these characters.
#[must_use]
pub fn read_page(
    characters: &[Character],
    frame: PageFrame,
    picture_share: f32,
) -> (Vec<Word>, PageSize, TextLayer) {
    let text = words::read(characters, frame);
    let surroundings =
        Surroundings { picture_share, is_invisible: text.is_invisible, left_out: text.left_out };
    let text_layer = words::judge(&text.words, surroundings);
    (text.words, text.frame.size(), text_layer)
}

/// Parses bytes as an e-invoice.
///
/// # Errors
/// A sentence for people that says why the bytes are not an e-invoice.
pub fn read_electronic_invoice(bytes: &[u8]) -> Result<ElectronicInvoice, String> {
    use electronic_invoice::Unread;
    electronic_invoice::read(bytes).map_err(|unread| match unread {
        Unread::Foreign(reason) | Unread::Broken(reason) | Unread::TooLarge(reason) => reason,
    })
}
