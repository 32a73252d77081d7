//! Settings of the log on standard error.

use serde::{Deserialize, Serialize};
use tracing_subscriber::EnvFilter;

use super::Unacceptable;
use super::described::settings;

/// How a line of the log looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// One JSON object per line.
    Json,
    /// For people.
    Text,
}

/// The names of the levels.
const LEVELS: [&str; 6] = ["off", "error", "warn", "info", "debug", "trace"];

settings! {
    /// The log on standard error.
    #[derive(Default)]
    pub struct LogSettings in "log" {
        /// How a line of the log looks.
        #[otherwise = "`json` for `serve` and `worker` unless a terminal shows it, else `text`"]
        pub format: Option<LogFormat>,
        /// `off`, `error`, `warn`, `info`, `debug`, `trace`, or directives for parts of the program
        /// such as `warn,fieldmark_document_reader=debug`.
        #[otherwise = "`info` for `serve` and `worker`, else `warn`"]
        pub level: Option<String>,
    }
}

impl LogSettings {
    pub(super) fn validate(&self) -> Result<(), Unacceptable> {
        self.check_bounds()?;
        let Some(level) = &self.level else { return Ok(()) };
        let is_known = |part: &str| part.contains('=') || LEVELS.contains(&part);
        if level.split(',').map(str::trim).all(is_known) && EnvFilter::try_new(level).is_ok() {
            return Ok(());
        }
        let reason = format!("must be one of {}, or directives such as fieldmark=debug", LEVELS.join(", "));
        Err(Unacceptable::new("log.level", reason))
    }
}
