//! A database's repositories, with and without the cache in front.

use std::time::Duration;

use fieldmark_domain::ports::Repositories;
use fieldmark_persistence_diesel::{CacheOptions, Database};

/// A cache whose entries do not expire during a test.
pub const CACHE: CacheOptions = CacheOptions { entries: 1000, ttl: Duration::from_secs(3600) };

/// What the suites take.
pub fn repositories(database: &Database, cache: Option<CacheOptions>) -> Repositories {
    cache.map_or_else(|| database.repositories(), |options| database.cached_repositories(options).0)
}
