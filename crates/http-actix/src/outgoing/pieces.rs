//! The body of a file that comes in pieces, in a place that is kept until the last one is sent.

use std::io;

use actix_web::body::{BoxBody, SizedStream};
use bytes::Bytes;
use fieldmark_domain::ports::BlobPieces;
use futures_util::stream::{self, try_unfold};
use tokio::sync::OwnedSemaphorePermit;
use tracing::{Instrument as _, Span};

use crate::problem::Problem;

/// As much as is made of an answer at once, in bytes; the connection copies no more than that.
pub const PIECE: usize = 64 << 10;

/// A file on its way to a client.
struct Sending {
    /// What was read of it and not sent yet.
    read: Bytes,
    pieces: Box<dyn BlobPieces>,
    _place: OwnedSemaphorePermit,
}

/// A body of so many bytes. Its first piece is read before it is answered, so that a file that is not there, cannot be
/// reached, or is small and damaged has a status that says so. What fails later breaks the body off.
///
/// # Errors
/// Those of reading the first piece.
pub async fn pieces(
    mut pieces: Box<dyn BlobPieces>,
    length: u64,
    place: OwnedSemaphorePermit,
) -> Result<BoxBody, Problem> {
    let read = pieces.next().await?.map(Bytes::from).unwrap_or_default();
    let (sending, span) = (Sending { read, pieces, _place: place }, Span::current());
    let body = try_unfold(sending, move |sending| sending.next().instrument(span.clone()));
    Ok(BoxBody::new(SizedStream::new(length, body)))
}

impl Sending {
    async fn next(mut self) -> Result<Option<(Bytes, Self)>, Problem> {
        if self.read.is_empty() {
            match self.pieces.next().await? {
                Some(piece) => self.read = piece.into(),
                None => return Ok(None),
            }
        }
        let piece = self.read.split_to(PIECE.min(self.read.len()));
        Ok(Some((piece, self)))
    }
}

/// The body of an answer without one: to a question for the head of what has so many bytes.
pub fn nothing_of(length: u64) -> BoxBody {
    BoxBody::new(SizedStream::new(length, stream::empty::<Result<Bytes, io::Error>>()))
}
