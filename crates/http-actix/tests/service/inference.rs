//! Files read while their senders wait, and forgotten; what may be wished for, and how many may wait.

use std::future::pending;
use std::sync::Arc;
use std::time::Duration;

use actix_web::http::StatusCode;
use actix_web::test::TestRequest;
use async_trait::async_trait;
use bytes::Bytes;
use fieldmark_domain::content::DocumentContent;
use fieldmark_domain::detection::{Detection, SpanClass};
use fieldmark_domain::field::Field;
use fieldmark_domain::media_type::MediaType;
use fieldmark_domain::ports::{DetectError, DocumentReader, ReadError, ReadRequest};
use futures_util::FutureExt as _;
use serde_json::{Value, json};

use crate::bodies::{Form, pdf, stuck};
use crate::mocked::{Answer, Ports, progress, to_service};
use crate::samples::page;

pub fn post(query: &str) -> TestRequest {
    TestRequest::post().uri(&format!("/api/v1/infer{query}"))
}

/// A request with one file as its body.
pub fn sent(query: &str) -> TestRequest {
    post(query).set_payload(pdf(1))
}

/// Ports that read one page with a number on it, and keep nothing.
fn reading() -> Ports {
    let mut ports = Ports::new();
    ports.reader.expect_read().returning(|_| Ok(DocumentContent::of_pages(vec![page()])));
    finding(&mut ports);
    ports
}

fn finding(ports: &mut Ports) {
    ports.detector.expect_detect().returning(|pages| {
        let class = SpanClass::Value(Field::InvoiceNumber);
        let bounds = pages[0].words[0].bounds;
        Ok(vec![vec![Detection { class, score: 0.9, bounds, words: vec![0] }]])
    });
}

pub fn fields(data: &Value) -> Vec<&str> {
    data["fields"].as_object().unwrap().keys().map(String::as_str).collect()
}

/// Reads nothing, ever.
struct Silent;

#[async_trait]
impl DocumentReader for Silent {
    async fn read(&self, _: ReadRequest) -> Result<DocumentContent, ReadError> {
        pending().await
    }

    fn media_type(&self, _: &[u8]) -> Result<MediaType, ReadError> {
        Ok(MediaType::Pdf)
    }
}

#[actix_web::test]
async fn a_file_is_read_and_forgotten() {
    let answer = reading().ask(sent("?store=false")).await;
    let data = answer.data(200);
    assert_eq!((data.get("id"), data.get("status"), answer.header("location")), (None, None, ""));
    let number = &data["fields"]["invoice_number"];
    assert_eq!((&number["value"], number.get("candidates")), (&json!("A-117"), None));
    assert_eq!(data["provenance"]["model"], "layout-2");
    let digest = data["provenance"]["file_sha256"].as_str().unwrap();
    assert_eq!(digest, format!("{:x}", <sha2::Sha256 as sha2::Digest>::digest(pdf(1))));
}

#[actix_web::test]
async fn what_is_wished_for_reaches_the_extraction() {
    let data = reading().ask(sent("?store=false&candidates=true")).await.data(200);
    assert!(data["fields"]["invoice_number"]["candidates"].is_array(), "{data}");
    let confidence = data["fields"]["invoice_number"]["confidence"].as_f64().unwrap();
    assert!(0.1 < confidence && confidence < 1.0, "{confidence}");
    for (threshold, found) in [(0.0, 1), (1.0, 0)] {
        let query = format!("?store=false&confidence_threshold={threshold}");
        assert_eq!(fields(&reading().ask(sent(&query)).await.data(200)).len(), found, "{threshold}");
    }
    let mut ports = Ports::new();
    let opened = |request: &ReadRequest| request.password.as_deref() == Some("secret");
    ports.reader.expect_read().withf(opened).returning(|_| Ok(DocumentContent::of_pages(vec![page()])));
    finding(&mut ports);
    let form = Form::default().file("a.pdf", &pdf(1)).part("password", "secret");
    assert_eq!(ports.ask(form.of(post("?store=false"))).await.status, StatusCode::OK);
}

#[actix_web::test]
async fn wishes_that_do_not_fit_are_refused() {
    let file = || Form::default().file("a.pdf", &pdf(1));
    for (query, form, part) in [
        ("?confidence_threshold=1.01", file(), "confidence_threshold"),
        ("?confidence_threshold=-0.1", file(), "confidence_threshold"),
        ("?confidence_threshold=NaN", file(), "confidence_threshold"),
        ("?confidence_threshold=high", file(), "confidence_threshold"),
        // Kept documents have no label that is less sure than the settings say.
        ("?confidence_threshold=0.4", file(), "confidence_threshold"),
        ("?store=perhaps", file(), "store"),
        ("", file().part("password", "secret"), "password"),
        ("?store=false", file().part("tags", "march"), "tags"),
        ("?store=false", file().part("metadata", r#"{"a": "b"}"#), "metadata"),
        ("", Form::default().part("tags", "march"), "file"),
    ] {
        let answer = Ports::new().ask(form.of(post(query))).await;
        assert_eq!(answer.failure(), (422, "validation_failed".to_owned()), "{query}");
        assert_eq!(answer.details(), [part], "{query}");
    }
}

#[actix_web::test]
async fn each_of_several_files_has_its_own_status() {
    let mut ports = Ports::new();
    ports.reader.expect_read().returning(|request| match &*request.bytes {
        bytes if bytes == pdf(2) => Err(ReadError::Encrypted { password_given: false }),
        _ => Ok(DocumentContent::of_pages(vec![page()])),
    });
    finding(&mut ports);
    let form = (1..=3).fold(Form::default(), |form, which| form.file(&format!("{which}.pdf"), &pdf(which)));
    let data = ports.ask(form.of(post("?store=false"))).await.data(207);
    let outcomes = data.as_array().unwrap();
    let told = |name: &str| outcomes.iter().map(|outcome| outcome[name].clone()).collect::<Vec<_>>();
    assert_eq!(
        (told("filename"), told("status")),
        (vec![json!("1.pdf"), json!("2.pdf"), json!("3.pdf")], vec![json!(200), json!(422), json!(200)])
    );
    assert_eq!(outcomes[1]["error"]["code"], "document_encrypted");
    assert_eq!(fields(&outcomes[2]["data"]), ["invoice_number"]);
}

#[actix_web::test]
async fn what_does_not_work_at_present_is_to_be_tried_again() {
    let mut ports = Ports::new();
    ports.reader.expect_read().returning(|_| Ok(DocumentContent::of_pages(vec![page()])));
    ports.detector.expect_detect().returning(|_| Err(DetectError::Overloaded));
    let answer = ports.ask(sent("?store=false")).await;
    assert_eq!((answer.failure(), answer.header("retry-after")), ((503, "overloaded".to_owned()), "1"));
    let mut ports = Ports::new();
    let reason = || "/opt/secret is missing".to_owned();
    ports.reader.expect_read().returning(move |_| Err(ReadError::Unavailable { reason: reason() }));
    let answer = ports.ask(sent("?store=false")).await;
    assert_eq!(
        (answer.failure(), answer.header("retry-after")),
        ((503, "reader_unavailable".to_owned()), "1")
    );
    assert!(!String::from_utf8_lossy(&answer.bytes).contains("secret"));
}

#[actix_web::test]
async fn a_file_that_nobody_keeps_is_read_in_time_or_not_at_all() {
    let mut ports = Ports::new();
    ports.limits.infer_deadline = Duration::from_millis(10);
    let answer = ports.serve_reading_with(Arc::new(Silent)).await.ask(sent("?store=false")).await;
    assert_eq!(answer.failure(), (503, "deadline_exceeded".to_owned()));
    assert_eq!(answer.header("retry-after"), "1");
}

#[actix_web::test]
async fn too_many_at_once_are_refused_without_waiting() {
    let service = reading().serve().await;
    let mut held: Vec<_> =
        (0..2).map(|_| service.head(stuck(post("?store=false"), Bytes::from_static(b"%PDF-")))).collect();
    assert!(held.iter_mut().all(|inference| inference.now_or_never().is_none()));
    let refused = service.head(stuck(post("?store=false"), Bytes::new())).now_or_never().unwrap();
    let answer = Answer::of(refused).await;
    assert_eq!(answer.failure(), (503, "overloaded".to_owned()));
    assert_eq!(answer.header("retry-after"), "1");
    held.pop();
    assert_eq!(service.ask(sent("?store=false")).await.status, StatusCode::OK);
}

#[actix_web::test]
async fn a_client_that_leaves_while_its_file_is_read_makes_room() {
    let mut ports = Ports::new();
    ports.limits.inferences = 1;
    let service = ports.serve_reading_with(Arc::new(Silent)).await;
    let mut held = service.head(to_service(sent("?store=false")));
    assert!(progress(&mut held).await.is_none());
    assert_eq!(service.ask(sent("?store=false")).await.failure(), (503, "overloaded".to_owned()));
    drop(held);
    let mut next = service.head(to_service(sent("?store=false")));
    assert!(progress(&mut next).await.is_none());
}
