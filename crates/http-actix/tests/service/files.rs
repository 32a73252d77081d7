//! A document's file: as it came in, a part of it, its head, and what happens when it is not as it was stored.

use std::future::poll_fn;
use std::pin::Pin;

use actix_web::body::{BodySize, MessageBody as _};
use actix_web::http::{Method, StatusCode};
use actix_web::test::TestRequest;
use fieldmark_domain::blob::Sha256;
use fieldmark_domain::document::{Description, Document, DocumentStatus};
use fieldmark_domain::ports::{BlobError, BlobPart, MockBlobPieces, OpenBlob};

use crate::mocked::{Answer, Ports, opened, to_service};
use crate::samples::{at, document};

const FILE: &[u8] = b"%PDF-1.7 as it came in";
const SHA256: Sha256 = Sha256([5; 32]);

/// Ports with a document, whose file nobody opens.
fn ports() -> Ports {
    let mut ports = Ports::new();
    ports.documents.expect_find().returning(move |_, _| {
        let (description, sha256) = (Description::of_file("Räkning \"7\".pdf"), SHA256);
        Ok(Some(Document {
            description,
            sha256,
            size: FILE.len() as u64,
            ..document(DocumentStatus::Processed)
        }))
    });
    ports
}

/// The same, and this part of the file, in pieces of three bytes.
fn with_part(part: BlobPart) -> Ports {
    let mut ports = ports();
    ports
        .blobs
        .expect_open()
        .times(1)
        .withf(move |sha256, wanted| *sha256 == SHA256 && *wanted == part)
        .returning(|_, part| Ok(Some(opened(FILE, part, 3))));
    ports
}

fn get(headers: &[(&str, &str)]) -> TestRequest {
    headers
        .iter()
        .fold(TestRequest::get().uri(&at("/file")), |request, header| request.insert_header(*header))
}

async fn whole(headers: &[(&str, &str)]) -> Answer {
    with_part(BlobPart::Whole).ask(get(headers)).await
}

fn tag() -> String {
    format!("\"{SHA256}\"")
}

#[actix_web::test]
async fn a_file_comes_back_as_it_came_in_and_is_not_run() {
    let answer = whole(&[]).await;
    assert_eq!((answer.status.as_u16(), answer.bytes.as_slice()), (200, FILE));
    assert_eq!(answer.header("content-type"), "application/pdf");
    assert_eq!(answer.header("x-content-type-options"), "nosniff");
    assert_eq!(
        answer.header("content-disposition"),
        "attachment; filename=\"R_kning \\\"7\\\".pdf\"; filename*=UTF-8''R%C3%A4kning%20%227%22.pdf"
    );
    assert_eq!((answer.header("etag"), answer.header("accept-ranges")), (tag().as_str(), "bytes"));
}

#[actix_web::test]
async fn a_file_that_the_client_has_is_not_sent_again() {
    let answer = ports().ask(get(&[("If-None-Match", &tag()), ("Range", "bytes=0-1")])).await;
    assert_eq!((answer.status.as_u16(), answer.bytes.len(), answer.header("etag")), (304, 0, tag().as_str()));
    assert_eq!(whole(&[("If-None-Match", "\"3\"")]).await.bytes, FILE);
}

#[actix_web::test]
async fn a_part_is_read_and_sent_and_nothing_else_of_the_file() {
    for (range, offset, length, said) in [
        ("bytes=0-3", 0, 4, "bytes 0-3/22"),
        ("bytes=9-", 9, 13, "bytes 9-21/22"),
        ("bytes=-2", 20, 2, "bytes 20-21/22"),
        ("bytes=20-99", 20, 2, "bytes 20-21/22"),
    ] {
        let ports = with_part(BlobPart::Range { offset, length });
        let answer = ports.ask(get(&[("Range", range), ("If-Range", &tag())])).await;
        assert_eq!((answer.status, answer.header("content-range")), (StatusCode::PARTIAL_CONTENT, said));
        let (first, end) = (offset as usize, (offset + length) as usize);
        assert_eq!((answer.bytes.as_slice(), answer.header("etag")), (&FILE[first..end], tag().as_str()));
    }
}

#[actix_web::test]
async fn a_part_of_another_version_and_several_parts_are_answered_with_the_whole() {
    for headers in
        [[("Range", "bytes=0-3"), ("If-Range", "\"3\"")], [("Range", "bytes=0-3,6-7"), ("Accept", "*/*")]]
    {
        let answer = whole(&headers).await;
        assert_eq!((answer.status.as_u16(), answer.bytes.as_slice()), (200, FILE));
        assert_eq!(answer.header("content-range"), "");
    }
}

#[actix_web::test]
async fn a_part_beyond_the_end_is_refused_with_the_size() {
    let answer = ports().ask(get(&[("Range", "bytes=22-")])).await;
    assert_eq!(answer.failure(), (416, "range_not_satisfiable".to_owned()));
    assert_eq!(answer.header("content-range"), "bytes */22");
}

#[actix_web::test]
async fn a_head_reads_nothing_and_says_how_much_there_is() {
    let head = || to_service(get(&[("Range", "bytes=0-1")]).method(Method::HEAD));
    let mut there = ports();
    there.blobs.expect_contains().returning(|_| Ok(true));
    let response = there.serve().await.head(head()).await;
    assert_eq!((response.status(), response.body().size()), (StatusCode::OK, BodySize::Sized(22)));
    assert_eq!(response.headers().get("accept-ranges").unwrap(), "bytes");
    let mut gone = ports();
    gone.blobs.expect_contains().returning(|_| Ok(false));
    assert_eq!(gone.serve().await.head(head()).await.status(), StatusCode::INTERNAL_SERVER_ERROR);
}

fn damaged() -> BlobError {
    BlobError::Damaged { reason: "/var/lib/secret".to_owned() }
}

#[actix_web::test]
async fn a_file_that_is_not_as_it_was_stored_is_the_services_fault() {
    type Opening = fn() -> Result<Option<OpenBlob>, BlobError>;
    let broken: [(Opening, _); 4] = [
        (|| Ok(None), (500, "stored_file_missing")),
        (|| Ok(Some(opened(&FILE[1..], BlobPart::Whole, 3))), (500, "stored_file_damaged")),
        (
            || {
                let mut pieces = MockBlobPieces::new();
                pieces.expect_next().times(1).returning(|| Err(damaged()));
                Ok(Some(OpenBlob { size: FILE.len() as u64, pieces: Box::new(pieces) }))
            },
            (500, "stored_file_damaged"),
        ),
        (|| Err(BlobError::Unavailable { reason: "secret".to_owned() }), (503, "storage_unavailable")),
    ];
    for (open, (status, code)) in broken {
        let mut ports = ports();
        ports.blobs.expect_open().returning(move |_, _| open());
        let answer = ports.ask(get(&[])).await;
        assert_eq!(answer.failure(), (status, code.to_owned()));
        assert!(!String::from_utf8_lossy(&answer.bytes).contains("secret"));
    }
    let mut ports = Ports::new();
    ports.documents.expect_find().returning(|_, _| Ok(None));
    assert_eq!(ports.ask(get(&[])).await.failure(), (404, "not_found".to_owned()));
}

#[actix_web::test]
async fn a_file_that_turns_out_damaged_breaks_off_before_its_end() {
    let mut ports = ports();
    ports.blobs.expect_open().returning(|_, _| {
        let mut pieces = vec![Ok(Some(FILE[..20].to_vec())), Err(damaged())].into_iter();
        let mut read = MockBlobPieces::new();
        read.expect_next().times(2).returning(move || pieces.next().unwrap());
        Ok(Some(OpenBlob { size: FILE.len() as u64, pieces: Box::new(read) }))
    });
    let response = ports.serve().await.head(to_service(get(&[]))).await;
    assert_eq!((response.status(), response.body().size()), (StatusCode::OK, BodySize::Sized(22)));
    let mut body = response.into_body();
    let mut next = async || poll_fn(|context| Pin::new(&mut body).poll_next(context)).await.unwrap();
    assert_eq!(next().await.unwrap(), &FILE[..20]);
    let error = next().await.unwrap_err();
    assert!(!format!("{error}{:?}", error.source()).contains("secret"), "{error}");
}
