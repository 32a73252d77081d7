//! Statements that differ between the databases, in SQLite's form.

use std::fs::File;
use std::time::Duration;

use diesel::connection::AnsiTransactionManager;
use diesel::{ExpressionMethods as _, QueryResult};
use diesel_async::RunQueryDsl as _;
use diesel_migrations::{EmbeddedMigrations, embed_migrations};
use fieldmark_domain::ports::RepositoryError;
use jiff::Timestamp;

use super::{Connection, Home};
use crate::access::Access;
use crate::database::in_use;
use crate::migrations::MigrateError;
use crate::notifications::Channel;
use crate::schema::upkeep;
use crate::types::Moment;

/// The row of `upkeep` with the time of the last erasure since the file was rewritten.
pub(super) const ERASURE: &str = "erasure";

/// A writing transaction locks the whole database.
pub(crate) const ONE_WRITER_AT_A_TIME: bool = true;

/// Begins a transaction; does nothing for a single statement. A writing transaction takes the write
/// lock at its start: after a read it could not start writing if another one had written.
pub(crate) async fn begin(connection: &mut Connection, access: Access) -> QueryResult<()> {
    let begin = match access {
        Access::OneStatement | Access::OneChange => return Ok(()),
        Access::Snapshot => "BEGIN DEFERRED",
        Access::Write | Access::Keep => "BEGIN IMMEDIATE",
    };
    connection.spawn_blocking(move |inner| AnsiTransactionManager::begin_transaction_sql(inner, begin)).await
}

/// A writing transaction has exclusive access already.
pub(crate) async fn lock(_connection: &mut Connection, _name: &str) -> QueryResult<()> {
    Ok(())
}

/// SQLite has no notifications; waiting callers check periodically.
pub(crate) async fn notify(
    _connection: &mut Connection,
    _channel: Channel,
    _payload: &str,
) -> QueryResult<()> {
    Ok(())
}

/// Checks that the file is still where it was opened: writes to a file that has lost its name are
/// lost.
pub(crate) fn check_place(file: &Home) -> Result<(), RepositoryError> {
    file.check_identity()?;
    file.check_log()
}

/// Checks that the disk has space for more data in addition to the space that erasing needs.
pub(crate) fn check_room(file: &Home) -> Result<(), RepositoryError> {
    file.check_room()
}

/// Frees space on a full disk. Returns whether there was a reserve to free.
pub(crate) fn spend_reserve(file: &Home) -> bool {
    file.spend_reserve()
}

/// Blocks services until the result is dropped, unless one already uses the database.
pub(crate) async fn alone(_connection: &mut Connection, file: &Home) -> Result<File, MigrateError> {
    in_use::alone(file)
}

/// The document's rows are deleted from tables and indexes, but the file may still contain copies
/// from moving rows between pages. Rewriting the file removes them.
pub(crate) async fn note_erasure(connection: &mut Connection, at: Timestamp) -> QueryResult<()> {
    diesel::insert_into(upkeep::table)
        .values((upkeep::name.eq(ERASURE), upkeep::moment.eq(Moment::from(at))))
        .on_conflict(upkeep::name)
        .do_update()
        .set(upkeep::moment.eq(Moment::from(at)))
        .execute(connection)
        .await?;
    Ok(())
}

/// The migrations that create the tables.
pub(crate) const MIGRATIONS: EmbeddedMigrations = embed_migrations!("../../migrations/sqlite");

/// Inserts rows with one statement, which only the synchronous driver supports. A macro, because
/// the statement of each table has its own type.
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

/// A query that locks its rows until the transaction ends; on SQLite a writer has exclusive access
/// anyway.
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

/// How long to wait for a job before checking again: another process may have added one, or a
/// delayed job may have become due.
pub(crate) const LONGEST_WAIT_FOR_JOBS: Duration = Duration::from_millis(500);
