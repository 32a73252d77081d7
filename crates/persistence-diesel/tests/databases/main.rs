//! The repositories on SQLite and on PostgreSQL.

#![expect(clippy::unwrap_used, reason = "tests")]

mod documents;
mod erasure;
mod files;
mod ground;
mod halves;
mod health;
mod jobs;
mod migrations;
mod ports;
mod spoiled;
mod sql;
