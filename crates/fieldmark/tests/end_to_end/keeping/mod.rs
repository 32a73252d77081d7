//! Documents, labels and jobs that are kept: the real program on SQLite and on PostgreSQL.

mod labels;
mod place;
mod submitted;
mod workers;
