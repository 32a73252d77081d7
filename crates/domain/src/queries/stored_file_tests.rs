//! A document's file and the pictures of its pages: what is asked of the ports, and each way in which nothing is shown.

use std::sync::Arc;

use super::*;
use crate::commands::fixtures::*;
use crate::content::DocumentContent;
use crate::document::{Document, DocumentRecord, DocumentStatus};
use crate::field::Field;
use crate::label::{Label, StoredLabel};
use crate::media_type::MediaType;
use crate::page::{GrayRaster, Page, PageSize, TextLayer, TextVerdict};
use crate::ports::{
    BlobError, BlobPart, MockBlobPieces, MockBlobStore, MockDocumentReader, MockDocumentRepository,
    MockPagePainter, OpenBlob, PaintError, ReadError,
};
use crate::use_case_error::UseCaseError;

const FILE: &[u8] = b"%PDF-";
const PNG: &[u8] = b"\x89PNG";
const PAGE_COUNT: u32 = 5;

fn blobs() -> MockBlobStore {
    let mut blobs = MockBlobStore::new();
    blobs.expect_get().withf(|sha256| *sha256 == SHA256).returning(|_| Ok(Some(FILE.into())));
    blobs
}

fn blobs_answering(answer: Result<(), BlobError>) -> MockBlobStore {
    let mut blobs = MockBlobStore::new();
    blobs.expect_get().return_once(move |_| answer.map(|()| None));
    blobs
}

fn page(number: u32, raster: Option<GrayRaster>) -> Page {
    let size = PageSize { width_pt: 300.0, height_pt: 600.0 };
    let text_layer = TextLayer { verdict: TextVerdict::None, reasons: Vec::new() };
    Page { number, size, words: Vec::new(), text_layer, raster }
}

/// A reader of a file whose pages up to `last_read` it reads.
fn reader(last_read: u32) -> MockDocumentReader {
    let mut reader = MockDocumentReader::new();
    reader.expect_read().times(1).returning(move |request| {
        assert_eq!(&*request.bytes, FILE);
        assert!(!request.electronic_invoices && request.password.is_none());
        let (number, height) = (request.only_page.unwrap(), request.raster_height.unwrap());
        let raster = GrayRaster { width: height / 2, height, pixels: Vec::new() };
        let pages = if number <= last_read { vec![page(number, Some(raster))] } else { Vec::new() };
        Ok(DocumentContent { page_count: PAGE_COUNT, ..DocumentContent::of_pages(pages) })
    });
    reader
}

/// Expects one picture of the second page with these labels.
fn painter(wanted: Vec<Label>) -> MockPagePainter {
    let mut painter = MockPagePainter::new();
    painter
        .expect_paint()
        .times(1)
        .withf(move |page, labels| page.number == 2 && labels == wanted)
        .returning(|_, _| Ok(PNG.to_vec()));
    painter
}

fn request() -> ShowPageRequest {
    ShowPageRequest { document: DOCUMENT, page: 2, height: 1200, overlay: false }
}

/// The use case on a document that is there, of which a port is replaced.
fn show_page() -> ShowPage {
    ShowPage {
        documents: Arc::new(documents_with(document(DocumentStatus::Processed))),
        blobs: Arc::new(blobs()),
        reader: Arc::new(MockDocumentReader::new()),
        painter: Arc::new(MockPagePainter::new()),
    }
}

async fn refusal(case: ShowPage, request: ShowPageRequest) -> UseCaseError {
    case.execute(&SCOPE, &request).await.and_then(|page| page.paint()).unwrap_err()
}

#[tokio::test]
async fn a_page_is_shown_without_its_labels_unless_they_are_asked_for() {
    let case =
        ShowPage { reader: Arc::new(reader(5)), painter: Arc::new(painter(Vec::new())), ..show_page() };
    let picture = case.execute(&SCOPE, &request()).await.unwrap().paint().unwrap();
    assert_eq!(picture, PagePicture { png: PNG.to_vec(), width: 600, height: 1200 });
}

#[tokio::test]
async fn labels_are_drawn_as_people_left_them() {
    let read = stored(Field::InvoiceNumber, "A-117");
    let corrected = reviewed(Field::SupplierName, "Acme");
    let deleted = StoredLabel { deleted_at: Some(now()), ..reviewed(Field::Currency, "SEK") };
    let record = DocumentRecord {
        document: document(DocumentStatus::Approved),
        labels: vec![read.clone(), corrected.clone(), deleted],
        findings: None,
    };
    let mut documents = MockDocumentRepository::new();
    documents
        .expect_show()
        .times(1)
        .withf(|scope, id| *scope == SCOPE && *id == DOCUMENT)
        .return_once(move |_, _| Ok(Some(record)));
    let case = ShowPage {
        documents: Arc::new(documents),
        reader: Arc::new(reader(5)),
        painter: Arc::new(painter(vec![read.label, corrected.label])),
        ..show_page()
    };
    let page = case.execute(&SCOPE, &ShowPageRequest { overlay: true, ..request() }).await.unwrap();
    assert!(page.paint().is_ok());
}

#[tokio::test]
async fn a_height_out_of_bounds_is_named_before_anything_is_asked() {
    for height in [0, 199, 4001, u32::MAX] {
        let case = ShowPage { documents: Arc::new(MockDocumentRepository::new()), ..show_page() };
        let error = refusal(case, ShowPageRequest { height, ..request() }).await;
        assert_eq!(error, UseCaseError::invalid("height", "must be 200 to 4000"));
    }
    for height in [200, 4000] {
        let case =
            ShowPage { reader: Arc::new(reader(5)), painter: Arc::new(painter(Vec::new())), ..show_page() };
        let picture =
            case.execute(&SCOPE, &ShowPageRequest { height, ..request() }).await.unwrap().paint().unwrap();
        assert_eq!(picture.height, height);
    }
}

#[tokio::test]
async fn a_document_that_is_not_there_has_no_pages() {
    for overlay in [false, true] {
        let case = ShowPage { documents: Arc::new(no_documents()), ..show_page() };
        let error = refusal(case, ShowPageRequest { overlay, ..request() }).await;
        assert_eq!(error, UseCaseError::DOCUMENT_NOT_FOUND);
    }
}

#[tokio::test]
async fn a_page_that_the_document_does_not_have_is_not_found() {
    assert_eq!(
        refusal(show_page(), ShowPageRequest { page: 0, ..request() }).await,
        UseCaseError::PAGE_NOT_FOUND
    );
    let case = ShowPage { reader: Arc::new(reader(5)), ..show_page() };
    assert_eq!(refusal(case, ShowPageRequest { page: 6, ..request() }).await, UseCaseError::PAGE_NOT_FOUND);
    let invoice = Document { media_type: MediaType::Xml, ..document(DocumentStatus::Processed) };
    let case = ShowPage { documents: Arc::new(documents_with(invoice)), ..show_page() };
    assert_eq!(refusal(case, ShowPageRequest { page: 1, ..request() }).await, UseCaseError::PAGE_NOT_FOUND);
}

#[tokio::test]
async fn a_page_that_is_there_and_never_read_is_over_a_limit() {
    let case = ShowPage { reader: Arc::new(reader(3)), ..show_page() };
    let error = refusal(case, ShowPageRequest { page: 4, ..request() }).await;
    assert_eq!(error.code(), "document_too_large");
    assert!(error.to_string().contains("page 4 of 5"), "{error}");
}

#[tokio::test]
async fn what_fails_underneath_is_passed_on() {
    let mut documents = MockDocumentRepository::new();
    documents.expect_find().returning(|_, _| Err(away()));
    let case = ShowPage { documents: Arc::new(documents), ..show_page() };
    assert_eq!(refusal(case, request()).await, away().into());

    let gone = BlobError::Unavailable { reason: "no route".to_owned() };
    let case = ShowPage { blobs: Arc::new(blobs_answering(Err(gone.clone()))), ..show_page() };
    assert_eq!(refusal(case, request()).await, gone.into());

    let case = ShowPage { blobs: Arc::new(blobs_answering(Ok(()))), ..show_page() };
    assert_eq!(refusal(case, request()).await.code(), "stored_file_missing");

    let mut reader_of_encrypted = MockDocumentReader::new();
    let encrypted = ReadError::Encrypted { password_given: false };
    let answer = encrypted.clone();
    reader_of_encrypted.expect_read().return_once(move |_| Err(answer));
    let case = ShowPage { reader: Arc::new(reader_of_encrypted), ..show_page() };
    assert_eq!(refusal(case, request()).await, encrypted.into());
}

#[tokio::test]
async fn a_page_that_cannot_be_drawn_says_so() {
    let mut painter = MockPagePainter::new();
    painter.expect_paint().returning(|_, _| Err(PaintError { reason: "no paint".to_owned() }));
    let case = ShowPage { reader: Arc::new(reader(5)), painter: Arc::new(painter), ..show_page() };
    let error = refusal(case, request()).await;
    assert_eq!((error.code(), error.is_transient()), ("painter_failed", false));

    let mut blind = MockDocumentReader::new();
    blind.expect_read().returning(|_| Ok(DocumentContent::of_pages(vec![page(2, None)])));
    let case = ShowPage { reader: Arc::new(blind), ..show_page() };
    assert_eq!(refusal(case, request()).await.code(), "painter_failed");
}

fn kept() -> Document {
    Document { size: FILE.len() as u64, ..document(DocumentStatus::Failed) }
}

/// The file of the kept document, in a store that opens it so.
async fn shown(opened: Result<Option<OpenBlob>, BlobError>) -> StoredFile {
    let mut blobs = MockBlobStore::new();
    blobs
        .expect_open()
        .times(..=1)
        .withf(|sha256, part| *sha256 == SHA256 && *part == BlobPart::Whole)
        .return_once(move |_, _| opened);
    let documents = Arc::new(documents_with(kept()));
    ShowFile { documents, blobs: Arc::new(blobs) }.execute(&SCOPE, DOCUMENT).await.unwrap()
}

/// A store's answer: a file of this size, which comes in these pieces.
fn opened(size: usize, pieces: Vec<Result<Option<Vec<u8>>, BlobError>>) -> Option<OpenBlob> {
    let mut read = MockBlobPieces::new();
    let mut pieces = pieces.into_iter();
    read.expect_next().returning(move || pieces.next().unwrap());
    Some(OpenBlob { size: size as u64, pieces: Box::new(read) })
}

#[tokio::test]
async fn a_file_comes_in_pieces_as_it_was_received() {
    let (first, second) = FILE.split_at(2);
    let pieces = vec![Ok(Some(first.to_vec())), Ok(Some(second.to_vec())), Ok(None)];
    let file = shown(Ok(opened(FILE.len(), pieces))).await;
    assert_eq!(file.document, kept());
    let mut pieces = file.open(BlobPart::Whole).await.unwrap();
    let mut bytes = Vec::new();
    while let Some(piece) = pieces.next().await.unwrap() {
        bytes.extend(piece);
    }
    assert_eq!(bytes, FILE);
}

#[tokio::test]
async fn a_file_that_is_not_as_it_was_received_is_not_opened() {
    let refusal = async |opened| shown(opened).await.open(BlobPart::Whole).await.err().unwrap();
    assert_eq!(refusal(Ok(None)).await, BlobError::Missing.into());
    let gone = BlobError::Unavailable { reason: "no route".to_owned() };
    assert_eq!(refusal(Err(gone.clone())).await, gone.into());
    for size in [0, FILE.len() - 1, FILE.len() + 1] {
        assert_eq!(refusal(Ok(opened(size, Vec::new()))).await.code(), "stored_file_damaged", "{size}");
    }
}

#[tokio::test]
async fn a_look_at_a_file_reads_nothing() {
    let look = async |answer: Result<bool, BlobError>| {
        let mut blobs = MockBlobStore::new();
        blobs.expect_contains().withf(|sha256| *sha256 == SHA256).return_once(move |_| answer);
        let show = ShowFile { documents: Arc::new(documents_with(kept())), blobs: Arc::new(blobs) };
        show.execute(&SCOPE, DOCUMENT).await.unwrap().look().await
    };
    assert_eq!(look(Ok(true)).await, Ok(()));
    assert_eq!(look(Ok(false)).await, Err(BlobError::Missing.into()));
    let failed = BlobError::Failed { reason: "no rights".to_owned() };
    assert_eq!(look(Err(failed.clone())).await, Err(failed.into()));
}

#[tokio::test]
async fn a_document_that_is_not_there_has_no_file() {
    let show = ShowFile { documents: Arc::new(no_documents()), blobs: Arc::new(MockBlobStore::new()) };
    assert_eq!(show.execute(&SCOPE, DOCUMENT).await.err(), Some(UseCaseError::DOCUMENT_NOT_FOUND));
}
