//! Which files are trusted: settings files, and a library that is loaded. A user who can change
//! such a file controls the program. Only users who could change the program itself may therefore
//! do so.
//!
//! Trusted users are root, the user of this process, and the owners of the program's file and of
//! its parent folders. A file is trusted when it, its parent folders and every link on its path
//! belong to trusted users, and no other user can write any of them. A folder that others can write
//! is accepted if it has the sticky bit (`/tmp`): there nobody can replace a trusted user's file.
//!
//! Does not read the content of files beyond opening them.

mod accounts;
mod way;

use std::fs::{File, Metadata};
use std::io;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

use accounts::Accounts;

/// The set of trusted users.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trust {
    users: Vec<u32>,
}

/// Why a file is not trusted.
#[derive(Debug, thiserror::Error)]
pub enum TrustError {
    /// The system cannot open it.
    #[error("{} cannot be read: {source}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        source: io::Error,
    },
    /// It is a folder, a pipe or a device.
    #[error("{} is not a regular file", .0.display())]
    NotAFile(PathBuf),
    /// It, or a part of its path, belongs to an untrusted user.
    #[error(
        "{} is not used: {} belongs to user {owner}, who could change what is read. Use a file of your own (`chown`), \
         in a folder of your own",
        file.display(), place.display()
    )]
    ForeignOwner {
        /// The requested file.
        file: PathBuf,
        /// The part of its path that belongs to another user.
        place: PathBuf,
        /// That user's number.
        owner: u32,
    },
    /// It, or a parent folder, can be written by other users.
    #[error(
        "{} is not used: {} can be written by {}, who could change what is read: chmod {} {}",
        file.display(), place.display(), writers.words(), writers.remedy(), place.display()
    )]
    Writable {
        /// The requested file.
        file: PathBuf,
        /// The part of its path that others can write.
        place: PathBuf,
        /// Who can write it.
        writers: Writers,
    },
}

/// Who can write a file or a folder, apart from its owner.
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
    /// The trusted users for this process, which was started from this program. A user who can
    /// replace the program already controls it.
    #[must_use]
    pub fn of_program(program: &Path) -> Self {
        let mut users = vec![0, rustix::process::geteuid().as_raw()];
        let mut add = |_: &Path, metadata: &Metadata| {
            users.push(metadata.uid());
            Ok::<_, io::Error>(())
        };
        // If the program's path cannot be examined, only root and the process's user are trusted.
        let _ = way::follow(program, &mut add);
        Self { users }
    }

    /// Opens a file for reading if it is trusted.
    ///
    /// # Errors
    /// When the file cannot be opened, is not a regular file, or can be changed by an untrusted
    /// user.
    pub fn open(&self, path: &Path) -> Result<File, TrustError> {
        let unreadable = |source| TrustError::Unreadable { path: path.to_owned(), source };
        // Opening a pipe would block.
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
        // Check the opened file too: the path may have changed since the check above.
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

/// On a read-only file system, write permission has no effect. Kubernetes mounts settings that way,
/// in a folder that everybody may write.
fn is_on_read_only_system(place: &Path) -> bool {
    rustix::fs::statvfs(place)
        .is_ok_and(|system| system.f_flag.contains(rustix::fs::StatVfsMountFlags::RDONLY))
}

/// Whether the file has an access control list (acl(5)) for further users. The group's mode bits
/// are then the maximum of their permissions.
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
