//! Documents, labels, jobs and events in SQLite or PostgreSQL.
//!
//! [`Database`] is the way in: it reaches a database by its address, makes its tables, and gives the repositories that
//! the domain's ports promise.

mod access;
mod beginning;
mod cache;
mod database;
mod faults;
mod migrations;
mod notifications;
mod postgres;
mod rows;
mod schema;
mod signals;
mod sqlite;
mod types;

pub use cache::{
    CacheOptions, CacheStatistics, CachedDocuments, DocumentCache, InvalidatingJobs, InvalidatingLabels,
};
pub use database::{
    ConnectError, Connections, Database, DatabaseOptions, InUse, Inspection, Ports, Rewriting,
};
pub use migrations::{MigrateError, MigrationStatus};
