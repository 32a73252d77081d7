//! Files that come in, documents that go for good, and events that are told: what crosses two stores, step by step.

use std::sync::Arc;

use mockall::Sequence;
use uuid::Uuid;

use super::fixtures::*;
use super::*;
use crate::document::{Document, DocumentStatus};
use crate::event::{Event, Occurrence};
use crate::job::Priority;
use crate::media_type::MediaType;
use crate::ports::{
    BlobError, Created, Erased, MockBlobStore, MockDocumentReader, MockDocumentRepository,
    MockErasureRepository, MockEventSink, MockJobRepository, MockOutbox, PublishError, ReadError,
};
use crate::scope::Scope;
use crate::use_case_error::UseCaseError;

const PROCESSING: Processing = Processing { priority: Priority(3), retry_failed: false };

fn request() -> ReceiveDocumentRequest {
    ReceiveDocumentRequest {
        bytes: (*b"%PDF-").into(),
        filename: "inbox/invoice.pdf".to_owned(),
        tags: vec!["march".to_owned()],
        metadata: [("project".to_owned(), "north".to_owned())].into(),
        process: Some(PROCESSING),
        idempotency_key: Some("k1".to_owned()),
    }
}

fn receive(documents: MockDocumentRepository, blobs: MockBlobStore) -> ReceiveDocument {
    let mut reader = MockDocumentReader::new();
    reader.expect_media_type().returning(|bytes| {
        let found = String::new();
        if bytes == b"%PDF-" { Ok(MediaType::Pdf) } else { Err(ReadError::UnsupportedMediaType { found }) }
    });
    ReceiveDocument {
        documents: Arc::new(documents),
        jobs: Arc::new(MockJobRepository::new()),
        blobs: Arc::new(blobs),
        reader: Arc::new(reader),
        clock: clock(),
        max_file_bytes: 5,
        max_attempts: 4,
    }
}

/// A store that takes so many bytes.
fn blobs(puts: usize) -> MockBlobStore {
    let mut blobs = MockBlobStore::new();
    blobs.expect_put().times(puts).returning(|bytes| {
        assert_eq!(*bytes, *b"%PDF-");
        Ok(SHA256)
    });
    blobs
}

#[tokio::test]
async fn a_file_becomes_a_document_with_its_job_and_its_event_at_once() {
    let mut blobs = blobs(1);
    blobs.expect_contains().times(1).returning(|_| Ok(true));
    let mut documents = MockDocumentRepository::new();
    documents.expect_create().times(1).returning(|scope, new| {
        assert_eq!((*scope, new.document.owner, new.document.sha256), (SCOPE, OWNER, SHA256));
        let (job, key) = (new.job.as_ref().unwrap(), new.idempotency.as_ref().unwrap());
        assert_eq!((job.document, job.owner), (new.document.id, OWNER));
        assert_eq!((job.priority, job.max_attempts), (Priority(3), 4));
        assert_eq!((new.event.document, new.event.occurrence.name()), (new.document.id, "document.received"));
        assert_eq!((key.key.as_str(), key.request), ("k1", SHA256));
        Ok(Created::New)
    });
    let received = receive(documents, blobs).execute(&SCOPE, &request()).await.unwrap();
    let document = &received.document;
    assert!(received.job.is_some() && received.is_job_new && !received.was_there);
    assert_eq!((document.status, document.version), (DocumentStatus::Queued, 1));
    assert_eq!((document.media_type, document.size), (MediaType::Pdf, 5));
    assert_eq!((document.description.filename(), document.created_at), ("invoice.pdf", now()));
    assert_eq!(document.description.tags().len() + document.description.metadata().len(), 2);
}

#[tokio::test]
async fn a_file_that_nothing_shall_read_has_no_job() {
    let mut blobs = blobs(1);
    blobs.expect_contains().returning(|_| Ok(true));
    let mut documents = MockDocumentRepository::new();
    documents.expect_create().withf(|_, new| new.job.is_none()).returning(|_, _| Ok(Created::New));
    let request = ReceiveDocumentRequest { process: None, ..request() };
    let received = receive(documents, blobs).execute(&SCOPE, &request).await.unwrap();
    assert_eq!((received.document.status, received.job), (DocumentStatus::Received, None));
}

#[tokio::test]
async fn a_key_that_was_used_for_something_else_is_refused() {
    let mut documents = MockDocumentRepository::new();
    documents.expect_create().returning(|_, _| Ok(Created::KeyReused));
    let received = receive(documents, blobs(1)).execute(&SCOPE, &request()).await;
    assert_eq!(received, Err(UseCaseError::IdempotencyKeyReused));
}

#[tokio::test]
async fn bytes_that_are_being_erased_are_stored_anew() {
    let mut blobs = blobs(2);
    blobs.expect_contains().returning(|_| Ok(true));
    let mut documents = MockDocumentRepository::new();
    let mut order = Sequence::new();
    documents.expect_create().times(1).in_sequence(&mut order).returning(|_, _| Ok(Created::BytesErased));
    documents.expect_create().times(1).in_sequence(&mut order).returning(|_, _| Ok(Created::New));
    assert!(receive(documents, blobs).execute(&SCOPE, &request()).await.is_ok());
    let mut documents = MockDocumentRepository::new();
    documents.expect_create().times(3).returning(|_, _| Ok(Created::BytesErased));
    let error = receive(documents, self::blobs(3)).execute(&SCOPE, &request()).await.unwrap_err();
    assert_eq!((error.code(), error.is_transient()), ("storage_unavailable", true));
}

#[tokio::test]
async fn bytes_that_an_erasure_took_in_between_are_stored_once_more() {
    let mut blobs = blobs(2);
    blobs.expect_contains().times(1).returning(|_| Ok(false));
    let mut documents = MockDocumentRepository::new();
    documents.expect_create().times(1).returning(|_, _| Ok(Created::New));
    assert!(receive(documents, blobs).execute(&SCOPE, &request()).await.is_ok());
}

#[tokio::test]
async fn nothing_is_stored_of_what_is_not_taken() {
    for (wrong, code) in [
        (ReceiveDocumentRequest { bytes: (*b"PK\x03\x04").into(), ..request() }, "unsupported_media_type"),
        (ReceiveDocumentRequest { bytes: (*b"%PDF-1").into(), ..request() }, "document_too_large"),
        (ReceiveDocumentRequest { tags: vec![String::new()], ..request() }, "validation_failed"),
        (ReceiveDocumentRequest { idempotency_key: Some(String::new()), ..request() }, "validation_failed"),
        (ReceiveDocumentRequest { idempotency_key: Some("k".repeat(256)), ..request() }, "validation_failed"),
    ] {
        let receive = receive(MockDocumentRepository::new(), MockBlobStore::new());
        assert_eq!(receive.execute(&SCOPE, &wrong).await.unwrap_err().code(), code, "{wrong:?}");
    }
    let receive = receive(MockDocumentRepository::new(), MockBlobStore::new());
    let error = receive.execute(&Scope::system(), &request()).await.unwrap_err();
    assert_eq!(error.code(), "internal_error");
}

#[tokio::test]
async fn a_store_that_fails_is_said_and_no_document_made() {
    let full = BlobError::OutOfSpace { reason: String::new() };
    let mut blobs = MockBlobStore::new();
    let answer = Err(full.clone());
    blobs.expect_put().return_once(move |_| answer);
    let received = receive(MockDocumentRepository::new(), blobs).execute(&SCOPE, &request()).await;
    assert_eq!(received, Err(UseCaseError::Storage(full)));
    let mut documents = MockDocumentRepository::new();
    documents.expect_create().returning(|_, _| Err(away()));
    let received = receive(documents, self::blobs(1)).execute(&SCOPE, &request()).await;
    assert_eq!(received, Err(UseCaseError::Repository(away())));
}

/// Lets one document be erased, in this order.
fn erasing(is_last: bool, order: &mut Sequence) -> MockErasureRepository {
    let mut erasures = MockErasureRepository::new();
    erasures.expect_erase().times(1).in_sequence(order).returning(move |_, id, _, event| {
        assert_eq!((id, event.occurrence.name(), event.owner), (DOCUMENT, "document.erased", OWNER));
        Ok(Some(Erased { sha256: SHA256, is_last }))
    });
    erasures
}

fn erase(
    documents: MockDocumentRepository,
    erasures: MockErasureRepository,
    blobs: MockBlobStore,
) -> EraseDocument {
    let (documents, erasures, blobs) = (Arc::new(documents), Arc::new(erasures), Arc::new(blobs));
    EraseDocument { documents, erasures, blobs, clock: clock() }
}

#[tokio::test]
async fn bytes_go_after_the_document_and_before_it_is_said() {
    let (mut order, mut blobs) = (Sequence::new(), MockBlobStore::new());
    let documents = documents_with(document(DocumentStatus::Processed));
    let mut erasures = erasing(true, &mut order);
    erasures.expect_claim_erasure().times(1).in_sequence(&mut order).returning(|_, _, _, _| Ok(true));
    blobs.expect_delete().times(1).in_sequence(&mut order).returning(|_| Ok(()));
    erasures.expect_erasure_done().times(1).in_sequence(&mut order).returning(|_, _| Ok(()));
    assert_eq!(
        erase(documents, erasures, blobs).execute(&SCOPE, DOCUMENT, Some(3)).await,
        Ok(Erasure::Complete)
    );
}

#[tokio::test]
async fn bytes_of_another_document_stay() {
    let documents = documents_with(document(DocumentStatus::Processed));
    let erasures = erasing(false, &mut Sequence::new());
    let erased = erase(documents, erasures, MockBlobStore::new()).execute(&SCOPE, DOCUMENT, None).await;
    assert_eq!(erased, Ok(Erasure::BytesShared));
}

#[tokio::test]
async fn bytes_that_cannot_go_now_stay_on_the_list() {
    let documents = documents_with(document(DocumentStatus::Processed));
    let mut erasures = erasing(true, &mut Sequence::new());
    erasures.expect_claim_erasure().returning(|_, _, _, _| Ok(true));
    let mut blobs = MockBlobStore::new();
    blobs.expect_delete().returning(|_| Err(BlobError::Unavailable { reason: String::new() }));
    let erased = erase(documents, erasures, blobs).execute(&SCOPE, DOCUMENT, None).await;
    assert_eq!(erased, Ok(Erasure::BytesPending));
}

#[tokio::test]
async fn bytes_that_somebody_else_deletes_are_left_to_them() {
    let documents = documents_with(document(DocumentStatus::Processed));
    let mut erasures = erasing(true, &mut Sequence::new());
    erasures.expect_claim_erasure().returning(|_, _, _, _| Ok(false));
    let erased = erase(documents, erasures, MockBlobStore::new()).execute(&SCOPE, DOCUMENT, None).await;
    assert_eq!(erased, Ok(Erasure::BytesPending));
}

#[tokio::test]
async fn a_deleted_document_is_erased_and_a_missing_one_is_not_found() {
    let mut documents = MockDocumentRepository::new();
    documents.expect_find().returning(|_, _| Ok(None));
    documents.expect_find_deleted().returning(|_, _| Ok(Some(document(DocumentStatus::Processed))));
    let erasures = erasing(false, &mut Sequence::new());
    assert!(erase(documents, erasures, MockBlobStore::new()).execute(&SCOPE, DOCUMENT, None).await.is_ok());
    let nothing = MockErasureRepository::new;
    let erased = erase(no_documents(), nothing(), MockBlobStore::new()).execute(&SCOPE, DOCUMENT, None).await;
    assert_eq!(erased, Err(UseCaseError::DOCUMENT_NOT_FOUND));
    let documents = documents_with(document(DocumentStatus::Processed));
    let erased = erase(documents, nothing(), MockBlobStore::new()).execute(&SCOPE, DOCUMENT, Some(2)).await;
    assert_eq!(erased, Err(UseCaseError::Stale));
}

/// Repositories from which a day's old things are purged: one deleted document, and one file of an earlier erasure.
fn purge(blobs: MockBlobStore, files_done: usize) -> PurgeDeleted {
    let system = |scope: &Scope| *scope == Scope::system();
    let moment = |text: &str| text.parse::<jiff::Timestamp>().unwrap();
    let mut outbox = MockOutbox::new();
    let week_ago = moment("2026-02-22T10:00:00Z");
    outbox
        .expect_prune()
        .withf(move |scope, before| system(scope) && *before == week_ago)
        .returning(|_, _| Ok(4));
    let mut documents = MockDocumentRepository::new();
    let mut erasures = erasing(true, &mut Sequence::new());
    let day_ago = moment("2026-02-28T10:00:00Z");
    erasures
        .expect_forget_keys()
        .withf(move |scope, before| system(scope) && *before == day_ago)
        .returning(|_, _| Ok(2));
    let month_ago = moment("2026-01-30T10:00:00Z");
    erasures
        .expect_deleted_before()
        .withf(move |scope, before, limit| system(scope) && *before == month_ago && *limit == 100)
        .returning(|_, _, _| Ok(vec![DOCUMENT, OTHER]));
    documents.expect_find().returning(|_, _| Ok(None));
    // Another process has erased the second one already.
    documents.expect_find_deleted().returning(move |_, id| {
        let deleted_at = Some(moment("2026-01-02T10:00:00Z"));
        Ok((id == DOCUMENT).then(|| Document { deleted_at, ..document(DocumentStatus::Processed) }))
    });
    let earlier = crate::blob::Sha256([6; 32]);
    erasures.expect_erasures().returning(move |_, _| Ok(vec![earlier, SHA256]));
    erasures.expect_claim_erasure().returning(|_, _, _, _| Ok(true));
    erasures.expect_erasure_done().times(files_done).returning(|_, _| Ok(()));
    purging(documents, erasures, blobs, outbox)
}

fn purging(
    documents: MockDocumentRepository,
    erasures: MockErasureRepository,
    blobs: MockBlobStore,
    outbox: MockOutbox,
) -> PurgeDeleted {
    PurgeDeleted {
        documents: Arc::new(documents),
        erasures: Arc::new(erasures),
        blobs: Arc::new(blobs),
        outbox: Arc::new(outbox),
        clock: clock(),
        retention: Retention::default(),
    }
}

#[tokio::test]
async fn what_nobody_may_want_back_is_purged() {
    let mut blobs = MockBlobStore::new();
    blobs.expect_delete().times(2).returning(|_| Ok(()));
    let purged = purge(blobs, 2).execute().await;
    assert_eq!(purged, Ok(Purged { documents: 1, files: 2, events: 4, idempotency_keys: 2 }));
}

#[tokio::test]
async fn a_document_that_was_restored_meanwhile_is_not_purged() {
    let (mut documents, mut erasures) = (MockDocumentRepository::new(), MockErasureRepository::new());
    erasures.expect_forget_keys().returning(|_, _| Ok(0));
    erasures.expect_erasures().returning(|_, _| Ok(Vec::new()));
    erasures.expect_deleted_before().returning(|_, _, _| Ok(vec![DOCUMENT, OTHER]));
    // One is there again, the other was restored and has just been deleted anew. Neither is erased.
    documents.expect_find_deleted().returning(|_, id| {
        Ok((id == OTHER).then(|| Document { deleted_at: Some(now()), ..document(DocumentStatus::Processed) }))
    });
    let mut outbox = MockOutbox::new();
    outbox.expect_prune().returning(|_, _| Ok(0));
    let purge = purging(documents, erasures, MockBlobStore::new(), outbox);
    assert_eq!(purge.execute().await, Ok(Purged::default()));
}

#[tokio::test]
async fn a_purge_that_is_broken_off_says_nothing_to_be_gone_that_is_not() {
    let mut blobs = MockBlobStore::new();
    blobs.expect_delete().times(1).returning(|_| Err(BlobError::Unavailable { reason: String::new() }));
    assert_eq!(purge(blobs, 0).execute().await.unwrap_err().code(), "storage_unavailable");
}

fn waiting_events() -> Vec<Event> {
    let of = |occurrence| Event::of(&document(DocumentStatus::Processed), occurrence, now());
    vec![of(Occurrence::DocumentReceived), of(Occurrence::DocumentApproved), of(Occurrence::DocumentDeleted)]
}

/// Tells the events to a sink that takes so many.
async fn publish(events: Vec<Event>, taken: usize) -> Result<u64, UseCaseError> {
    let (mut outbox, mut sink, mut order) = (MockOutbox::new(), MockEventSink::new(), Sequence::new());
    let pending = events.clone();
    outbox.expect_pending().withf(|scope, _| *scope == Scope::system()).return_once(move |_, _| Ok(pending));
    for (place, wanted) in events.iter().cloned().enumerate().take(taken + 1) {
        let refused = || PublishError { reason: "full".to_owned() };
        sink.expect_publish()
            .times(1)
            .in_sequence(&mut order)
            .withf(move |event| *event == wanted)
            .returning(move |_| if place < taken { Ok(()) } else { Err(refused()) });
    }
    let ids: Vec<_> = events.iter().take(taken).map(|event| event.id).collect();
    outbox
        .expect_published()
        .times(usize::from(taken > 0))
        .withf(move |_, told, at| *told == ids && *at == now())
        .returning(|_, _, _| Ok(()));
    PublishEvents { outbox: Arc::new(outbox), sink: Arc::new(sink), clock: clock() }.execute().await
}

#[tokio::test]
async fn events_are_told_in_their_order_up_to_the_first_that_is_not_taken() {
    for taken in 0..=3 {
        assert_eq!(publish(waiting_events(), taken).await, Ok(taken as u64));
    }
    assert_eq!(publish(Vec::new(), 0).await, Ok(0));
    assert_ne!(waiting_events()[0].id.0, Uuid::nil());
}
