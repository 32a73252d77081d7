//! What statements lists are made of, and how PostgreSQL runs them among 100,000 documents.
//!
//! A program of its own: what connections run is told to the whole process.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

#[path = "../databases/ground.rs"]
mod ground;
#[path = "../databases/sql.rs"]
mod sql;

mod counts;
mod plans;
mod recorded;
