//! A connection to SQLite, from an address to a session with our settings.

use std::path::{Path, PathBuf};
use std::time::Duration;

use diesel::ConnectionResult;
use diesel_async::sync_connection_wrapper::SyncConnectionWrapper;
use diesel_async::{AsyncConnection as _, SimpleAsyncConnection as _};

use super::Connection;

/// The file that an address names: `sqlite:///absolute/path`, `sqlite:relative/path`. Everything after the colon is the
/// path, as it stands.
pub(crate) fn path(url: &str) -> Result<PathBuf, String> {
    let rest = url.strip_prefix("sqlite:").unwrap_or(url);
    let path = rest.strip_prefix("//").unwrap_or(rest);
    if path.is_empty() {
        return Err("it names no file".to_owned());
    }
    if path.starts_with(':') {
        return Err("a database in memory is a new one for every connection".to_owned());
    }
    if path.contains('?') {
        return Err("it takes no parameters".to_owned());
    }
    std::path::absolute(path).map_err(|error| error.to_string())
}

/// A session. A committed transaction is on the disk before anybody is told that it is (`synchronous=FULL` syncs the
/// write-ahead log with every commit): an upload that was answered must outlive a power failure, and its commit costs
/// little beside reading the document.
pub(crate) async fn establish(path: &Path, patience: Duration) -> ConnectionResult<Connection> {
    let mut connection = SyncConnectionWrapper::establish(&path.to_string_lossy()).await?;
    let settings = format!(
        "PRAGMA busy_timeout = {}; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;",
        patience.as_millis()
    );
    connection.batch_execute(&settings).await.map_err(diesel::ConnectionError::CouldntSetupConfiguration)?;
    Ok(connection)
}
