//! The statements of lists, and how PostgreSQL runs them among 100,000 documents.
//!
//! A separate test program, because the recorder of statements is global to the process.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

#[path = "../databases/ground.rs"]
mod ground;
#[path = "../databases/sql.rs"]
mod sql;

mod counts;
mod plans;
mod recorded;
