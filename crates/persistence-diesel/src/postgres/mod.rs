//! PostgreSQL's own parts: connecting, transactions, locks and notifications.

use diesel_async::AsyncPgConnection;

pub(crate) mod connection;
mod dialect;
mod housekeeping;
pub(crate) mod in_use;
pub(crate) mod listener;
mod tls;

// The repositories are compiled for each database: Diesel's queries are typed by their connection.
#[path = "../repositories/mod.rs"]
#[expect(clippy::duplicate_mod, reason = "one source for two databases")]
mod repositories;

/// Where a database is: the configuration for connecting to its server.
pub(crate) type Home = tokio_postgres::Config;
pub(crate) type Connection = AsyncPgConnection;
pub(crate) use repositories::*;
