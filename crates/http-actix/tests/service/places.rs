//! Places and memory of answers: each kind has its own, and they are free again once the answer is sent or given up.

use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::body::BoxBody;
use actix_web::http::StatusCode;
use actix_web::test::TestRequest;
use fieldmark_domain::content::DocumentContent;
use fieldmark_domain::document::{Document, DocumentStatus, ListedDocument};
use fieldmark_domain::field::Field;
use fieldmark_domain::listing::Listing;
use fieldmark_domain::page::{GrayRaster, Page};
use fieldmark_domain::ports::BlobPart;

use crate::mocked::{Answer, Answers, Ports, Served, opened, to_service};
use crate::samples::{at, document, label, page};

const FILE: &[u8] = &[b'%'; 1000];

/// Ports with a document of one page, its file, and lists of many labels.
fn ports() -> Ports {
    let kept = || Document { size: FILE.len() as u64, ..document(DocumentStatus::Processed) };
    let mut ports = Ports::new();
    ports.documents.expect_find().returning(move |_, _| Ok(Some(kept())));
    ports.documents.expect_list().returning(move |_, query| {
        let labels = (0..query.window.limit * 50).map(|_| label(Field::SupplierName, "Acme", 0.9)).collect();
        Ok(Listing { items: vec![ListedDocument { document: kept(), labels }], total: 1 })
    });
    ports.blobs.expect_open().returning(|_, _| Ok(Some(opened(FILE, BlobPart::Whole, 100))));
    ports.blobs.expect_get().returning(|_| Ok(Some(Arc::from(FILE))));
    ports.reader.expect_read().returning(|_| {
        let raster = Some(GrayRaster { width: 1, height: 1, pixels: vec![255] });
        Ok(DocumentContent::of_pages(vec![Page { raster, ..page() }]))
    });
    ports.painter.expect_paint().returning(|_, _| Ok(b"PNG".to_vec()));
    ports
}

async fn head(service: &Served<impl Answers>, address: &str) -> HttpResponse<BoxBody> {
    service.head(to_service(TestRequest::get().uri(address))).await
}

#[actix_web::test]
async fn downloads_and_pictures_have_places_of_their_own() {
    let [file, picture] = ["/file", "/pages/1.png?overlay=false"].map(at);
    for (one, other) in [(&file, &picture), (&picture, &file)] {
        let service = ports().serve().await;
        let mut unread = vec![head(&service, one).await, head(&service, one).await];
        assert!(unread.iter().all(|answer| answer.status() == StatusCode::OK));
        let refused = Answer::of(head(&service, one).await).await;
        assert_eq!((refused.failure(), refused.header("retry-after")), ((503, "overloaded".to_owned()), "1"));
        // The others, and what needs no place, go on.
        for address in [other, "/health/live", "/api/v1/documents?limit=1"] {
            assert_eq!(head(&service, address).await.status(), StatusCode::OK, "{address}");
        }
        // A client that leaves frees its place, and so does one that has taken all of its answer.
        unread.pop();
        assert_eq!(Answer::of(head(&service, one).await).await.status, StatusCode::OK);
        assert_eq!(Answer::of(unread.remove(0)).await.status, StatusCode::OK);
        let again = [head(&service, one).await, head(&service, one).await];
        assert!(again.iter().all(|answer| answer.status() == StatusCode::OK));
    }
}

#[actix_web::test]
async fn large_answers_wait_in_memory_within_a_bound() {
    const LIST: &str = "/api/v1/documents?limit=20&include=labels";
    let mut ports = ports();
    // Room for the answer below and what encodes it, and not for two.
    ports.limits.answer_bytes = 2 << 20;
    let service = ports.serve().await;
    let unread = head(&service, LIST).await;
    assert_eq!(unread.status(), StatusCode::OK);
    let refused = Answer::of(head(&service, LIST).await).await;
    assert_eq!((refused.failure(), refused.header("retry-after")), ((503, "overloaded".to_owned()), "1"));
    let small = Answer::of(head(&service, "/api/v1/documents?limit=1").await).await;
    assert_eq!(small.status, StatusCode::OK);
    let answer = Answer::of(unread).await;
    assert!((200_000..1_000_000).contains(&answer.bytes.len()), "{}", answer.bytes.len());
    assert_eq!(answer.data(200).as_array().unwrap().len(), 1);
    let encoded = TestRequest::get().uri(LIST).insert_header(("Accept-Encoding", "gzip"));
    assert_eq!(service.ask(encoded).await.header("content-encoding"), "gzip");
    assert_eq!(Answer::of(head(&service, LIST).await).await.bytes.len(), answer.bytes.len());
}

#[actix_web::test]
async fn an_answer_that_is_larger_than_the_bound_is_sent_alone() {
    let mut ports = ports();
    ports.limits.answer_bytes = 1;
    let service = ports.serve().await;
    let large = head(&service, "/api/v1/documents?limit=20&include=labels").await;
    assert_eq!(large.status(), StatusCode::OK);
    // What is compiled in takes no memory, however many ask for it.
    let compiled = head(&service, "/openapi.json").await;
    assert_eq!(compiled.status(), StatusCode::OK);
}
