//! What statements cannot say the same way on both databases, as PostgreSQL says it.

use std::time::Duration;

use diesel::QueryResult;
use diesel::sql_types::Text;
use diesel_async::{AnsiTransactionManager, RunQueryDsl as _};
use diesel_migrations::{EmbeddedMigrations, embed_migrations};

use super::Connection;
use crate::access::Access;
use crate::notifications::Channel;

/// Any number of transactions write at once.
pub(crate) const ONE_WRITER_AT_A_TIME: bool = false;

/// Begins a transaction; nothing for one statement.
pub(crate) async fn begin(connection: &mut Connection, access: Access) -> QueryResult<()> {
    let begin = match access {
        Access::OneStatement | Access::OneChange => return Ok(()),
        Access::Snapshot => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        Access::Write => "BEGIN",
    };
    AnsiTransactionManager::begin_transaction_sql(connection, begin).await
}

/// Waits until no other transaction holds the lock of a name, and holds it until this one ends.
pub(crate) async fn lock(connection: &mut Connection, name: &str) -> QueryResult<()> {
    diesel::sql_query("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))")
        .bind::<Text, _>(name)
        .execute(connection)
        .await?;
    Ok(())
}

/// Wakes who listens, once this transaction is committed.
pub(crate) async fn notify(connection: &mut Connection, channel: Channel, payload: &str) -> QueryResult<()> {
    diesel::sql_query("SELECT pg_notify($1, $2)")
        .bind::<Text, _>(channel.name())
        .bind::<Text, _>(payload)
        .execute(connection)
        .await?;
    Ok(())
}

/// How the tables came to be.
pub(crate) const MIGRATIONS: EmbeddedMigrations = embed_migrations!("../../migrations/postgres");

/// Adds rows by one statement. A macro, because each table's statement has a type of its own.
macro_rules! insert_all {
    ($connection:expr, $table:expr, $rows:expr) => {
        diesel_async::RunQueryDsl::execute(diesel::insert_into($table).values($rows), $connection).await
    };
}
pub(crate) use insert_all;

/// A query whose rows nobody else changes until the transaction ends.
macro_rules! locked {
    ($query:expr) => {
        $query.for_update()
    };
}

/// The same, without rows that others have locked.
macro_rules! skipping_locked {
    ($query:expr) => {
        $query.for_update().skip_locked()
    };
}

pub(crate) use {locked, skipping_locked};

/// How long to wait for a job before looking by oneself: what is told may get lost, and nobody tells that a job's time
/// has come.
pub(crate) const LONGEST_WAIT_FOR_JOBS: Duration = Duration::from_secs(1);
