//! What every [`DocumentRepository`] promises.

use fieldmark_domain::document::{Document, DocumentId};
use fieldmark_domain::field::Field;
use fieldmark_domain::label::{LabelAct, StoredLabel};
use fieldmark_domain::ports::{Created, DocumentRepository, DocumentUpdate, JobsChange, NewDocument};
use fieldmark_domain::scope::Scope;

use super::Repositories;
use super::fixtures::label;
use super::sample::{SampleOwner, moment};
use crate::breach::{Breach, is_there, promised_same, succeeds};

mod arrivals;
mod changes;
mod erasures;
mod identities;
mod lists;
mod searches;
mod strangers;

/// Gives made-up owners made-up documents, and looks what becomes of them.
///
/// # Errors
/// The first promise that is not kept.
pub async fn keeps_its_promises(repositories: &Repositories) -> Result<(), Breach> {
    arrivals::keep_their_promises(repositories).await?;
    changes::keep_their_promises(repositories).await?;
    lists::keep_their_promises(repositories).await?;
    searches::keep_their_promises(repositories).await?;
    identities::keep_their_promises(repositories).await?;
    strangers::see_nothing(repositories).await?;
    erasures::keep_their_promises(repositories).await
}

/// One owner's shelf.
pub(super) struct Shelf<'a> {
    pub(super) repositories: &'a Repositories,
    pub(super) owner: SampleOwner,
}

impl<'a> Shelf<'a> {
    pub(super) fn new(repositories: &'a Repositories) -> Self {
        Self { repositories, owner: SampleOwner::fresh() }
    }

    pub(super) fn documents(&self) -> &dyn DocumentRepository {
        self.repositories.documents.as_ref()
    }

    pub(super) fn scope(&self) -> Scope {
        self.owner.scope()
    }

    pub(super) async fn create(&self, new: &NewDocument) -> Result<Created, Breach> {
        succeeds("a document comes in", self.documents().create(&self.scope(), new).await)
    }

    /// Keeps a document that came in at a moment, without a job, and answers with it.
    pub(super) async fn add(&self, seconds: i64) -> Result<Document, Breach> {
        self.keep(self.owner.document(moment(seconds))).await
    }

    pub(super) async fn keep(&self, document: Document) -> Result<Document, Breach> {
        let new = self.owner.incoming(document.created_at);
        let event = fieldmark_domain::event::Event { document: document.id, ..new.event };
        let new = NewDocument { document, job: None, event, idempotency: None };
        promised_same("a new document is kept", &self.create(&new).await?, &Created::New)?;
        Ok(new.document)
    }

    pub(super) async fn find(&self, id: DocumentId) -> Result<Option<Document>, Breach> {
        succeeds("a document is looked for", self.documents().find(&self.scope(), id).await)
    }

    pub(super) async fn found(&self, id: DocumentId) -> Result<Document, Breach> {
        is_there("a document is found", self.find(id).await?)
    }

    /// Changes a document alone, and answers with it as it is kept.
    pub(super) async fn change(&self, document: Document) -> Result<Document, Breach> {
        let update = DocumentUpdate { document, jobs: JobsChange::Keep, events: Vec::new() };
        let changed = self.documents().update(&self.scope(), &update).await;
        is_there("a document that is there changes", succeeds("a document changes", changed)?)
    }

    /// A person says a value of a document.
    pub(super) async fn say(&self, id: DocumentId, field: Field, text: &str) -> Result<StoredLabel, Breach> {
        let document = self.found(id).await?;
        let label = label(&document, field, text, moment(1))?;
        let edit = self.owner.edit(&document, LabelAct::Added, None, label, moment(1));
        let saved = self.repositories.labels.save(&self.scope(), &edit).await;
        is_there("a label is kept", succeeds("a label is kept", saved)?)
    }
}
