//! Erasures, after which the cache forgets the document.

use std::sync::Arc;

use async_trait::async_trait;
use fieldmark_domain::blob::Sha256;
use fieldmark_domain::document::DocumentId;
use fieldmark_domain::event::Event;
use fieldmark_domain::ports::{Erased, ErasureRepository, RepositoryError};
use fieldmark_domain::scope::Scope;
use jiff::Timestamp;

use super::DocumentCache;

/// Erasures beside a cache of documents.
pub struct InvalidatingErasures {
    inner: Arc<dyn ErasureRepository>,
    cache: Arc<DocumentCache>,
}

impl InvalidatingErasures {
    /// Puts erasures beside a cache.
    #[must_use]
    pub fn new(inner: Arc<dyn ErasureRepository>, cache: Arc<DocumentCache>) -> Self {
        Self { inner, cache }
    }
}

#[async_trait]
impl ErasureRepository for InvalidatingErasures {
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
