//! Files that are trusted: settings, and a library that is loaded. A user who can change such a file decides
//! what the program does; hence nobody may who could not change the program itself.
//!
//! Trusted are root, the user of this process, and the owners of the program's file and of the folders that
//! hold it. A file is believed when it and everything on the way to it, links and folders, belong to trusted
//! users, and nobody else can write any of it. A folder that others can write is passed when it has the
//! sticky bit (`/tmp`): nobody can put another file in the place of a trusted user's there.
//!
//! Knows nothing of what is in a file.

mod accounts;
mod way;

use std::fs::{File, Metadata};
use std::io;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

use accounts::Accounts;

/// Who is trusted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trust {
    users: Vec<u32>,
}

/// Why a file is not believed.
#[derive(Debug, thiserror::Error)]
pub enum TrustError {
    /// The system does not open it.
    #[error("{} cannot be read: {source}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        source: io::Error,
    },
    /// A folder, a pipe, a device.
    #[error("{} is not a regular file", .0.display())]
    NotAFile(PathBuf),
    /// It, or something on the way to it, belongs to a user who is not trusted.
    #[error(
        "{} is not used: {} belongs to user {owner}, who could change what is read. Use a file of your own (`chown`), \
         in a folder of your own",
        file.display(), place.display()
    )]
    ForeignOwner {
        /// The file that was to be used.
        file: PathBuf,
        /// What of the way to it belongs to somebody else.
        place: PathBuf,
        /// The number of that user.
        owner: u32,
    },
    /// It, or a folder on the way to it, can be written by others.
    #[error(
        "{} is not used: {} can be written by {}, who could change what is read: chmod {} {}",
        file.display(), place.display(), writers.words(), writers.remedy(), place.display()
    )]
    Writable {
        /// The file that was to be used.
        file: PathBuf,
        /// What of the way to it can be written.
        place: PathBuf,
        /// By whom.
        writers: Writers,
    },
}

/// Who can write a file or a folder beside its owner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Writers {
    /// Its group.
    Group,
    /// Every user.
    Everybody,
}

impl Writers {
    const fn words(self) -> &'static str {
        match self {
            Self::Group => "its group",
            Self::Everybody => "every user",
        }
    }

    const fn remedy(self) -> &'static str {
        match self {
            Self::Group => "g-w",
            Self::Everybody => "go-w",
        }
    }
}

impl Trust {
    /// Trust for this process, started from this program. Who can replace the program needs no other way.
    #[must_use]
    pub fn of_program(program: &Path) -> Self {
        let mut users = vec![0, rustix::process::geteuid().as_raw()];
        let mut add = |_: &Path, metadata: &Metadata| {
            users.push(metadata.uid());
            Ok::<_, io::Error>(())
        };
        // Of a program that cannot be looked at nobody is trusted beyond the two.
        let _ = way::follow(program, &mut add);
        Self { users }
    }

    /// Opens a file to read it, when it is one that is believed.
    ///
    /// # Errors
    /// When it cannot be opened, is not a regular file, or somebody who is not trusted can change it.
    pub fn open(&self, path: &Path) -> Result<File, TrustError> {
        let unreadable = |source| TrustError::Unreadable { path: path.to_owned(), source };
        // A pipe would be waited for.
        if !path.metadata().map_err(unreadable)?.is_file() {
            return Err(TrustError::NotAFile(path.to_owned()));
        }
        let mut refusal = None;
        let mut check = |place: &Path, metadata: &Metadata| {
            self.check(path, place, metadata).map_err(|error| {
                refusal = Some(error);
                io::Error::from(io::ErrorKind::PermissionDenied)
            })
        };
        if let Err(source) = way::follow(path, &mut check) {
            return Err(refusal.unwrap_or_else(|| unreadable(source)));
        }
        let file = File::open(path).map_err(unreadable)?;
        // The file that is read is the one that is judged.
        let metadata = file.metadata().map_err(unreadable)?;
        if !metadata.is_file() {
            return Err(TrustError::NotAFile(path.to_owned()));
        }
        self.check(path, path, &metadata)?;
        Ok(file)
    }

    fn check(&self, file: &Path, place: &Path, metadata: &Metadata) -> Result<(), TrustError> {
        let (file, place) = (file.to_owned(), place.to_owned());
        let owner = metadata.uid();
        if !self.users.contains(&owner) {
            return Err(TrustError::ForeignOwner { file, place, owner });
        }
        match self.other_writers(&place, metadata) {
            Some(writers) => Err(TrustError::Writable { file, place, writers }),
            None => Ok(()),
        }
    }

    fn other_writers(&self, place: &Path, metadata: &Metadata) -> Option<Writers> {
        const STICKY: u32 = 0o1000;
        let mode = metadata.mode();
        let is_sticky = metadata.is_dir() && mode & STICKY != 0;
        if metadata.is_symlink() || is_sticky || mode & 0o022 == 0 || is_on_read_only_system(place) {
            return None;
        }
        if mode & 0o002 != 0 {
            return Some(Writers::Everybody);
        }
        let is_harmless =
            !has_access_list(place) && Accounts::of_system().is_of_only(metadata.gid(), &self.users);
        (!is_harmless).then_some(Writers::Group)
    }
}

/// Rights to write mean nothing where nothing can be written: Kubernetes mounts settings so, as a folder
/// that seems to be everybody's.
fn is_on_read_only_system(place: &Path) -> bool {
    rustix::fs::statvfs(place)
        .is_ok_and(|system| system.f_flag.contains(rustix::fs::StatVfsMountFlags::RDONLY))
}

/// Whether rights are given to further users by name (acl(5)): the group's rights are then the most that any
/// of them has.
#[cfg(target_os = "linux")]
fn has_access_list(place: &Path) -> bool {
    let size = rustix::fs::getxattr(place, "system.posix_acl_access", &mut [0_u8; 0]);
    size.is_ok()
}

#[cfg(not(target_os = "linux"))]
const fn has_access_list(_place: &Path) -> bool {
    false
}

#[cfg(test)]
mod tests;
