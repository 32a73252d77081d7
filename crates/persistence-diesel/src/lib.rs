//! Documents, labels, jobs and events in SQLite or PostgreSQL.

mod cache;
mod listener;
mod signals;

pub use cache::{
    CacheOptions, CacheStatistics, CachedDocuments, DocumentCache, InvalidatingJobs, InvalidatingLabels,
};
