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

/// What is said on standard error.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LogSettings {
    /// `json` or `text`.
    pub format: LogFormat,
    /// `off`, `error`, `warn`, `info`, `debug`, `trace`, or directives for parts of the program
    /// such as `warn,fieldmark_document_reader=debug`.
    pub level: String,
}

impl Default for LogSettings {
    fn default() -> Self {
        Self { format: LogFormat::Text, level: "warn".to_owned() }
    }
}

impl LogSettings {
    pub(super) fn validate(&self) -> Result<(), Unacceptable> {
        match EnvFilter::try_new(&self.level) {
            Ok(_) => Ok(()),
            Err(error) => Err(Unacceptable::new("log.level", format!("cannot be `{}`: {error}", self.level))),
        }
    }
}
