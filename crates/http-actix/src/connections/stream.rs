//! A connection's bytes, and the two things that Actix Web's own stream does not do: it ends when its place is needed
//! for another one, and requests that cannot be read get an answer of ours.
//!
//! Actix Web answers a request that its parser refuses by itself, with a status and nothing else, and no middleware
//! hears of it. Such an answer is known here by this: no request is being answered, and none has been since all that
//! was written was sent.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use actix_web::rt::net::TcpStream;
use bytes::{Buf as _, Bytes};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use super::{OfConnection, Open, Unread};

/// How much is read of a client that is still sending what cannot be read, so that it sees the answer: a socket that is
/// closed with bytes left to read takes its last answer with it.
const LINGERING_BYTES: usize = 1 << 20;

/// The stream of one connection.
pub struct Watched {
    stream: TcpStream,
    open: Open,
    unread: Arc<Unread>,
    /// How many requests were answered when everything was sent.
    sent: usize,
    /// What is sent in place of Actix Web's own answer.
    instead: Option<Bytes>,
}

impl Watched {
    /// The stream of a connection that was let in.
    pub fn new(stream: TcpStream, open: Open, unread: Arc<Unread>) -> Self {
        Self { stream, open, unread, sent: 0, instead: None }
    }

    /// By what its requests find it.
    pub fn for_requests(&self) -> OfConnection {
        self.open.for_requests()
    }

    fn is_of_no_request(&self) -> bool {
        !self.open.is_answering() && self.open.answered() == self.sent
    }

    fn poll_instead(
        &mut self,
        context: &mut Context<'_>,
        mut answer: Bytes,
        length: usize,
    ) -> Poll<io::Result<usize>> {
        while answer.has_remaining() {
            match Pin::new(&mut self.stream).poll_write(context, &answer) {
                Poll::Ready(Ok(written)) => answer.advance(written),
                Poll::Ready(Err(error)) => return Poll::Ready(Err(error)),
                Poll::Pending => {
                    self.instead = Some(answer);
                    return Poll::Pending;
                }
            }
        }
        self.linger();
        Poll::Ready(Ok(length))
    }

    fn linger(&self) {
        let mut left = LINGERING_BYTES;
        let mut piece = [0; 16 << 10];
        while let Ok(length @ 1..) = self.stream.try_read(&mut piece) {
            left = left.saturating_sub(length);
            if left == 0 {
                return;
            }
        }
    }
}

impl AsyncRead for Watched {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        // First the waker, then the look, so that no wish to close is missed.
        self.open.will_wake(context.waker());
        if !self.open.may_read() {
            return Poll::Ready(Ok(()));
        }
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Watched {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        if !self.open.may_write() {
            return Poll::Ready(Err(io::ErrorKind::ConnectionAborted.into()));
        }
        let instead = match self.instead.take() {
            None if self.is_of_no_request() => self.unread.answer(bytes, self.open.peer()),
            instead => instead,
        };
        let written = match instead {
            Some(answer) => self.poll_instead(context, answer, bytes.len()),
            None => Pin::new(&mut self.stream).poll_write(context, bytes),
        };
        self.open.is_taken(written.is_ready());
        written
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        ready!(Pin::new(&mut self.stream).poll_flush(context))?;
        self.sent = self.open.answered();
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
