//! The use cases that change a document and nothing else: what is written at once, and how others' changes and wrong
//! statuses end.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::fixtures::*;
use super::*;
use crate::document::{Document, DocumentStatus, Metadata, WrongStatus};
use crate::job::Priority;
use crate::ports::{JobsChange, MockDocumentRepository, RepositoryError};
use crate::use_case_error::UseCaseError;

async fn review(
    documents: MockDocumentRepository,
    review: Review,
    expected_version: Option<u64>,
) -> Result<Document, UseCaseError> {
    let reviewing = ReviewDocument { documents: Arc::new(documents), clock: clock() };
    reviewing.execute(&SCOPE, DOCUMENT, review, expected_version).await
}

async fn approve(
    documents: MockDocumentRepository,
    expected_version: Option<u64>,
) -> Result<Document, UseCaseError> {
    review(documents, Review::Approve, expected_version).await
}

#[tokio::test]
async fn a_processed_document_is_approved_and_said_so() {
    let mut documents = documents_with(document(DocumentStatus::Processed));
    expect_update(&mut documents, |update| {
        update.document.status == DocumentStatus::Approved
            && update.document.version == 3
            && update.jobs == JobsChange::Keep
            && events(update) == ["document.approved"]
    });
    let approved = approve(documents, Some(3)).await.unwrap();
    assert_eq!((approved.version, approved.updated_at), (4, now()));
}

#[tokio::test]
async fn a_processed_document_is_rejected_and_said_so() {
    let mut documents = documents_with(document(DocumentStatus::Processed));
    expect_update(&mut documents, |update| {
        update.document.status == DocumentStatus::Rejected && events(update) == ["document.rejected"]
    });
    review(documents, Review::Reject, None).await.unwrap();
}

#[tokio::test]
async fn what_was_not_read_is_neither_approved_nor_rejected() {
    let wrong = |change| {
        let status = DocumentStatus::Queued;
        Err(UseCaseError::WrongDocumentStatus(WrongStatus { status, change }))
    };
    let queued = || documents_with(document(DocumentStatus::Queued));
    assert_eq!(approve(queued(), None).await, wrong("approved"));
    assert_eq!(review(queued(), Review::Reject, None).await, wrong("rejected"));
}

#[tokio::test]
async fn what_is_not_there_is_not_found() {
    let approved = approve(no_documents(), None).await;
    assert_eq!(approved, Err(UseCaseError::DOCUMENT_NOT_FOUND));
    // It may go between being read and being written, too.
    let mut documents = documents_with(document(DocumentStatus::Processed));
    documents.expect_update().returning(|_, _| Ok(None));
    let approved = approve(documents, None).await;
    assert_eq!(approved, Err(UseCaseError::DOCUMENT_NOT_FOUND));
}

#[tokio::test]
async fn another_version_than_the_named_one_is_left() {
    let documents = documents_with(document(DocumentStatus::Processed));
    assert_eq!(approve(documents, Some(2)).await, Err(UseCaseError::Stale));
}

/// A document that somebody else changes each time that it is read.
fn contested(changes: u64) -> MockDocumentRepository {
    let reads = Arc::new(AtomicU64::new(0));
    let mut documents = MockDocumentRepository::new();
    documents.expect_find().returning(move |_, _| {
        let version = 3 + reads.fetch_add(1, Ordering::Relaxed);
        Ok(Some(Document { version, ..document(DocumentStatus::Processed) }))
    });
    documents.expect_update().returning(move |_, update| {
        if update.document.version < 3 + changes {
            return Err(RepositoryError::Stale);
        }
        Ok(Some(update.document.clone()))
    });
    documents
}

#[tokio::test]
async fn a_document_that_was_changed_meanwhile_is_read_anew_however_many_do_so() {
    let approved = approve(contested(2), None).await.unwrap();
    assert_eq!((approved.version, approved.status), (5, DocumentStatus::Approved));
    assert!(approve(contested(19), None).await.is_ok());
    let busy = approve(contested(u64::MAX / 2), None).await.unwrap_err();
    assert_eq!((busy.code(), busy.is_transient()), ("contended", true));
    assert_eq!(approve(contested(2), Some(3)).await, Err(UseCaseError::Stale));
}

#[tokio::test]
async fn a_repository_that_is_away_is_said() {
    let mut documents = documents_with(document(DocumentStatus::Processed));
    documents.expect_update().times(1).returning(|_, _| Err(away()));
    let approved = approve(documents, None).await;
    assert_eq!(approved, Err(UseCaseError::Repository(away())));
}

fn change(documents: MockDocumentRepository) -> ChangeDocument {
    ChangeDocument { documents: Arc::new(documents), clock: clock() }
}

fn nothing() -> ChangeDocumentRequest {
    let document = DOCUMENT;
    ChangeDocumentRequest { document, filename: None, tags: None, metadata: None, expected_version: None }
}

#[tokio::test]
async fn what_is_not_named_stays_as_it_was_said() {
    let metadata: Metadata = [("project".to_owned(), "north".to_owned())].into();
    let mut before = document(DocumentStatus::Queued);
    before.description = before.description.with_metadata(metadata.clone()).unwrap();
    let mut documents = documents_with(before);
    expect_update(&mut documents, |update| {
        events(update) == ["document.changed"] && update.jobs == JobsChange::Keep
    });
    let tags = Some(vec!["paid".to_owned(), " 2026 ".to_owned()]);
    let request = ChangeDocumentRequest { tags, ..nothing() };
    let changed = change(documents).execute(&SCOPE, &request).await.unwrap().description;
    assert_eq!((changed.filename(), changed.metadata()), ("invoice.pdf", &metadata));
    let tags: Vec<&str> = changed.tags().iter().map(crate::document::Tag::as_str).collect();
    assert_eq!(tags, ["2026", "paid"]);
}

#[tokio::test]
async fn a_whole_description_replaces_the_one_before() {
    let mut documents = documents_with(document(DocumentStatus::Queued));
    expect_update(&mut documents, |_| true);
    let filename = Some("march.pdf".to_owned());
    let request = ChangeDocumentRequest { filename, tags: Some(Vec::new()), ..nothing() };
    let changed = change(documents).execute(&SCOPE, &request).await.unwrap();
    assert_eq!(changed.description, crate::document::Description::of_file("march.pdf"));
}

#[tokio::test]
async fn each_wrong_word_is_named() {
    let wrong_tags = Some(vec![String::new(), "good".to_owned(), "x".repeat(51)]);
    let long_note = Some([("key".to_owned(), "x".repeat(501))].into());
    for (request, parts) in [
        (ChangeDocumentRequest { tags: wrong_tags, ..nothing() }, vec!["tags", "tags"]),
        (ChangeDocumentRequest { metadata: long_note, ..nothing() }, vec!["metadata"]),
        (ChangeDocumentRequest { filename: Some(" ".to_owned()), ..nothing() }, vec!["filename"]),
    ] {
        let documents = documents_with(document(DocumentStatus::Queued));
        let Err(UseCaseError::Invalid { details }) = change(documents).execute(&SCOPE, &request).await else {
            panic!("{request:?}");
        };
        assert_eq!(details.iter().map(|detail| detail.field.as_str()).collect::<Vec<_>>(), parts);
    }
}

#[tokio::test]
async fn a_deleted_document_waits_for_no_job() {
    for (status, afterwards) in [
        (DocumentStatus::Queued, DocumentStatus::Received),
        (DocumentStatus::Processing, DocumentStatus::Received),
        (DocumentStatus::Approved, DocumentStatus::Approved),
    ] {
        let mut documents = documents_with(document(status));
        expect_update(&mut documents, move |update| {
            update.document.status == afterwards
                && update.document.deleted_at == Some(now())
                && update.jobs == JobsChange::Cancel
                && events(update) == ["document.deleted"]
        });
        let delete = DeleteDocument { documents: Arc::new(documents), clock: clock() };
        delete.execute(&SCOPE, DOCUMENT, None).await.unwrap();
    }
}

#[tokio::test]
async fn only_a_deleted_document_is_restored() {
    let mut documents = MockDocumentRepository::new();
    let mut deleted = document(DocumentStatus::Processed);
    deleted.delete(now());
    documents.expect_find_deleted().returning(move |_, _| Ok(Some(deleted.clone())));
    expect_update(&mut documents, |update| {
        update.document.deleted_at.is_none() && events(update) == ["document.restored"]
    });
    let restore = RestoreDocument { documents: Arc::new(documents), clock: clock() };
    let restored = restore.execute(&SCOPE, DOCUMENT, None).await.unwrap();
    assert_eq!(restored.status, DocumentStatus::Processed);
    let restore = RestoreDocument { documents: Arc::new(no_documents()), clock: clock() };
    assert_eq!(restore.execute(&SCOPE, DOCUMENT, None).await, Err(UseCaseError::DOCUMENT_NOT_FOUND));
}

#[tokio::test]
async fn a_document_whose_bytes_have_come_in_again_is_not_restored() {
    let mut documents = MockDocumentRepository::new();
    documents.expect_find_deleted().returning(|_, _| Ok(Some(document(DocumentStatus::Processed))));
    documents.expect_update().times(1).returning(|_, _| Err(RepositoryError::DocumentExists));
    let restore = RestoreDocument { documents: Arc::new(documents), clock: clock() };
    assert_eq!(restore.execute(&SCOPE, DOCUMENT, None).await, Err(UseCaseError::AlreadyExists));
}

#[tokio::test]
async fn a_document_is_queued_again_with_its_job() {
    let priority = Priority(7);
    let request = ReprocessDocumentRequest { document: DOCUMENT, priority, expected_version: None };
    let mut documents = documents_with(document(DocumentStatus::Approved));
    expect_update(&mut documents, move |update| {
        let JobsChange::Add(job) = &update.jobs else { return false };
        update.document.status == DocumentStatus::Queued
            && (job.owner, job.document, job.priority, job.max_attempts) == (OWNER, DOCUMENT, priority, 2)
    });
    let reprocess = ReprocessDocument { documents: Arc::new(documents), clock: clock(), max_attempts: 2 };
    assert_eq!(reprocess.execute(&SCOPE, &request).await.unwrap().document.status, DocumentStatus::Queued);
    for status in [DocumentStatus::Queued, DocumentStatus::Processing] {
        let documents = Arc::new(documents_with(document(status)));
        let queued =
            ReprocessDocument { documents, clock: clock(), max_attempts: 2 }.execute(&SCOPE, &request).await;
        assert_eq!(queued.unwrap_err().code(), "wrong_status");
    }
}
