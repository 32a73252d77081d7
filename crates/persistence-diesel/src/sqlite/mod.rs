//! SQLite's own parts: the file, the settings of connections, transactions.

use diesel::SqliteConnection;
use diesel_async::sync_connection_wrapper::SyncConnectionWrapper;

pub(crate) mod connection;
mod dialect;
mod housekeeping;

// The repositories are compiled for each database: Diesel's queries are typed by their connection.
#[path = "../repositories/mod.rs"]
#[expect(clippy::duplicate_mod, reason = "one source for two databases")]
mod repositories;

/// Where a database is: its file.
pub(crate) type Home = crate::database::file::DatabaseFile;
pub(crate) type Connection = SyncConnectionWrapper<SqliteConnection>;
pub(crate) use repositories::*;
