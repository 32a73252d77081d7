//! Where labels and their history are kept.

use async_trait::async_trait;

use super::{InvoiceIdentity, RepositoryError};
use crate::document::{Document, DocumentId};
use crate::event::Event;
use crate::extraction::Findings;
use crate::job::Lease;
use crate::label::{LabelChange, LabelId, StoredLabel};
use crate::listing::{Listing, Window};
use crate::scope::Scope;

/// What one person does with one label, with what belongs to it.
#[derive(Debug, Clone, PartialEq)]
pub struct LabelEdit {
    /// The label's document as it shall be, with the version of what it was; the repository counts it up.
    pub document: Document,
    /// The label as it shall be, deleted or not: new when its version is 0, otherwise with the version of what it
    /// was; the repository counts it up.
    pub label: StoredLabel,
    /// Other labels of the document that change with it (their checks, the currency of an amount), in the place of
    /// what they were. Their versions stay: nobody has said anything about them.
    pub others: Vec<StoredLabel>,
    /// What was read beside the labels, in the place of what was there; `None` when it stays, or there is nothing.
    pub findings: Option<Findings>,
    /// What is added to the history.
    pub change: LabelChange,
    /// What happened.
    pub event: Event,
}

/// What reading a document gave: its labels, and everything that ends with it.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadLabels {
    /// The right of the job that read it; the job has succeeded.
    pub lease: Lease,
    /// The document as it shall be, with the version of what it was; the repository counts it up.
    pub document: Document,
    /// Everything beside the labels, in the place of what was there.
    pub findings: Findings,
    /// Labels as they shall be: new when their version is 0, and kept as version 1; otherwise in the place of what
    /// they were, counted up.
    pub labels: Vec<StoredLabel>,
    /// Labels that are no more.
    pub removed: Vec<LabelId>,
    /// What is added to the history.
    pub changes: Vec<LabelChange>,
    /// By what the document is known as an invoice; `None` when too little was read for that.
    pub identity: Option<InvoiceIdentity>,
    /// What happened.
    pub event: Event,
}

/// Keeps labels. What a scope does not permit does not exist, nor do the labels of deleted documents.
///
/// Each method is one transaction: after an error nothing of it has happened.
///
/// ```
/// # use std::sync::Arc;
/// # use fieldmark_domain::field::Field;
/// # use fieldmark_domain::{clock::SystemClock, document::*, event::*, job::*, ports::*};
/// # use fieldmark_domain::{samples, scope::*, use_cases::*};
/// use fieldmark_domain::label::LabelAct;
/// use fieldmark_domain::listing::Window;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let memory = fieldmark_persistence_memory::Memory::default();
/// # let (repositories, blobs) = (memory.repositories(), memory.blobs());
/// # let ports = Ports { repositories, blobs, clock: Arc::new(SystemClock::new()) };
/// # let use_cases = UseCases { ports, options: UseCaseOptions::default() };
/// # let scope = Scope::owner(samples::OWNER);
/// # let document = Document::sample(DocumentStatus::Processed);
/// # let event = Event::of(&document, Occurrence::DocumentReceived, samples::NOW);
/// # let new = NewDocument { document, job: None, event, idempotency: None };
/// # use_cases.ports.repositories.documents.create(&scope, &new).await?;
/// # let request = fieldmark_domain::commands::AddLabelRequest {
/// #     document: samples::DOCUMENT,
/// #     field: Field::InvoiceNumber,
/// #     value: "2026-7".to_owned(),
/// #     place: None,
/// #     by: UserId::LOCAL,
/// #     expected_version: None,
/// # };
/// # let added = use_cases.add_label().execute(&scope, &request).await?;
/// let labels = use_cases.ports.repositories.labels;
/// assert_eq!(labels.list(&scope, samples::DOCUMENT).await?, Some(vec![added]));
/// let history = labels.history(&scope, samples::DOCUMENT, Window::default()).await?.unwrap();
/// assert_eq!(history.items[0].act, LabelAct::Added);
///
/// let another = Scope::owner(OwnerId::LOCAL);
/// assert_eq!(labels.list(&another, samples::DOCUMENT).await?, None);
/// # Ok(())
/// # }
/// ```
#[cfg_attr(any(test, feature = "mock"), mockall::automock)]
#[async_trait]
pub trait LabelRepository: Send + Sync {
    /// The labels of a document in the order of [`crate::field::Field::ALL`], with their candidates, those that
    /// people deleted among them; `None` when there is no such document.
    ///
    /// # Errors
    /// [`RepositoryError::Unavailable`], [`RepositoryError::Failed`].
    async fn list(
        &self,
        scope: &Scope,
        document: DocumentId,
    ) -> Result<Option<Vec<StoredLabel>>, RepositoryError>;

    /// Adds, changes or deletes a label, and answers with it as it is kept; `None` when there is no such document
    /// or, for a label of a version above 0, no such label.
    ///
    /// # Errors
    /// [`RepositoryError::Stale`] when the document or the label has another version,
    /// [`RepositoryError::LabelExists`] when a label is new or brought back and its field has another one that is
    /// not deleted,
    /// [`RepositoryError::OutOfSpace`], [`RepositoryError::Unavailable`], [`RepositoryError::Failed`].
    async fn save(&self, scope: &Scope, edit: &LabelEdit) -> Result<Option<StoredLabel>, RepositoryError>;

    /// Keeps what reading gave, and ends the job that did it: document, findings, labels, history, job and event
    /// together.
    ///
    /// # Errors
    /// [`RepositoryError::LeaseLost`] when the lease does not hold any more, [`RepositoryError::Stale`] when the
    /// document has another version or is gone, [`RepositoryError::RepeatsChanged`] when the first document of the
    /// same invoice (see [`super::DocumentRepository::first_of`]) is not the one that the document's outcome names,
    /// [`RepositoryError::OutOfSpace`], [`RepositoryError::Unavailable`], [`RepositoryError::Failed`].
    async fn replace(&self, scope: &Scope, read: &ReadLabels) -> Result<(), RepositoryError>;

    /// What was done with a document's labels, the newest first; `None` when there is no such document.
    ///
    /// # Errors
    /// [`RepositoryError::Unavailable`], [`RepositoryError::Failed`].
    async fn history(
        &self,
        scope: &Scope,
        document: DocumentId,
        window: Window,
    ) -> Result<Option<Listing<LabelChange>>, RepositoryError>;
}
