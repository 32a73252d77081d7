//! The promises of a store about bytes that are read in pieces.

use fieldmark_domain::blob::Sha256;
use fieldmark_domain::ports::{BlobPart, BlobPieces, BlobStore, OpenBlob};

use super::{LARGE, UNKNOWN_DIGEST, is_there, kept, large, put};
use crate::breach::{Breach, promised};

/// Maximum size of a piece in bytes.
const MAX_PIECE: usize = 1 << 20;

pub async fn come_as_they_are_wanted(store: &dyn BlobStore) -> Result<(), Breach> {
    is_closed(store, &UNKNOWN_DIGEST).await?;
    come_whole(store).await?;
    come_in_parts(store).await?;
    come_to_several_readers(store).await?;
    are_gone_with_the_file(store).await
}

async fn come_whole(store: &dyn BlobStore) -> Result<(), Breach> {
    for bytes in [Vec::new(), b"abc".to_vec(), large(4)] {
        let sha256 = put(store, &bytes).await?;
        gives_part(store, &sha256, BlobPart::Whole, &bytes, bytes.len()).await?;
    }
    Ok(())
}

async fn come_in_parts(store: &dyn BlobStore) -> Result<(), Breach> {
    let bytes = large(5);
    let sha256 = put(store, &bytes).await?;
    let size = LARGE as u64;
    for (offset, length) in [
        (0, 1),
        (0, size),
        (7, 100),
        (65_535, 2),
        (1 << 20, 1 << 20),
        (12_345, 2_345_678),
        (size - 1, 1),
        (size - 5, 500),
        (0, u64::MAX),
        (1, u64::MAX),
        (7, 0),
        (size, 1),
        (u64::MAX, u64::MAX),
    ] {
        let begin = usize::try_from(offset).unwrap_or(LARGE).min(LARGE);
        let wanted = usize::try_from(length).unwrap_or(LARGE);
        let expected: Vec<u8> = bytes.iter().skip(begin).take(wanted).copied().collect();
        gives_part(store, &sha256, BlobPart::Range { offset, length }, &expected, LARGE).await?;
    }
    Ok(())
}

/// Two readers read the same file alternately.
async fn come_to_several_readers(store: &dyn BlobStore) -> Result<(), Breach> {
    let bytes = large(6);
    let sha256 = put(store, &bytes).await?;
    let mut readers = [
        open(store, &sha256, BlobPart::Whole).await?.pieces,
        open(store, &sha256, BlobPart::Range { offset: 0, length: u64::MAX }).await?.pieces,
    ];
    let mut read = [Vec::new(), Vec::new()];
    let mut is_over = [false; 2];
    while is_over.contains(&false) {
        for ((reader, read), is_over) in readers.iter_mut().zip(&mut read).zip(&mut is_over) {
            match next(reader.as_mut()).await? {
                Some(piece) => read.extend(piece),
                None => *is_over = true,
            }
        }
    }
    promised("several readers get the same", read.iter().all(|read| *read == bytes), || {
        format!("{:?} bytes", read.each_ref().map(Vec::len))
    })
}

async fn are_gone_with_the_file(store: &dyn BlobStore) -> Result<(), Breach> {
    let sha256 = put(store, b"gone in pieces").await?;
    kept(store.delete(&sha256).await)?;
    is_there(store, &sha256, false).await?;
    is_closed(store, &sha256).await
}

async fn gives_part(
    store: &dyn BlobStore,
    sha256: &Sha256,
    part: BlobPart,
    expected: &[u8],
    size: usize,
) -> Result<(), Breach> {
    let OpenBlob { size: found, mut pieces } = open(store, sha256, part).await?;
    promised("the size is that of the whole", u64::try_from(size) == Ok(found), || {
        format!("{found} for {size}, for {part:?}")
    })?;
    let mut read = Vec::new();
    while let Some(piece) = next(pieces.as_mut()).await? {
        read.extend(piece);
    }
    promised("the requested bytes are returned in their order", read == expected, || {
        format!("{} bytes for {} of {part:?}", read.len(), expected.len())
    })?;
    let after = next(pieces.as_mut()).await?;
    promised("nothing comes after the last piece", after.is_none(), || format!("{part:?}"))
}

async fn open(store: &dyn BlobStore, sha256: &Sha256, part: BlobPart) -> Result<OpenBlob, Breach> {
    let opened = kept(store.open(sha256, part).await)?;
    opened.ok_or_else(|| Breach { promise: "an existing file is opened", found: sha256.to_string() })
}

async fn is_closed(store: &dyn BlobStore, sha256: &Sha256) -> Result<(), Breach> {
    let opened = kept(store.open(sha256, BlobPart::Whole).await)?;
    promised("a missing file is not opened", opened.is_none(), || sha256.to_string())
}

async fn next(pieces: &mut dyn BlobPieces) -> Result<Option<Vec<u8>>, Breach> {
    let piece = kept(pieces.next().await)?;
    let length = piece.as_ref().map_or(1, Vec::len);
    promised("a piece has bytes, and not too many", (1..=MAX_PIECE).contains(&length), || {
        format!("{length} bytes")
    })?;
    Ok(piece)
}
