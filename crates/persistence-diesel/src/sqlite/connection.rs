//! Opens connections to SQLite, from an address to a configured session.

use std::path::{Path, PathBuf};
use std::time::Duration;

use diesel::{ConnectionError, ConnectionResult};
use diesel_async::sync_connection_wrapper::SyncConnectionWrapper;
use diesel_async::{AsyncConnection as _, SimpleAsyncConnection as _};

use super::Connection;
use crate::database::file::DatabaseFile;

/// The file in an address: `sqlite:///absolute/path`, `sqlite:relative/path`. Everything after the
/// colon is the path, unchanged.
pub(crate) fn path(url: &str) -> Result<PathBuf, String> {
    let rest = url.strip_prefix("sqlite:").unwrap_or(url);
    let path = rest.strip_prefix("//").unwrap_or(rest);
    if path.is_empty() {
        return Err("it names no file".to_owned());
    }
    if path.starts_with(':') {
        return Err(
            "a database in memory is not supported, because every connection would get a new one".to_owned()
        );
    }
    if path.contains('?') {
        return Err("it takes no parameters".to_owned());
    }
    std::path::absolute(path).map_err(|error| error.to_string())
}

/// The settings of every session, except its busy timeout.
///
/// - `auto_vacuum`: free pages can be returned a few at a time. It must come first, because it
///   applies to a database that has no page yet; to another one it applies after `VACUUM` has
///   rewritten the file.
/// - `synchronous=FULL` syncs the write-ahead log with every commit: a committed transaction is on
///   the disk before it is reported. An answered upload must survive a power failure, and its commit
///   costs little compared with reading the document.
/// - `secure_delete`: deleted data is overwritten with zeros.
/// - The final read creates the write-ahead log, so that a log that is missing later was removed.
const SETTINGS: &str = "PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; \
     PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON; SELECT count(*) FROM sqlite_schema;";

/// A session on the file that was opened first: never on another file with the same name, and never
/// on a new one.
pub(crate) async fn establish(file: &DatabaseFile, patience: Duration) -> ConnectionResult<Connection> {
    file.check_identity().map_err(|error| ConnectionError::BadConnection(error.to_string()))?;
    let mut connection = SyncConnectionWrapper::establish(&address(file.path(), "mode=rw")).await?;
    let settings = format!("PRAGMA busy_timeout = {}; {SETTINGS}", patience.as_millis());
    connection.batch_execute(&settings).await.map_err(ConnectionError::CouldntSetupConfiguration)?;
    Ok(connection)
}

/// The address of a file in SQLite's format, with parameters (<https://sqlite.org/uri.html>).
pub(super) fn address(path: &Path, parameters: &str) -> String {
    let path = path.to_string_lossy().replace('%', "%25").replace('?', "%3f").replace('#', "%23");
    format!("file:{path}?{parameters}")
}
