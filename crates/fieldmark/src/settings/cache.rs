//! Settings of the cache in front of document reads.

use std::time::Duration;

use super::bound::Bound;
use super::described::settings;
use super::{Unacceptable, duration};

settings! {
    /// What is kept in memory of documents that were looked at.
    pub struct CacheSettings in "cache" {
        /// Documents at most; 0 for no cache.
        pub entries: u64,
        /// How long a document is kept in memory. On SQLite it is never longer than a second.
        #[within(Bound::AboveZero)]
        #[serde(with = "duration")]
        pub ttl: Duration,
    }
}

impl Default for CacheSettings {
    fn default() -> Self {
        Self { entries: 1000, ttl: Duration::from_secs(60) }
    }
}

impl CacheSettings {
    pub(super) fn validate(&self) -> Result<(), Unacceptable> {
        self.check_bounds()
    }
}
