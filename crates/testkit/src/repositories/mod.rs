//! Conformance suites of the repositories: one suite for each port, on repositories that share one
//! database.

mod bench;
pub mod crashes;
pub mod documents;
pub mod erasures;
pub mod file_audit;
mod full;
pub mod jobs;
mod labelled;
pub mod labels;
pub mod outbox;
mod readings;
pub mod sample;
