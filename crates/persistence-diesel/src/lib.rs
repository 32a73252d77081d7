//! Documents, labels, jobs and events in SQLite or PostgreSQL.

mod cache;

pub use cache::{
    CacheOptions, CacheStatistics, CachedDocuments, DocumentCache, InvalidatingJobs, InvalidatingLabels,
};
