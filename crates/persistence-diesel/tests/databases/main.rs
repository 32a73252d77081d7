//! The repositories on SQLite and on PostgreSQL.

mod ground;
mod halves;
mod jobs;
mod migrations;
mod sql;
mod suites;
