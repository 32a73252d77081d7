//! Who may ask.

use actix_web::test::TestRequest;
use fieldmark_domain::listing::Listing;
use fieldmark_http_actix::Access;

use crate::mocked::Ports;

fn ports(token: Option<&str>) -> Ports {
    let mut ports = Ports::new();
    ports.jobs.expect_list().returning(|_, _| Ok(Listing { items: Vec::new(), total: 0 }));
    ports.access = Access {
        token: token.map(str::to_owned),
        cors_origins: vec!["https://review.example".to_owned()],
        ..Access::default()
    };
    ports
}

fn jobs() -> TestRequest {
    TestRequest::get().uri("/api/v1/jobs")
}

#[actix_web::test]
async fn a_token_is_asked_for_and_told_how() {
    let answer = ports(Some("open-sesame-117")).ask(jobs()).await;
    assert_eq!(answer.failure(), (401, "unauthorized".to_owned()));
    assert_eq!(answer.header("www-authenticate"), "Bearer realm=\"fieldmark\"");
    let with = |token: &str| jobs().insert_header(("Authorization", format!("Bearer {token}")));
    assert_eq!(ports(Some("open-sesame-117")).ask(with("open-sesame-118")).await.status.as_u16(), 401);
    assert_eq!(ports(Some("open-sesame-117")).ask(with("open-sesame-117")).await.status.as_u16(), 200);
}

#[actix_web::test]
async fn health_and_the_description_need_no_token_and_measures_do() {
    for address in ["/health/live", "/health/ready", "/version", "/openapi.json", "/docs/"] {
        let answer = ports(Some("open-sesame-117")).ask(TestRequest::get().uri(address)).await;
        assert_eq!(answer.status.as_u16(), 200, "{address}");
    }
    let answer = ports(Some("open-sesame-117")).ask(TestRequest::get().uri("/metrics")).await;
    assert_eq!(answer.status.as_u16(), 401);
}

#[actix_web::test]
async fn without_a_token_web_pages_of_others_do_not_get_in() {
    let from = |origin: &str| jobs().insert_header(("Origin", origin));
    assert_eq!(ports(None).ask(jobs()).await.status.as_u16(), 200);
    let answer = ports(None).ask(from("https://evil.example")).await;
    assert_eq!(answer.failure(), (403, "origin_not_allowed".to_owned()));
    let answer = ports(None).ask(from("https://review.example")).await;
    assert_eq!(answer.status.as_u16(), 200);
    assert_eq!(answer.header("access-control-allow-origin"), "https://review.example");
}

#[actix_web::test]
async fn a_browser_is_told_what_named_origins_may_send() {
    let preflight = |origin: &str| {
        TestRequest::default()
            .method(actix_web::http::Method::OPTIONS)
            .uri("/api/v1/documents")
            .insert_header(("Origin", origin))
            .insert_header(("Access-Control-Request-Method", "PATCH"))
            .insert_header(("Access-Control-Request-Headers", "if-match,authorization"))
    };
    let answer = ports(None).ask(preflight("https://review.example")).await;
    assert_eq!(answer.status.as_u16(), 200);
    assert!(answer.header("access-control-allow-methods").contains("PATCH"));
    let answer = ports(None).ask(preflight("https://evil.example")).await;
    assert_eq!(answer.header("access-control-allow-origin"), "");
}
