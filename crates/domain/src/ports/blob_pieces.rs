//! Bytes on their way out of a store, in pieces.

use std::ops::Range;
use std::sync::Arc;

use async_trait::async_trait;

use super::BlobError;

/// Which bytes of a file are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlobPart {
    /// All of them, compared with their digest.
    Whole,
    /// Some of them. They cannot be compared with the digest, which is that of all: whoever puts a
    /// file together from parts compares it.
    Range {
        /// How many bytes are left out before the first wanted one.
        offset: u64,
        /// How many are wanted; fewer come where the file ends before.
        length: u64,
    },
}

/// Bytes on their way out of the store.
pub struct OpenBlob {
    /// How many bytes the store holds of the whole file, whatever part of it is wanted.
    pub size: u64,
    /// The wanted bytes.
    pub pieces: Box<dyn BlobPieces>,
}

/// Bytes that come in pieces, each of at most a mebibyte, so that a large file is never in memory
/// as a whole.
#[cfg_attr(any(test, feature = "mock"), mockall::automock)]
#[async_trait]
pub trait BlobPieces: Send {
    /// The next piece, which has at least one byte; `None` after the last. Of a whole file the last
    /// piece comes only when the digest is right, so that nobody takes a damaged file for a whole
    /// one. After an error nothing comes.
    ///
    /// # Errors
    /// [`BlobError::Unavailable`], [`BlobError::Damaged`], also when bytes are missing at the end,
    /// [`BlobError::Failed`].
    async fn next(&mut self) -> Result<Option<Vec<u8>>, BlobError>;
}

/// The size of a piece of bytes that are in memory, and the largest that a piece may have, in
/// bytes.
const PIECE: usize = 1 << 20;

/// Bytes that are in memory as a whole, handed out in pieces.
struct PiecesInMemory {
    bytes: Arc<[u8]>,
    left: Range<usize>,
}

#[async_trait]
impl BlobPieces for PiecesInMemory {
    async fn next(&mut self) -> Result<Option<Vec<u8>>, BlobError> {
        let end = self.left.end.min(self.left.start.saturating_add(PIECE));
        let piece = self.bytes.get(self.left.start..end).unwrap_or_default().to_vec();
        self.left.start = end;
        Ok(Some(piece).filter(|piece| !piece.is_empty()))
    }
}

impl OpenBlob {
    /// A part of a whole file that is in memory and was compared with its digest.
    #[must_use]
    pub fn in_memory(bytes: Arc<[u8]>, part: BlobPart) -> Self {
        let size = bytes.len();
        let left = match part {
            BlobPart::Whole => 0..size,
            BlobPart::Range { offset, length } => {
                let index = |place: u64| usize::try_from(place).unwrap_or(size).min(size);
                index(offset)..index(offset.saturating_add(length))
            }
        };
        Self { size: size as u64, pieces: Box::new(PiecesInMemory { bytes, left }) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn read(bytes: &[u8], part: BlobPart) -> (u64, Vec<usize>, Vec<u8>) {
        let mut open = OpenBlob::in_memory(bytes.into(), part);
        let (mut lengths, mut all) = (Vec::new(), Vec::new());
        while let Some(piece) = open.pieces.next().await.unwrap() {
            lengths.push(piece.len());
            all.extend(piece);
        }
        (open.size, lengths, all)
    }

    #[tokio::test]
    async fn bytes_in_memory_are_handed_out_in_pieces_of_a_mebibyte() {
        let bytes: Vec<u8> = (0..PIECE + 7).map(|place| (place % 251) as u8).collect();
        let whole = read(&bytes, BlobPart::Whole).await;
        assert_eq!(whole, (bytes.len() as u64, vec![PIECE, 7], bytes));
        assert_eq!(read(b"", BlobPart::Whole).await, (0, Vec::new(), Vec::new()));
    }

    #[tokio::test]
    async fn a_part_ends_where_the_bytes_end() {
        for (offset, length, wanted) in
            [(1, 2, &b"bc"[..]), (2, 9, b"cd"), (4, 1, b""), (9, 9, b""), (1, u64::MAX, b"bcd"), (0, 0, b"")]
        {
            let (size, _, bytes) = read(b"abcd", BlobPart::Range { offset, length }).await;
            assert_eq!((size, bytes.as_slice()), (4, wanted), "{offset} {length}");
        }
    }
}
