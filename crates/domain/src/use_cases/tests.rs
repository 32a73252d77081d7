//! Each use case gets the options that it needs.

use super::*;
use crate::commands::ExtractDocument;
use crate::commands::fixtures::clock;
use crate::ports::{
    MockBlobStore, MockDocumentReader, MockDocumentRepository, MockErasureRepository, MockFieldDetector,
    MockFileAudit, MockJobQueue, MockJobRepository, MockLabelRepository, MockOutbox,
};
use crate::reading::ReadingOptions;

fn use_cases(options: UseCaseOptions) -> UseCases {
    let repositories = Repositories {
        documents: Arc::new(MockDocumentRepository::new()),
        erasures: Arc::new(MockErasureRepository::new()),
        labels: Arc::new(MockLabelRepository::new()),
        jobs: Arc::new(MockJobRepository::new()),
        queue: Arc::new(MockJobQueue::new()),
        outbox: Arc::new(MockOutbox::new()),
        file_audit: Arc::new(MockFileAudit::new()),
    };
    let ports = Ports { repositories, blobs: Arc::new(MockBlobStore::new()), clock: clock() };
    UseCases { ports, options }
}

#[test]
fn a_reading_and_an_edit_decide_by_the_same_options() {
    let reading = ReadingOptions { threshold: 0.3, precision: 0.995, with_candidates: false };
    let use_cases = use_cases(UseCaseOptions { reading, ..UseCaseOptions::default() });
    let extract = ExtractDocument {
        reader: Arc::new(MockDocumentReader::new()),
        detector: Arc::new(MockFieldDetector::new()),
        clock: clock(),
    };
    let of_edits = [
        use_cases.add_label().editing.options,
        use_cases.correct_label().editing.options,
        use_cases.delete_label().editing.options,
    ];
    assert_eq!(use_cases.process_document(extract).options, reading);
    assert_eq!(of_edits, [reading; 3]);
}

#[test]
fn attempts_and_sizes_come_from_the_options() {
    let options =
        UseCaseOptions { max_attempts: 7, max_file_bytes: 11, verify_rate: 13, ..UseCaseOptions::default() };
    let use_cases = use_cases(options);
    let receive = use_cases.receive_document(Arc::new(MockDocumentReader::new()));
    assert_eq!((receive.max_attempts, receive.max_file_bytes), (7, 11));
    assert_eq!(use_cases.reprocess_document().max_attempts, 7);
    assert_eq!(use_cases.verify_files().map(|verify| verify.bytes_per_second), Some(13));
}

#[test]
fn no_file_is_verified_at_no_rate() {
    let use_cases = use_cases(UseCaseOptions { verify_rate: 0, ..UseCaseOptions::default() });
    assert!(use_cases.verify_files().is_none());
}
