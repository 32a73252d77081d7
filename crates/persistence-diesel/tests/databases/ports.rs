//! A database's ports, as the suites take them, with and without the cache in front.

use std::sync::Arc;
use std::time::Duration;

use fieldmark_persistence_diesel::{CacheOptions, Ports};
use fieldmark_testkit::repositories::Repositories;

/// A cache that forgets nothing by itself while a test runs.
pub const CACHE: CacheOptions = CacheOptions { entries: 1000, ttl: Duration::from_secs(3600) };

/// What the suites take.
pub fn repositories(ports: &Ports) -> Repositories {
    Repositories {
        documents: Arc::clone(&ports.documents),
        labels: Arc::clone(&ports.labels),
        jobs: Arc::clone(&ports.jobs),
        outbox: Arc::clone(&ports.outbox),
    }
}
