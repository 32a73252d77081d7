//! Documents, read through the cache.

use std::sync::Arc;

use async_trait::async_trait;
use fieldmark_domain::blob::Sha256;
use fieldmark_domain::document::{Document, DocumentId, DocumentQuery, DocumentRecord, ListedDocument};
use fieldmark_domain::event::Event;
use fieldmark_domain::listing::Listing;
use fieldmark_domain::ports::{
    Created, DocumentRepository, DocumentUpdate, Erased, InvoiceIdentity, NewDocument, RepositoryError,
};
use fieldmark_domain::scope::Scope;
use jiff::Timestamp;

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

    async fn erase(
        &self,
        scope: &Scope,
        id: DocumentId,
        version: u64,
        event: &Event,
    ) -> Result<Option<Erased>, RepositoryError> {
        let _forgetting = self.cache.forgetting([id]);
        self.inner.erase(scope, id, version, event).await
    }

    async fn erasures(&self, scope: &Scope, limit: u32) -> Result<Vec<Sha256>, RepositoryError> {
        self.inner.erasures(scope, limit).await
    }

    async fn claim_erasure(
        &self,
        scope: &Scope,
        sha256: &Sha256,
        now: Timestamp,
        until: Timestamp,
    ) -> Result<bool, RepositoryError> {
        self.inner.claim_erasure(scope, sha256, now, until).await
    }

    async fn erasure_done(&self, scope: &Scope, sha256: &Sha256) -> Result<(), RepositoryError> {
        self.inner.erasure_done(scope, sha256).await
    }

    async fn deleted_before(
        &self,
        scope: &Scope,
        moment: Timestamp,
        limit: u32,
    ) -> Result<Vec<DocumentId>, RepositoryError> {
        self.inner.deleted_before(scope, moment, limit).await
    }

    async fn forget_keys(&self, scope: &Scope, before: Timestamp) -> Result<u64, RepositoryError> {
        self.inner.forget_keys(scope, before).await
    }
}
