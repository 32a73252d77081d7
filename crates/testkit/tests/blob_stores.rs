//! The suite for blob stores accepts a correct store and names the promise that a faulty one
//! breaks.

#![expect(clippy::unwrap_used, reason = "tests")]

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use fieldmark_domain::blob::Sha256;
use fieldmark_domain::ports::{BlobError, BlobPart, BlobPieces, BlobStore, OpenBlob};
use fieldmark_testkit::blob_store;

/// Stores everything in memory; a fault makes it a faulty store.
#[derive(Default)]
struct Memory {
    kept: Mutex<BTreeMap<Sha256, Arc<[u8]>>>,
    fault: Option<Fault>,
}

#[derive(PartialEq)]
enum Fault {
    CutsLargeOnes,
    NeverForgets,
    FailsForWhatIsNotThere,
    CountsItsBytes,
    OpensWithoutTheEnd,
    GivesAllAtOnce,
}

/// Pieces that were cut when the file was opened.
struct Made(VecDeque<Vec<u8>>);

#[async_trait]
impl BlobPieces for Made {
    async fn next(&mut self) -> Result<Option<Vec<u8>>, BlobError> {
        Ok(self.0.pop_front())
    }
}

impl Memory {
    fn has(&self, fault: Fault) -> bool {
        self.fault == Some(fault)
    }
}

#[async_trait]
impl BlobStore for Memory {
    async fn put(&self, bytes: Arc<[u8]>) -> Result<Sha256, BlobError> {
        let mut sha256 = Sha256::of(&bytes);
        if self.has(Fault::CountsItsBytes) {
            sha256 = Sha256([u8::try_from(bytes.len() % 256).unwrap(); 32]);
        }
        let length = if self.has(Fault::CutsLargeOnes) { bytes.len().min(4096) } else { bytes.len() };
        self.kept.lock().unwrap().insert(sha256, bytes.iter().take(length).copied().collect());
        Ok(sha256)
    }

    async fn get(&self, sha256: &Sha256) -> Result<Option<Arc<[u8]>>, BlobError> {
        Ok(self.kept.lock().unwrap().get(sha256).cloned())
    }

    async fn open(&self, sha256: &Sha256, part: BlobPart) -> Result<Option<OpenBlob>, BlobError> {
        let Some(bytes) = self.get(sha256).await? else { return Ok(None) };
        let (offset, length) = match part {
            BlobPart::Whole => (0, u64::MAX),
            BlobPart::Range { offset, length } => (offset, length),
        };
        let [offset, length] = [offset, length].map(|number| usize::try_from(number).unwrap());
        let mut wanted: Vec<u8> = bytes.iter().skip(offset).take(length).copied().collect();
        if self.has(Fault::OpensWithoutTheEnd) {
            wanted.pop();
        }
        let piece = if self.has(Fault::GivesAllAtOnce) { usize::MAX } else { 1 << 20 };
        let pieces = Box::new(Made(wanted.chunks(piece).map(<[u8]>::to_vec).collect()));
        Ok(Some(OpenBlob { size: bytes.len() as u64, pieces }))
    }

    async fn contains(&self, sha256: &Sha256) -> Result<bool, BlobError> {
        Ok(self.kept.lock().unwrap().contains_key(sha256))
    }

    async fn delete(&self, sha256: &Sha256) -> Result<(), BlobError> {
        if self.has(Fault::NeverForgets) {
            return Ok(());
        }
        let removed = self.kept.lock().unwrap().remove(sha256);
        if removed.is_none() && self.has(Fault::FailsForWhatIsNotThere) {
            return Err(BlobError::Failed { reason: "it is not there".to_owned() });
        }
        Ok(())
    }
}

/// The promise that a store in memory breaks which checks nothing.
#[tokio::test]
async fn a_store_that_returns_damaged_bytes_is_detected() {
    let store = Memory::default();
    let damage = |sha256: &Sha256, bytes: &[u8]| {
        store.kept.lock().unwrap().insert(*sha256, Arc::from(bytes));
    };
    let breach = blob_store::heals(&store, damage).await.unwrap_err();
    assert!(breach.promise.contains("are not returned"), "{}", breach.promise);
}

async fn promise_broken_by(fault: Fault) -> &'static str {
    let store = Memory { fault: Some(fault), ..Memory::default() };
    blob_store::keeps_its_promises(&store).await.unwrap_err().promise
}

#[tokio::test]
async fn a_good_store_passes() {
    blob_store::keeps_its_promises(&Memory::default()).await.unwrap();
}

#[tokio::test]
async fn a_faulty_store_gets_the_broken_promise() {
    let cut = promise_broken_by(Fault::CutsLargeOnes).await;
    assert!(cut.contains("read back unchanged"), "{cut}");
    let kept = promise_broken_by(Fault::NeverForgets).await;
    assert!(kept.contains("which bytes exist"), "{kept}");
    let strict = promise_broken_by(Fault::FailsForWhatIsNotThere).await;
    assert!(strict.contains("does what it is asked"), "{strict}");
    let misnamed = promise_broken_by(Fault::CountsItsBytes).await;
    assert!(misnamed.contains("SHA-256"), "{misnamed}");
    let short = promise_broken_by(Fault::OpensWithoutTheEnd).await;
    assert!(short.contains("the requested bytes"), "{short}");
    let whole = promise_broken_by(Fault::GivesAllAtOnce).await;
    assert!(whole.contains("a piece has bytes"), "{whole}");
}
