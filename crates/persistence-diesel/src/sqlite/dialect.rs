//! What statements cannot say the same way on both databases, as SQLite says it.

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

/// The row of `upkeep` that says when something was erased last since the file was rewritten.
pub(super) const ERASURE: &str = "erasure";

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

/// Whether the file is still where it was opened: what is written to a file that has lost its name
/// is lost.
pub(crate) fn check_place(file: &Home) -> Result<(), RepositoryError> {
    file.check_identity()?;
    file.check_log()
}

/// Whether the disk has room for more beside the room that erasing needs.
pub(crate) fn check_room(file: &Home) -> Result<(), RepositoryError> {
    file.check_room()
}

/// Makes room on a full disk. Answers whether there was something to make it of.
pub(crate) fn spend_reserve(file: &Home) -> bool {
    file.spend_reserve()
}

/// Keeps services away until the answer is dropped, unless one is at work.
pub(crate) async fn alone(_connection: &mut Connection, file: &Home) -> Result<File, MigrateError> {
    in_use::alone(file)
}

/// The document's rows are gone from tables and indexes, and the file may still hold copies that
/// SQLite made when it moved rows between pages. Rewriting the file removes them.
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
