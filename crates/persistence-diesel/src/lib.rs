//! Documents, labels, jobs and events in SQLite or PostgreSQL.
//!
//! [`Database`] is the entry point: it connects to a database by its address, creates its tables,
//! and returns the repositories that implement the domain's ports.

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
    CacheOptions, CacheStatistics, CachedDocuments, DocumentCache, InvalidatingErasures, InvalidatingJobs,
    InvalidatingLabels,
};
pub use database::{ConnectError, Connections, Database, DatabaseOptions, InUse, Inspection, Rewriting};
pub use migrations::{MigrateError, MigrationStatus};
