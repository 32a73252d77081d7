//! Reads a file of the folder in pieces, each on a blocking thread.

use std::fs::File;
use std::io::{self, ErrorKind, Read, Seek, SeekFrom};
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use async_trait::async_trait;
use fieldmark_domain::ports::BlobError;

use super::fault::at;
use crate::attempts::Outcome;
use crate::digest::blocking;
use crate::pieces::Source;

/// A file that stays open until it was read completely, even if it is removed meanwhile.
pub struct Reading {
    file: Arc<File>,
    path: PathBuf,
}

impl Reading {
    /// Opens a file; `None` when it does not exist. Blocks the thread.
    ///
    /// # Errors
    /// The system's errors.
    pub fn open(path: PathBuf) -> Result<Option<(Self, u64)>, BlobError> {
        let file = match File::open(&path) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            outcome => outcome.map_err(at("open", &path))?,
        };
        let size = file.metadata().map_err(at("look at", &path))?.len();
        Ok(Some((Self { file: Arc::new(file), path }, size)))
    }
}

#[async_trait]
impl Source for Reading {
    const PIECE: u64 = 64 << 10;

    async fn read(&self, range: Range<u64>) -> Result<Vec<u8>, BlobError> {
        let (file, path) = (Arc::clone(&self.file), self.path.clone());
        let outcome = blocking(move || bytes_of(&file, range).map_err(at("read", &path))).await;
        Outcome::of(&outcome).count();
        outcome
    }

    fn name(&self) -> String {
        self.path.display().to_string()
    }
}

/// The file has a single position, so its pieces are read one after the other.
fn bytes_of(mut file: &File, range: Range<u64>) -> io::Result<Vec<u8>> {
    file.seek(SeekFrom::Start(range.start))?;
    let mut bytes = Vec::new();
    file.take(range.end - range.start).read_to_end(&mut bytes)?;
    Ok(bytes)
}
