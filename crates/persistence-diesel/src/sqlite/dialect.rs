//! What statements cannot say the same way on both databases, as SQLite says it.

use std::time::Duration;

use diesel::QueryResult;
use diesel::connection::AnsiTransactionManager;
use diesel_migrations::{EmbeddedMigrations, embed_migrations};

use super::Connection;
use crate::access::Access;
use crate::notifications::Channel;

/// A transaction that writes has the whole database.
pub(crate) const ONE_WRITER_AT_A_TIME: bool = true;

/// Begins a transaction; nothing for one statement. One that writes does so from its beginning: if it read first, it
/// could not begin to write after another one had written.
pub(crate) async fn begin(connection: &mut Connection, access: Access) -> QueryResult<()> {
    let begin = match access {
        Access::OneStatement | Access::OneChange => return Ok(()),
        Access::Snapshot => "BEGIN DEFERRED",
        Access::Write => "BEGIN IMMEDIATE",
    };
    connection.spawn_blocking(move |inner| AnsiTransactionManager::begin_transaction_sql(inner, begin)).await
}

/// A transaction that writes is alone already.
pub(crate) async fn lock(_connection: &mut Connection, _name: &str) -> QueryResult<()> {
    Ok(())
}

/// Nobody can listen; those who wait look again from time to time.
pub(crate) async fn notify(
    _connection: &mut Connection,
    _channel: Channel,
    _payload: &str,
) -> QueryResult<()> {
    Ok(())
}

/// How the tables came to be.
pub(crate) const MIGRATIONS: EmbeddedMigrations = embed_migrations!("../../migrations/sqlite");

/// Adds rows by one statement, which the synchronous driver alone can write. A macro, because each table's statement has a type of its own.
macro_rules! insert_all {
    ($connection:expr, $table:expr, $rows:expr) => {{
        let rows = $rows;
        let insert = move |inner: &mut diesel::SqliteConnection| {
            diesel::RunQueryDsl::execute(diesel::insert_into($table).values(rows), inner)
        };
        $connection.spawn_blocking(insert).await
    }};
}
pub(crate) use insert_all;

/// A query whose rows nobody else changes until the transaction ends: whoever writes is alone.
macro_rules! locked {
    ($query:expr) => {
        $query
    };
}

/// The same, without rows that others have locked.
macro_rules! skipping_locked {
    ($query:expr) => {
        $query
    };
}

pub(crate) use {locked, skipping_locked};

/// How long to wait for a job before looking by oneself: another process may have written one, or a job's time may
/// have come.
pub(crate) const LONGEST_WAIT_FOR_JOBS: Duration = Duration::from_millis(500);
