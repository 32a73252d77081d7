//! Whether the service lives and is ready, and its measures.

use std::sync::Arc;

use actix_web::test::TestRequest;
use async_trait::async_trait;
use fieldmark_domain::job::JobCounts;
use fieldmark_domain::ports::RepositoryError;
use fieldmark_http_actix::health::Dependency;
use serde_json::json;

use crate::mocked::Ports;

struct Thing(&'static str, Result<(), String>);

#[async_trait]
impl Dependency for Thing {
    fn name(&self) -> &'static str {
        self.0
    }

    async fn check(&self) -> Result<(), String> {
        self.1.clone()
    }
}

#[actix_web::test]
async fn what_is_missing_is_named_and_why_is_not() {
    let mut ports = Ports::new();
    let away = Err("postgres://admin:secret@db is away".to_owned());
    ports.dependencies = vec![Arc::new(Thing("storage", Ok(()))), Arc::new(Thing("database", away))];
    let answer = ports.ask(TestRequest::get().uri("/health/ready")).await;
    assert_eq!(answer.status.as_u16(), 503);
    let checks = json!([{"name": "storage", "ready": true}, {"name": "database", "ready": false}]);
    assert_eq!(answer.json(), json!({"status": "not_ready", "checks": checks}));
}

#[actix_web::test]
async fn a_service_that_has_everything_is_ready() {
    let mut ports = Ports::new();
    ports.dependencies = vec![Arc::new(Thing("storage", Ok(())))];
    let answer = ports.ask(TestRequest::get().uri("/health/ready")).await;
    assert_eq!((answer.status.as_u16(), &answer.json()["status"]), (200, &json!("ready")));
    let live = Ports::new().ask(TestRequest::get().uri("/health/live")).await;
    assert_eq!(live.json(), json!({"status": "live"}));
    let version = Ports::new().ask(TestRequest::get().uri("/version")).await;
    assert_eq!(version.json()["version"], "0.1.0");
}

#[actix_web::test]
async fn measures_are_printed_even_when_jobs_cannot_be_counted() {
    let mut ports = Ports::new();
    ports.jobs.expect_counts().times(1).returning(|_| Ok(JobCounts { queued: 3, ..JobCounts::default() }));
    let answer = ports.ask(TestRequest::get().uri("/metrics")).await;
    assert_eq!(
        (answer.status.as_u16(), answer.header("content-type")),
        (200, "text/plain; version=0.0.4; charset=utf-8")
    );
    let mut ports = Ports::new();
    ports.jobs.expect_counts().returning(|_| Err(RepositoryError::Unavailable { reason: String::new() }));
    assert_eq!(ports.ask(TestRequest::get().uri("/metrics")).await.status.as_u16(), 200);
}
