//! A request's body while it comes in: how much, for how long, and how fast at least.
//!
//! A client that sends a byte now and then would hold its place as long as one that sends a file; it may not.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use actix_web::error::PayloadError;
use actix_web::web;
use bytes::Bytes;
use futures_util::{FutureExt as _, Stream, StreamExt as _};
use tokio::time::{Sleep, sleep, timeout};

use crate::pace::Pace;
use crate::problem::{Code, Problem};
use crate::services::Limits;

/// A body within its bounds.
pub struct Incoming {
    payload: web::Payload,
    left: u64,
    pace: Pace,
    /// Bytes since the clock was set.
    came: u64,
    clock: Pin<Box<Sleep>>,
}

impl Incoming {
    /// A body of up to so many bytes.
    pub fn new(payload: web::Payload, longest: u64, limits: &Limits) -> Self {
        let pace = limits.body_pace;
        Self { payload, left: longest, pace, came: 0, clock: Box::pin(sleep(pace.within)) }
    }

    fn counted(&mut self, piece: Bytes) -> Result<Bytes, PayloadError> {
        let length = piece.len() as u64;
        self.came = self.came.saturating_add(length);
        self.left = self.left.checked_sub(length).ok_or(io::ErrorKind::FileTooLarge).map_err(broken)?;
        Ok(piece)
    }

    /// Whether the client, for which this waits, has fallen behind.
    fn is_behind(&mut self, context: &mut Context<'_>) -> bool {
        while self.clock.poll_unpin(context).is_ready() {
            if std::mem::take(&mut self.came) < self.pace.bytes {
                return true;
            }
            self.clock = Box::pin(sleep(self.pace.within));
        }
        false
    }
}

impl Stream for Incoming {
    type Item = Result<Bytes, PayloadError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        match self.payload.poll_next_unpin(context) {
            Poll::Ready(piece) => Poll::Ready(piece.map(|piece| self.counted(piece?))),
            // Only who waits for the client looks at the clock: a slow disk is not the client's fault.
            Poll::Pending if self.is_behind(context) => {
                Poll::Ready(Some(Err(broken(io::ErrorKind::TimedOut))))
            }
            Poll::Pending => Poll::Pending,
        }
    }
}

fn broken(kind: io::ErrorKind) -> PayloadError {
    PayloadError::Io(kind.into())
}

/// What came of a body, if it came within the time that one may take.
///
/// # Errors
/// `request_timeout`, and its own.
pub async fn in_time<T>(
    limits: &Limits,
    body: impl Future<Output = Result<T, Problem>>,
) -> Result<T, Problem> {
    let late = || Problem::new(Code::RequestTimeout, "the body did not come in time");
    timeout(limits.body_time, body).await.map_err(|_| late())?
}

/// Why a body did not come to its end.
pub fn refused(error: &PayloadError, longest: u64) -> Problem {
    let kind = match error {
        PayloadError::Io(error) => Some(error.kind()),
        _ => None,
    };
    match kind {
        Some(io::ErrorKind::FileTooLarge) => too_large(longest),
        Some(io::ErrorKind::TimedOut) => Problem::new(Code::RequestTimeout, "the body comes in too slowly"),
        // The library's own words hold what Rust prints for programmers.
        _ => Problem::new(Code::BadRequest, format!("the body broke off: {}", why(error))),
    }
}

const fn why(error: &PayloadError) -> &'static str {
    match error {
        PayloadError::Overflow => "it is too large",
        PayloadError::EncodingCorrupted => "its encoding is damaged",
        PayloadError::UnknownLength => "its length is not known",
        _ => "the connection ended before it did",
    }
}

/// A body is longer than it may be.
pub fn too_large(longest: u64) -> Problem {
    Problem::new(Code::BodyTooLarge, format!("the body may have {longest} bytes"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_that_broke_off_names_no_type_of_rust() {
        let error = io::Error::new(io::ErrorKind::UnexpectedEof, "peer");
        let problem = refused(&PayloadError::Incomplete(Some(error)), 1);
        assert_eq!(problem.message(), "the body broke off: the connection ended before it did");
    }
}
