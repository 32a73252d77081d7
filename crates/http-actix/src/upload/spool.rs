//! One file while it comes in: on disk, without a name, within its limit.

use std::io;
use std::sync::Arc;

use tokio::fs::File;
use tokio::io::{AsyncReadExt as _, AsyncSeekExt as _, AsyncWriteExt as _};

use crate::problem::Problem;
use crate::services::Limits;

/// A file that comes in.
pub struct Spool {
    file: File,
    length: u64,
    longest: u64,
}

impl Spool {
    /// An empty file of which nothing is left once it is dropped, or the process is gone.
    ///
    /// # Errors
    /// `storage_full`, `storage_failed`.
    pub fn open(limits: &Limits) -> Result<Self, Problem> {
        let file = tempfile::tempfile_in(&limits.upload_folder).map_err(|error| failed(&error))?;
        Ok(Self { file: File::from_std(file), length: 0, longest: limits.file_bytes.min(limits.body_bytes) })
    }

    /// Takes the next piece.
    ///
    /// # Errors
    /// `document_too_large`, `storage_full`, `storage_failed`.
    pub async fn write(&mut self, piece: &[u8]) -> Result<(), Problem> {
        self.length += piece.len() as u64;
        if self.length > self.longest {
            let message = format!("the file is over a limit: it may have {} bytes", self.longest);
            return Err(Problem::new("document_too_large", message));
        }
        self.file.write_all(piece).await.map_err(|error| failed(&error))
    }

    /// The whole file.
    ///
    /// # Errors
    /// `storage_full`, `storage_failed`.
    pub async fn into_bytes(mut self) -> Result<Arc<[u8]>, Problem> {
        let read = async {
            self.file.flush().await?;
            self.file.rewind().await?;
            let mut bytes = Vec::with_capacity(usize::try_from(self.length).unwrap_or_default());
            self.file.read_to_end(&mut bytes).await?;
            io::Result::Ok(bytes)
        };
        Ok(read.await.map_err(|error| failed(&error))?.into())
    }
}

fn failed(error: &io::Error) -> Problem {
    tracing::error!("an upload cannot be kept on disk: {error}");
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            Problem::new("storage_full", "there is no room left for uploads")
        }
        _ => Problem::new("storage_failed", "the upload cannot be kept; the log says why"),
    }
}
