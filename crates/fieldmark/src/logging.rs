//! The log: on standard error, as the settings want it. Results never go through it.

use std::io::{self, IsTerminal as _};

use anyhow::Context as _;
use tracing_subscriber::EnvFilter;

use crate::settings::{LogFormat, LogSettings, SettingsFiles};

/// What a command is, as far as its log is concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// It does one thing and ends: what goes well shows in its results.
    Command,
    /// It goes on until it is stopped: the log alone tells what it does.
    Service,
}

/// What a service tells when nobody says otherwise. The server's own threads coming and going is no
/// news, nor is what strangers send that is no HTTP.
const SERVICE_LEVEL: &str = "info,actix_server=warn,actix_http=off";

/// Starts the log of this process.
///
/// # Errors
/// When the level is none, or a log was started before.
pub fn start(settings: &LogSettings, kind: Kind) -> anyhow::Result<()> {
    let is_watched = io::stderr().is_terminal();
    let (level, format) = match kind {
        Kind::Command => ("warn", LogFormat::Text),
        Kind::Service if is_watched => (SERVICE_LEVEL, LogFormat::Text),
        Kind::Service => (SERVICE_LEVEL, LogFormat::Json),
    };
    let filter = EnvFilter::try_new(settings.level.as_deref().unwrap_or(level)).context("log.level")?;
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr);
    // Of a log that nobody reads any more nobody can be told; the attempt would end the thread.
    let log = log.log_internal_errors(false);
    let started = match settings.format.unwrap_or(format) {
        LogFormat::Json => log.json().flatten_event(true).with_span_list(false).try_init(),
        LogFormat::Text => log.with_ansi(is_watched).without_time().try_init(),
    };
    started.map_err(|error| anyhow::anyhow!("the log cannot be started: {error}"))
}

/// Logs which files the settings came from, and which in the current folder were not read.
pub fn name_files(files: &SettingsFiles, kind: Kind) {
    match kind {
        Kind::Service => tracing::info!("settings from {}", files.sources()),
        Kind::Command => tracing::debug!("settings from {}", files.sources()),
    }
    for complaint in files.complaints() {
        tracing::warn!("{complaint}");
    }
}
