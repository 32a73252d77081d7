//! Where documents are kept.

use async_trait::async_trait;

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

/// Keeps documents: what receiving, showing, listing and changing them needs. Removing them for
/// good is the business of [`super::ErasureRepository`]. What a scope does not permit does not
/// exist, nor do deleted documents unless a method says so.
///
/// Each method is one transaction: after an error nothing of it has happened. Moments are kept to the microsecond.
///
/// ```
/// # use fieldmark_domain::identity::new_id;
/// # use fieldmark_domain::{document::*, event::*, job::*, ports::*, samples, scope::*};
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let repositories = fieldmark_persistence_memory::Memory::default().repositories();
/// # let scope = Scope::owner(samples::OWNER);
/// let document = Document::sample(DocumentStatus::Received);
/// let event = Event::of(&document, Occurrence::DocumentReceived, samples::NOW);
/// let new = NewDocument { document, job: None, event, idempotency: None };
/// let documents = repositories.documents;
/// assert_eq!(documents.create(&scope, &new).await?, Created::New);
///
/// let document = Document { id: DocumentId(new_id(samples::NOW)), ..new.document.clone() };
/// let same_bytes = NewDocument { document, ..new.clone() };
/// let existing = Created::Existing(Box::new(new.document.clone()));
/// assert_eq!(documents.create(&scope, &same_bytes).await?, existing);
///
/// let another = Scope::owner(OwnerId::LOCAL);
/// assert_eq!(documents.find(&scope, new.document.id).await?, Some(new.document));
/// assert_eq!(documents.find(&another, samples::DOCUMENT).await?, None);
/// # Ok(())
/// # }
/// ```
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
}
