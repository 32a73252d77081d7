//! Bytes that were there before: which document and which job is answered, and when a job is made.

use std::sync::Arc;

use mockall::Sequence;

use super::*;
use crate::commands::fixtures::*;
use crate::document::Failure;
use crate::job::{Job, JobStatus};
use crate::listing::Listing;
use crate::ports::{
    JobsChange, MockBlobStore, MockDocumentReader, MockDocumentRepository, MockJobRepository,
};

const PROCESSING: Processing = Processing { priority: Priority(3), retry_failed: false };

/// A document with the status, failed for a reason with this code.
fn failed(code: &str) -> Document {
    let failure = Some(Failure { code: code.to_owned(), message: String::new() });
    Document { failure, ..document(DocumentStatus::Failed) }
}

/// A repository that has this document, of the same bytes.
fn having(there: Document) -> MockDocumentRepository {
    let mut documents = documents_with(there.clone());
    documents.expect_create().returning(move |_, _| Ok(Created::Existing(Box::new(there.clone()))));
    documents
}

async fn receive(
    documents: MockDocumentRepository,
    jobs: MockJobRepository,
    process: Option<Processing>,
) -> Result<ReceivedDocument, UseCaseError> {
    let (mut blobs, mut reader) = (MockBlobStore::new(), MockDocumentReader::new());
    blobs.expect_put().times(1..).returning(|_| Ok(SHA256));
    blobs.expect_contains().returning(|_| Ok(true));
    reader.expect_media_type().returning(|_| Ok(MediaType::Pdf));
    let receive = ReceiveDocument {
        documents: Arc::new(documents),
        jobs: Arc::new(jobs),
        blobs: Arc::new(blobs),
        reader: Arc::new(reader),
        clock: clock(),
        max_file_bytes: 100,
        max_attempts: 4,
    };
    let request = ReceiveDocumentRequest {
        bytes: (*b"%PDF-").into(),
        filename: "invoice.pdf".to_owned(),
        tags: Vec::new(),
        metadata: Metadata::new(),
        process,
        idempotency_key: None,
    };
    receive.execute(&SCOPE, &request).await
}

/// Jobs that list the open ones of the document so, one look after the other.
fn listing(looks: Vec<Vec<Job>>) -> MockJobRepository {
    let (mut jobs, mut order) = (MockJobRepository::new(), Sequence::new());
    for items in looks {
        jobs.expect_list()
            .times(1)
            .in_sequence(&mut order)
            .withf(|scope, query| *scope == SCOPE && query.document == Some(DOCUMENT))
            .return_once(move |_, _| Ok(Listing { total: items.len() as u64, items }));
    }
    jobs
}

#[tokio::test]
async fn a_document_that_was_read_is_answered_without_a_job() {
    for status in [DocumentStatus::Processed, DocumentStatus::Approved, DocumentStatus::Rejected] {
        let there = document(status);
        let received =
            receive(having(there.clone()), MockJobRepository::new(), Some(PROCESSING)).await.unwrap();
        let wanted = ReceivedDocument { document: there, job: None, is_job_new: false, was_there: true };
        assert_eq!(received, wanted);
    }
}

#[tokio::test]
async fn a_document_that_waits_or_is_read_is_answered_with_its_job() {
    for status in [DocumentStatus::Queued, DocumentStatus::Processing] {
        for process in [Some(PROCESSING), None] {
            let jobs = listing(vec![vec![job(JobStatus::Running)]]);
            let received = receive(having(document(status)), jobs, process).await.unwrap();
            assert_eq!((received.document.status, received.job), (status, Some(JOB)));
            assert!(received.was_there && !received.is_job_new);
        }
    }
}

#[tokio::test]
async fn a_document_that_was_not_read_is_queued_where_that_is_wanted() {
    let again = Processing { retry_failed: true, ..PROCESSING };
    for (there, process, is_queued) in [
        (document(DocumentStatus::Received), Some(PROCESSING), true),
        (document(DocumentStatus::Received), None, false),
        (failed("stored_file_damaged"), Some(PROCESSING), true),
        (failed("stored_file_missing"), Some(PROCESSING), true),
        (failed("stored_file_damaged"), None, false),
        (failed("document_unreadable"), Some(PROCESSING), false),
        (failed("document_unreadable"), Some(again), true),
        (failed("document_unreadable"), None, false),
    ] {
        let mut documents = having(there.clone());
        if is_queued {
            expect_update(&mut documents, |update| {
                let JobsChange::Add(job) = &update.jobs else { return false };
                (job.priority, job.max_attempts) == (Priority(3), 4)
            });
        }
        let received = receive(documents, MockJobRepository::new(), process).await.unwrap();
        let status = if is_queued { DocumentStatus::Queued } else { there.status };
        assert_eq!((received.document.status, received.was_there), (status, true), "{there:?}");
        assert_eq!((received.job.is_some(), received.is_job_new), (is_queued, is_queued), "{there:?}");
    }
}

#[tokio::test]
async fn a_document_that_somebody_else_queued_meanwhile_is_answered_with_their_job() {
    let mut documents = MockDocumentRepository::new();
    let received_before = Box::new(document(DocumentStatus::Received));
    documents.expect_create().return_once(move |_, _| Ok(Created::Existing(received_before)));
    documents
        .expect_find()
        .returning(|_, _| Ok(Some(Document { version: 4, ..document(DocumentStatus::Queued) })));
    let jobs = listing(vec![vec![job(JobStatus::Queued)]]);
    let received = receive(documents, jobs, Some(PROCESSING)).await.unwrap();
    assert_eq!((received.document.version, received.job, received.is_job_new), (4, Some(JOB), false));
}

#[tokio::test]
async fn a_job_that_ends_meanwhile_leaves_a_document_that_was_read() {
    let mut documents = MockDocumentRepository::new();
    let queued = Box::new(document(DocumentStatus::Processing));
    documents.expect_create().return_once(move |_, _| Ok(Created::Existing(queued)));
    documents.expect_find().returning(|_, _| Ok(Some(document(DocumentStatus::Processed))));
    let received = receive(documents, listing(vec![Vec::new()]), Some(PROCESSING)).await.unwrap();
    assert_eq!((received.document.status, received.job), (DocumentStatus::Processed, None));
}

/// A repository whose document is taken away after it was there; then the bytes come in as a new one.
fn taken_away(status: DocumentStatus) -> MockDocumentRepository {
    let (mut documents, mut order) = (MockDocumentRepository::new(), Sequence::new());
    let there = Box::new(document(status));
    documents
        .expect_create()
        .times(1)
        .in_sequence(&mut order)
        .return_once(move |_, _| Ok(Created::Existing(there)));
    documents.expect_create().times(1).in_sequence(&mut order).returning(|_, _| Ok(Created::New));
    documents.expect_find().returning(|_, _| Ok(None));
    documents
}

#[tokio::test]
async fn the_bytes_of_a_document_that_is_taken_away_meanwhile_come_in_anew() {
    let without_job = [(DocumentStatus::Queued, vec![Vec::new()]), (DocumentStatus::Received, Vec::new())];
    for (status, looks) in without_job {
        let received = receive(taken_away(status), listing(looks), Some(PROCESSING)).await.unwrap();
        assert!(received.is_job_new && received.job.is_some() && !received.was_there, "{status}");
        assert_eq!(received.document.status, DocumentStatus::Queued);
    }
}

#[tokio::test]
async fn a_document_that_never_settles_or_is_always_taken_away_is_said() {
    let restless = having(document(DocumentStatus::Queued));
    let looked = receive(restless, no_other_jobs(), Some(PROCESSING)).await;
    assert_eq!(looked, Err(UseCaseError::Contended));
    let mut documents = MockDocumentRepository::new();
    let there = document(DocumentStatus::Queued);
    documents
        .expect_create()
        .times(TRIES)
        .returning(move |_, _| Ok(Created::Existing(Box::new(there.clone()))));
    documents.expect_find().returning(|_, _| Ok(None));
    let gone = receive(documents, no_other_jobs(), Some(PROCESSING)).await;
    assert_eq!(gone, Err(UseCaseError::Contended));
}

#[tokio::test]
async fn a_document_without_an_open_job_is_answered_as_it_is_where_it_is_only_kept() {
    for status in [DocumentStatus::Queued, DocumentStatus::Processing] {
        let received = receive(having(document(status)), listing(vec![Vec::new()]), None).await.unwrap();
        assert_eq!((received.document.status, received.job, received.was_there), (status, None, true));
    }
}
