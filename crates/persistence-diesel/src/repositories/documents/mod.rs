//! Documents.

use async_trait::async_trait;
use fieldmark_domain::blob::Sha256;
use fieldmark_domain::document::{Document, DocumentId, DocumentQuery, DocumentRecord, ListedDocument};
use fieldmark_domain::event::Event;
use fieldmark_domain::listing::Listing;
use fieldmark_domain::ports::{
    Created, DocumentRepository, DocumentUpdate, Erased, ErasureRepository, InvoiceIdentity, JobsChange,
    NewDocument, RepositoryError,
};
use fieldmark_domain::scope::Scope;
use jiff::Timestamp;

use super::store::Store;
use crate::access::Access;

mod create;
mod erase;
mod filter;
mod identity;
mod list;
mod read;
mod update;

pub(crate) use identity::{first_of, lock_of};

/// The documents of one database.
pub(crate) struct Documents {
    store: Store,
}

impl Documents {
    pub(crate) const fn new(store: Store) -> Self {
        Self { store }
    }
}

#[async_trait]
impl DocumentRepository for Documents {
    async fn create(&self, scope: &Scope, new: &NewDocument) -> Result<Created, RepositoryError> {
        let created = self
            .store
            .run(Access::Keep, async |connection| create::create(connection, scope, new).await)
            .await?;
        self.store.signals().job_waits();
        Ok(created)
    }

    async fn find(&self, scope: &Scope, id: DocumentId) -> Result<Option<Document>, RepositoryError> {
        self.store
            .run_if_there(Access::OneStatement, async |connection| {
                read::find(connection, scope, id, false).await
            })
            .await
    }

    async fn find_deleted(&self, scope: &Scope, id: DocumentId) -> Result<Option<Document>, RepositoryError> {
        self.store
            .run_if_there(Access::OneStatement, async |connection| {
                read::find(connection, scope, id, true).await
            })
            .await
    }

    async fn show(&self, scope: &Scope, id: DocumentId) -> Result<Option<DocumentRecord>, RepositoryError> {
        self.store
            .run_if_there(Access::Snapshot, async |connection| read::show(connection, scope, id).await)
            .await
    }

    async fn list(
        &self,
        scope: &Scope,
        query: &DocumentQuery,
    ) -> Result<Listing<ListedDocument>, RepositoryError> {
        let access = if query.with_labels { Access::Snapshot } else { Access::OneStatement };
        self.store.run(access, async |connection| list::list(connection, scope, query).await).await
    }

    async fn update(
        &self,
        scope: &Scope,
        update: &DocumentUpdate,
    ) -> Result<Option<Document>, RepositoryError> {
        let updated = self
            .store
            .run_if_there(Access::Write, async |connection| update::update(connection, scope, update).await);
        let updated = updated.await?;
        let Some((updated, ended)) = updated else { return Ok(None) };
        ended.into_iter().for_each(|job| self.store.signals().job_ended(job));
        if matches!(update.jobs, JobsChange::Add(_)) {
            self.store.signals().job_waits();
        }
        Ok(Some(updated))
    }

    async fn first_of(
        &self,
        scope: &Scope,
        invoice: &InvoiceIdentity,
        except: DocumentId,
    ) -> Result<Option<DocumentId>, RepositoryError> {
        self.store
            .run(Access::OneStatement, async |connection| first_of(connection, scope, invoice, except).await)
            .await
    }
}

#[async_trait]
impl ErasureRepository for Documents {
    async fn erase(
        &self,
        scope: &Scope,
        id: DocumentId,
        version: u64,
        event: &Event,
    ) -> Result<Option<Erased>, RepositoryError> {
        let erase = || {
            self.store.run_if_there(Access::Write, async |connection| {
                erase::erase(connection, scope, id, version, event).await
            })
        };
        let Some((erased, gone)) = self.store.with_reserve(erase).await? else { return Ok(None) };
        gone.into_iter().for_each(|job| self.store.signals().job_ended(job));
        self.store.empty_log().await;
        Ok(Some(erased))
    }

    async fn erasures(&self, scope: &Scope, limit: u32) -> Result<Vec<Sha256>, RepositoryError> {
        self.store
            .run(Access::OneStatement, async |connection| erase::erasures(connection, scope, limit).await)
            .await
    }

    async fn claim_erasure(
        &self,
        scope: &Scope,
        sha256: &Sha256,
        now: Timestamp,
        until: Timestamp,
    ) -> Result<bool, RepositoryError> {
        let claim = || {
            self.store.run(Access::Write, async |connection| {
                erase::claim(connection, scope, sha256, now, until).await
            })
        };
        self.store.with_reserve(claim).await
    }

    async fn erasure_done(&self, scope: &Scope, sha256: &Sha256) -> Result<(), RepositoryError> {
        let forget = || {
            self.store
                .run(Access::Write, async |connection| erase::erasure_done(connection, scope, sha256).await)
        };
        self.store.with_reserve(forget).await
    }

    async fn deleted_before(
        &self,
        scope: &Scope,
        moment: Timestamp,
        limit: u32,
    ) -> Result<Vec<DocumentId>, RepositoryError> {
        self.store
            .run(Access::OneStatement, async |connection| {
                read::deleted_before(connection, scope, moment, limit).await
            })
            .await
    }

    async fn forget_keys(&self, scope: &Scope, before: Timestamp) -> Result<u64, RepositoryError> {
        self.store
            .run(Access::Write, async |connection| create::forget_keys(connection, scope, before).await)
            .await
    }
}
