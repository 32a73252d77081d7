//! The conformance suite of [`LabelRepository`], including the documents and jobs that it changes
//! and the events that it writes.

use fieldmark_domain::document::{Document, DocumentId};
use fieldmark_domain::event::Event;
use fieldmark_domain::extraction::Findings;
use fieldmark_domain::job::Job;
use fieldmark_domain::label::{LabelChange, StoredLabel};
use fieldmark_domain::listing::{Listing, MAX_LIMIT, Window};
use fieldmark_domain::ports::LabelRepository;

use super::bench::{Bench, is_changed, is_refused};
use crate::breach::{Breach, is_there, succeeds};
use fieldmark_domain::ports::Repositories;

mod edits;
mod history;
mod lists;
mod readings;
mod refused_edits;
mod refused_readings;
mod repetitions;
mod scopes;

/// Reads sample documents, and changes their labels as users do.
///
/// # Errors
/// The first broken promise.
pub async fn keeps_its_promises(repositories: &Repositories) -> Result<(), Breach> {
    lists::keep_their_promises(repositories).await?;
    edits::keep_their_promises(repositories).await?;
    refused_edits::keep_their_promises(repositories).await?;
    readings::keep_their_promises(repositories).await?;
    refused_readings::keep_their_promises(repositories).await?;
    repetitions::keep_their_promises(repositories).await?;
    history::keeps_its_promises(repositories).await?;
    scopes::keep_their_promises(repositories).await
}

/// Everything that belongs to one document, for a later comparison.
#[derive(Debug, Clone, PartialEq)]
struct Whole {
    document: Document,
    labels: Vec<StoredLabel>,
    findings: Option<Findings>,
    history: Listing<LabelChange>,
    jobs: Vec<Job>,
    events: Vec<Event>,
}

impl Bench<'_> {
    fn labels(&self) -> &dyn LabelRepository {
        self.repositories.labels.as_ref()
    }

    async fn labels_of(&self, document: DocumentId) -> Result<Vec<StoredLabel>, Breach> {
        let labels = succeeds("labels are listed", self.labels().list(&self.scope(), document).await)?;
        is_there("a document's labels are listed", labels)
    }

    async fn history_of(&self, document: DocumentId, window: Window) -> Result<Listing<LabelChange>, Breach> {
        let history = self.labels().history(&self.scope(), document, window).await;
        is_there("a document has a history", succeeds("a history is returned", history)?)
    }

    async fn whole(&self, document: DocumentId) -> Result<Whole, Breach> {
        let shown = is_there("a document is shown", self.show(document).await?)?;
        Ok(Whole {
            document: shown.document,
            findings: shown.findings,
            labels: self.labels_of(document).await?,
            history: self.history_of(document, Window { limit: MAX_LIMIT, offset: 0 }).await?,
            jobs: self.jobs_of(document).await?,
            events: self.events().await?,
        })
    }
}
