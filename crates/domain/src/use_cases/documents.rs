//! The use cases on documents and their files.

use std::sync::Arc;

use super::UseCases;
use crate::commands::{
    ChangeDocument, DeleteDocument, EraseDocument, ReceiveDocument, ReprocessDocument, RestoreDocument,
    ReviewDocument,
};
use crate::ports::{Clock, DocumentReader, DocumentRepository, PagePainter};
use crate::queries::{ListDocuments, ShowDocument, ShowFile, ShowPage};

impl UseCases {
    fn documents(&self) -> Arc<dyn DocumentRepository> {
        Arc::clone(&self.ports.repositories.documents)
    }

    fn clock(&self) -> Arc<dyn Clock> {
        Arc::clone(&self.ports.clock)
    }

    /// Changes a document's file name, tags and metadata.
    #[must_use]
    pub fn change_document(&self) -> ChangeDocument {
        ChangeDocument { documents: self.documents(), clock: self.clock() }
    }

    /// Deletes a document so that it can be restored.
    #[must_use]
    pub fn delete_document(&self) -> DeleteDocument {
        DeleteDocument { documents: self.documents(), clock: self.clock() }
    }

    /// Removes a document for good.
    #[must_use]
    pub fn erase_document(&self) -> EraseDocument {
        EraseDocument {
            documents: self.documents(),
            erasures: Arc::clone(&self.ports.repositories.erasures),
            blobs: Arc::clone(&self.ports.blobs),
            clock: self.clock(),
        }
    }

    /// Lists documents.
    #[must_use]
    pub fn list_documents(&self) -> ListDocuments {
        ListDocuments { documents: self.documents() }
    }

    /// Receives a file. The reader recognises which files can be read.
    #[must_use]
    pub fn receive_document(&self, reader: Arc<dyn DocumentReader>) -> ReceiveDocument {
        ReceiveDocument {
            documents: self.documents(),
            jobs: Arc::clone(&self.ports.repositories.jobs),
            blobs: Arc::clone(&self.ports.blobs),
            reader,
            clock: self.clock(),
            max_file_bytes: self.options.max_file_bytes,
            max_attempts: self.options.max_attempts,
        }
    }

    /// Queues a job that reads a document again.
    #[must_use]
    pub fn reprocess_document(&self) -> ReprocessDocument {
        ReprocessDocument {
            documents: self.documents(),
            clock: self.clock(),
            max_attempts: self.options.max_attempts,
        }
    }

    /// Restores a deleted document.
    #[must_use]
    pub fn restore_document(&self) -> RestoreDocument {
        RestoreDocument { documents: self.documents(), clock: self.clock() }
    }

    /// Approves or rejects a document.
    #[must_use]
    pub fn review_document(&self) -> ReviewDocument {
        ReviewDocument { documents: self.documents(), clock: self.clock() }
    }

    /// Shows a document.
    #[must_use]
    pub fn show_document(&self) -> ShowDocument {
        ShowDocument { documents: self.documents() }
    }

    /// Opens the file of a document.
    #[must_use]
    pub fn show_file(&self) -> ShowFile {
        ShowFile { documents: self.documents(), blobs: Arc::clone(&self.ports.blobs) }
    }

    /// Shows a page of a document.
    #[must_use]
    pub fn show_page(&self, reader: Arc<dyn DocumentReader>, painter: Arc<dyn PagePainter>) -> ShowPage {
        ShowPage { documents: self.documents(), blobs: Arc::clone(&self.ports.blobs), reader, painter }
    }
}
