//! Documents: what people do with them, and what removes them for good. Each method is one look or one change under the lock.

use std::sync::Arc;

use async_trait::async_trait;
use fieldmark_domain::blob::Sha256;
use fieldmark_domain::document::{Document, DocumentId, DocumentQuery, DocumentRecord, ListedDocument};
use fieldmark_domain::event::Event;
use fieldmark_domain::listing::Listing;
use fieldmark_domain::ports::{
    Created, DocumentRepository, DocumentUpdate, Erased, ErasureRepository, InvoiceIdentity, NewDocument,
    RepositoryError,
};
use fieldmark_domain::scope::Scope;
use jiff::Timestamp;

use crate::store::Store;

mod create;
mod erase;
mod first;
mod list;
mod update;

pub(crate) use first::first_of;
pub(crate) use list::cut;

/// The documents of one memory.
pub(crate) struct Documents {
    store: Arc<Store>,
}

impl Documents {
    pub(crate) const fn new(store: Arc<Store>) -> Self {
        Self { store }
    }
}

#[async_trait]
impl DocumentRepository for Documents {
    async fn create(&self, scope: &Scope, new: &NewDocument) -> Result<Created, RepositoryError> {
        self.store.write(|state| create::create(state, scope, new))
    }

    async fn find(&self, scope: &Scope, id: DocumentId) -> Result<Option<Document>, RepositoryError> {
        Ok(self.store.read(|state| Some(state.standing(scope, id)?.document.clone())))
    }

    async fn find_deleted(&self, scope: &Scope, id: DocumentId) -> Result<Option<Document>, RepositoryError> {
        let found = self.store.read(|state| Some(state.document(scope, id)?.document.clone()));
        Ok(found.filter(|document| document.deleted_at.is_some()))
    }

    async fn show(&self, scope: &Scope, id: DocumentId) -> Result<Option<DocumentRecord>, RepositoryError> {
        Ok(self.store.read(|state| Some(state.standing(scope, id)?.record())))
    }

    async fn list(
        &self,
        scope: &Scope,
        query: &DocumentQuery,
    ) -> Result<Listing<ListedDocument>, RepositoryError> {
        Ok(self.store.read(|state| list::list(state, scope, query)))
    }

    async fn update(
        &self,
        scope: &Scope,
        update: &DocumentUpdate,
    ) -> Result<Option<Document>, RepositoryError> {
        self.store.write(|state| update::update(state, scope, update))
    }

    async fn first_of(
        &self,
        scope: &Scope,
        invoice: &InvoiceIdentity,
        except: DocumentId,
    ) -> Result<Option<DocumentId>, RepositoryError> {
        Ok(self.store.read(|state| first_of(state, scope, invoice, except)))
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
        self.store.write(|state| erase::erase(state, scope, id, version, event))
    }

    async fn erasures(&self, scope: &Scope, limit: u32) -> Result<Vec<Sha256>, RepositoryError> {
        Ok(self.store.read(|state| erase::erasures(state, scope, limit)))
    }

    async fn claim_erasure(
        &self,
        scope: &Scope,
        sha256: &Sha256,
        now: Timestamp,
        until: Timestamp,
    ) -> Result<bool, RepositoryError> {
        self.store.write(|state| Ok(erase::claim(state, scope, sha256, now, until)))
    }

    async fn erasure_done(&self, scope: &Scope, sha256: &Sha256) -> Result<(), RepositoryError> {
        self.store.write(|state| {
            erase::done(state, scope, sha256);
            Ok(())
        })
    }

    async fn deleted_before(
        &self,
        scope: &Scope,
        moment: Timestamp,
        limit: u32,
    ) -> Result<Vec<DocumentId>, RepositoryError> {
        Ok(self.store.read(|state| erase::deleted_before(state, scope, moment, limit)))
    }

    async fn forget_keys(&self, scope: &Scope, before: Timestamp) -> Result<u64, RepositoryError> {
        self.store.write(|state| Ok(create::forget_keys(state, scope, before)))
    }
}
