//! The repositories on SQLite and on PostgreSQL.

mod ground;
mod jobs;
mod migrations;
mod suites;
