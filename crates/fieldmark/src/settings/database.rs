//! Settings of the database.

use std::path::Path;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{Secret, Unacceptable, duration};

/// Where documents, labels and jobs are kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DatabaseSettings {
    /// `sqlite:///path/to/file.db` or `postgres://user:password@host/database`; when not given, the file
    /// `fieldmark.db` in the data folder.
    pub url: Option<Secret>,
    /// How many connections are kept open when nothing happens.
    pub min_connections: u32,
    /// How many connections there are at most.
    pub max_connections: u32,
    /// How long to wait for a connection.
    #[serde(with = "duration")]
    pub acquire_timeout: Duration,
}

impl Default for DatabaseSettings {
    fn default() -> Self {
        Self { url: None, min_connections: 1, max_connections: 16, acquire_timeout: Duration::from_secs(10) }
    }
}

impl DatabaseSettings {
    pub(super) fn validate(&self) -> Result<(), Unacceptable> {
        const SCHEMES: [&str; 3] = ["sqlite:", "postgres:", "postgresql:"];
        let is_known = |url: &Secret| SCHEMES.iter().any(|scheme| url.reveal().starts_with(scheme));
        if self.url.as_ref().is_some_and(|url| !is_known(url)) {
            let reason = "must begin with `sqlite:`, `postgres:` or `postgresql:`";
            return Err(Unacceptable::new("database.url", reason));
        }
        if self.max_connections == 0 {
            return Err(Unacceptable::new("database.max_connections", "must be above 0"));
        }
        if self.min_connections > self.max_connections {
            let reason = "must not be above database.max_connections";
            return Err(Unacceptable::new("database.min_connections", reason));
        }
        if self.acquire_timeout.is_zero() {
            return Err(Unacceptable::new("database.acquire_timeout", "must be above 0"));
        }
        Ok(())
    }

    /// The address of the database: the one that was given, or that of the file in the data folder.
    pub fn address(&self, data_dir: &Path) -> String {
        let default = || format!("sqlite:{}", data_dir.join("fieldmark.db").display());
        self.url.as_ref().map_or_else(default, |url| url.reveal().to_owned())
    }
}
