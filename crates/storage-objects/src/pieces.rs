//! Delivers bytes in pieces: determines the next piece, and checks whether the whole has the
//! expected digest.
//!
//! Knows neither files nor buckets, only a source of byte ranges.

use std::ops::Range;

use async_trait::async_trait;
use fieldmark_domain::blob::Sha256;
use fieldmark_domain::ports::{BlobError, BlobPart, BlobPieces, OpenBlob};
use sha2::Digest as _;

/// A source that can be read at any position.
#[async_trait]
pub trait Source: Send + Sync {
    /// How many bytes are read at once, 1 to a mebibyte.
    const PIECE: u64;

    /// The bytes of a range; fewer only at the end of the source.
    async fn read(&self, range: Range<u64>) -> Result<Vec<u8>, BlobError>;

    /// The source's name for the operator.
    fn name(&self) -> String;
}

/// The bytes of a source, one piece after the other.
pub struct Pieces<S> {
    source: S,
    left: Range<u64>,
    comparison: Option<Comparison>,
}

/// The expected digest of a whole file, and the digest of the bytes so far.
struct Comparison {
    expected: Sha256,
    found: sha2::Sha256,
}

impl<S: Source + 'static> Pieces<S> {
    /// A part of a source with this size and known digest.
    pub fn of(source: S, size: u64, sha256: Sha256, part: BlobPart) -> OpenBlob {
        let (left, comparison) = match part {
            BlobPart::Whole => (0..size, Some(Comparison { expected: sha256, found: sha2::Sha256::new() })),
            BlobPart::Range { offset, length } => {
                (offset.min(size)..offset.saturating_add(length).min(size), None)
            }
        };
        OpenBlob { size, pieces: Box::new(Self { source, left, comparison }) }
    }
}

impl<S: Source> Pieces<S> {
    async fn read(&mut self) -> Result<Vec<u8>, BlobError> {
        let end = self.left.end.min(self.left.start.saturating_add(S::PIECE));
        let wanted = self.left.start..end;
        let piece = self.source.read(wanted.clone()).await?;
        if u64::try_from(piece.len()) != Ok(wanted.end - wanted.start) {
            return Err(self.damaged());
        }
        self.left.start = end;
        self.compare(&piece)?;
        Ok(piece)
    }

    fn compare(&mut self, piece: &[u8]) -> Result<(), BlobError> {
        let Some(comparison) = &mut self.comparison else { return Ok(()) };
        comparison.found.update(piece);
        if !self.left.is_empty() || comparison.found.clone().finalize().as_slice() == comparison.expected.0 {
            return Ok(());
        }
        Err(self.damaged())
    }

    fn damaged(&self) -> BlobError {
        BlobError::Damaged { reason: self.source.name() }
    }
}

#[async_trait]
impl<S: Source> BlobPieces for Pieces<S> {
    async fn next(&mut self) -> Result<Option<Vec<u8>>, BlobError> {
        if self.left.is_empty() {
            return Ok(None);
        }
        let piece = self.read().await;
        if piece.is_err() {
            self.left.start = self.left.end;
        }
        piece.map(Some)
    }
}
