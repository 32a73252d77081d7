//! The file of an SQLite database as the file system shows it: its identity, the free space of its
//! disk, and the reserve file.
//!
//! Knows nothing of the file's content and never opens it: when a process closes a file, it loses
//! every POSIX lock on it, including SQLite's.

use std::ffi::OsString;
use std::fs::{self, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use fieldmark_domain::ports::RepositoryError;

/// Size of the reserve in bytes. An erasure writes some hundred KiB, until its log is truncated.
const RESERVE: u64 = 4 * 1024 * 1024;

/// The file of an SQLite database.
pub(crate) struct DatabaseFile {
    path: PathBuf,
    /// The file's identity, once it was opened.
    identity: OnceLock<Identity>,
    min_free_bytes: u64,
}

/// Distinguishes the file from another one that later gets its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Identity {
    device: u64,
    inode: u64,
}

impl DatabaseFile {
    /// The file at a path.
    pub(crate) const fn at(path: PathBuf, min_free_bytes: u64) -> Self {
        Self { path, identity: OnceLock::new(), min_free_bytes }
    }

    /// Records the file's identity after it was opened for writing, because layered file systems
    /// copy it then.
    pub(crate) fn note_identity(&self) {
        if let Ok(Some(identity)) = identity_of(&self.path) {
            let _known = self.identity.set(identity);
        }
    }

    /// The file's path.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// A file next to it, named as SQLite names its own.
    pub(crate) fn beside(&self, suffix: &str) -> PathBuf {
        let mut name = OsString::from(&self.path);
        name.push(suffix);
        name.into()
    }

    /// Checks that the file is still the one that was opened. Writes to a file without a name are
    /// lost.
    pub(crate) fn check_identity(&self) -> Result<(), RepositoryError> {
        let Some(opened) = self.identity.get() else { return Ok(()) };
        match identity_of(&self.path) {
            Ok(Some(found)) if found == *opened => Ok(()),
            Ok(Some(_)) => Err(self.unusable("was replaced by another file")),
            Ok(None) => Err(self.unusable("was removed")),
            Err(error) => Err(self.unusable(&format!("cannot be looked at ({error})"))),
        }
    }

    /// Checks that the write-ahead log exists, which contains the last commits. SQLite creates it
    /// with the first connection and removes it after the last one.
    pub(crate) fn check_log(&self) -> Result<(), RepositoryError> {
        let log = self.beside("-wal");
        if log.try_exists().unwrap_or(true) { Ok(()) } else { Err(self.unusable("lost its write-ahead log")) }
    }

    /// Checks that the file has at least the minimum size of a database; SQLite takes an empty file
    /// for a new database.
    pub(crate) fn check_size(&self) -> Result<(), RepositoryError> {
        match fs::metadata(&self.path) {
            Ok(known) if known.len() == 0 => Err(self.unusable("is empty")),
            _ => Ok(()),
        }
    }

    fn unusable(&self, what: &str) -> RepositoryError {
        let reason = format!(
            "the file {} {what} while it was open; stop the program, put the file back, and start it again",
            self.path.display()
        );
        RepositoryError::Unavailable { reason }
    }

    /// Checks the space for new data: erasing needs some free space on the disk.
    pub(crate) fn check_room(&self) -> Result<(), RepositoryError> {
        self.check_room_for(self.min_free_bytes)
    }

    /// Checks the space for this number of bytes.
    pub(crate) fn check_room_for(&self, bytes: u64) -> Result<(), RepositoryError> {
        match free_bytes(&self.path) {
            Ok(free) if free < bytes => Err(RepositoryError::OutOfSpace),
            _ => Ok(()),
        }
    }

    /// Whether the space is too small even for an erasure.
    pub(crate) fn is_disk_full(&self) -> bool {
        free_bytes(&self.path).is_ok_and(|free| free < RESERVE)
    }

    /// Reserves space for an erasure on a full disk: a file next to the database, which is removed
    /// when the space is needed. It is created while there is space.
    pub(crate) fn make_reserve(&self) {
        if self.min_free_bytes == 0 || self.check_room().is_err() {
            return;
        }
        let path = self.beside("-reserve");
        if let Err(error) = fill(&path) {
            tracing::debug!(path = %path.display(), %error, "there is no reserve for erasing on a full disk");
        }
    }

    /// Frees the space of the reserve. Returns whether there was a reserve.
    pub(crate) fn spend_reserve(&self) -> bool {
        let is_spent = fs::remove_file(self.beside("-reserve")).is_ok();
        if is_spent {
            tracing::warn!(database = %self.path.display(), "the disk is full: the reserve for erasing is used");
        }
        is_spent
    }
}

#[cfg(unix)]
fn identity_of(path: &Path) -> io::Result<Option<Identity>> {
    use std::os::unix::fs::MetadataExt as _;
    match fs::metadata(path) {
        Ok(known) => Ok(Some(Identity { device: known.dev(), inode: known.ino() })),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Where files have no such numbers, an existing file counts as the one that was opened.
#[cfg(not(unix))]
fn identity_of(path: &Path) -> io::Result<Option<Identity>> {
    Ok(path.try_exists()?.then_some(Identity { device: 0, inode: 0 }))
}

/// The free space on a file's disk for a program without special rights, in bytes.
#[cfg(unix)]
fn free_bytes(path: &Path) -> io::Result<u64> {
    let known = rustix::fs::statvfs(path)?;
    Ok(known.f_bavail.saturating_mul(known.f_frsize))
}

#[cfg(not(unix))]
fn free_bytes(_path: &Path) -> io::Result<u64> {
    Ok(u64::MAX)
}

/// Creates a file of [`RESERVE`] bytes that really occupies them, if it does not exist.
fn fill(path: &Path) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = match options.open(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Ok(()),
        opened => opened?,
    };
    let filled = occupy(&file).and_then(|()| file.sync_all());
    if filled.is_err() {
        // A partial file would be taken for a complete one.
        let _ = fs::remove_file(path);
    }
    filled
}

#[cfg(target_os = "linux")]
fn occupy(file: &fs::File) -> io::Result<()> {
    use rustix::io::Errno;
    match rustix::fs::fallocate(file, rustix::fs::FallocateFlags::empty(), 0, RESERVE) {
        Err(Errno::OPNOTSUPP | Errno::NOSYS) => write_all_of(file),
        outcome => Ok(outcome?),
    }
}

#[cfg(not(target_os = "linux"))]
fn occupy(file: &fs::File) -> io::Result<()> {
    write_all_of(file)
}

/// Writes varying bytes, because a compressing file system would store equal bytes in almost no
/// space.
fn write_all_of(mut file: &fs::File) -> io::Result<()> {
    use std::hash::{BuildHasher as _, RandomState};
    let chance = RandomState::new();
    let words = (0..RESERVE / 8).flat_map(|index| chance.hash_one(index).to_le_bytes());
    io::Write::write_all(&mut file, &words.collect::<Vec<u8>>())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file_in(folder: &Path, min_free_bytes: u64) -> DatabaseFile {
        let path = folder.join("fieldmark.db");
        fs::write(&path, b"content").unwrap();
        let file = DatabaseFile::at(path, min_free_bytes);
        file.note_identity();
        file
    }

    #[test]
    fn a_file_that_was_removed_or_replaced_is_another_one() {
        let folder = tempfile::tempdir().unwrap();
        let file = file_in(folder.path(), 0);
        assert_eq!(file.check_identity(), Ok(()));
        fs::rename(file.path(), folder.path().join("moved")).unwrap();
        assert!(file.check_identity().unwrap_err().to_string().contains("was removed"));
        fs::write(file.path(), b"content").unwrap();
        assert!(file.check_identity().unwrap_err().to_string().contains("was replaced"));
        fs::rename(folder.path().join("moved"), file.path()).unwrap();
        assert_eq!(file.check_identity(), Ok(()));
    }

    #[test]
    fn the_reserve_occupies_room_until_it_is_spent() {
        let folder = tempfile::tempdir().unwrap();
        let file = file_in(folder.path(), 1);
        file.make_reserve();
        file.make_reserve();
        assert_eq!(fs::metadata(file.beside("-reserve")).unwrap().len(), RESERVE);
        assert!(file.spend_reserve() && !file.spend_reserve());
    }

    #[test]
    fn a_disk_with_less_room_than_wanted_takes_no_more() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(file_in(folder.path(), 1).check_room(), Ok(()));
        let full = file_in(folder.path(), u64::MAX);
        assert_eq!(full.check_room(), Err(RepositoryError::OutOfSpace));
        full.make_reserve();
        assert!(!full.spend_reserve());
    }
}
