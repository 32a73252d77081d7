//! Reads the state of a folder without changing anything.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

/// How many bytes of a file are compared at once.
const PIECE: usize = 64 * 1024;

/// Whether a file exists with exactly these bytes. An unreadable file does not: the disk may have
/// lost data, and writing the file again either repairs it or returns the reason.
pub fn holds(place: &Path, bytes: &[u8]) -> bool {
    let is_as_large = |known: fs::Metadata| known.is_file() && u64::try_from(bytes.len()) == Ok(known.len());
    fs::metadata(place).is_ok_and(is_as_large) && is_same(place, bytes).unwrap_or(false)
}

fn is_same(place: &Path, bytes: &[u8]) -> io::Result<bool> {
    let mut file = File::open(place)?;
    let mut piece = vec![0; PIECE.min(bytes.len())];
    for wanted in bytes.chunks(PIECE) {
        let Some(found) = piece.get_mut(..wanted.len()) else { return Ok(false) };
        file.read_exact(found)?;
        if found != wanted {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Whether any file is below a folder, except in one of its folders.
pub fn any_file_below(folder: &Path, except: &Path) -> io::Result<bool> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_name() == except.as_os_str() {
            continue;
        }
        if !entry.file_type()?.is_dir() || any_file_below(&entry.path(), except)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The free space on a folder's disk for a program without special rights, in bytes.
#[cfg(unix)]
pub fn free_bytes(folder: &Path) -> io::Result<u64> {
    let known = rustix::fs::statvfs(folder)?;
    Ok(known.f_bavail.saturating_mul(known.f_frsize))
}

#[cfg(not(unix))]
pub fn free_bytes(_folder: &Path) -> io::Result<u64> {
    Ok(u64::MAX)
}
