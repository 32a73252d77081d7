//! Stored files are compared with their digests, a few at a time, so that damage is found before
//! somebody needs them.

use std::sync::Arc;
use std::time::Duration;

use crate::ports::{AuditTurn, BlobError, BlobStore, Clock, DocumentFile, FileAudit};
use crate::scope::Scope;
use crate::use_case_error::UseCaseError;

/// For how long a turn is: reading it all at once is not more than so many seconds' worth of bytes.
const TURN: Duration = Duration::from_secs(10);
/// The pause between two rounds over all documents.
const REST: Duration = Duration::from_secs(24 * 60 * 60);

/// Verifies the files of all owners' documents, deleted ones included: they may be restored.
#[derive(Clone)]
pub struct VerifyFiles {
    /// Which files there are.
    pub audit: Arc<dyn FileAudit>,
    /// Where their bytes are.
    pub blobs: Arc<dyn BlobStore>,
    /// Tells when.
    pub clock: Arc<dyn Clock>,
    /// How many bytes a second are read by all programs on one database together, above 0.
    pub bytes_per_second: u64,
}

/// What a turn found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Verified {
    /// How many files are as they were stored.
    pub intact: u64,
    /// Those whose bytes are not what was stored.
    pub damaged: Vec<DocumentFile>,
    /// Those that are not there.
    pub missing: Vec<DocumentFile>,
    /// Those that the store cannot read, for instance because of a damaged disk.
    pub unreadable: Vec<DocumentFile>,
    /// Why the turn ended early; the files that were not reached come again in the next round.
    pub interrupted: Option<BlobError>,
}

impl VerifyFiles {
    /// Verifies the files that are next, if any is due. The next call goes on after them, whichever
    /// program makes it.
    ///
    /// # Errors
    /// [`UseCaseError::Repository`].
    pub async fn execute(&self) -> Result<Verified, UseCaseError> {
        let bytes = self.bytes_per_second.saturating_mul(TURN.as_secs());
        let turn =
            AuditTurn { now: self.clock.now(), bytes_per_second: self.bytes_per_second, bytes, rest: REST };
        let mut verified = Verified::default();
        for file in self.audit.take(&Scope::system(), &turn).await? {
            match self.blobs.get(&file.sha256).await {
                Ok(Some(_)) => verified.intact += 1,
                Ok(None) if self.is_kept(&file).await? => verified.missing.push(file),
                Err(BlobError::Damaged { .. }) if self.is_kept(&file).await? => verified.damaged.push(file),
                Err(BlobError::Failed { .. }) if self.is_kept(&file).await? => verified.unreadable.push(file),
                // The document was erased meanwhile.
                Ok(None) | Err(BlobError::Damaged { .. } | BlobError::Failed { .. }) => {}
                Err(error) => {
                    verified.interrupted = Some(error);
                    break;
                }
            }
        }
        Ok(verified)
    }

    async fn is_kept(&self, file: &DocumentFile) -> Result<bool, UseCaseError> {
        Ok(self.audit.is_kept(&Scope::system(), file.document).await?)
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixtures::*;
    use super::*;
    use crate::blob::Sha256;
    use crate::document::DocumentId;
    use crate::ports::{MockBlobStore, MockFileAudit};
    use uuid::Uuid;

    fn file(number: u8) -> DocumentFile {
        let document = DocumentId(Uuid::from_u128(number.into()));
        DocumentFile { document, sha256: Sha256([number; 32]), size: 1000 }
    }

    fn verify(blobs: MockBlobStore, is_kept: bool) -> VerifyFiles {
        let mut audit = MockFileAudit::new();
        audit
            .expect_take()
            .times(1)
            .withf(|scope, turn| {
                *scope == Scope::system()
                    && *turn == AuditTurn { now: now(), bytes_per_second: 500, bytes: 5000, rest: REST }
            })
            .returning(|_, _| Ok(vec![file(1), file(2), file(3)]));
        audit.expect_is_kept().returning(move |_, _| Ok(is_kept));
        VerifyFiles { audit: Arc::new(audit), blobs: Arc::new(blobs), clock: clock(), bytes_per_second: 500 }
    }

    /// A store in which the first file is as it was, the second one is damaged, and the third one
    /// is missing.
    fn blobs() -> MockBlobStore {
        let mut blobs = MockBlobStore::new();
        blobs.expect_get().times(3).returning(|sha256| match sha256.0[0] {
            1 => Ok(Some((*b"%PDF-").into())),
            2 => Err(BlobError::Damaged { reason: String::new() }),
            _ => Ok(None),
        });
        blobs
    }

    #[tokio::test]
    async fn damaged_and_missing_files_are_named() {
        let verified = verify(blobs(), true).execute().await.unwrap();
        let expected =
            Verified { intact: 1, damaged: vec![file(2)], missing: vec![file(3)], ..Verified::default() };
        assert_eq!(verified, expected);
    }

    #[tokio::test]
    async fn files_of_documents_that_were_erased_meanwhile_are_nobodys_loss() {
        let verified = verify(blobs(), false).execute().await.unwrap();
        assert_eq!(verified, Verified { intact: 1, ..Verified::default() });
    }

    #[tokio::test]
    async fn a_file_that_cannot_be_read_is_named_and_the_next_ones_are_verified() {
        let mut blobs = MockBlobStore::new();
        blobs.expect_get().times(3).returning(|sha256| match sha256.0[0] {
            1 => Err(BlobError::Failed { reason: "input/output error".to_owned() }),
            _ => Ok(Some((*b"%PDF-").into())),
        });
        let verified = verify(blobs, true).execute().await.unwrap();
        assert_eq!(verified, Verified { intact: 2, unreadable: vec![file(1)], ..Verified::default() });
    }

    #[tokio::test]
    async fn a_store_that_does_not_answer_ends_the_turn_and_what_was_found_is_kept() {
        let away = || BlobError::Unavailable { reason: String::new() };
        let mut blobs = MockBlobStore::new();
        blobs.expect_get().times(2).returning(move |sha256| match sha256.0[0] {
            1 => Err(BlobError::Damaged { reason: String::new() }),
            _ => Err(away()),
        });
        let verified = verify(blobs, true).execute().await.unwrap();
        let expected = Verified { damaged: vec![file(1)], interrupted: Some(away()), ..Verified::default() };
        assert_eq!(verified, expected);
    }
}
