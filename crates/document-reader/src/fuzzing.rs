//! Doors for `crates/fuzz` to what takes bytes or numbers from outside: the frames that a worker sends, the
//! characters of a page, e-invoices. No part of the API: whatever is here may change with any release.

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

/// Reads a frame as the reader does, from bytes that are all there.
///
/// # Errors
/// Those of the frame.
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

/// Words, size and verdict of a page that these characters are drawn on.
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

/// The e-invoice that bytes are, if they are one; otherwise why they are none.
///
/// # Errors
/// A phrase for people.
pub fn read_electronic_invoice(bytes: &[u8]) -> Result<ElectronicInvoice, String> {
    use electronic_invoice::Unread;
    electronic_invoice::read(bytes).map_err(|unread| match unread {
        Unread::Foreign(reason) | Unread::Broken(reason) | Unread::TooLarge(reason) => reason,
    })
}
