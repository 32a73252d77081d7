//! Jobs: looked for, waited for, cancelled, tried again.

use std::time::Duration;

use actix_web::test::TestRequest;
use fieldmark_domain::document::DocumentStatus;
use fieldmark_domain::job::{Job, JobStatus};
use fieldmark_domain::listing::{Listing, Window};
use fieldmark_domain::scope::{OwnerId, Scope};
use mockall::Sequence;
use serde_json::json;

use crate::mocked::Ports;
use crate::samples::{DOCUMENT, JOB, document, failure, job};

fn at(rest: &str) -> String {
    format!("/api/v1/jobs/{JOB}{rest}")
}

/// Ports that have this job.
fn with(job: Job) -> Ports {
    let mut ports = Ports::new();
    ports.jobs.expect_wait_for_end().returning(|_, _, _| ());
    ports.jobs.expect_find().withf(|_, id| *id == JOB).returning(move |_, _| Ok(Some(job.clone())));
    ports
}

#[actix_web::test]
async fn a_list_is_asked_as_it_was_meant() {
    let mut ports = Ports::new();
    ports
        .jobs
        .expect_list()
        .withf(|scope, query| {
            *scope == Scope::owner(OwnerId::LOCAL)
                && query.statuses == [JobStatus::Failed, JobStatus::Dead]
                && query.document == Some(DOCUMENT)
                && query.window == Window { limit: 5, offset: 10 }
        })
        .returning(|_, _| Ok(Listing { items: vec![job(JobStatus::Dead)], total: 11 }));
    let address = format!("/api/v1/jobs?status=failed,dead&document_id={DOCUMENT}&limit=5&offset=10");
    let answer = ports.ask(TestRequest::get().uri(&address)).await;
    assert_eq!(answer.data(200)[0]["status"], "dead");
    assert_eq!((&answer.json()["meta"]["total"], &answer.json()["meta"]["page"]), (&json!(11), &json!(3)));
    let wrong = TestRequest::get().uri("/api/v1/jobs?status=lost&document_id=7&limit=0&offset=-1");
    let answer = Ports::new().ask(wrong).await;
    assert_eq!(answer.failure(), (422, "validation_failed".to_owned()));
    assert_eq!(answer.details(), ["status", "document_id", "limit", "offset"]);
}

#[actix_web::test]
async fn a_job_tells_how_far_it_is() {
    let data = with(job(JobStatus::Running)).ask(TestRequest::get().uri(&at(""))).await.data(200);
    assert_eq!(
        data,
        json!({
            "id": JOB.to_string(), "kind": "process_document", "document_id": DOCUMENT.to_string(),
            "status": "running", "progress": 0.5, "attempts": 1, "max_attempts": 3, "priority": 0,
            "cancel_requested": false, "run_at": "2025-06-15T15:06:40Z", "created_at": "2025-06-15T15:06:40Z",
        })
    );
    let broken = Job { error: Some(failure("document_encrypted")), ..job(JobStatus::Failed) };
    let data = with(broken).ask(TestRequest::get().uri(&at(""))).await.data(200);
    assert_eq!((&data["error"]["code"], data.get("result")), (&json!("document_encrypted"), None));
    let data = with(job(JobStatus::Succeeded)).ask(TestRequest::get().uri(&at(""))).await.data(200);
    assert_eq!(data["result"], format!("/api/v1/documents/{DOCUMENT}"));
}

#[actix_web::test]
async fn a_job_that_is_not_there_is_not_found() {
    let mut ports = Ports::new();
    ports.jobs.expect_wait_for_end().returning(|_, _, _| ());
    ports.jobs.expect_find().returning(|_, _| Ok(None));
    let service = ports.serve().await;
    for request in [
        TestRequest::get().uri(&at("")),
        TestRequest::delete().uri(&at("")),
        TestRequest::post().uri(&at("/retry")),
        TestRequest::get().uri("/api/v1/jobs/7"),
    ] {
        assert_eq!(service.ask(request).await.failure(), (404, "not_found".to_owned()));
    }
}

#[actix_web::test]
async fn the_end_of_a_job_is_waited_for() {
    let mut ports = Ports::new();
    let mut order = Sequence::new();
    for status in [JobStatus::Queued, JobStatus::Running, JobStatus::Succeeded] {
        ports
            .jobs
            .expect_wait_for_end()
            .withf(|_, id, longest| *id == JOB && !longest.is_zero())
            .times(1)
            .in_sequence(&mut order)
            .returning(|_, _, _| ());
        ports
            .jobs
            .expect_find()
            .times(1)
            .in_sequence(&mut order)
            .returning(move |_, _| Ok(Some(job(status))));
    }
    let data = ports.ask(TestRequest::get().uri(&at("?wait=60"))).await.data(200);
    assert_eq!(data["status"], "succeeded");
}

#[actix_web::test]
async fn whoever_does_not_want_to_wait_does_not() {
    for query in ["", "?wait=0"] {
        let mut ports = Ports::new();
        ports.jobs.expect_wait_for_end().withf(|_, _, longest| longest.is_zero()).returning(|_, _, _| ());
        ports.jobs.expect_find().times(1).returning(|_, _| Ok(Some(job(JobStatus::Running))));
        let data = ports.ask(TestRequest::get().uri(&at(query))).await.data(200);
        assert_eq!(data["status"], "running");
    }
    for query in ["?wait=61", "?wait=-1", "?wait=long"] {
        let answer = Ports::new().ask(TestRequest::get().uri(&at(query))).await;
        assert_eq!((answer.failure().0, answer.details()), (422, vec!["wait".to_owned()]), "{query}");
    }
    let mut ports = Ports::new();
    ports.limits.longest_wait = Duration::from_secs(5);
    let answer = ports.ask(TestRequest::get().uri(&at("?wait=6"))).await;
    assert_eq!(answer.details(), ["wait"]);
}

#[actix_web::test]
async fn a_job_is_cancelled_with_its_document() {
    let mut ports = with(job(JobStatus::Queued));
    ports.documents.expect_find().returning(|_, _| Ok(Some(document(DocumentStatus::Queued))));
    ports
        .jobs
        .expect_cancel()
        .withf(|_, change| {
            let document = change.document.as_ref().unwrap();
            change.job == JOB && document.status == DocumentStatus::Received
        })
        .times(1)
        .returning(|_, _| Ok(Some(job(JobStatus::Cancelled))));
    let data = ports.ask(TestRequest::delete().uri(&at(""))).await.data(200);
    assert_eq!(data["status"], "cancelled");
    let mut ports = with(job(JobStatus::Running));
    ports.documents.expect_find().returning(|_, _| Ok(Some(document(DocumentStatus::Processing))));
    let asked = Job { cancel_requested: true, ..job(JobStatus::Running) };
    ports.jobs.expect_cancel().return_once(move |_, _| Ok(Some(asked)));
    let data = ports.ask(TestRequest::delete().uri(&at(""))).await.data(200);
    assert_eq!((&data["status"], &data["cancel_requested"]), (&json!("running"), &json!(true)));
    let answer = with(job(JobStatus::Succeeded)).ask(TestRequest::delete().uri(&at(""))).await;
    assert_eq!(answer.failure(), (409, "wrong_status".to_owned()));
}

#[actix_web::test]
async fn a_job_that_came_to_no_good_end_is_tried_again() {
    let mut ports = with(job(JobStatus::Dead));
    ports.documents.expect_find().returning(|_, _| Ok(Some(document(DocumentStatus::Failed))));
    ports
        .jobs
        .expect_retry()
        .withf(|_, change| change.document.as_ref().unwrap().status == DocumentStatus::Queued)
        .times(1)
        .returning(|_, _| Ok(Some(job(JobStatus::Queued))));
    let answer = ports.ask(TestRequest::post().uri(&at("/retry"))).await;
    assert_eq!(answer.data(202)["status"], "queued");
    assert_eq!(answer.header("location"), at(""));
    for status in [JobStatus::Queued, JobStatus::Running, JobStatus::Succeeded] {
        let answer = with(job(status)).ask(TestRequest::post().uri(&at("/retry"))).await;
        assert_eq!(answer.failure(), (409, "wrong_status".to_owned()), "{status}");
    }
}

#[actix_web::test]
async fn an_unknown_parameter_is_refused() {
    let service = Ports::new().serve().await;
    for request in [
        TestRequest::get().uri(&at("?until=60")),
        TestRequest::delete().uri(&at("?force=true")),
        TestRequest::post().uri(&at("/retry?force=true")),
    ] {
        assert_eq!(service.ask(request).await.failure(), (400, "unknown_parameter".to_owned()));
    }
}
