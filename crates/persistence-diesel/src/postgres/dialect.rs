//! Statements that differ between the databases, in PostgreSQL's form.

use std::time::Duration;

use diesel::QueryResult;
use diesel::sql_types::Text;
use diesel_async::{AnsiTransactionManager, RunQueryDsl as _};
use diesel_migrations::{EmbeddedMigrations, embed_migrations};
use fieldmark_domain::ports::RepositoryError;
use jiff::Timestamp;

use super::{Connection, Home, in_use};
use crate::access::Access;
use crate::faults::refusal;
use crate::migrations::MigrateError;
use crate::notifications::Channel;

/// Any number of transactions can write at the same time.
pub(crate) const ONE_WRITER_AT_A_TIME: bool = false;

/// Begins a transaction; does nothing for a single statement.
pub(crate) async fn begin(connection: &mut Connection, access: Access) -> QueryResult<()> {
    let begin = match access {
        Access::OneStatement | Access::OneChange => return Ok(()),
        Access::Snapshot => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        Access::Write | Access::Keep => "BEGIN",
    };
    AnsiTransactionManager::begin_transaction_sql(connection, begin).await
}

/// Waits for the lock with this name, and keeps it until the transaction ends.
pub(crate) async fn lock(connection: &mut Connection, name: &str) -> QueryResult<()> {
    diesel::sql_query("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))")
        .bind::<Text, _>(name)
        .execute(connection)
        .await?;
    Ok(())
}

/// Notifies the listeners when this transaction is committed.
pub(crate) async fn notify(connection: &mut Connection, channel: Channel, payload: &str) -> QueryResult<()> {
    diesel::sql_query("SELECT pg_notify($1, $2)")
        .bind::<Text, _>(channel.name())
        .bind::<Text, _>(payload)
        .execute(connection)
        .await?;
    Ok(())
}

/// The server manages its files.
pub(crate) const fn check_place(_server: &Home) -> Result<(), RepositoryError> {
    Ok(())
}

/// The server manages its disk, and returns an error when it is full.
pub(crate) const fn check_room(_server: &Home) -> Result<(), RepositoryError> {
    Ok(())
}

/// The server's operator manages its reserve.
pub(crate) const fn spend_reserve(_server: &Home) -> bool {
    false
}

/// Blocks services until the transaction ends, unless one already uses the database.
pub(crate) async fn alone(connection: &mut Connection, _server: &Home) -> Result<(), MigrateError> {
    let is_alone = in_use::alone(connection).await.map_err(|error| refusal(&error))?;
    if is_alone { Ok(()) } else { Err(MigrateError::InUse) }
}

/// The server removes what an erasure leaves behind: dead rows with the next vacuum, its log, its
/// backups.
pub(crate) async fn note_erasure(_connection: &mut Connection, _at: Timestamp) -> QueryResult<()> {
    Ok(())
}

/// The migrations that create the tables.
pub(crate) const MIGRATIONS: EmbeddedMigrations = embed_migrations!("../../migrations/postgres");

/// Inserts rows with one statement. A macro, because the statement of each table has its own type.
macro_rules! insert_all {
    ($connection:expr, $table:expr, $rows:expr) => {
        diesel_async::RunQueryDsl::execute(diesel::insert_into($table).values($rows), $connection).await
    };
}
pub(crate) use insert_all;

/// A query that locks its rows until the transaction ends.
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

/// How long to wait for a job before checking without a notification: notifications may get lost,
/// and none is sent when a delayed job becomes due.
pub(crate) const LONGEST_WAIT_FOR_JOBS: Duration = Duration::from_secs(1);
