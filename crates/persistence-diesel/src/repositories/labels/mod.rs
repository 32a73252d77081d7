//! Labels and their history.

use async_trait::async_trait;
use fieldmark_domain::document::DocumentId;
use fieldmark_domain::label::{LabelChange, StoredLabel};
use fieldmark_domain::listing::{Listing, Window};
use fieldmark_domain::ports::{LabelEdit, LabelRepository, ReadLabels, RepositoryError};
use fieldmark_domain::scope::Scope;

use super::store::Store;
use crate::access::Access;

mod history;
mod read;
mod replace;
mod save;
mod write;

pub(super) use read::{labels_of_many, standing_labels};

/// The labels of one database.
pub(crate) struct Labels {
    store: Store,
}

impl Labels {
    pub(crate) const fn new(store: Store) -> Self {
        Self { store }
    }
}

#[async_trait]
impl LabelRepository for Labels {
    async fn list(
        &self,
        scope: &Scope,
        document: DocumentId,
    ) -> Result<Option<Vec<StoredLabel>>, RepositoryError> {
        let mut work = self.store.begin(Access::Snapshot).await?;
        let outcome = read::list(work.connection()?, scope, document).await;
        work.end_if_there(outcome).await
    }

    async fn save(&self, scope: &Scope, edit: &LabelEdit) -> Result<Option<StoredLabel>, RepositoryError> {
        let mut work = self.store.begin(Access::Write).await?;
        let outcome = save::save(work.connection()?, scope, edit).await;
        work.end_if_there(outcome).await
    }

    async fn replace(&self, scope: &Scope, read: &ReadLabels) -> Result<(), RepositoryError> {
        let mut work = self.store.begin_keeping().await?;
        let outcome = replace::replace(work.connection()?, scope, read).await;
        work.end(outcome).await?;
        // Who waits for the end shall not find the document as it was.
        self.store.signals().document_changed(read.document.id);
        self.store.signals().job_ended(read.lease.job);
        Ok(())
    }

    async fn history(
        &self,
        scope: &Scope,
        document: DocumentId,
        window: Window,
    ) -> Result<Option<Listing<LabelChange>>, RepositoryError> {
        let mut work = self.store.begin(Access::Snapshot).await?;
        let outcome = history::history(work.connection()?, scope, document, window).await;
        work.end_if_there(outcome).await
    }
}
