//! Use cases that change or make something, one per file.

mod add_label;
mod break_off_job;
mod cancel_job;
mod change_document;
mod changing;
mod claim_job;
mod correct_label;
mod delete_document;
mod delete_label;
#[cfg(test)]
mod document_tests;
mod erase_document;
mod extract_document;
#[cfg(test)]
pub(crate) mod fixtures;
#[cfg(test)]
mod job_tests;
mod label_editing;
#[cfg(test)]
mod label_tests;
mod process_document;
mod publish_events;
mod purge_deleted;
mod receive_document;
#[cfg(test)]
mod receiving_tests;
mod recover_lost_jobs;
mod renew_lease;
mod reprocess_document;
mod restore_document;
mod retry_job;
mod review_document;
mod said_by_person;
mod settle_job;
mod verify_files;

pub use add_label::{AddLabel, AddLabelRequest};
pub use break_off_job::BreakOffJob;
pub use cancel_job::CancelJob;
pub use change_document::{ChangeDocument, ChangeDocumentRequest};
pub use claim_job::ClaimJob;
pub use correct_label::{CorrectLabel, CorrectLabelRequest};
pub use delete_document::DeleteDocument;
pub use delete_label::{DeleteLabel, DeleteLabelRequest};
pub use erase_document::{EraseDocument, Erasure};
pub use extract_document::{ExtractDocument, ExtractError, ExtractRequest, Extracted};
pub use label_editing::LabelEditing;
pub use process_document::ProcessDocument;
pub use publish_events::PublishEvents;
pub use purge_deleted::{PurgeDeleted, Purged, Retention};
pub use receive_document::{Processing, ReceiveDocument, ReceiveDocumentRequest, ReceivedDocument};
pub use recover_lost_jobs::RecoverLostJobs;
pub use renew_lease::{LeaseState, RenewLease};
pub use reprocess_document::{QueuedDocument, ReprocessDocument, ReprocessDocumentRequest};
pub use restore_document::RestoreDocument;
pub use retry_job::RetryJob;
pub use review_document::{Review, ReviewDocument};
pub use settle_job::{JobOutcome, SettleJob};
pub use verify_files::{Verified, VerifyFiles};
