//! Documents, labels and jobs that are kept: the real program on SQLite and on PostgreSQL.

mod erased;
mod labels;
mod lists;
pub mod place;
mod submitted;
mod workers;
