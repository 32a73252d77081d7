//! Files kept as documents and read while their senders wait.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use fieldmark_domain::document::{DocumentRecord, DocumentStatus};
use fieldmark_domain::field::Field;
use fieldmark_domain::job::{Job, JobStatus, Priority};
use fieldmark_domain::listing::Listing;
use fieldmark_domain::ports::{Created, JobsChange, MockClock};
use serde_json::json;

use crate::bodies::{Form, pdf};
use crate::inference::{fields, post, sent};
use crate::mocked::{Ports, takes_files};
use crate::samples::{DOCUMENT, JOB, document, failure, findings, job, label, moment};

/// What was read of the document once its job is over.
fn record() -> DocumentRecord {
    let labels = vec![label(Field::InvoiceNumber, "A-117", 0.98), label(Field::OrderNumber, "7", 0.6)];
    DocumentRecord { document: document(DocumentStatus::Processed), labels, findings: Some(findings(1)) }
}

/// Ports that keep a file as a new document, whose job is then this one.
fn keeping(job: Job) -> Ports {
    let mut ports = Ports::new();
    takes_files(&mut ports);
    ports
        .documents
        .expect_create()
        .withf(|_, new| {
            let job = new.job.as_ref().unwrap();
            (job.priority, job.max_attempts) == (Priority::AT_ONCE, 3)
        })
        .times(1)
        .returning(|_, _| Ok(Created::New));
    ending(&mut ports, job);
    ports
}

/// Ports that have the file's document already.
fn knowing(status: DocumentStatus) -> Ports {
    let mut ports = Ports::new();
    takes_files(&mut ports);
    let known = document(status);
    ports.documents.expect_create().returning(move |_, _| Ok(Created::Existing(Box::new(known.clone()))));
    ports
}

/// Whoever waits for the job finds it like this, and its document read.
fn ending(ports: &mut Ports, job: Job) {
    ports.jobs.expect_wait_for_end().returning(|_, _, _| ());
    ports.jobs.expect_find().returning(move |_, _| Ok(Some(job.clone())));
    ports.documents.expect_show().returning(|_, _| Ok(Some(record())));
}

/// A second goes by with every look at it.
fn impatient() -> MockClock {
    let (mut clock, seconds) = (MockClock::new(), AtomicU64::new(0));
    clock.expect_now().returning(|| moment(100));
    clock.expect_monotonic().returning(move || Duration::from_secs(seconds.fetch_add(1, Ordering::Relaxed)));
    clock
}

#[actix_web::test]
async fn a_file_is_kept_and_its_job_waited_for() {
    let form = Form::default().file("a.pdf", &pdf(1)).part("tags", "march");
    let answer = keeping(job(JobStatus::Succeeded)).ask(form.of(post(""))).await;
    let data = answer.data(200);
    assert_eq!(
        (&data["status"], fields(&data)),
        (&json!("processed"), vec!["invoice_number", "order_number"])
    );
    assert_eq!(data["id"], DOCUMENT.to_string());
    assert_eq!(answer.header("location"), format!("/api/v1/documents/{DOCUMENT}"));
}

#[actix_web::test]
async fn what_was_read_before_is_not_read_again() {
    // No job is made, and none waited for.
    let mut ports = knowing(DocumentStatus::Approved);
    ports.documents.expect_show().returning(|_, _| Ok(Some(record())));
    let data = ports.ask(sent("?confidence_threshold=0.9")).await.data(200);
    assert_eq!((&data["id"], fields(&data)), (&json!(DOCUMENT.to_string()), vec!["invoice_number"]));
}

#[actix_web::test]
async fn a_job_that_is_there_is_waited_for() {
    let mut ports = knowing(DocumentStatus::Queued);
    ports
        .jobs
        .expect_list()
        .withf(|_, query| {
            query.document == Some(DOCUMENT) && query.statuses == [JobStatus::Queued, JobStatus::Running]
        })
        .times(1)
        .returning(|_, _| Ok(Listing { items: vec![job(JobStatus::Running)], total: 1 }));
    ports.jobs.expect_wait_for_end().withf(|_, id, _| *id == JOB).times(1).returning(|_, _, _| ());
    ports.jobs.expect_find().withf(|_, id| *id == JOB).returning(|_, _| Ok(Some(job(JobStatus::Succeeded))));
    ports.documents.expect_show().returning(|_, _| Ok(Some(record())));
    assert_eq!(ports.ask(sent("")).await.data(200)["status"], "processed");
}

#[actix_web::test]
async fn what_was_not_read_before_is_read_now() {
    for status in [DocumentStatus::Failed, DocumentStatus::Received] {
        let mut ports = knowing(status);
        ports.documents.expect_find().returning(move |_, _| Ok(Some(document(status))));
        ports
            .documents
            .expect_update()
            .withf(
                |_, update| matches!(&update.jobs, JobsChange::Add(job) if job.priority == Priority::AT_ONCE),
            )
            .times(1)
            .returning(|_, update| Ok(Some(update.document.clone())));
        ending(&mut ports, job(JobStatus::Succeeded));
        assert_eq!(ports.ask(sent("")).await.data(200)["status"], "processed", "{status}");
    }
}

#[actix_web::test]
async fn beyond_the_deadline_the_work_goes_on() {
    for deadline in [Duration::ZERO, Duration::from_secs(5)] {
        let mut ports = keeping(job(JobStatus::Running));
        (ports.limits.infer_deadline, ports.clock) = (deadline, impatient());
        let answer = ports.ask(sent("")).await;
        let data = answer.data(202);
        assert_eq!((&data["id"], &data["status"]), (&json!(JOB.to_string()), &json!("running")));
        assert_eq!(answer.header("location"), format!("/api/v1/jobs/{JOB}"));
    }
}

#[actix_web::test]
async fn a_job_that_read_nothing_says_why() {
    let failed = |status, code: &str| Job { error: Some(failure(code)), ..job(status) };
    for (job, status, code) in [
        (failed(JobStatus::Failed, "document_encrypted"), 422, "document_encrypted"),
        (failed(JobStatus::Failed, "document_too_large"), 413, "document_too_large"),
        (failed(JobStatus::Dead, "reader_unavailable"), 503, "reader_unavailable"),
        (failed(JobStatus::Dead, "worker_lost"), 503, "worker_lost"),
        (failed(JobStatus::Dead, "time_limit"), 422, "time_limit"),
        (job(JobStatus::Cancelled), 409, "wrong_status"),
        (job(JobStatus::Dead), 500, "internal_error"),
    ] {
        let answer = keeping(job).ask(sent("")).await;
        assert_eq!(answer.failure(), (status, code.to_owned()));
        assert_eq!(answer.header("retry-after"), if status == 503 { "1" } else { "" });
    }
}

#[actix_web::test]
async fn several_files_share_one_deadline() {
    let mut ports = Ports::new();
    takes_files(&mut ports);
    ports.documents.expect_create().returning(|_, _| Ok(Created::New));
    ending(&mut ports, job(JobStatus::Running));
    (ports.limits.infer_deadline, ports.clock) = (Duration::from_secs(5), impatient());
    let form = Form::default().file("a.pdf", &pdf(1)).file("b.pdf", &pdf(2));
    let data = ports.ask(form.of(post(""))).await.data(207);
    for outcome in data.as_array().unwrap() {
        assert_eq!((&outcome["status"], &outcome["data"]["status"]), (&json!(202), &json!("running")));
    }
}
