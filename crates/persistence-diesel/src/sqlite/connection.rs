//! A connection to SQLite, from an address to a session with our settings.

use std::path::{Path, PathBuf};
use std::time::Duration;

use diesel::{ConnectionError, ConnectionResult};
use diesel_async::sync_connection_wrapper::SyncConnectionWrapper;
use diesel_async::{AsyncConnection as _, SimpleAsyncConnection as _};

use super::Connection;
use crate::database::DatabaseFile;

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

/// Settings of every session, apart from its patience.
///
/// - `auto_vacuum`: pages that are free can be given back a few at a time. It must come first, because it holds for a
///   database that has no page yet; for another one it holds once `VACUUM` has rewritten the file.
/// - `synchronous=FULL` syncs the write-ahead log with every commit: a committed transaction is on the disk before
///   anybody hears of it. An upload that was answered must outlive a power failure, and its commit costs little beside
///   reading the document.
/// - `secure_delete`: what is deleted is overwritten with zeros.
/// - Reading something makes the write-ahead log, so that one that is not there later was removed.
const SETTINGS: &str = "PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; \
     PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON; SELECT count(*) FROM sqlite_schema;";

/// A session on the file that was opened first: never on another one that has its name, nor on a
/// new one.
pub(crate) async fn establish(file: &DatabaseFile, patience: Duration) -> ConnectionResult<Connection> {
    file.check_identity().map_err(|error| ConnectionError::BadConnection(error.to_string()))?;
    let mut connection = SyncConnectionWrapper::establish(&address(file.path(), "mode=rw")).await?;
    let settings = format!("PRAGMA busy_timeout = {}; {SETTINGS}", patience.as_millis());
    connection.batch_execute(&settings).await.map_err(ConnectionError::CouldntSetupConfiguration)?;
    Ok(connection)
}

/// The address of a file as SQLite takes it, with parameters (<https://sqlite.org/uri.html>).
pub(super) fn address(path: &Path, parameters: &str) -> String {
    let path = path.to_string_lossy().replace('%', "%25").replace('?', "%3f").replace('#', "%23");
    format!("file:{path}?{parameters}")
}
