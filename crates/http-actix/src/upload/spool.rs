//! The files of one upload while they come in: in memory while they are small, then in one unnamed file on disk.
//!
//! All files of an upload lie one behind the other, so that an upload holds one descriptor and [`IN_MEMORY`] bytes at
//! most, however many files it has.

use std::fs::File;
use std::io::{self, Write as _};
use std::ops::Range;
use std::os::unix::fs::FileExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use actix_web::web;

use crate::problem::{Code, Problem};
use crate::services::Limits;

/// How many bytes of an upload are in memory, at most; what is more goes to disk.
const IN_MEMORY: usize = 64 << 10;

/// Takes the bytes of files, one file after the other.
pub struct Spool {
    folder: PathBuf,
    min_free_bytes: u64,
    file: Option<Arc<File>>,
    on_disk: u64,
    in_memory: Vec<u8>,
    /// Where the file begins that comes in now.
    begins: u64,
    longest: u64,
}

impl Spool {
    /// An empty one. Nothing of it is left on disk once it is dropped, or the process has ended.
    pub fn new(limits: &Limits) -> Self {
        Self {
            folder: limits.upload_folder.clone(),
            min_free_bytes: limits.min_free_bytes,
            file: None,
            on_disk: 0,
            in_memory: Vec::new(),
            begins: 0,
            longest: limits.file_bytes.min(limits.body_bytes),
        }
    }

    /// Takes the next piece of a file.
    ///
    /// # Errors
    /// `document_too_large`, `storage_full`, `storage_failed`.
    pub async fn write(&mut self, mut piece: &[u8]) -> Result<(), Problem> {
        if self.end() - self.begins + piece.len() as u64 > self.longest {
            let message = format!("the file is over a limit: it may have {} bytes", self.longest);
            return Err(Problem::new(Code::DocumentTooLarge, message));
        }
        while let Some((fits, rest)) = piece.split_at_checked(IN_MEMORY - self.in_memory.len()) {
            self.in_memory.extend_from_slice(fits);
            self.move_to_disk().await?;
            piece = rest;
        }
        self.in_memory.extend_from_slice(piece);
        Ok(())
    }

    /// Ends a file, and says where it lies. What is written next belongs to another one.
    pub fn end_file(&mut self) -> Range<u64> {
        let ends = self.end();
        std::mem::replace(&mut self.begins, ends)..ends
    }

    /// The files, now that they are all there.
    pub fn finish(self) -> Spooled {
        Spooled { file: self.file, on_disk: self.on_disk, in_memory: self.in_memory.into() }
    }

    const fn end(&self) -> u64 {
        self.on_disk + self.in_memory.len() as u64
    }

    async fn move_to_disk(&mut self) -> Result<(), Problem> {
        let (file, folder, least) = (self.file.clone(), self.folder.clone(), self.min_free_bytes);
        let bytes = std::mem::take(&mut self.in_memory);
        let written = blocking(move || {
            if free_bytes(&folder)? < least {
                return Err(io::ErrorKind::StorageFull.into());
            }
            let file = match file {
                Some(file) => file,
                None => Arc::new(tempfile::tempfile_in(folder)?),
            };
            (&*file).write_all(&bytes)?;
            Ok((file, bytes))
        });
        let (file, mut bytes) = written.await?;
        self.file = Some(file);
        self.on_disk += bytes.len() as u64;
        bytes.clear();
        self.in_memory = bytes;
        Ok(())
    }
}

/// The room on the disk of a folder that a program without special rights may use, in bytes.
fn free_bytes(folder: &Path) -> io::Result<u64> {
    let known = rustix::fs::statvfs(folder)?;
    Ok(known.f_bavail.saturating_mul(known.f_frsize))
}

/// The files of an upload that came in.
#[derive(Clone)]
pub struct Spooled {
    file: Option<Arc<File>>,
    on_disk: u64,
    /// What lies behind that which is on disk.
    in_memory: Arc<[u8]>,
}

impl Spooled {
    /// The bytes of one file.
    ///
    /// # Errors
    /// `storage_failed`.
    pub async fn read(&self, place: Range<u64>) -> Result<Arc<[u8]>, Problem> {
        let Self { file, on_disk, in_memory } = self.clone();
        blocking(move || {
            let mut bytes = vec![0; length(&place)];
            let from_disk = length(&(place.start.min(on_disk)..place.end.min(on_disk)));
            let (first, rest) = bytes.split_at_mut(from_disk);
            if let Some(file) = file.filter(|_| from_disk > 0) {
                file.read_exact_at(first, place.start)?;
            }
            let begins = length(&(on_disk..place.start.max(on_disk)));
            let kept = in_memory.get(begins..begins + rest.len()).ok_or(io::ErrorKind::UnexpectedEof)?;
            rest.copy_from_slice(kept);
            Ok(bytes.into())
        })
        .await
    }
}

fn length(place: &Range<u64>) -> usize {
    usize::try_from(place.end.saturating_sub(place.start)).unwrap_or(usize::MAX)
}

/// Runs what waits for a disk on a thread that may wait.
async fn blocking<T: Send + 'static>(
    act: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> Result<T, Problem> {
    let ended = web::block(act).await.map_err(io::Error::other).flatten();
    ended.map_err(|error| failed(&error))
}

fn failed(error: &io::Error) -> Problem {
    tracing::error!("an upload cannot be kept on disk: {error}");
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            Problem::new(Code::StorageFull, "there is no room left for uploads")
        }
        _ => Problem::new(Code::StorageFailed, "the upload cannot be kept; the log says why"),
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::time::Duration;

    use super::*;
    use crate::pace::Pace;

    fn limits(folder: &Path) -> Limits {
        Limits {
            file_bytes: 1 << 20,
            body_bytes: 1 << 20,
            body_time: Duration::from_secs(1),
            body_pace: Pace::default(),
            inferences: 1,
            uploads: 1,
            downloads: 1,
            pictures: 1,
            answer_bytes: 1 << 20,
            infer_deadline: Duration::from_secs(1),
            longest_wait: Duration::from_secs(1),
            upload_folder: folder.to_owned(),
            min_free_bytes: 0,
        }
    }

    #[actix_web::test]
    async fn an_upload_takes_no_room_that_is_to_stay_free() {
        let folder = tempfile::tempdir().unwrap();
        let limits = Limits { min_free_bytes: u64::MAX, ..limits(folder.path()) };
        let mut spool = Spool::new(&limits);
        spool.write(&[1; 100]).await.unwrap();
        assert_eq!(spool.write(&[1; IN_MEMORY]).await.unwrap_err().code(), Code::StorageFull);
    }

    #[actix_web::test]
    async fn files_read_back_wherever_they_lie() {
        let folder = tempfile::tempdir().unwrap();
        let mut spool = Spool::new(&limits(folder.path()));
        let files: Vec<Vec<u8>> = [0, 10, IN_MEMORY, 3, IN_MEMORY + 1, 3 * IN_MEMORY, 0, 200]
            .iter()
            .zip(1..)
            .map(|(length, byte)| vec![byte; *length])
            .collect();
        let mut places = Vec::new();
        for file in &files {
            for piece in file.chunks(1000 + 100 * file.len() % IN_MEMORY) {
                spool.write(piece).await.unwrap();
            }
            places.push(spool.end_file());
        }
        let spooled = spool.finish();
        for (file, place) in files.iter().zip(places) {
            assert!(*spooled.read(place.clone()).await.unwrap() == **file, "{place:?}");
        }
    }

    #[actix_web::test]
    async fn small_files_need_no_descriptor_and_many_need_one() {
        let folder = tempfile::tempdir().unwrap();
        let mut spool = Spool::new(&limits(folder.path()));
        for _ in 0..100 {
            spool.write(b"%").await.unwrap();
            spool.end_file();
        }
        assert!(spool.file.is_none());
        for _ in 0..100 {
            spool.write(&[0; 1000]).await.unwrap();
            spool.end_file();
        }
        spool.write(&[0; 5 * IN_MEMORY]).await.unwrap();
        assert!(spool.file.is_some() && spool.in_memory.len() <= IN_MEMORY);
    }
}
