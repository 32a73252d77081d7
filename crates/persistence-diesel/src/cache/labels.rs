//! Labels whose changes invalidate their documents in the cache.

use std::sync::Arc;

use async_trait::async_trait;
use fieldmark_domain::document::DocumentId;
use fieldmark_domain::label::{LabelChange, StoredLabel};
use fieldmark_domain::listing::{Listing, Window};
use fieldmark_domain::ports::{LabelEdit, LabelRepository, ReadLabels, RepositoryError};
use fieldmark_domain::scope::Scope;

use super::DocumentCache;

/// A label repository that invalidates the document cache.
pub struct InvalidatingLabels {
    inner: Arc<dyn LabelRepository>,
    cache: Arc<DocumentCache>,
}

impl InvalidatingLabels {
    /// Wraps a label repository.
    #[must_use]
    pub fn new(inner: Arc<dyn LabelRepository>, cache: Arc<DocumentCache>) -> Self {
        Self { inner, cache }
    }
}

#[async_trait]
impl LabelRepository for InvalidatingLabels {
    async fn list(
        &self,
        scope: &Scope,
        document: DocumentId,
    ) -> Result<Option<Vec<StoredLabel>>, RepositoryError> {
        self.inner.list(scope, document).await
    }

    async fn save(&self, scope: &Scope, edit: &LabelEdit) -> Result<Option<StoredLabel>, RepositoryError> {
        let _forgetting = self.cache.forgetting([edit.document.id]);
        self.inner.save(scope, edit).await
    }

    async fn replace(&self, scope: &Scope, read: &ReadLabels) -> Result<(), RepositoryError> {
        let _forgetting = self.cache.forgetting([read.document.id]);
        self.inner.replace(scope, read).await
    }

    async fn history(
        &self,
        scope: &Scope,
        document: DocumentId,
        window: Window,
    ) -> Result<Option<Listing<LabelChange>>, RepositoryError> {
        self.inner.history(scope, document, window).await
    }
}
