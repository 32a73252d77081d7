//! Whether the database and the store of files belong together: somebody may have lost one of them,
//! or named another one.

use std::sync::Arc;

use fieldmark_domain::document::DocumentId;
use fieldmark_domain::ports::FileAudit;
use fieldmark_domain::queries::{CompareStores, Comparison};
use fieldmark_storage_objects::ObjectStorage;

use crate::store::{LOCAL, Store};

/// Of how many documents the files are looked for, the latest first.
const SAMPLE: u32 = 50;

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Agreement {
    /// The files of so many documents were looked for and found.
    Whole { documents: usize },
    /// There is no document, and there are files.
    NoDocuments,
    /// Files are missing.
    FilesMissing { documents: usize, missing: usize, first: DocumentId },
}

impl Agreement {
    /// Looks for the files of some documents, and for files where there are no documents.
    ///
    /// # Errors
    /// When the database or the store of files does not answer.
    pub async fn of(audit: Arc<dyn FileAudit>, storage: &Arc<ObjectStorage>) -> anyhow::Result<Self> {
        let compare = CompareStores { audit, blobs: Arc::<ObjectStorage>::clone(storage) };
        let Comparison { documents, missing } = compare.execute(SAMPLE).await?;
        if documents == 0 && storage.holds_anything().await? {
            return Ok(Self::NoDocuments);
        }
        Ok(match missing.first() {
            None => Self::Whole { documents },
            Some(first) => Self::FilesMissing { documents, missing: missing.len(), first: first.document },
        })
    }

    /// The same where there is no store.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn without_files(audit: &dyn FileAudit) -> anyhow::Result<Self> {
        let files = audit.latest(&LOCAL, SAMPLE).await?;
        let missing = files.len();
        Ok(match files.first() {
            None => Self::Whole { documents: 0 },
            Some(first) => Self::FilesMissing { documents: missing, missing, first: first.document },
        })
    }

    /// What is wrong, for people; `None` when nothing is.
    pub fn trouble(&self) -> Option<String> {
        match self {
            Self::Whole { .. } => None,
            Self::NoDocuments => Some("the database has no documents, and the store has files".to_owned()),
            Self::FilesMissing { documents, missing, first } => Some(format!(
                "the files of {missing} of the latest {documents} documents are missing, for instance of {first}"
            )),
        }
    }

    /// What to do about it.
    pub const fn advice(&self) -> &'static str {
        match self {
            Self::Whole { .. } => "",
            Self::NoDocuments => {
                "if a database was lost, stop the program and put a backup in its place before anything new comes in; \
                 otherwise see that `database.url` and `storage.url` belong together"
            }
            Self::FilesMissing { .. } => {
                "see that `storage.url` is the one that belongs to the database, and that its disk is there; a file that is \
                 lost is healed by sending the same file again"
            }
        }
    }
}

/// Says at the start of a service what does not belong together. It goes on: nothing is deleted for
/// it, and files come back with their disk.
pub async fn warn(store: &Store) {
    match Agreement::of(store.use_cases.ports.repositories.file_audit.clone(), &store.storage).await {
        Ok(agreement) => {
            if let Some(trouble) = agreement.trouble() {
                tracing::warn!("{trouble}: {}", agreement.advice());
            }
        }
        Err(error) => tracing::warn!("the documents cannot be compared with the store of files: {error:#}"),
    }
}
