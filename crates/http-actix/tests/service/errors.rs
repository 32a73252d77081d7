//! What every request has around it: ids, envelopes of what failed, methods, versions.

use actix_web::http::Method;
use actix_web::test::TestRequest;
use fieldmark_domain::listing::Listing;
use fieldmark_domain::ports::RepositoryError;

use crate::mocked::Ports;
use crate::samples::at;

fn empty() -> Ports {
    let mut ports = Ports::new();
    ports.documents.expect_list().returning(|_, _| Ok(Listing { items: Vec::new(), total: 0 }));
    ports
}

#[actix_web::test]
async fn every_answer_tells_its_id_and_its_time_and_is_kept_from_browsers() {
    let answer = empty().ask(TestRequest::get().uri("/api/v1/documents")).await;
    assert_eq!(answer.header("x-request-id"), answer.json()["meta"]["request_id"]);
    assert_eq!(answer.header("x-process-time").parse(), Ok(0.0));
    assert_eq!(answer.header("x-content-type-options"), "nosniff");
    assert_eq!(answer.header("cache-control"), "private, no-cache");
    assert!(answer.header("content-security-policy").starts_with("default-src 'none'"));
    let named = TestRequest::get().uri("/api/v1/documents").insert_header(("X-Request-Id", "order-7.1"));
    assert_eq!(empty().ask(named).await.header("x-request-id"), "order-7.1");
    for unfit in ["a b", "é", "", &"x".repeat(129)] {
        let named = TestRequest::get().uri("/api/v1/documents").insert_header(("X-Request-Id", unfit));
        assert_ne!(empty().ask(named).await.header("x-request-id"), unfit);
    }
}

#[actix_web::test]
async fn a_method_that_an_address_does_not_take_is_told_with_those_that_it_takes() {
    let answer = empty().ask(TestRequest::delete().uri("/api/v1/documents")).await;
    assert_eq!(answer.failure(), (405, "method_not_allowed".to_owned()));
    assert_eq!(answer.header("allow"), "GET, HEAD, POST");
    let head = empty().ask(TestRequest::default().method(Method::HEAD).uri("/api/v1/documents")).await;
    assert_eq!(head.status.as_u16(), 200);
}

#[actix_web::test]
async fn an_address_without_a_version_is_that_of_the_first() {
    assert_eq!(empty().ask(TestRequest::get().uri("/api/documents")).await.status.as_u16(), 200);
    let with =
        |version: &str| TestRequest::get().uri("/api/documents").insert_header(("X-API-Version", version));
    assert_eq!(empty().ask(with("v1")).await.status.as_u16(), 200);
    assert_eq!(empty().ask(with("v9")).await.failure(), (400, "unsupported_version".to_owned()));
}

#[actix_web::test]
async fn an_unknown_parameter_is_refused() {
    for address in ["/api/v1/documents?colour=red", "/health/live?x=1", "/version?x=1", "/api/v1/models?x=1"]
    {
        let answer = empty().ask(TestRequest::get().uri(address)).await;
        assert_eq!(answer.failure(), (400, "unknown_parameter".to_owned()), "{address}");
    }
}

#[actix_web::test]
async fn an_unknown_parameter_of_a_change_is_refused_before_anything_is_changed() {
    let service = Ports::new().serve().await;
    for (method, address) in [
        (Method::PUT, "?x=1"),
        (Method::PATCH, "?x=1"),
        (Method::DELETE, "?x=1"),
        (Method::POST, "/restore?x=1"),
        (Method::POST, "/process?x=1"),
        (Method::POST, "/approve?x=1"),
        (Method::POST, "/reject?x=1"),
    ] {
        let request = TestRequest::default().method(method.clone()).uri(&at(address));
        let answer = service.ask(request).await;
        assert_eq!(answer.failure(), (400, "unknown_parameter".to_owned()), "{method} {address}");
    }
}

#[actix_web::test]
async fn a_body_that_is_no_json_of_the_shape_is_refused() {
    let patch = |kind: &'static str, body: &'static str| {
        TestRequest::patch().uri(&at("")).insert_header(("Content-Type", kind)).set_payload(body)
    };
    let code = async |request| Ports::new().ask(request).await.failure();
    assert_eq!(code(patch("application/json", "{")).await, (400, "invalid_json".to_owned()));
    assert_eq!(code(patch("application/json", "[1]")).await, (422, "validation_failed".to_owned()));
    assert_eq!(code(patch("text/plain", "{}")).await, (415, "unsupported_media_type".to_owned()));
    let large = TestRequest::patch()
        .uri(&at(""))
        .insert_header(("Content-Type", "application/json"))
        .set_payload(vec![b' '; (1 << 20) + 1]);
    assert_eq!(code(large).await, (413, "body_too_large".to_owned()));
}

#[actix_web::test]
async fn a_database_that_is_away_is_said_without_its_address() {
    let mut ports = Ports::new();
    let reason = || "no route to postgres://admin:secret@db".to_owned();
    ports
        .documents
        .expect_list()
        .returning(move |_, _| Err(RepositoryError::Unavailable { reason: reason() }));
    let answer = ports.ask(TestRequest::get().uri("/api/v1/documents")).await;
    assert_eq!(answer.failure(), (503, "database_unavailable".to_owned()));
    assert_eq!(answer.header("retry-after"), "1");
    assert!(!String::from_utf8_lossy(&answer.bytes).contains("secret"));
}
