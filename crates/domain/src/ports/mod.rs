//! What the domain asks of the outside world, one file per port.
//!
//! Each is a trait behind `Arc<dyn …>`; the feature `mock` adds `Mock…` types made by mockall.

mod blob_pieces;
mod blob_store;
mod clock;
mod document_reader;
mod document_repository;
mod erasure_repository;
mod event_sink;
mod field_detector;
mod file_audit;
mod job_queue;
mod job_repository;
mod label_repository;
mod outbox;
mod page_painter;
mod repositories;
mod repository_error;

pub use blob_pieces::{BlobPart, BlobPieces, OpenBlob};
pub use blob_store::{BlobError, BlobStore};
pub use clock::{Clock, to_the_microsecond};
pub use document_reader::{DocumentReader, ReadError, ReadRequest};
pub use document_repository::{
    Created, DocumentRepository, DocumentUpdate, IdempotencyKey, InvoiceIdentity, JobsChange, NewDocument,
};
pub use erasure_repository::{Erased, ErasureRepository};
pub use event_sink::{EventSink, PublishError};
pub use field_detector::{DetectError, DetectorIdentity, FieldDetector, Needs};
pub use file_audit::{AuditTurn, DocumentFile, FileAudit};
pub use job_queue::{Claim, JobQueue, Settlement};
pub use job_repository::{JobChange, JobRepository};
pub use label_repository::{LabelEdit, LabelRepository, ReadLabels};
pub use outbox::Outbox;
pub use page_painter::{PagePainter, PaintError};
pub use repositories::Repositories;
pub use repository_error::RepositoryError;

#[cfg(any(test, feature = "mock"))]
pub use blob_pieces::MockBlobPieces;
#[cfg(any(test, feature = "mock"))]
pub use blob_store::MockBlobStore;
#[cfg(any(test, feature = "mock"))]
pub use clock::MockClock;
#[cfg(any(test, feature = "mock"))]
pub use document_reader::MockDocumentReader;
#[cfg(any(test, feature = "mock"))]
pub use document_repository::MockDocumentRepository;
#[cfg(any(test, feature = "mock"))]
pub use erasure_repository::MockErasureRepository;
#[cfg(any(test, feature = "mock"))]
pub use event_sink::MockEventSink;
#[cfg(any(test, feature = "mock"))]
pub use field_detector::MockFieldDetector;
#[cfg(any(test, feature = "mock"))]
pub use file_audit::MockFileAudit;
#[cfg(any(test, feature = "mock"))]
pub use job_queue::MockJobQueue;
#[cfg(any(test, feature = "mock"))]
pub use job_repository::MockJobRepository;
#[cfg(any(test, feature = "mock"))]
pub use label_repository::MockLabelRepository;
#[cfg(any(test, feature = "mock"))]
pub use outbox::MockOutbox;
#[cfg(any(test, feature = "mock"))]
pub use page_painter::MockPagePainter;
