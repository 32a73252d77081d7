//! Documents, read through the cache.

use std::sync::Arc;

use async_trait::async_trait;
use fieldmark_domain::document::{Document, DocumentId, DocumentQuery, DocumentRecord, ListedDocument};
use fieldmark_domain::listing::Listing;
use fieldmark_domain::ports::{
    Created, DocumentRepository, DocumentUpdate, InvoiceIdentity, NewDocument, RepositoryError,
};
use fieldmark_domain::scope::Scope;

use super::DocumentCache;

/// A document repository with a cache for `find`, `show` and the totals of lists.
pub struct CachedDocuments {
    inner: Arc<dyn DocumentRepository>,
    cache: Arc<DocumentCache>,
}

impl CachedDocuments {
    /// Wraps a repository with a cache.
    #[must_use]
    pub fn new(inner: Arc<dyn DocumentRepository>, cache: Arc<DocumentCache>) -> Self {
        Self { inner, cache }
    }
}

#[async_trait]
impl DocumentRepository for CachedDocuments {
    async fn create(&self, scope: &Scope, new: &NewDocument) -> Result<Created, RepositoryError> {
        // A new document has no cached state, but the cached totals change.
        let _forgetting = self.cache.forgetting([new.document.id]);
        self.inner.create(scope, new).await
    }

    async fn find(&self, scope: &Scope, id: DocumentId) -> Result<Option<Document>, RepositoryError> {
        self.cache.get(scope, id, self.inner.find(scope, id)).await
    }

    async fn find_deleted(&self, scope: &Scope, id: DocumentId) -> Result<Option<Document>, RepositoryError> {
        self.inner.find_deleted(scope, id).await
    }

    async fn show(&self, scope: &Scope, id: DocumentId) -> Result<Option<DocumentRecord>, RepositoryError> {
        self.cache.get(scope, id, self.inner.show(scope, id)).await
    }

    async fn list(
        &self,
        scope: &Scope,
        query: &DocumentQuery,
    ) -> Result<Listing<ListedDocument>, RepositoryError> {
        self.cache.list(scope, query, self.inner.as_ref()).await
    }

    async fn update(
        &self,
        scope: &Scope,
        update: &DocumentUpdate,
    ) -> Result<Option<Document>, RepositoryError> {
        let _forgetting = self.cache.forgetting([update.document.id]);
        self.inner.update(scope, update).await
    }

    async fn first_of(
        &self,
        scope: &Scope,
        invoice: &InvoiceIdentity,
        except: DocumentId,
    ) -> Result<Option<DocumentId>, RepositoryError> {
        self.inner.first_of(scope, invoice, except).await
    }
}
