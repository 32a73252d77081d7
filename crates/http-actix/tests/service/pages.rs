//! Pictures of a document's pages.

use std::sync::Arc;

use actix_web::test::TestRequest;
use fieldmark_domain::content::DocumentContent;
use fieldmark_domain::document::{DocumentRecord, DocumentStatus};
use fieldmark_domain::field::Field;
use fieldmark_domain::page::GrayRaster;
use fieldmark_domain::ports::{BlobError, PaintError, ReadError};

use crate::mocked::{Answer, Ports};
use crate::samples::{at, document, label, page};

const FILE: &[u8] = b"%PDF-1.7 as it came in";

/// Ports with a document of one page, and its file.
fn ports() -> Ports {
    let mut ports = Ports::new();
    ports.documents.expect_find().returning(|_, _| Ok(Some(document(DocumentStatus::Processed))));
    ports.documents.expect_show().returning(|_, _| {
        let labels = vec![label(Field::InvoiceNumber, "A-117", 0.98)];
        Ok(Some(DocumentRecord { document: document(DocumentStatus::Processed), labels, findings: None }))
    });
    ports.blobs.expect_get().returning(|_| Ok(Some(Arc::from(FILE))));
    ports
}

/// The same, and a reader that gives the first page with as many rows as are wanted, and no other.
fn drawn() -> Ports {
    let mut ports = ports();
    ports.reader.expect_read().withf(|request| *request.bytes == *FILE).returning(|request| {
        let height = request.raster_height.unwrap();
        let raster = Some(GrayRaster { width: 1, height, pixels: vec![255; height as usize] });
        let pages = vec![fieldmark_domain::page::Page { raster, ..page() }];
        let mut content = DocumentContent::of_pages(pages);
        content.pages.retain(|page| Some(page.number) == request.only_page);
        Ok(content)
    });
    // The picture is what it was painted of.
    ports.painter.expect_paint().returning(|page, labels| {
        let rows = page.raster.as_ref().unwrap().height;
        Ok(format!("page {} of {rows} rows with {} labels", page.number, labels.len()).into_bytes())
    });
    ports
}

async fn ask(ports: Ports, rest: &str) -> Answer {
    ports.ask(TestRequest::get().uri(&at(rest))).await
}

#[actix_web::test]
async fn a_page_is_painted_with_its_labels_or_without() {
    for (query, painted) in [
        ("", "page 1 of 1200 rows with 1 labels"),
        ("?height=200&overlay=true", "page 1 of 200 rows with 1 labels"),
        ("?height=4000&overlay=false", "page 1 of 4000 rows with 0 labels"),
    ] {
        let answer = ask(drawn(), &format!("/pages/1.png{query}")).await;
        assert_eq!((answer.status.as_u16(), answer.header("content-type")), (200, "image/png"), "{query}");
        assert_eq!(String::from_utf8_lossy(&answer.bytes), painted);
    }
}

#[actix_web::test]
async fn a_picture_has_bounds() {
    for (query, part) in [
        ("height=199", "height"),
        ("height=4001", "height"),
        ("height=tall", "height"),
        ("overlay=some", "overlay"),
    ] {
        let answer = ask(Ports::new(), &format!("/pages/1.png?{query}")).await;
        assert_eq!((answer.failure().0, answer.details()), (422, vec![part.to_owned()]), "{query}");
    }
    assert_eq!(
        ask(Ports::new(), "/pages/1.png?width=7").await.failure(),
        (400, "unknown_parameter".to_owned())
    );
}

#[actix_web::test]
async fn a_page_that_the_file_does_not_have_is_not_found() {
    for page in ["0", "2", "-1", "one", "4294967296"] {
        let answer = ask(drawn(), &format!("/pages/{page}.png")).await;
        assert_eq!(answer.failure(), (404, "not_found".to_owned()), "{page}");
    }
    let mut ports = Ports::new();
    ports.documents.expect_show().returning(|_, _| Ok(None));
    assert_eq!(ask(ports, "/pages/1.png").await.failure(), (404, "not_found".to_owned()));
}

#[actix_web::test]
async fn what_fails_on_the_way_to_a_picture_is_told() {
    let mut ports = ports();
    ports.reader.expect_read().returning(|_| Err(ReadError::TooLarge { reason: "pixels".to_owned() }));
    assert_eq!(ask(ports, "/pages/1.png").await.failure(), (413, "document_too_large".to_owned()));
    let mut ports = drawn();
    ports.painter.checkpoint();
    ports.painter.expect_paint().returning(|_, _| Err(PaintError { reason: "secret".to_owned() }));
    let answer = ask(ports, "/pages/1.png").await;
    assert_eq!(answer.failure(), (500, "painter_failed".to_owned()));
    assert!(!String::from_utf8_lossy(&answer.bytes).contains("secret"));
}

#[actix_web::test]
async fn bytes_that_are_not_as_they_were_stored_are_the_services_fault() {
    let mut ports = ports();
    ports.blobs.checkpoint();
    ports.blobs.expect_get().returning(|_| Ok(None));
    assert_eq!(ask(ports, "/pages/1.png").await.failure(), (500, "stored_file_missing".to_owned()));
    let mut ports = self::ports();
    ports.blobs.checkpoint();
    let reason = || "/var/lib/secret".to_owned();
    ports.blobs.expect_get().returning(move |_| Err(BlobError::Damaged { reason: reason() }));
    let answer = ask(ports, "/pages/1.png").await;
    assert_eq!(answer.failure(), (500, "stored_file_damaged".to_owned()));
    assert!(!String::from_utf8_lossy(&answer.bytes).contains("secret"));
}
