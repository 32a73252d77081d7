//! Settings of the cache in front of document reads.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{Unacceptable, duration};

/// What is kept in memory of documents that were read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CacheSettings {
    /// How many documents at most; 0 for none.
    pub entries: u64,
    /// For how long.
    #[serde(with = "duration")]
    pub ttl: Duration,
}

impl Default for CacheSettings {
    fn default() -> Self {
        Self { entries: 1000, ttl: Duration::from_secs(60) }
    }
}

impl CacheSettings {
    pub(super) fn validate(&self) -> Result<(), Unacceptable> {
        if self.ttl.is_zero() {
            return Err(Unacceptable::new("cache.ttl", "must be above 0; no entries mean no cache"));
        }
        Ok(())
    }
}
