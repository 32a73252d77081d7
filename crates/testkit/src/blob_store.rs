//! The conformance suite of [`BlobStore`].

mod pieces;

use std::sync::Arc;

use fieldmark_domain::blob::Sha256;
use fieldmark_domain::ports::{BlobError, BlobStore};

use crate::breach::{Breach, promised};

/// The SHA-256 of no bytes and of `abc` (FIPS 180-4, examples).
const OF_NOTHING: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
const OF_ABC: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
/// A digest that no known bytes have.
const UNKNOWN_DIGEST: Sha256 = Sha256([7; 32]);
/// Larger than what networks and file systems transfer at once.
const LARGE: usize = 5 * 1024 * 1024;

/// Stores bytes in an empty store and removes them again.
///
/// # Errors
/// The first broken promise.
pub async fn keeps_its_promises(store: &dyn BlobStore) -> Result<(), Breach> {
    knows_nothing_that_was_not_kept(store).await?;
    keeps_what_it_is_given(store).await?;
    keeps_the_same_once(store).await?;
    removes_what_was_kept(store).await?;
    pieces::come_as_they_are_wanted(store).await?;
    keeps_the_same_from_many_at_once(store).await
}

/// Damages the content of an empty store, and checks that it heals: `damage` replaces the bytes of
/// a digest without the store's knowledge.
///
/// # Errors
/// The first broken promise.
pub async fn heals(store: &dyn BlobStore, mut damage: impl FnMut(&Sha256, &[u8])) -> Result<(), Breach> {
    let whole = large(4);
    let mut flipped = whole.clone();
    if let Some(last) = flipped.last_mut() {
        *last ^= 1;
    }
    let sha256 = put(store, &whole).await?;
    for found in [&flipped[..], b"cut", b""] {
        damage(&sha256, found);
        is_damaged(store, &sha256).await?;
        let again = put(store, &whole).await?;
        promised("healed bytes have their digest", again == sha256, || format!("{again} and {sha256}"))?;
        gives(store, &sha256, &whole).await?;
    }
    Ok(())
}

async fn is_damaged(store: &dyn BlobStore, sha256: &Sha256) -> Result<(), Breach> {
    let found = store.get(sha256).await;
    promised(
        "bytes that differ from the stored ones are not returned",
        matches!(found, Err(BlobError::Damaged { .. })),
        || format!("{:?}", found.map(|bytes| bytes.map(|bytes| bytes.len()))),
    )
}

async fn knows_nothing_that_was_not_kept(store: &dyn BlobStore) -> Result<(), Breach> {
    let found = kept(store.get(&UNKNOWN_DIGEST).await)?;
    promised("an unknown digest has no bytes", found.is_none(), || format!("{found:?}"))?;
    is_there(store, &UNKNOWN_DIGEST, false).await?;
    kept(store.delete(&UNKNOWN_DIGEST).await)
}

async fn keeps_what_it_is_given(store: &dyn BlobStore) -> Result<(), Breach> {
    for (bytes, digest) in [(&b""[..], OF_NOTHING), (b"abc", OF_ABC)] {
        let sha256 = put(store, bytes).await?;
        promised("the answer is the SHA-256 of the bytes", sha256.to_string() == digest, || {
            format!("{sha256} for {digest}")
        })?;
        gives(store, &sha256, bytes).await?;
    }
    let large = large(1);
    let sha256 = put(store, &large).await?;
    gives(store, &sha256, &large).await?;
    gives(store, &digest(OF_ABC)?, b"abc").await
}

async fn keeps_the_same_once(store: &dyn BlobStore) -> Result<(), Breach> {
    let (first, second) = (put(store, b"once").await?, put(store, b"once").await?);
    promised("the same bytes have the same digest", first == second, || format!("{first} and {second}"))?;
    gives(store, &first, b"once").await?;
    kept(store.delete(&first).await)?;
    is_there(store, &first, false).await
}

async fn removes_what_was_kept(store: &dyn BlobStore) -> Result<(), Breach> {
    let (gone, stays) = (put(store, b"gone").await?, put(store, b"stays").await?);
    kept(store.delete(&gone).await)?;
    kept(store.delete(&gone).await)?;
    is_there(store, &gone, false).await?;
    let found = kept(store.get(&gone).await)?;
    promised("removed bytes are not found", found.is_none(), || format!("{found:?}"))?;
    gives(store, &stays, b"stays").await?;
    let again = put(store, b"gone").await?;
    gives(store, &again, b"gone").await
}

async fn keeps_the_same_from_many_at_once(store: &dyn BlobStore) -> Result<(), Breach> {
    let (many, another) = (large(2), large(3));
    let answers = tokio::join!(
        put(store, &many),
        put(store, &many),
        put(store, &another),
        put(store, &many),
        put(store, &many),
        put(store, &many),
    );
    let (first, other) = (answers.0?, answers.2?);
    for answer in [answers.1?, answers.3?, answers.4?, answers.5?] {
        promised("the same bytes from many at once have one digest", answer == first, || {
            format!("{answer} and {first}")
        })?;
    }
    gives(store, &first, &many).await?;
    gives(store, &other, &another).await
}

async fn put(store: &dyn BlobStore, bytes: &[u8]) -> Result<Sha256, Breach> {
    kept(store.put(Arc::from(bytes)).await)
}

async fn gives(store: &dyn BlobStore, sha256: &Sha256, bytes: &[u8]) -> Result<(), Breach> {
    is_there(store, sha256, true).await?;
    let found = kept(store.get(sha256).await)?;
    promised("bytes are read back unchanged", found.as_deref() == Some(bytes), || {
        let length = found.as_ref().map(|found| found.len());
        format!("{length:?} bytes for {} of {sha256}", bytes.len())
    })
}

async fn is_there(store: &dyn BlobStore, sha256: &Sha256, expected: bool) -> Result<(), Breach> {
    let found = kept(store.contains(sha256).await)?;
    promised("it reports which bytes exist", found == expected, || format!("{found} for {sha256}"))
}

fn large(seed: u8) -> Vec<u8> {
    (0..LARGE)
        .map(|index| index.to_le_bytes().iter().fold(seed, |sum, byte| sum.wrapping_mul(31) ^ byte))
        .collect()
}

fn digest(text: &str) -> Result<Sha256, Breach> {
    text.parse()
        .map_err(|error| Breach { promise: "a digest is written in 64 digits", found: format!("{error}") })
}

fn kept<T>(outcome: Result<T, BlobError>) -> Result<T, Breach> {
    outcome.map_err(|error| Breach {
        promise: "a store that has room and can be reached does what it is asked",
        found: format!("{}: {error}", error.code()),
    })
}
