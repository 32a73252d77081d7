//! The repositories on SQLite and on PostgreSQL.

mod documents;
mod ground;
mod jobs;
mod migrations;
