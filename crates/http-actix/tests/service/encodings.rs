//! Answers in an encoding: which are encoded, and by which tag they are known.

use actix_web::http::StatusCode;
use actix_web::test::TestRequest;
use fieldmark_domain::document::{Document, DocumentRecord, DocumentStatus};
use fieldmark_domain::media_type::MediaType;
use serde_json::json;

use crate::mocked::{Answer, Ports, opened};
use crate::samples::{at, document};

const INVOICE: &[u8] = &[b' '; 5000];

/// Ports with a document that is a file of this kind.
fn ports(media_type: MediaType) -> Ports {
    let kept =
        move || Document { media_type, size: INVOICE.len() as u64, ..document(DocumentStatus::Processed) };
    let mut ports = Ports::new();
    ports.documents.expect_find().returning(move |_, _| Ok(Some(kept())));
    ports.documents.expect_show().returning(move |_, _| {
        Ok(Some(DocumentRecord { document: kept(), labels: Vec::new(), findings: None }))
    });
    ports.blobs.expect_open().returning(|_, part| Ok(Some(opened(INVOICE, part, 1000))));
    ports
}

async fn get(media_type: MediaType, rest: &str, headers: &[(&str, &str)]) -> Answer {
    let request = TestRequest::get().uri(&at(rest));
    ports(media_type)
        .ask(headers.iter().fold(request, |request, header| request.insert_header(*header)))
        .await
}

fn varies(answer: &Answer) -> bool {
    let mut names = answer.headers.get_all("vary").filter_map(|value| value.to_str().ok());
    names.any(|names| names.to_ascii_lowercase().contains("accept-encoding"))
}

#[actix_web::test]
async fn each_encoding_of_a_document_has_a_tag_of_its_own() {
    let tag = async |accepted| {
        let answer = get(MediaType::Pdf, "", &[("Accept-Encoding", accepted)]).await;
        assert!(answer.status == StatusCode::OK && varies(&answer), "{answer:?}");
        [answer.header("content-encoding"), answer.header("etag")].map(str::to_owned)
    };
    assert_eq!(tag("identity").await, ["", "\"3\""]);
    assert_eq!(tag("gzip").await, ["gzip", "\"3-gzip\""]);
    assert_eq!(tag("br").await, ["br", "\"3-br\""]);
    assert_eq!(tag("deflate").await, ["deflate", "\"3-deflate\""]);
}

#[actix_web::test]
async fn a_client_that_has_it_in_an_encoding_is_told_so_by_that_tag() {
    for known in ["\"3\"", "\"3-gzip\"", "W/\"3-gzip\"", "\"2\", \"3-br\""] {
        let answer = get(MediaType::Pdf, "", &[("Accept-Encoding", "gzip"), ("If-None-Match", known)]).await;
        let expected = known.split(' ').next_back().unwrap().trim_start_matches("W/");
        assert_eq!((answer.status.as_u16(), answer.header("etag")), (304, expected));
        assert!(varies(&answer));
    }
    assert_eq!(get(MediaType::Pdf, "", &[("If-None-Match", "\"2-gzip\"")]).await.status, StatusCode::OK);
}

#[actix_web::test]
async fn a_change_may_name_the_version_by_the_tag_of_any_encoding() {
    for (tag, is_current) in [
        ("\"3\"", true),
        ("\"3-gzip\"", true),
        ("\"3-br\"", true),
        ("\"2-gzip\"", false),
        // A weak tag does not say that the bytes are the same (RFC 9110, 13.1.1).
        ("W/\"3-gzip\"", false),
    ] {
        let mut ports = ports(MediaType::Pdf);
        ports.documents.expect_update().returning(|_, update| Ok(Some(update.document.clone())));
        let request = TestRequest::patch().uri(&at("")).insert_header(("If-Match", tag));
        let answer = ports.ask(request.set_json(json!({"tags": ["march"]}))).await;
        assert_eq!(answer.status.as_u16(), if is_current { 200 } else { 412 }, "{tag}: {answer:?}");
    }
}

#[actix_web::test]
async fn what_is_compressed_already_is_not_compressed_again() {
    let accepts = [("Accept-Encoding", "gzip, br, deflate")];
    let file = get(MediaType::Pdf, "/file", &accepts).await;
    assert_eq!((file.status.as_u16(), file.bytes.as_slice()), (200, INVOICE));
    assert!(!file.headers.contains_key("content-encoding") && !varies(&file), "{file:?}");
    assert_eq!(file.header("accept-ranges"), "bytes");

    let mut ports = Ports::new();
    let none = || fieldmark_domain::listing::Listing { items: Vec::new(), total: 0 };
    ports.documents.expect_list().returning(move |_, _| Ok(none()));
    let archive = TestRequest::get().uri("/api/v1/exports/labels?format=yolo").insert_header(accepts[0]);
    let archive = ports.ask(archive).await;
    assert!(archive.bytes.starts_with(b"PK"), "{archive:?}");
    assert!(!archive.headers.contains_key("content-encoding"));
}

#[actix_web::test]
async fn an_e_invoice_is_compressed_and_its_parts_are_not() {
    let whole = get(MediaType::Xml, "/file", &[("Accept-Encoding", "gzip")]).await;
    assert_eq!((whole.status.as_u16(), whole.header("content-encoding")), (200, "gzip"));
    assert!(whole.bytes.len() < INVOICE.len() / 2 && whole.header("etag").ends_with("-gzip\""), "{whole:?}");
    assert!(varies(&whole) && !whole.headers.contains_key("accept-ranges"));
    let headers = [("Accept-Encoding", "gzip"), ("Range", "bytes=1-100")];
    let part = get(MediaType::Xml, "/file", &headers).await;
    assert_eq!((part.status.as_u16(), part.bytes.as_slice()), (206, &INVOICE[1..=100]));
    assert!(!part.headers.contains_key("content-encoding") && varies(&part), "{part:?}");
    assert!(!part.header("etag").contains("gzip"));
    // A part of what is encoded is a part of other bytes.
    let with_tag = [headers[0], headers[1], ("If-Range", whole.header("etag"))];
    assert_eq!(get(MediaType::Xml, "/file", &with_tag).await.status, StatusCode::OK);
}
