//! Settings of the database.

use std::path::Path;
use std::time::Duration;

use super::bound::Bound;
use super::described::settings;
use super::{Secret, Unacceptable, duration};

settings! {
    /// Where documents, labels and jobs are kept.
    pub struct DatabaseSettings in "database" {
        /// `sqlite:///folder/file.db` or `postgres://user:password@host/database`.
        #[otherwise = "`fieldmark.db` in `data_dir`"]
        pub url: Option<Secret>,
        /// Connections that are kept open when nothing happens; not above
        /// `database.max_connections`.
        pub min_connections: u32,
        /// Connections at most.
        #[within(Bound::AboveZero)]
        pub max_connections: u32,
        /// The longest wait for a connection.
        #[within(Bound::AboveZero)]
        #[serde(with = "duration")]
        pub acquire_timeout: Duration,
    }
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
        self.check_bounds()?;
        if self.min_connections > self.max_connections {
            let reason = "must not be above database.max_connections";
            return Err(Unacceptable::new("database.min_connections", reason));
        }
        Ok(())
    }

    /// The address of the database: the one that was given, or that of the file in the data folder.
    pub fn address(&self, data_dir: &Path) -> String {
        let default = || format!("sqlite:{}", data_dir.join("fieldmark.db").display());
        self.url.as_ref().map_or_else(default, |url| url.reveal().to_owned())
    }
}
