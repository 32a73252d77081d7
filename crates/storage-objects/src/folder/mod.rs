//! Stores bytes in a folder: one file for each digest, complete or absent.
//!
//! object_store's own folder store is not used: its files have the permissions of the umask, files
//! of killed writers are never removed, and a folder that another writer has just created is not
//! synced before it answers.

mod fault;
mod files;
mod look;
mod reading;

use std::path::PathBuf;
use std::sync::Arc;

use async_trait::async_trait;
use fieldmark_domain::blob::Sha256;
use fieldmark_domain::ports::{BlobError, BlobPart, BlobStore, Clock, OpenBlob};

use crate::attempts::Outcome;
use crate::digest::blocking;
use crate::open_error::OpenError;
use crate::pieces::Pieces;
use files::Files;

/// The port `BlobStore` on a folder.
pub struct FolderStore(Arc<Files>);

impl FolderStore {
    /// Creates the folder, if missing, and removes files of killed writers. `min_free_bytes` stay
    /// free on its disk.
    ///
    /// # Errors
    /// [`OpenError::Folder`].
    pub fn open(root: PathBuf, min_free_bytes: u64, clock: &dyn Clock) -> Result<Self, OpenError> {
        let files = Files::open(&root, min_free_bytes, clock.now().into())
            .map_err(|source| OpenError::Folder { path: root, source })?;
        Ok(Self(Arc::new(files)))
    }

    async fn on_files<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Files) -> Result<T, BlobError> + Send + 'static,
    ) -> Result<T, BlobError> {
        let files = Arc::clone(&self.0);
        let outcome = blocking(move || work(&files)).await;
        Outcome::of(&outcome).count();
        outcome
    }

    /// Checks that the folder is the one that was opened, and can be written.
    ///
    /// # Errors
    /// [`BlobError::OutOfSpace`], [`BlobError::Unavailable`], [`BlobError::Failed`].
    pub async fn check(&self) -> Result<(), BlobError> {
        self.on_files(Files::check).await
    }

    /// Whether any bytes are stored.
    ///
    /// # Errors
    /// [`BlobError::Unavailable`], [`BlobError::Failed`].
    pub async fn holds_anything(&self) -> Result<bool, BlobError> {
        self.on_files(Files::hold_anything).await
    }
}

#[async_trait]
impl BlobStore for FolderStore {
    async fn put(&self, bytes: Arc<[u8]>) -> Result<Sha256, BlobError> {
        self.on_files(move |files| files.keep(&bytes)).await
    }

    async fn get(&self, sha256: &Sha256) -> Result<Option<Arc<[u8]>>, BlobError> {
        let sha256 = *sha256;
        self.on_files(move |files| files.read(&sha256)).await
    }

    async fn open(&self, sha256: &Sha256, part: BlobPart) -> Result<Option<OpenBlob>, BlobError> {
        let sha256 = *sha256;
        let opened = self.on_files(move |files| files.open_file(&sha256)).await?;
        Ok(opened.map(|(reading, size)| Pieces::of(reading, size, sha256, part)))
    }

    async fn contains(&self, sha256: &Sha256) -> Result<bool, BlobError> {
        let sha256 = *sha256;
        self.on_files(move |files| files.hold(&sha256)).await
    }

    async fn delete(&self, sha256: &Sha256) -> Result<(), BlobError> {
        let sha256 = *sha256;
        self.on_files(move |files| files.remove(&sha256)).await
    }
}
