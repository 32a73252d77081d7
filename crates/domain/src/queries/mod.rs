//! Use cases that only look, one per file.

mod compare_stores;
mod count_jobs;
mod document_history;
mod list_documents;
mod list_jobs;
mod list_labels;
mod show_document;
mod show_file;
mod show_job;
mod show_page;
mod wait_for_job;
mod window;

#[cfg(test)]
mod stored_file_tests;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod waiting_tests;

pub use compare_stores::{CompareStores, Comparison};
pub use count_jobs::CountJobs;
pub use document_history::DocumentHistory;
pub use list_documents::ListDocuments;
pub use list_jobs::ListJobs;
pub use list_labels::ListLabels;
pub use show_document::ShowDocument;
pub use show_file::{ShowFile, StoredFile};
pub use show_job::ShowJob;
pub use show_page::{PagePicture, PageToPaint, ShowPage, ShowPageRequest};
pub use wait_for_job::WaitForJob;
