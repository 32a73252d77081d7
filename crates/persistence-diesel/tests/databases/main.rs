//! The repositories on SQLite and on PostgreSQL.

mod ground;
mod migrations;
