//! Events, from the change that they tell of to their publication.

use std::sync::Arc;

use async_trait::async_trait;
use fieldmark_domain::event::{Event, EventId};
use fieldmark_domain::ports::{Outbox, RepositoryError};
use fieldmark_domain::scope::Scope;
use jiff::Timestamp;

use crate::state::KeptEvent;
use crate::store::Store;

/// The events of one memory.
pub(crate) struct Events {
    store: Arc<Store>,
}

impl Events {
    pub(crate) const fn new(store: Arc<Store>) -> Self {
        Self { store }
    }
}

#[async_trait]
impl Outbox for Events {
    async fn pending(&self, scope: &Scope, limit: u32) -> Result<Vec<Event>, RepositoryError> {
        let waits = |kept: &&KeptEvent| kept.published_at.is_none() && scope.permits(kept.event.owner);
        Ok(self.store.read(|state| {
            let waiting = state.events.values().filter(waits).map(|kept| kept.event.clone());
            waiting.take(limit as usize).collect()
        }))
    }

    async fn published(&self, scope: &Scope, ids: &[EventId], now: Timestamp) -> Result<(), RepositoryError> {
        self.store.write(|state| {
            for id in ids {
                let event = state.events.get_mut(id).filter(|kept| scope.permits(kept.event.owner));
                if let Some(kept) = event {
                    kept.published_at.get_or_insert(now);
                }
            }
            Ok(())
        })
    }

    async fn prune(&self, scope: &Scope, before: Timestamp) -> Result<u64, RepositoryError> {
        let is_old = |kept: &KeptEvent| kept.published_at.is_some_and(|at| at < before);
        self.store.write(|state| {
            let count = state.events.len();
            state.events.retain(|_, kept| !is_old(kept) || !scope.permits(kept.event.owner));
            Ok(u64::try_from(count - state.events.len()).unwrap_or(u64::MAX))
        })
    }
}
