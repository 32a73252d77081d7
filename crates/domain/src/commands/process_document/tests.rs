//! What a job keeps of a reading, what it leaves to people, and how it ends otherwise.

use std::sync::atomic::{AtomicUsize, Ordering};

use super::*;
use crate::check::Check;
use crate::commands::fixtures::*;
use crate::content::DocumentContent;
use crate::detection::{Detection, SpanClass};
use crate::document::{DocumentId, DocumentStatus};
use crate::extraction::Decision;
use crate::field::Field;
use crate::geometry::BoundingBox;
use crate::label::{LabelAct, Source, StoredLabel};
use crate::page::{Page, PageSize, TextLayer, TextVerdict, Word};
use crate::ports::{
    DetectError, DetectorIdentity, MockBlobStore, MockDocumentReader, MockDocumentRepository,
    MockFieldDetector, MockJobQueue, MockLabelRepository, Needs, ReadError, ReadLabels,
};

const INVOICE: [(Field, &str); 2] = [(Field::InvoiceNumber, "A-117"), (Field::Bankgiro, "5050-1055")];

/// A page with these words, and a detector that knows what each of them is.
fn extract(invoice: &'static [(Field, &'static str)]) -> ExtractDocument {
    let bounds = |row: usize| BoundingBox { left: 0.1, top: 0.1 * row as f32, width: 0.1, height: 0.02 };
    let mut reader = MockDocumentReader::new();
    reader.expect_read().returning(move |_| {
        let word = |(row, (_, text)): (usize, &(Field, &str))| Word {
            text: (*text).to_owned(),
            bounds: bounds(row + 1),
            font_size: 10.0,
        };
        Ok(DocumentContent::of_pages(vec![Page {
            number: 1,
            size: PageSize { width_pt: 595.0, height_pt: 842.0 },
            words: invoice.iter().enumerate().map(word).collect(),
            text_layer: TextLayer { verdict: TextVerdict::Good, reasons: Vec::new() },
            raster: None,
        }]))
    });
    let mut detector = detector();
    detector.expect_detect().returning(move |_| {
        let detection = |(row, (field, _)): (usize, &(Field, &str))| {
            let class = SpanClass::Value(*field);
            Detection {
                class,
                score: 0.97,
                bounds: bounds(row + 1),
                words: vec![u32::try_from(row).unwrap()],
            }
        };
        Ok(vec![invoice.iter().enumerate().map(detection).collect()])
    });
    ExtractDocument { reader: Arc::new(reader), detector: Arc::new(detector), clock: clock() }
}

fn detector() -> MockFieldDetector {
    let mut detector = MockFieldDetector::new();
    detector.expect_needs().return_const(Needs { words: true, raster_height: None });
    let identity = || DetectorIdentity { name: "mock-1".to_owned(), sha256: String::new() };
    detector.expect_identity().returning(identity);
    detector
}

fn bytes() -> MockBlobStore {
    let mut blobs = MockBlobStore::new();
    blobs.expect_get().withf(|sha256| *sha256 == SHA256).returning(|_| Ok(Some((*b"%PDF-").into())));
    blobs
}

/// A queued document that takes the note that it is being read.
fn documents() -> MockDocumentRepository {
    let mut documents = documents_with(document(DocumentStatus::Queued));
    expect_update(&mut documents, |update| {
        update.document.status == DocumentStatus::Processing && update.jobs == JobsChange::Keep
    });
    documents
}

fn alone(mut documents: MockDocumentRepository) -> MockDocumentRepository {
    documents.expect_first_of().returning(|_, _, _| Ok(None));
    documents
}

/// Labels that were there, and what is wanted of those that replace them.
fn labels(before: Vec<StoredLabel>, check: impl Fn(&ReadLabels) + Send + 'static) -> MockLabelRepository {
    let mut labels = MockLabelRepository::new();
    labels.expect_list().returning(move |_, _| Ok(Some(before.clone())));
    labels.expect_replace().times(1).returning(move |scope, read| {
        assert_eq!((*scope, read.lease), (SCOPE, lease()));
        check(read);
        Ok(())
    });
    labels
}

/// A queue that takes one end, if it is as wanted.
fn ends(is_wanted: impl Fn(&JobEnd) -> bool + Send + 'static) -> MockJobQueue {
    let mut jobs = MockJobQueue::new();
    let wanted = move |settlement: &crate::ports::Settlement| is_wanted(&settlement.end);
    jobs.expect_settle().times(1).withf(move |_, settlement| wanted(settlement)).returning(|_, _| Ok(()));
    jobs
}

fn case(
    extract: ExtractDocument,
    documents: MockDocumentRepository,
    labels: MockLabelRepository,
    jobs: MockJobQueue,
) -> ProcessDocument {
    ProcessDocument {
        extract,
        settle: settling(jobs, Arc::new(documents)),
        labels: Arc::new(labels),
        blobs: Arc::new(bytes()),
        retry: RetryPolicy::default(),
        options: ReadingOptions::default(),
        electronic_invoices: true,
        soft_limit: None,
    }
}

async fn run(case: &ProcessDocument, attempts: u32) -> Result<JobOutcome, UseCaseError> {
    case.execute(&claimed(attempts), &Arc::new(Progress::default())).await
}

/// A case that reads the invoice beside what was there, and comes to its end.
async fn read_beside(before: Vec<StoredLabel>, check: impl Fn(&ReadLabels) + Send + 'static) {
    let case = case(extract(&INVOICE), alone(documents()), labels(before, check), MockJobQueue::new());
    assert_eq!(run(&case, 1).await, Ok(JobOutcome::Succeeded));
}

fn written(read: &ReadLabels, field: Field) -> &StoredLabel {
    read.labels.iter().find(|label| label.label.field == field).unwrap()
}

fn said(read: &ReadLabels, field: Field) -> Vec<&Check> {
    let checks = &written(read, field).label.checks;
    checks.iter().filter(|check| check.name == "not_seen_before").collect()
}

#[tokio::test]
async fn what_was_read_is_kept_with_the_job_the_document_and_the_event() {
    read_beside(Vec::new(), |read| {
        let number = written(read, Field::InvoiceNumber);
        assert_eq!((number.label.value.to_string().as_str(), number.version), ("A-117", 0));
        assert!(!number.label.candidates.is_empty());
        assert_eq!(read.labels.len(), 2);
        let outcome = read.document.outcome.as_ref().unwrap();
        let (least, page_count) = (outcome.min_confidence.unwrap(), outcome.page_count);
        assert!(read.labels.iter().all(|label| label.label.confidence >= least) && page_count == 1);
        assert_eq!(read.document.status, DocumentStatus::Processed);
        assert_eq!((read.document.version, read.document.processed_at), (3, Some(now())));
        assert_eq!(read.event.occurrence.name(), "document.processed");
        let acts: Vec<_> = read.changes.iter().map(|change| (change.act, change.by)).collect();
        assert_eq!(acts, [(LabelAct::Read, None); 2]);
        assert!(read.changes.iter().all(|change| change.before.is_none() && change.after.is_some()));
        assert!(read.changes.is_sorted_by_key(|change| change.id));
        let identity = read.identity.as_ref().unwrap();
        let supplier = vec![(Field::Bankgiro, "50501055".to_owned())];
        assert_eq!((identity.number.as_str(), &identity.supplier), ("a-117", &supplier));
        assert!(said(read, Field::InvoiceNumber)[0].passed && said(read, Field::Bankgiro).is_empty());
        assert_eq!(read.findings.provenance.file_sha256, Some(SHA256.to_string()));
        assert_eq!(read.findings.decision, outcome.decision);
    })
    .await;
}

#[tokio::test]
async fn progress_ends_at_the_whole() {
    let progress = Arc::new(Progress::default());
    let labels = labels(Vec::new(), |_| {});
    let case = case(extract(&INVOICE), alone(documents()), labels, MockJobQueue::new());
    case.execute(&claimed(1), &progress).await.unwrap();
    assert!((progress.share() - 1.0).abs() < f32::EPSILON);
}

#[tokio::test]
async fn what_people_said_stays_when_a_document_is_read_again() {
    let corrected = reviewed(Field::InvoiceNumber, "B-200");
    let deleted = StoredLabel { deleted_at: Some(now()), ..reviewed(Field::Bankgiro, "991-2346") };
    let added = reviewed(Field::OrderNumber, "77");
    let ids = [corrected.id, added.id, deleted.id];
    read_beside(vec![corrected, deleted, added], move |read| {
        // Without a supplier nothing tells the invoice from others.
        assert!(read.labels.iter().all(|label| ids.contains(&label.id)), "{:?}", read.labels);
        assert!(read.removed.is_empty() && read.changes.is_empty() && read.identity.is_none());
        assert_eq!(read.document.outcome.as_ref().unwrap().min_confidence, Some(1.0));
        assert!(!read.findings.decision.reasons().iter().any(|reason| reason.contains("invoice_number")));
    })
    .await;
}

#[tokio::test]
async fn what_the_program_had_read_gives_way_in_place() {
    let before = vec![stored(Field::InvoiceNumber, "A-116"), stored(Field::CustomerNumber, "12")];
    let (number, customer) = (before[0].id, before[1].id);
    read_beside(before, move |read| {
        let label = written(read, Field::InvoiceNumber);
        assert_eq!((label.id, label.version, label.label.value.to_string().as_str()), (number, 1, "A-117"));
        assert_eq!(read.removed, [customer]);
        let change = |label| read.changes.iter().find(|change| change.label == label).unwrap();
        let value =
            |state: &Option<crate::label::LabelState>| state.as_ref().map(|state| state.value.to_string());
        let (read_again, gone) = (change(number), change(customer));
        assert_eq!(value(&read_again.before).as_deref(), Some("A-116"));
        assert_eq!(value(&read_again.after).as_deref(), Some("A-117"));
        assert_eq!((gone.act, value(&gone.before).as_deref()), (LabelAct::Deleted, Some("12")));
        assert_eq!((read_again.act, gone.after.is_none(), gone.by), (LabelAct::Read, true, None));
    })
    .await;
}

#[tokio::test]
async fn reading_the_same_again_writes_no_label_and_no_history() {
    let (sender, kept) = std::sync::mpsc::channel();
    read_beside(Vec::new(), move |read| sender.send(read.labels.clone()).unwrap()).await;
    let before = kept.recv().unwrap().into_iter().map(|label| StoredLabel { version: 1, ..label });
    read_beside(before.collect(), |read| {
        assert!(read.labels.is_empty() && read.changes.is_empty() && read.removed.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_second_document_of_the_same_invoice_is_said_and_reviewed() {
    let mut documents = documents();
    documents
        .expect_first_of()
        .withf(|scope, invoice, except| {
            (*scope, invoice.number.as_str(), *except) == (SCOPE, "a-117", DOCUMENT)
        })
        .returning(|_, _, _| Ok(Some(OTHER)));
    let labels = labels(Vec::new(), |read| {
        for field in [Field::InvoiceNumber, Field::Bankgiro] {
            let checks = said(read, field);
            assert!(!checks[0].passed && checks[0].detail.as_ref().unwrap().contains(&OTHER.to_string()));
        }
        let outcome = read.document.outcome.as_ref().unwrap();
        assert_eq!(outcome.repeats, Some(OTHER));
        let Decision::Review { reasons } = &outcome.decision else { panic!("accepted") };
        let about_it = reasons.iter().filter(|reason| reason.contains("not_seen_before"));
        assert_eq!(about_it.count(), 1, "{reasons:?}");
    });
    let case = case(extract(&INVOICE), documents, labels, MockJobQueue::new());
    assert_eq!(run(&case, 1).await, Ok(JobOutcome::Succeeded));
}

#[tokio::test]
async fn a_total_that_a_person_said_is_checked_with_what_was_read() {
    const TOTALS: [(Field, &str); 2] = [(Field::TotalNet, "1000.00"), (Field::TotalTax, "250.00")];
    let labels = labels(vec![reviewed(Field::TotalGross, "1500.00")], |read| {
        let check = read.findings.checks.iter().find(|check| check.name == "net_plus_tax_is_gross").unwrap();
        assert!(!check.passed);
        for field in [Field::TotalNet, Field::TotalTax, Field::TotalGross] {
            assert!(written(read, field).label.checks.contains(check), "{field}");
        }
        assert_eq!(written(read, Field::TotalGross).label.source, Source::Person);
        assert!(read.changes.iter().all(|change| change.field != Field::TotalGross));
        let reasons = read.findings.decision.reasons();
        assert!(reasons.contains(&"net_plus_tax_is_gross fails".to_owned()), "{reasons:?}");
        assert!(!reasons.contains(&"total_gross was not found".to_owned()), "{reasons:?}");
    });
    let case = case(extract(&TOTALS), alone(documents()), labels, MockJobQueue::new());
    assert_eq!(run(&case, 1).await, Ok(JobOutcome::Succeeded));
}

#[tokio::test]
async fn the_last_step_is_done_anew_when_something_changed_meanwhile() {
    for changed in [RepositoryError::Stale, RepositoryError::RepeatsChanged] {
        let tries = AtomicUsize::new(0);
        let mut labels = MockLabelRepository::new();
        labels.expect_list().times(2).returning(|_, _| Ok(Some(Vec::new())));
        labels.expect_replace().times(2).returning(move |_, _| {
            if tries.fetch_add(1, Ordering::Relaxed) == 0 { Err(changed.clone()) } else { Ok(()) }
        });
        let case = case(extract(&INVOICE), alone(documents()), labels, MockJobQueue::new());
        assert_eq!(run(&case, 1).await, Ok(JobOutcome::Succeeded));
    }
}

#[tokio::test]
async fn a_document_that_changes_all_the_time_is_tried_again_later() {
    let mut labels = MockLabelRepository::new();
    labels.expect_list().returning(|_, _| Ok(Some(Vec::new())));
    labels.expect_replace().times(20..).returning(|_, _| Err(RepositoryError::Stale));
    let jobs = ends(|end| matches!(end, JobEnd::Retried { error, .. } if error.code == "changed_meanwhile"));
    let case = case(extract(&INVOICE), alone(documents()), labels, jobs);
    assert!(matches!(run(&case, 1).await, Ok(JobOutcome::Ended(JobEnd::Retried { .. }))));
}

#[tokio::test]
async fn a_worker_whose_lease_is_lost_changes_nothing_more() {
    let mut labels = MockLabelRepository::new();
    labels.expect_list().returning(|_, _| Ok(Some(Vec::new())));
    labels.expect_replace().times(1).returning(|_, _| Err(RepositoryError::LeaseLost));
    let case = case(extract(&INVOICE), alone(documents()), labels, MockJobQueue::new());
    assert_eq!(run(&case, 1).await, Ok(JobOutcome::LeaseLost));
}

#[tokio::test]
async fn a_job_without_a_document_that_waits_for_it_is_over() {
    let cancelled = || ends(|end| *end == JobEnd::Cancelled);
    for documents in [no_documents(), documents_with(document(DocumentStatus::Received))] {
        let case = case(extract(&INVOICE), documents, MockLabelRepository::new(), cancelled());
        assert_eq!(run(&case, 1).await, Ok(JobOutcome::Ended(JobEnd::Cancelled)));
    }
    // It may go while it is being read.
    let mut labels = MockLabelRepository::new();
    labels.expect_list().returning(|_, _| Ok(None));
    let case = case(extract(&INVOICE), documents(), labels, cancelled());
    assert_eq!(run(&case, 1).await, Ok(JobOutcome::Ended(JobEnd::Cancelled)));
}

/// How a job ends whose reader, detector or store answers with an error.
async fn end_of(
    reader: Option<ReadError>,
    detector_fails: bool,
    blob: Result<(), Option<BlobError>>,
    attempts: u32,
) -> JobEnd {
    let mut extract = extract(&INVOICE);
    if let Some(error) = reader {
        let mut reader = MockDocumentReader::new();
        reader.expect_read().return_once(move |_| Err(error));
        extract.reader = Arc::new(reader);
    }
    if detector_fails {
        let mut detector = detector();
        let reason = "the secret device is out of memory".to_owned();
        detector.expect_detect().return_once(move |_| Err(DetectError::Failed { reason }));
        extract.detector = Arc::new(detector);
    }
    let mut case = case(extract, documents(), MockLabelRepository::new(), ends(|_| true));
    if let Err(error) = blob {
        let mut blobs = MockBlobStore::new();
        blobs.expect_get().return_once(move |_| error.map_or(Ok(None), Err));
        case.blobs = Arc::new(blobs);
    }
    let Ok(JobOutcome::Ended(end)) = run(&case, attempts).await else { panic!("it went well") };
    end
}

#[tokio::test]
async fn what_the_document_is_to_blame_for_is_final() {
    for error in [
        ReadError::Empty,
        ReadError::UnsupportedMediaType { found: String::new() },
        ReadError::TooLarge { reason: String::new() },
        ReadError::Encrypted { password_given: false },
        ReadError::Unreadable { reason: String::new() },
        ReadError::NoPages,
    ] {
        let JobEnd::Failed(failure) = end_of(Some(error.clone()), false, Ok(()), 1).await else {
            panic!("{error:?} is tried again");
        };
        assert_eq!((failure.code.as_str(), failure.message), (error.code(), error.to_string()));
    }
    let damaged = BlobError::Damaged { reason: String::new() };
    let end = end_of(None, false, Err(Some(damaged)), 1).await;
    assert!(matches!(&end, JobEnd::Failed(failure) if failure.code == "stored_file_damaged"), "{end:?}");
}

#[tokio::test]
async fn what_may_be_mended_is_tried_again_until_the_attempts_are_used_up() {
    let reason = || "/opt/secret is gone".to_owned();
    let unavailable = || Some(ReadError::Unavailable { reason: reason() });
    let blob_away = BlobError::Unavailable { reason: reason() };
    for (end, code) in [
        (end_of(unavailable(), false, Ok(()), 1).await, "reader_unavailable"),
        (end_of(Some(ReadError::Overloaded), false, Ok(()), 1).await, "overloaded"),
        (end_of(None, true, Ok(()), 1).await, "detector_failed"),
        (end_of(None, false, Err(Some(blob_away)), 1).await, "storage_unavailable"),
        (end_of(None, false, Err(None), 1).await, "stored_file_missing"),
    ] {
        let JobEnd::Retried { error, run_at } = end else { panic!("{end:?}") };
        assert_eq!(error.code, code);
        assert!(!error.message.contains("secret"), "{error:?}");
        // The first wait is one to two seconds.
        let second = Duration::from_secs(1);
        assert!((now() + second..=now() + 2 * second).contains(&run_at), "{run_at}");
    }
    let end = end_of(unavailable(), false, Ok(()), 3).await;
    assert!(matches!(&end, JobEnd::Dead(failure) if failure.code == "reader_unavailable"), "{end:?}");
}

#[tokio::test]
async fn an_end_that_cannot_be_noted_is_an_error() {
    let mut documents = MockDocumentRepository::new();
    documents.expect_find().returning(|_, _: DocumentId| Err(away()));
    let case = case(extract(&INVOICE), documents, MockLabelRepository::new(), MockJobQueue::new());
    assert_eq!(run(&case, 1).await, Err(UseCaseError::Repository(away())));
}
