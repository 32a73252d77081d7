//! Whether the documents and the store of their files belong together.

use std::sync::Arc;

use crate::ports::{BlobStore, DocumentFile, FileAudit};
use crate::scope::Scope;
use crate::use_case_error::UseCaseError;

/// Looks for the files of the latest documents of all owners.
#[derive(Clone)]
pub struct CompareStores {
    /// Which files there should be.
    pub audit: Arc<dyn FileAudit>,
    /// Where they should be.
    pub blobs: Arc<dyn BlobStore>,
}

/// What was found of some documents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// How many documents were looked at; 0 when there is none.
    pub documents: usize,
    /// Those whose files are not there.
    pub missing: Vec<DocumentFile>,
}

impl CompareStores {
    /// Looks for the files of up to `limit` documents. Their bytes are not read.
    ///
    /// # Errors
    /// [`UseCaseError::Repository`], [`UseCaseError::Storage`].
    pub async fn execute(&self, limit: u32) -> Result<Comparison, UseCaseError> {
        let files = self.audit.latest(&Scope::system(), limit).await?;
        let documents = files.len();
        let mut missing = Vec::new();
        for file in files {
            if !self.blobs.contains(&file.sha256).await? {
                missing.push(file);
            }
        }
        Ok(Comparison { documents, missing })
    }
}
