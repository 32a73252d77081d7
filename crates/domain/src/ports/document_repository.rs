//! Where documents are kept.

use async_trait::async_trait;
use jiff::Timestamp;

use super::RepositoryError;
use crate::blob::Sha256;
use crate::document::{Document, DocumentId, DocumentQuery, DocumentRecord, ListedDocument};
use crate::event::Event;
use crate::field::Field;
use crate::job::NewJob;
use crate::listing::Listing;
use crate::scope::Scope;

/// A document that comes in, with what begins with it.
#[derive(Debug, Clone, PartialEq)]
pub struct NewDocument {
    /// The document, of version 1.
    pub document: Document,
    /// The job that will read it, if one shall.
    pub job: Option<NewJob>,
    /// That it came in.
    pub event: Event,
    /// By what a repeated request is known.
    pub idempotency: Option<IdempotencyKey>,
}

/// By what a repeated request is known as one (the Idempotency-Key header field, as the IETF's HTTPAPI working group
/// drafts it).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdempotencyKey {
    /// The key that the caller chose, unique among the owner's.
    pub key: String,
    /// The digest of what was asked with it: the same key with another request is a mistake.
    pub request: Sha256,
}

/// What became of a document that came in.
#[derive(Debug, Clone, PartialEq)]
pub enum Created {
    /// It is kept.
    New,
    /// Nothing was written: this document of the same owner has the same bytes, or was made by the same request.
    Existing(Box<Document>),
    /// Nothing was written: the key was used for another request.
    KeyReused,
    /// Nothing was written: the same bytes are being erased. They must be stored anew before another try.
    BytesErased,
}

/// What happens to a document's jobs when the document changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum JobsChange {
    /// Nothing.
    Keep,
    /// One more waits.
    Add(NewJob),
    /// Those that wait are cancelled; those that run are asked to end.
    Cancel,
}

/// A change of a document, with what belongs to it.
#[derive(Debug, Clone, PartialEq)]
pub struct DocumentUpdate {
    /// The document as it shall be, with the version of what it was; the repository counts it up.
    pub document: Document,
    /// What happens to its jobs.
    pub jobs: JobsChange,
    /// What happened.
    pub events: Vec<Event>,
}

/// By what two documents are known as the same invoice. Texts are as [`crate::document::search_key`] makes them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvoiceIdentity {
    /// The invoice's number.
    pub number: String,
    /// What is known of the supplier: one in common is enough.
    pub supplier: Vec<(Field, String)>,
}

/// What an erasure left to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Erased {
    /// The digest of the file.
    pub sha256: Sha256,
    /// Whether no other document has the same bytes, so that they must go. They are on the list of
    /// [`DocumentRepository::erasures`] until they are said to be gone.
    pub is_last: bool,
}

/// Keeps documents. What a scope does not permit does not exist, nor do deleted documents unless a method says so.
///
/// Each method is one transaction: after an error nothing of it has happened. Moments are kept to the microsecond.
#[cfg_attr(any(test, feature = "mock"), mockall::automock)]
#[async_trait]
pub trait DocumentRepository: Send + Sync {
    /// Keeps a document with its job, its event and its idempotency key, or answers which one was there before.
    ///
    /// # Errors
    /// [`RepositoryError::OutOfSpace`], [`RepositoryError::Unavailable`], [`RepositoryError::Failed`]; the last one
    /// also when the scope does not permit the document's owner.
    async fn create(&self, scope: &Scope, new: &NewDocument) -> Result<Created, RepositoryError>;

    /// A document; `None` when there is none.
    ///
    /// # Errors
    /// [`RepositoryError::Unavailable`], [`RepositoryError::Failed`].
    async fn find(&self, scope: &Scope, id: DocumentId) -> Result<Option<Document>, RepositoryError>;

    /// A deleted document; `None` when there is none, or it is not deleted.
    ///
    /// # Errors
    /// [`RepositoryError::Unavailable`], [`RepositoryError::Failed`].
    async fn find_deleted(&self, scope: &Scope, id: DocumentId) -> Result<Option<Document>, RepositoryError>;

    /// A document with its labels and all that was read; `None` when there is none.
    ///
    /// # Errors
    /// [`RepositoryError::Unavailable`], [`RepositoryError::Failed`].
    async fn show(&self, scope: &Scope, id: DocumentId) -> Result<Option<DocumentRecord>, RepositoryError>;

    /// The documents that fit a query, and how many there are, in two statements at most however many they are.
    ///
    /// # Errors
    /// [`RepositoryError::Unavailable`], [`RepositoryError::Failed`].
    async fn list(
        &self,
        scope: &Scope,
        query: &DocumentQuery,
    ) -> Result<Listing<ListedDocument>, RepositoryError>;

    /// Changes a document, deleted or not, and answers with it as it is kept; `None` when there is none.
    ///
    /// # Errors
    /// [`RepositoryError::Stale`] when its version is another, [`RepositoryError::DocumentExists`] when it was deleted
    /// and shall not be any more while its owner has another one with the same bytes,
    /// [`RepositoryError::OutOfSpace`], [`RepositoryError::Unavailable`], [`RepositoryError::Failed`].
    async fn update(
        &self,
        scope: &Scope,
        update: &DocumentUpdate,
    ) -> Result<Option<Document>, RepositoryError>;

    /// The document that was the first of this invoice: the oldest of the owner of `except` that has such labels,
    /// repeats no other one that is there, and is not `except`.
    ///
    /// # Errors
    /// [`RepositoryError::Unavailable`], [`RepositoryError::Failed`].
    async fn first_of(
        &self,
        scope: &Scope,
        invoice: &InvoiceIdentity,
        except: DocumentId,
    ) -> Result<Option<DocumentId>, RepositoryError>;

    /// Removes a document for good, deleted or not, with its labels, their history and its jobs; its events stay,
    /// this one with them. `None` when there is none.
    ///
    /// # Errors
    /// [`RepositoryError::Stale`] when its version is another, [`RepositoryError::OutOfSpace`], [`RepositoryError::Unavailable`], [`RepositoryError::Failed`].
    async fn erase(
        &self,
        scope: &Scope,
        id: DocumentId,
        version: u64,
        event: &Event,
    ) -> Result<Option<Erased>, RepositoryError>;

    /// Bytes of erased documents that are to go, the oldest first, up to `limit`.
    ///
    /// # Errors
    /// [`RepositoryError::Unavailable`], [`RepositoryError::Failed`].
    async fn erasures(&self, scope: &Scope, limit: u32) -> Result<Vec<Sha256>, RepositoryError>;

    /// Takes it upon the caller to delete bytes that are on the list, until a moment: nobody else is given them before.
    /// `false` when they are not on the list, or somebody else has taken it upon them; then the caller must not delete
    /// them, because a document may have come in with them.
    ///
    /// # Errors
    /// [`RepositoryError::OutOfSpace`], [`RepositoryError::Unavailable`], [`RepositoryError::Failed`].
    async fn claim_erasure(
        &self,
        scope: &Scope,
        sha256: &Sha256,
        now: Timestamp,
        until: Timestamp,
    ) -> Result<bool, RepositoryError>;

    /// Bytes are gone; documents with the same bytes may come in again.
    ///
    /// # Errors
    /// [`RepositoryError::OutOfSpace`], [`RepositoryError::Unavailable`], [`RepositoryError::Failed`].
    async fn erasure_done(&self, scope: &Scope, sha256: &Sha256) -> Result<(), RepositoryError>;

    /// Documents that were deleted before a moment, the longest deleted first, up to `limit`.
    ///
    /// # Errors
    /// [`RepositoryError::Unavailable`], [`RepositoryError::Failed`].
    async fn deleted_before(
        &self,
        scope: &Scope,
        moment: Timestamp,
        limit: u32,
    ) -> Result<Vec<DocumentId>, RepositoryError>;

    /// Forgets idempotency keys that were used before a moment, and answers how many.
    ///
    /// # Errors
    /// [`RepositoryError::Unavailable`], [`RepositoryError::Failed`].
    async fn forget_keys(&self, scope: &Scope, before: Timestamp) -> Result<u64, RepositoryError>;
}
