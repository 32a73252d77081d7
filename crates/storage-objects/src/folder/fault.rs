//! Maps errors of the file system to errors of the port. Knows only the paths that it gets.

use std::io::{self, ErrorKind};
use std::path::Path;

use fieldmark_domain::ports::BlobError;
use rustix::io::Errno;

/// Adds the operation and the path to an error, for `map_err`.
pub fn at(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> BlobError {
    move |error| of(action, path, &error)
}

fn of(action: &str, path: &Path, error: &io::Error) -> BlobError {
    let reason = format!("cannot {action} {}: {error}", path.display());
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => BlobError::OutOfSpace { reason },
        // A network disk that is temporarily unavailable.
        ErrorKind::TimedOut
        | ErrorKind::StaleNetworkFileHandle
        | ErrorKind::HostUnreachable
        | ErrorKind::NetworkUnreachable
        | ErrorKind::NetworkDown
        | ErrorKind::NotConnected => BlobError::Unavailable { reason },
        _ if has_too_many_open_files(error) => BlobError::Unavailable { reason },
        _ => BlobError::Failed { reason },
    }
}

fn has_too_many_open_files(error: &io::Error) -> bool {
    matches!(Errno::from_io_error(error), Some(Errno::MFILE | Errno::NFILE))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code_of(errno: Errno) -> &'static str {
        of("write", Path::new("/documents"), &errno.into()).code()
    }

    #[test]
    fn each_fault_has_its_error() {
        for full in [Errno::NOSPC, Errno::DQUOT] {
            assert_eq!(code_of(full), "storage_full", "{full}");
        }
        for away in [Errno::TIMEDOUT, Errno::STALE, Errno::NOTCONN, Errno::MFILE, Errno::NFILE] {
            assert_eq!(code_of(away), "storage_unavailable", "{away}");
        }
        for wrong in [Errno::ACCESS, Errno::PERM, Errno::ROFS, Errno::IO, Errno::NOTDIR] {
            assert_eq!(code_of(wrong), "storage_failed", "{wrong}");
        }
    }

    #[test]
    fn the_operator_learns_what_was_done_where() {
        let error = of("write", Path::new("/documents/ab"), &Errno::ACCESS.into()).to_string();
        assert!(error.contains("write /documents/ab") && error.contains("denied"), "{error}");
    }
}
