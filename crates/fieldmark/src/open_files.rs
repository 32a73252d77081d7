//! How many descriptors (files, sockets, pipes) the process may have open, and how many connections that allows.
//!
//! Systems set the soft limit low, often at 1,024, for old programs; a process may raise its own up to the hard limit.

use std::fs;

use fieldmark_http_actix::server::ServerOptions;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

use crate::engine;
use crate::settings::Settings;

/// More are not asked for: tables in the kernel and in programs that are started grow with them.
const ENOUGH: u64 = 65_536;
/// Standard streams, libraries, timers, the listener, the database's notifications, and what else is there once.
const BASE: usize = 64;
/// A connection to the database: with SQLite the file, its log and its index.
const OF_A_DATABASE_CONNECTION: usize = 3;
/// A request with a file: the upload, and the file as it is stored or read.
const OF_A_FILE: usize = 2;
/// A file that is being read: the pipes to its process.
const OF_A_SLOT: usize = 8;
/// A thread that answers requests.
const OF_A_THREAD: usize = 4;

/// Raises the limit as far as it may be raised, and returns what it is then.
pub fn raise() -> usize {
    let limits = getrlimit(Resource::Nofile);
    let wanted = limits.maximum.map_or(ENOUGH, |hard| hard.min(ENOUGH));
    if limits.current.is_some_and(|soft| soft < wanted) {
        let raised = Rlimit { current: Some(wanted), maximum: limits.maximum };
        if let Err(error) = setrlimit(Resource::Nofile, raised) {
            tracing::warn!("the limit of open files cannot be raised: {error}");
        }
    }
    limit()
}

/// How many descriptors may be open now.
pub fn limit() -> usize {
    getrlimit(Resource::Nofile).current.map_or(usize::MAX, bounded)
}

/// How many may be open in a service, which raises its limit.
pub fn limit_once_raised() -> usize {
    let limits = getrlimit(Resource::Nofile);
    let raised = limits.maximum.map_or(ENOUGH, |hard| hard.min(ENOUGH));
    limits.current.map_or(usize::MAX, |soft| bounded(soft.max(raised)))
}

/// How many are open; `None` where the system does not say.
pub fn count() -> Option<usize> {
    Some(fs::read_dir("/proc/self/fd").ok()?.count())
}

/// Connections that may be open under this limit: those of the settings, or fewer, so that the database, files and
/// reading processes find descriptors whatever clients do.
pub fn connections(settings: &Settings, slots: usize, limit: usize) -> usize {
    let http = &settings.http;
    let threads = engine::cores().get();
    let with_files = [http.max_inferences, http.max_uploads, http.max_pictures, http.max_downloads];
    let files = with_files.into_iter().fold(0, usize::saturating_add).saturating_mul(OF_A_FILE);
    let database = settings.database.max_connections as usize * OF_A_DATABASE_CONNECTION;
    let others =
        files.saturating_add(database).saturating_add(BASE + slots * OF_A_SLOT + threads * OF_A_THREAD);
    let left = ServerOptions::connections_within(limit.saturating_sub(others), threads);
    // Under a limit that is much too low everything gets something.
    left.max(limit / 8).clamp(1, http.max_connections)
}

fn bounded(limit: u64) -> usize {
    usize::try_from(limit).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::HttpSettings;

    #[test]
    fn connections_leave_room_for_everything_else() {
        let settings = Settings::default();
        let at = |limit| connections(&settings, 2, limit);
        assert_eq!(at(65_536), 1024);
        let few = at(1024);
        assert!((256..700).contains(&few), "{few}");
        assert_eq!(at(128), 16);
        assert_eq!(at(0), 1);
        assert_eq!(at(usize::MAX), 1024);
        let http = HttpSettings { max_downloads: 2000, ..settings.http.clone() };
        let many_downloads = Settings { http, ..settings.clone() };
        assert!(connections(&many_downloads, 2, 4096) < at(4096));
    }

    #[test]
    fn what_is_open_is_counted_and_is_within_the_limit() {
        let before = count().unwrap();
        let _file = fs::File::open("/proc/self/stat").unwrap();
        assert!(before > 0 && count().unwrap() <= limit());
        assert!(limit() <= limit_once_raised());
    }
}
