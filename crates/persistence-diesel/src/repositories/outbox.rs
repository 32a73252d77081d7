//! Events, from the change that they tell of to their publication.

use async_trait::async_trait;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use fieldmark_domain::event::{Event, EventId};
use fieldmark_domain::ports::{Outbox, RepositoryError};
use fieldmark_domain::scope::Scope;
use jiff::Timestamp;

use super::super::Connection;
use super::scoped::permits;
use super::store::Store;
use crate::access::Access;
use crate::faults::Fault;
use crate::rows::event::EventRow;
use crate::schema::events;
use crate::types::{Id, Moment};

/// The events of one database.
pub(crate) struct Events {
    store: Store,
}

impl Events {
    pub(crate) const fn new(store: Store) -> Self {
        Self { store }
    }
}

#[async_trait]
impl Outbox for Events {
    async fn pending(&self, scope: &Scope, limit: u32) -> Result<Vec<Event>, RepositoryError> {
        self.store.run(Access::OneStatement, async |connection| pending(connection, scope, limit).await).await
    }

    async fn published(&self, scope: &Scope, ids: &[EventId], now: Timestamp) -> Result<(), RepositoryError> {
        self.store.run(Access::Write, async |connection| publish(connection, scope, ids, now).await).await
    }

    async fn prune(&self, scope: &Scope, before: Timestamp) -> Result<u64, RepositoryError> {
        self.store.run(Access::OneChange, async |connection| prune(connection, scope, before).await).await
    }
}

async fn pending(connection: &mut Connection, scope: &Scope, limit: u32) -> Result<Vec<Event>, Fault> {
    let rows: Vec<EventRow> = events::table
        .filter(events::published_at.is_null())
        .filter(permits(scope, events::owner_id))
        .order(events::id)
        .limit(i64::from(limit))
        .select(EventRow::as_select())
        .load(connection)
        .await?;
    rows.into_iter().map(EventRow::into_event).collect()
}

/// How many ids a statement names at most: SQLite binds up to 32,766 values.
const IDS_AT_ONCE: usize = 10_000;

async fn publish(
    connection: &mut Connection,
    scope: &Scope,
    ids: &[EventId],
    now: Timestamp,
) -> Result<(), Fault> {
    for ids in ids.chunks(IDS_AT_ONCE) {
        let ids: Vec<Id> = ids.iter().map(|id| Id(id.0)).collect();
        diesel::update(events::table)
            .filter(events::id.eq_any(ids))
            .filter(events::published_at.is_null())
            .filter(permits(scope, events::owner_id))
            .set(events::published_at.eq(Moment::from(now)))
            .execute(connection)
            .await?;
    }
    Ok(())
}

async fn prune(connection: &mut Connection, scope: &Scope, before: Timestamp) -> Result<u64, Fault> {
    let forgotten = diesel::delete(events::table)
        .filter(events::published_at.lt(Moment::from(before)))
        .filter(permits(scope, events::owner_id))
        .execute(connection)
        .await?;
    u64::try_from(forgotten).map_err(Fault::broken)
}
