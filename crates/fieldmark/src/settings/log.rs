//! Settings of the log on standard error.

use serde::{Deserialize, Serialize};
use tracing_subscriber::EnvFilter;

use super::Unacceptable;

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

/// What is said on standard error.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LogSettings {
    /// `json` or `text`; when not given, servers and workers log JSON unless somebody watches on a terminal, and other
    /// commands log text.
    pub format: Option<LogFormat>,
    /// `off`, `error`, `warn`, `info`, `debug`, `trace`, or directives for parts of the program
    /// such as `warn,fieldmark_document_reader=debug`; when not given, `info` for servers and workers and `warn` for
    /// other commands.
    pub level: Option<String>,
}

impl LogSettings {
    pub(super) fn validate(&self) -> Result<(), Unacceptable> {
        let Some(level) = &self.level else { return Ok(()) };
        let is_known = |part: &str| part.contains('=') || LEVELS.contains(&part);
        if level.split(',').map(str::trim).all(is_known) && EnvFilter::try_new(level).is_ok() {
            return Ok(());
        }
        let reason = format!("must be one of {}, or directives such as fieldmark=debug", LEVELS.join(", "));
        Err(Unacceptable::new("log.level", reason))
    }
}
