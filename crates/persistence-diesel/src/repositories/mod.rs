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

pub(crate) use documents::Documents;
pub(crate) use files::Files;
pub(crate) use jobs::Jobs;
pub(crate) use labels::Labels;
pub(crate) use outbox::Events;
pub(crate) use store::Store;
