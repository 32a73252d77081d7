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
        self.store
            .run_if_there(Access::Snapshot, async |connection| read::list(connection, scope, document).await)
            .await
    }

    async fn save(&self, scope: &Scope, edit: &LabelEdit) -> Result<Option<StoredLabel>, RepositoryError> {
        self.store
            .run_if_there(Access::Write, async |connection| save::save(connection, scope, edit).await)
            .await
    }

    async fn replace(&self, scope: &Scope, read: &ReadLabels) -> Result<(), RepositoryError> {
        self.store
            .run(Access::Keep, async |connection| replace::replace(connection, scope, read).await)
            .await?;
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
        self.store
            .run_if_there(Access::Snapshot, async |connection| {
                history::history(connection, scope, document, window).await
            })
            .await
    }
}
