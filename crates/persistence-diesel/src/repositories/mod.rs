//! The repositories, written once and compiled for each database: the module above names its `Connection` and its
//! `dialect`. All SQL that is the same on both is here, and nothing that is not.

mod check;
mod documents;
mod files;
mod jobs;
mod labels;
mod migrations;
mod outbox;
mod scoped;
mod store;
mod writing;

use std::sync::Arc;

use fieldmark_domain::ports::Repositories;

use documents::Documents;
use files::Files;
use jobs::Jobs;
use labels::Labels;
use outbox::Events;
pub(crate) use store::Store;

impl Store {
    /// All of them on this database.
    pub(crate) fn repositories(&self) -> Repositories {
        let documents = Arc::new(Documents::new(self.clone()));
        let jobs = Arc::new(Jobs::new(self.clone()));
        Repositories {
            documents: documents.clone(),
            erasures: documents,
            labels: Arc::new(Labels::new(self.clone())),
            jobs: jobs.clone(),
            queue: jobs,
            outbox: Arc::new(Events::new(self.clone())),
            file_audit: Arc::new(Files::new(self.clone())),
        }
    }
}
