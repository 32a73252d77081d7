//! Documents.

use async_trait::async_trait;
use fieldmark_domain::blob::Sha256;
use fieldmark_domain::document::{Document, DocumentId, DocumentQuery, DocumentRecord, ListedDocument};
use fieldmark_domain::event::Event;
use fieldmark_domain::listing::Listing;
use fieldmark_domain::ports::{
    Created, DocumentRepository, DocumentUpdate, Erased, InvoiceIdentity, JobsChange, NewDocument,
    RepositoryError,
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
        let mut work = self.store.begin_keeping().await?;
        let outcome = create::create(work.connection()?, scope, new).await;
        let created = work.end(outcome).await?;
        self.store.signals().job_waits();
        Ok(created)
    }

    async fn find(&self, scope: &Scope, id: DocumentId) -> Result<Option<Document>, RepositoryError> {
        let mut work = self.store.begin(Access::OneStatement).await?;
        let outcome = read::find(work.connection()?, scope, id).await;
        work.end_if_there(outcome).await
    }

    async fn find_deleted(&self, scope: &Scope, id: DocumentId) -> Result<Option<Document>, RepositoryError> {
        let mut work = self.store.begin(Access::OneStatement).await?;
        let outcome = read::find_deleted(work.connection()?, scope, id).await;
        work.end_if_there(outcome).await
    }

    async fn show(&self, scope: &Scope, id: DocumentId) -> Result<Option<DocumentRecord>, RepositoryError> {
        let mut work = self.store.begin(Access::Snapshot).await?;
        let outcome = read::show(work.connection()?, scope, id).await;
        work.end_if_there(outcome).await
    }

    async fn list(
        &self,
        scope: &Scope,
        query: &DocumentQuery,
    ) -> Result<Listing<ListedDocument>, RepositoryError> {
        let access = if query.with_labels { Access::Snapshot } else { Access::OneStatement };
        let mut work = self.store.begin(access).await?;
        let outcome = list::list(work.connection()?, scope, query).await;
        work.end(outcome).await
    }

    async fn update(
        &self,
        scope: &Scope,
        update: &DocumentUpdate,
    ) -> Result<Option<Document>, RepositoryError> {
        let mut work = self.store.begin(Access::Write).await?;
        let outcome = update::update(work.connection()?, scope, update).await;
        let Some((updated, ended)) = work.end_if_there(outcome).await? else { return Ok(None) };
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
        let mut work = self.store.begin(Access::OneStatement).await?;
        let outcome = first_of(work.connection()?, scope, invoice, except).await;
        work.end(outcome).await
    }

    async fn erase(
        &self,
        scope: &Scope,
        id: DocumentId,
        version: u64,
        event: &Event,
    ) -> Result<Option<Erased>, RepositoryError> {
        let erase = || async {
            let mut work = self.store.begin(Access::Write).await?;
            let outcome = erase::erase(work.connection()?, scope, id, version, event).await;
            work.end_if_there(outcome).await
        };
        let Some((erased, gone)) = self.store.with_reserve(erase).await? else { return Ok(None) };
        gone.into_iter().for_each(|job| self.store.signals().job_ended(job));
        self.store.empty_log().await;
        Ok(Some(erased))
    }

    async fn erasures(&self, scope: &Scope, limit: u32) -> Result<Vec<Sha256>, RepositoryError> {
        let mut work = self.store.begin(Access::OneStatement).await?;
        let outcome = erase::erasures(work.connection()?, scope, limit).await;
        work.end(outcome).await
    }

    async fn claim_erasure(
        &self,
        scope: &Scope,
        sha256: &Sha256,
        now: Timestamp,
        until: Timestamp,
    ) -> Result<bool, RepositoryError> {
        let claim = || async {
            let mut work = self.store.begin(Access::Write).await?;
            let outcome = erase::claim(work.connection()?, scope, sha256, now, until).await;
            work.end(outcome).await
        };
        self.store.with_reserve(claim).await
    }

    async fn erasure_done(&self, scope: &Scope, sha256: &Sha256) -> Result<(), RepositoryError> {
        let forget = || async {
            let mut work = self.store.begin(Access::Write).await?;
            let outcome = erase::erasure_done(work.connection()?, scope, sha256).await;
            work.end(outcome).await
        };
        self.store.with_reserve(forget).await
    }

    async fn deleted_before(
        &self,
        scope: &Scope,
        moment: Timestamp,
        limit: u32,
    ) -> Result<Vec<DocumentId>, RepositoryError> {
        let mut work = self.store.begin(Access::OneStatement).await?;
        let outcome = read::deleted_before(work.connection()?, scope, moment, limit).await;
        work.end(outcome).await
    }

    async fn forget_keys(&self, scope: &Scope, before: Timestamp) -> Result<u64, RepositoryError> {
        let mut work = self.store.begin(Access::Write).await?;
        let outcome = create::forget_keys(work.connection()?, scope, before).await;
        work.end(outcome).await
    }
}
