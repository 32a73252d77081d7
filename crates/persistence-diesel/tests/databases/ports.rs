//! A database's ports as the suites expect them, with and without the cache.

use std::sync::Arc;
use std::time::Duration;

use fieldmark_persistence_diesel::{CacheOptions, Ports};
use fieldmark_testkit::repositories::Repositories;

/// A cache whose entries do not expire during a test.
pub const CACHE: CacheOptions = CacheOptions { entries: 1000, ttl: Duration::from_secs(3600) };

/// The ports in the suites' form.
pub fn repositories(ports: &Ports) -> Repositories {
    Repositories {
        documents: Arc::clone(&ports.documents),
        labels: Arc::clone(&ports.labels),
        jobs: Arc::clone(&ports.jobs),
        outbox: Arc::clone(&ports.outbox),
    }
}
