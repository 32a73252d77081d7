//! The files, by blocking calls: written under a temporary name, synced, renamed, with the folders
//! above them synced too. Knows no tokio.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use fieldmark_domain::blob::Sha256;
use fieldmark_domain::ports::BlobError;
use tempfile::NamedTempFile;

use super::fault::at;
use super::look;
use super::reading::Reading;
use crate::digest;

/// Where files are written before they get their name: in the same file system, and a single folder
/// to sweep.
const INCOMING: &str = ".incoming";
/// The content of the file that tests whether files can be written.
const PROBE: &[u8] = b"fieldmark tests whether files can be written here";
/// An older file was left by a writer that was killed.
const LEFTOVER_AGE: Duration = Duration::from_secs(60 * 60);

/// A folder with one file for each digest.
pub struct Files {
    root: PathBuf,
    /// Free space to keep on its disk, in bytes.
    min_free_bytes: u64,
}

impl Files {
    /// Creates the folder, if missing, with access only for its owner, and removes files that
    /// killed writers left.
    pub fn open(root: &Path, min_free_bytes: u64, now: SystemTime) -> io::Result<Self> {
        let existing = root.ancestors().find(|folder| folder.exists()).map(Path::to_owned);
        let files = Self { root: root.to_owned(), min_free_bytes };
        private_folder().recursive(true).create(files.incoming())?;
        for folder in root.ancestors() {
            sync_folder(folder)?;
            if existing.as_deref() == Some(folder) {
                break;
            }
        }
        files.sweep(now)?;
        Ok(files)
    }

    /// Stores bytes and returns their digest. An existing file is written again only if its content
    /// differs.
    pub fn keep(&self, bytes: &[u8]) -> Result<Sha256, BlobError> {
        let sha256 = Sha256::of(bytes);
        let place = self.place(&sha256);
        if !look::holds(&place, bytes) {
            self.check_room(bytes.len() as u64)?;
            self.write(&place, bytes)?;
        }
        // Another writer of the same file may not have synced the folders yet.
        self.sync_way_to(&place)?;
        Ok(sha256)
    }

    /// The bytes of a digest, if the file exists and still matches it.
    pub fn read(&self, sha256: &Sha256) -> Result<Option<Arc<[u8]>>, BlobError> {
        let place = self.place(sha256);
        let bytes = match fs::read(&place) {
            Err(error) if error.kind() == ErrorKind::NotFound => return self.nothing().map(|()| None),
            outcome => outcome.map_err(at("read", &place))?,
        };
        if Sha256::of(&bytes) != *sha256 {
            return Err(BlobError::Damaged { reason: place.display().to_string() });
        }
        Ok(Some(bytes.into()))
    }

    /// The file of a digest, opened for reading in pieces, and its size in bytes.
    pub fn open_file(&self, sha256: &Sha256) -> Result<Option<(Reading, u64)>, BlobError> {
        match Reading::open(self.place(sha256))? {
            None => self.nothing().map(|()| None),
            opened => Ok(opened),
        }
    }

    /// Whether a digest has a file.
    pub fn hold(&self, sha256: &Sha256) -> Result<bool, BlobError> {
        let place = self.place(sha256);
        match fs::metadata(&place) {
            Ok(_) => Ok(true),
            Err(error) if error.kind() == ErrorKind::NotFound => self.nothing().map(|()| false),
            Err(error) => Err(at("look at", &place)(error)),
        }
    }

    /// Removes the file of a digest permanently. The folders stay: another writer may be about to
    /// use them.
    pub fn remove(&self, sha256: &Sha256) -> Result<(), BlobError> {
        let place = self.place(sha256);
        match fs::remove_file(&place) {
            Ok(()) => {
                let folder = place.parent().unwrap_or(&self.root);
                sync_folder(folder).map_err(at("sync", folder))
            }
            Err(error) if error.kind() == ErrorKind::NotFound => self.nothing(),
            Err(error) => Err(at("remove", &place)(error)),
        }
    }

    /// Creates a test file where all files are created, reads it back, and removes it.
    pub fn check(&self) -> Result<(), BlobError> {
        self.check_room(PROBE.len() as u64)?;
        let mut file = self.new_file()?;
        let path = file.path().to_owned();
        let written = file.as_file_mut().write_all(PROBE).and_then(|()| file.as_file().sync_all());
        written.map_err(at("write to", &path))?;
        let is_kept = look::holds(&path, PROBE);
        file.close().map_err(at("remove", &path))?;
        if is_kept { Ok(()) } else { Err(unread(&path)) }
    }

    /// Whether any digest has a file.
    pub fn hold_anything(&self) -> Result<bool, BlobError> {
        look::any_file_below(&self.root, Path::new(INCOMING)).map_err(at("look through", &self.root))
    }

    fn check_room(&self, wanted: u64) -> Result<(), BlobError> {
        let free = match look::free_bytes(&self.root) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Err(self.gone()),
            known => known.map_err(at("read the state of the disk of", &self.root))?,
        };
        if free >= self.min_free_bytes.saturating_add(wanted) {
            return Ok(());
        }
        let reason = format!(
            "{} bytes are free on the disk of {}, and {} are to stay free",
            free,
            self.root.display(),
            self.min_free_bytes
        );
        Err(BlobError::OutOfSpace { reason })
    }

    fn place(&self, sha256: &Sha256) -> PathBuf {
        self.root.join(digest::key(sha256))
    }

    fn incoming(&self) -> PathBuf {
        self.root.join(INCOMING)
    }

    /// Distinguishes a missing file from a missing disk.
    fn nothing(&self) -> Result<(), BlobError> {
        let incoming = self.incoming();
        match incoming.try_exists() {
            Ok(true) => Ok(()),
            Ok(false) => Err(self.gone()),
            Err(error) => Err(at("look at", &incoming)(error)),
        }
    }

    fn gone(&self) -> BlobError {
        let reason =
            format!("{} is no longer the folder that was opened: is its disk there?", self.root.display());
        BlobError::Unavailable { reason }
    }

    /// On an error the temporary file removes itself.
    fn write(&self, place: &Path, bytes: &[u8]) -> Result<(), BlobError> {
        let mut file = self.new_file()?;
        let written = file.as_file_mut().write_all(bytes).and_then(|()| file.as_file().sync_all());
        written.map_err(at("write to", file.path()))?;
        self.make_folders_for(place)?;
        file.persist(place).map_err(|refusal| at("rename a file to", place)(refusal.error))?;
        Ok(())
    }

    fn new_file(&self) -> Result<NamedTempFile, BlobError> {
        let incoming = self.incoming();
        match tempfile::Builder::new().prefix("").make_in(&incoming, new_private_file) {
            Err(error) if error.kind() == ErrorKind::NotFound => Err(self.gone()),
            outcome => outcome.map_err(at("make a file in", &incoming)),
        }
    }

    fn make_folders_for(&self, place: &Path) -> Result<(), BlobError> {
        let inner = place.parent().unwrap_or(&self.root);
        let outer = inner.parent().unwrap_or(&self.root);
        for folder in [outer, inner] {
            match private_folder().create(folder) {
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                outcome => outcome.map_err(at("make", folder))?,
            }
        }
        Ok(())
    }

    fn sync_way_to(&self, place: &Path) -> Result<(), BlobError> {
        let within = place.ancestors().skip(1).take_while(|folder| folder.starts_with(&self.root));
        within.into_iter().try_for_each(|folder| sync_folder(folder).map_err(at("sync", folder)))
    }

    fn sweep(&self, now: SystemTime) -> io::Result<()> {
        for entry in fs::read_dir(self.incoming())? {
            let entry = entry?;
            let is_old =
                |changed: SystemTime| now.duration_since(changed).is_ok_and(|age| age > LEFTOVER_AGE);
            if entry.metadata().and_then(|known| known.modified()).is_ok_and(is_old) {
                match fs::remove_file(entry.path()) {
                    Ok(()) => {
                        tracing::info!(path = %entry.path().display(), "removed the file of a killed writer")
                    }
                    Err(error) => {
                        tracing::warn!(path = %entry.path().display(), %error, "cannot remove the file of a killed writer");
                    }
                }
            }
        }
        Ok(())
    }
}

fn unread(path: &Path) -> BlobError {
    BlobError::Failed {
        reason: format!("the bytes read from {} differ from the written ones", path.display()),
    }
}

/// Opened here and not by `tempfile`, whose errors lose the system's error number.
#[cfg(unix)]
fn new_private_file(path: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)
}

#[cfg(not(unix))]
fn new_private_file(path: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).create_new(true).open(path)
}

#[cfg(unix)]
fn private_folder() -> DirBuilder {
    use std::os::unix::fs::DirBuilderExt;
    let mut builder = DirBuilder::new();
    builder.mode(0o700);
    builder
}

#[cfg(not(unix))]
fn private_folder() -> DirBuilder {
    DirBuilder::new()
}

/// Makes names in a folder survive a power failure; where folders cannot be opened, the system does
/// this itself.
fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}
