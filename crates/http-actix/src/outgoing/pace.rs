//! A connection whose client must take what it asked for.
//!
//! Whoever asks for a large answer and does not read it would hold memory, a place and a connection for as long as it
//! likes: nothing above the connection is asked anything while the client's buffers are full. So it is measured here.
//! When a client lets a write wait for too long, the write fails, and with the connection everything behind it ends.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Instant, Sleep, sleep};

/// How long a client may let an answer wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// The longest that it may take nothing. Time that it has used comes back only with the bytes that it takes.
    pub longest: Duration,
    /// The bytes that give a second back: slower clients run out of time in the end. 1 or more.
    pub bytes_a_second: u32,
}

impl Patience {
    /// The time that a client has left: of this, after a wait for it at whose end it took so many bytes.
    fn left_of(&self, left: Duration, waited: Duration, bytes: usize) -> Duration {
        let seconds = bytes as f64 / f64::from(self.bytes_a_second.max(1));
        let back = Duration::try_from_secs_f64(seconds).unwrap_or(self.longest);
        left.saturating_sub(waited).saturating_add(back).min(self.longest)
    }
}

/// A connection that can be given up.
pub trait Abandon {
    /// Forgets what is still to be sent, once the connection is dropped.
    fn abandon(&self);
}

impl Abandon for TcpStream {
    /// Without this the system keeps the bytes for minutes and goes on offering them to the client.
    fn abandon(&self) {
        if let Err(error) = self.set_zero_linger() {
            tracing::debug!("what is still to be sent is not forgotten: {error}");
        }
    }
}

/// A connection with the patience that is left for its client.
pub struct Paced<T> {
    connection: T,
    patience: Patience,
    left: Duration,
    wait: Option<Wait>,
}

/// A write that waits for the client.
struct Wait {
    since: Instant,
    end: Pin<Box<Sleep>>,
}

impl<T: Abandon> Paced<T> {
    /// A connection that was just accepted.
    pub const fn new(connection: T, patience: Patience) -> Self {
        Self { connection, patience, left: patience.longest, wait: None }
    }

    /// The connection itself.
    pub const fn connection(&self) -> &T {
        &self.connection
    }

    /// The client took bytes: the wait for it, if there was one, is over.
    fn took(&mut self, bytes: usize) {
        let waited = self.wait.take().map(|wait| wait.since.elapsed()).unwrap_or_default();
        self.left = self.patience.left_of(self.left, waited, bytes);
    }

    /// The client takes nothing: ready when that has lasted too long.
    fn poll_wait(&mut self, context: &mut Context<'_>) -> Poll<io::Error> {
        let left = self.left;
        let wait =
            self.wait.get_or_insert_with(|| Wait { since: Instant::now(), end: Box::pin(sleep(left)) });
        ready!(wait.end.as_mut().poll(context));
        tracing::info!("a client took its answer too slowly and was cut off");
        metrics::counter!("fieldmark_http_cut_off_total").increment(1);
        self.connection.abandon();
        Poll::Ready(io::ErrorKind::TimedOut.into())
    }

    fn paced(
        &mut self,
        written: Poll<io::Result<usize>>,
        context: &mut Context<'_>,
    ) -> Poll<io::Result<usize>> {
        match written {
            Poll::Pending => self.poll_wait(context).map(Err),
            Poll::Ready(written) => {
                if let Ok(bytes) = &written {
                    self.took(*bytes);
                }
                Poll::Ready(written)
            }
        }
    }
}

impl<T: AsyncRead + Unpin> AsyncRead for Paced<T> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.connection).poll_read(context, buffer)
    }
}

impl<T: AsyncWrite + Abandon + Unpin> AsyncWrite for Paced<T> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.connection).poll_write(context, bytes);
        self.paced(written, context)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.connection).poll_write_vectored(context, bytes);
        self.paced(written, context)
    }

    fn is_write_vectored(&self) -> bool {
        self.connection.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.connection).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.connection).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, DuplexStream, duplex};

    use super::*;

    /// What the two sides have between them.
    const BUFFER: usize = 1000;
    const PATIENCE: Patience = Patience { longest: Duration::from_secs(10), bytes_a_second: 100 };

    impl Abandon for DuplexStream {
        fn abandon(&self) {}
    }

    /// What is left of the patience after each second of a client that takes so much in each.
    fn each_second(bytes: usize) -> impl Iterator<Item = Duration> {
        let second = move |left: &Duration| Some(PATIENCE.left_of(*left, Duration::from_secs(1), bytes));
        std::iter::successors(Some(PATIENCE.longest), second)
    }

    #[test]
    fn a_client_that_keeps_the_pace_has_patience_for_ever() {
        for bytes in [100, 101, usize::MAX] {
            assert!(each_second(bytes).take(10_000).all(|left| left == PATIENCE.longest), "{bytes}");
        }
    }

    #[test]
    fn a_client_that_does_not_keep_it_uses_the_patience_up() {
        for (bytes, seconds) in [(0, 10), (1, 10), (50, 19), (99, 901)] {
            let used_up = |left: Duration| left < Duration::from_secs(1);
            assert_eq!(each_second(bytes).position(used_up), Some(seconds), "{bytes}");
        }
    }

    #[actix_web::test]
    async fn a_client_that_takes_nothing_is_cut_off() {
        let (server, _client) = duplex(BUFFER);
        let patience = Patience { longest: Duration::from_millis(50), ..PATIENCE };
        let mut connection = Paced::new(server, patience);
        let begun = Instant::now();
        let cut = connection.write_all(&[0; BUFFER + 1]).await.unwrap_err();
        assert_eq!(cut.kind(), io::ErrorKind::TimedOut);
        assert!(begun.elapsed() >= patience.longest);
        assert_eq!(connection.write(&[0]).await.unwrap_err().kind(), io::ErrorKind::TimedOut);
    }

    #[actix_web::test]
    async fn only_the_time_in_which_the_client_is_waited_for_counts() {
        let (server, mut client) = duplex(BUFFER);
        let patience = Patience { longest: Duration::from_millis(20), bytes_a_second: u32::MAX };
        let mut connection = Paced::new(server, patience);
        for _ in 0..5 {
            connection.write_all(&[0; BUFFER]).await.unwrap();
            // A slow answer is the service's fault.
            sleep(2 * patience.longest).await;
            client.read_exact(&mut [0; BUFFER]).await.unwrap();
        }
    }
}
