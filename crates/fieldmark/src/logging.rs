//! The log: on standard error, as the settings want it. Results never go through it.

use std::io::{self, IsTerminal as _};

use anyhow::Context as _;
use tracing_subscriber::EnvFilter;

use crate::settings::{LogFormat, LogSettings};

/// Starts the log of this process.
///
/// # Errors
/// When the level is none, or a log was started before.
pub fn start(settings: &LogSettings) -> anyhow::Result<()> {
    let filter = EnvFilter::try_new(&settings.level).context("log.level")?;
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr);
    let started = match settings.format {
        LogFormat::Json => log.json().try_init(),
        LogFormat::Text => log.with_ansi(io::stderr().is_terminal()).without_time().try_init(),
    };
    started.map_err(|error| anyhow::anyhow!("the log cannot be started: {error}"))
}
