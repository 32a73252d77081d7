//! Frames between a reader and its worker: a message of bounded length and a body of raw bytes.
//!
//! Layout: `message length: u32, body length: u64` in little endian, the message encoded by
//! postcard, then the body. Lengths are not trusted: memory is allocated as bytes arrive, and never
//! beyond the bound.

use std::io::{self, Read, Write};

use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::io::{AsyncRead, AsyncReadExt};

/// Maximum size of one message in bytes. A full page of words takes about a hundredth of it.
pub const MAX_MESSAGE_BYTES: u64 = 32 * 1024 * 1024;
const HEADER_BYTES: usize = 12;

/// A frame that cannot be read or written.
#[derive(Debug, thiserror::Error)]
pub enum FrameError {
    /// The other process closed the pipe.
    #[error("the pipe to the other process is closed")]
    Pipe(#[from] io::Error),
    /// A length exceeds its bound.
    #[error("a frame has {length} bytes, but at most {bound} are allowed")]
    TooLong {
        /// The length in the frame's header.
        length: u64,
        /// The bound.
        bound: u64,
    },
    /// The message cannot be decoded.
    #[error("the frame contains an invalid message")]
    Senseless(#[from] postcard::Error),
}

/// The bytes before a frame's body.
pub fn head<M: Serialize>(message: &M, body_length: usize) -> Result<Vec<u8>, FrameError> {
    let message = postcard::to_allocvec(message)?;
    let length = message.len() as u64;
    if length > MAX_MESSAGE_BYTES {
        return Err(FrameError::TooLong { length, bound: MAX_MESSAGE_BYTES });
    }
    let mut head = Vec::with_capacity(HEADER_BYTES + message.len());
    head.extend((length as u32).to_le_bytes());
    head.extend((body_length as u64).to_le_bytes());
    head.extend(message);
    Ok(head)
}

/// How many bytes may still be read from the other process, over any number of frames.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allowance {
    /// Bytes of messages, of all frames together.
    pub message_bytes: u64,
    /// Bytes of bodies, of all frames together.
    pub body_bytes: u64,
    /// Bytes of the body of one frame.
    pub largest_body: u64,
}

impl Allowance {
    /// For one frame, with a body of at most `max_body` bytes.
    pub const fn one_frame(max_body: u64) -> Self {
        Self { message_bytes: MAX_MESSAGE_BYTES, body_bytes: max_body, largest_body: max_body }
    }

    /// Subtracts a frame's message length and body length before any byte of them is read.
    fn take(&mut self, header: [u8; HEADER_BYTES]) -> Result<(u64, u64), FrameError> {
        let [a, b, c, d, body @ ..] = header;
        let message_length = u64::from(u32::from_le_bytes([a, b, c, d]));
        let body_length = u64::from_le_bytes(body);
        let max_message = self.message_bytes.min(MAX_MESSAGE_BYTES);
        let max_body = self.body_bytes.min(self.largest_body);
        for (length, bound) in [(message_length, max_message), (body_length, max_body)] {
            if length > bound {
                return Err(FrameError::TooLong { length, bound });
            }
        }
        self.message_bytes -= message_length;
        self.body_bytes -= body_length;
        Ok((message_length, body_length))
    }
}

/// Writes one frame and flushes it.
pub fn write<M: Serialize>(output: &mut impl Write, message: &M, body: &[u8]) -> Result<(), FrameError> {
    output.write_all(&head(message, body.len())?)?;
    output.write_all(body)?;
    Ok(output.flush()?)
}

/// Reads one frame with a body of at most `max_body` bytes; `None` when the other process has
/// closed the pipe.
pub fn read<M: DeserializeOwned>(
    input: &mut impl Read,
    max_body: u64,
) -> Result<Option<(M, Vec<u8>)>, FrameError> {
    let mut header = Vec::with_capacity(HEADER_BYTES);
    input.take(HEADER_BYTES as u64).read_to_end(&mut header)?;
    if header.is_empty() {
        return Ok(None);
    }
    let header = header.try_into().map_err(|_| io::Error::from(io::ErrorKind::UnexpectedEof))?;
    let (message_length, body_length) = Allowance::one_frame(max_body).take(header)?;
    let mut message = Vec::new();
    input.take(message_length).read_to_end(&mut message)?;
    let mut body = Vec::new();
    input.take(body_length).read_to_end(&mut body)?;
    let lengths = (message_length, body_length);
    finish(&message, body, lengths).map(Some)
}

/// Like [`read`], without blocking the thread; a closed pipe is an error. Subtracts the frame's
/// lengths from the allowance.
pub async fn read_async<M: DeserializeOwned>(
    input: &mut (impl AsyncRead + Unpin),
    allowance: &mut Allowance,
) -> Result<(M, Vec<u8>), FrameError> {
    let mut header = [0; HEADER_BYTES];
    input.read_exact(&mut header).await?;
    let (message_length, body_length) = allowance.take(header)?;
    let mut message = Vec::new();
    input.take(message_length).read_to_end(&mut message).await?;
    let mut body = Vec::new();
    input.take(body_length).read_to_end(&mut body).await?;
    finish(&message, body, (message_length, body_length))
}

/// A message that is cut short may still decode, to another message than the one that was sent.
fn finish<M: DeserializeOwned>(
    message: &[u8],
    body: Vec<u8>,
    lengths: (u64, u64),
) -> Result<(M, Vec<u8>), FrameError> {
    if (message.len() as u64, body.len() as u64) != lengths {
        return Err(io::Error::from(io::ErrorKind::UnexpectedEof).into());
    }
    Ok((postcard::from_bytes(message)?, body))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::messages::{Order, ReadOrder};

    fn order() -> Order {
        Order::Read(ReadOrder { password: Some("open".to_owned()), ..ReadOrder::default() })
    }

    #[test]
    fn a_frame_comes_out_as_it_went_in() {
        let mut pipe = Vec::new();
        write(&mut pipe, &order(), b"%PDF-").unwrap();
        let mut input = pipe.as_slice();
        assert_eq!(read(&mut input, 5).unwrap(), Some((order(), b"%PDF-".to_vec())));
        assert_eq!(read::<Order>(&mut input, 5).unwrap(), None);
        assert!(matches!(read::<Order>(&mut pipe.as_slice(), 4), Err(FrameError::TooLong { .. })));
    }

    #[test]
    fn a_message_shorter_than_its_frame_says_is_an_error() {
        let mut pipe = Vec::new();
        write(&mut pipe, &order(), &[]).unwrap();
        pipe[0] += 1;
        assert!(matches!(read::<Order>(&mut pipe.as_slice(), 0), Err(FrameError::Pipe(_))));
    }

    #[tokio::test]
    async fn frames_use_an_allowance_up_by_their_messages_and_by_their_bodies() {
        let mut pipe = Vec::new();
        write(&mut pipe, &order(), &[7; 40]).unwrap();
        let message_bytes = (pipe.len() - HEADER_BYTES - 40) as u64;
        let three = pipe.repeat(3);
        let largest_body = 40;
        for (messages, bodies, largest_body, good) in
            [(3, 3, largest_body, 3), (2, 3, largest_body, 2), (3, 1, largest_body, 1), (3, 3, 39, 0)]
        {
            let (message_bytes, body_bytes) = (messages * message_bytes, bodies * 40);
            let mut allowance = Allowance { message_bytes, body_bytes, largest_body };
            let mut input = three.as_slice();
            for _ in 0..good {
                read_async::<Order>(&mut input, &mut allowance).await.unwrap();
            }
            let next = read_async::<Order>(&mut input, &mut allowance).await;
            let is_over = matches!(next, Err(FrameError::TooLong { .. }));
            assert_eq!(is_over, good < 3, "{messages} messages, {bodies} bodies: {next:?}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn a_frame_cut_anywhere_is_an_error(cut in 1_usize..100) {
            let mut pipe = Vec::new();
            write(&mut pipe, &order(), &[7; 40]).unwrap();
            let cut = cut.min(pipe.len() - 1);
            prop_assert!(read::<Order>(&mut &pipe[..cut], 100).is_err());
        }

        #[test]
        fn any_bytes_are_a_frame_or_an_error(bytes in prop::collection::vec(any::<u8>(), 0..80)) {
            let _ = read::<Order>(&mut bytes.as_slice(), 1000);
        }
    }
}
