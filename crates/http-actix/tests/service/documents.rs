//! Documents: lists, one document, what is said of it, decisions, deletion.

use actix_web::test::TestRequest;
use fieldmark_domain::document::{
    DocumentRecord, DocumentStatus, FieldCondition, FieldMatch, ListedDocument, Order, SortKey,
};
use fieldmark_domain::field::Field;
use fieldmark_domain::listing::{Listing, Window};
use fieldmark_domain::ports::{JobsChange, RepositoryError};
use fieldmark_domain::scope::{OwnerId, Scope};
use serde_json::json;

use crate::mocked::Ports;
use crate::samples::{DOCUMENT, at, document, job, label};

fn listed(total: u64) -> Listing<ListedDocument> {
    let labels = vec![label(Field::InvoiceNumber, "A-117", 0.98)];
    Listing { items: vec![ListedDocument { document: document(DocumentStatus::Processed), labels }], total }
}

#[actix_web::test]
async fn a_list_is_asked_as_it_was_meant() {
    let mut ports = Ports::new();
    ports
        .documents
        .expect_list()
        .withf(|scope, query| {
            *scope == Scope::owner(OwnerId::LOCAL)
                && query.statuses == [DocumentStatus::Processed, DocumentStatus::Failed]
                && query.created_from == Some("2024-03-01T00:00:00Z".parse().unwrap())
                && query.created_before == Some("2024-04-01T00:00:00Z".parse().unwrap())
                && query.text.as_deref() == Some("acme")
                && query.fields
                    == [
                        FieldCondition {
                            field: Field::InvoiceNumber,
                            matches: FieldMatch::Is("a-117".to_owned()),
                        },
                        FieldCondition {
                            field: Field::SupplierName,
                            matches: FieldMatch::BeginsWith("ac".to_owned()),
                        },
                    ]
                && query.min_confidence == Some(0.9)
                && query.order == Order { key: SortKey::UpdatedAt, descending: false }
                && query.window == Window { limit: 1, offset: 2 }
                && query.with_labels
        })
        .times(1)
        .returning(|_, _| Ok(listed(5)));
    let answer = ports
        .ask(TestRequest::get().uri(
            "/api/v1/documents?status=processed,failed&created_from=2024-03-01T00:00:00Z&created_to=2024-04-01T00:00:00Z&\
             q=ACME&field.invoice_number=A-117&field.supplier_name=Ac*&min_confidence=0.9&sort=updated_at&limit=1&offset=2&\
             include=labels",
        ))
        .await;
    let data = answer.data(200);
    assert_eq!(
        (&data[0]["id"], &data[0]["labels"][0]["value"]),
        (&json!(DOCUMENT.to_string()), &json!("A-117"))
    );
    let meta = answer.json()["meta"].clone();
    let part = ["total", "limit", "offset", "page", "pages"].map(|name| meta[name].as_u64().unwrap());
    assert_eq!(part, [5, 1, 2, 3, 5]);
}

#[actix_web::test]
async fn a_list_without_conditions_gives_the_newest_without_labels() {
    let mut ports = Ports::new();
    ports
        .documents
        .expect_list()
        .withf(|_, query| {
            query.order == Order::default() && query.window == Window::default() && !query.with_labels
        })
        .returning(|_, _| Ok(listed(1)));
    let data = ports.ask(TestRequest::get().uri("/api/v1/documents")).await.data(200);
    assert!(data[0].get("labels").is_none(), "{data}");
}

#[actix_web::test]
async fn all_that_is_wrong_with_a_list_is_told_at_once() {
    let answer = Ports::new()
        .ask(TestRequest::get().uri(
            "/api/v1/documents?limit=101&offset=x&status=gone&created_from=yesterday&sort=size&include=all&field.colour=red&\
             min_confidence=much",
        ))
        .await;
    assert_eq!(answer.failure(), (422, "validation_failed".to_owned()));
    let mut details = answer.details();
    details.sort_unstable();
    let all =
        ["created_from", "field.colour", "include", "limit", "min_confidence", "offset", "sort", "status"];
    assert_eq!(details, all);
}

#[actix_web::test]
async fn what_the_use_case_refuses_is_named_by_its_parameter() {
    let answer = Ports::new().ask(TestRequest::get().uri("/api/v1/documents?min_confidence=2&q=")).await;
    assert_eq!(
        (answer.failure().0, answer.details()),
        (422, vec!["min_confidence".to_owned(), "q".to_owned()])
    );
}

#[actix_web::test]
async fn a_document_comes_with_its_labels_and_its_tag() {
    let ports = || {
        let mut ports = Ports::new();
        ports.documents.expect_show().withf(|_, id| *id == DOCUMENT).returning(|_, _| {
            let labels = vec![label(Field::InvoiceNumber, "A-117", 0.98)];
            Ok(Some(DocumentRecord { document: document(DocumentStatus::Processed), labels, findings: None }))
        });
        ports
    };
    let answer = ports().ask(TestRequest::get().uri(&at(""))).await;
    assert_eq!(
        answer.data(200)["labels"],
        json!([{
            "id": "01970000-0000-7000-8000-00000000001a", "document_id": DOCUMENT.to_string(),
            "field": "invoice_number", "value": "A-117", "raw": "A-117", "confidence": 0.98, "source": "text_layer",
            "box": {"page": 1, "left": 0.5, "top": 0.25, "width": 0.125, "height": 0.0625},
            "checks": [], "version": 2, "created_at": "2025-06-15T15:06:41Z", "updated_at": "2025-06-15T15:06:42Z",
        }])
    );
    assert_eq!(answer.header("etag"), "\"3\"");
    let again = ports().ask(TestRequest::get().uri(&at("")).insert_header(("If-None-Match", "\"3\""))).await;
    assert_eq!((again.status.as_u16(), again.bytes.len()), (304, 0));
    let changed =
        ports().ask(TestRequest::get().uri(&at("")).insert_header(("If-None-Match", "\"2\""))).await;
    assert_eq!(changed.status.as_u16(), 200);
}

#[actix_web::test]
async fn what_is_not_there_is_not_found() {
    let mut ports = Ports::new();
    ports.documents.expect_show().returning(|_, _| Ok(None));
    assert_eq!(ports.ask(TestRequest::get().uri(&at(""))).await.failure(), (404, "not_found".to_owned()));
    for address in
        ["/api/v1/documents/117", "/api/v1/documents/not-an-id/labels", "/api/v1/nothing", "/nothing"]
    {
        let answer = Ports::new().ask(TestRequest::get().uri(address)).await;
        assert_eq!(answer.failure(), (404, "not_found".to_owned()), "{address}");
    }
}

#[actix_web::test]
async fn a_description_is_changed_in_part_or_replaced_as_a_whole() {
    let ports = || {
        let mut ports = Ports::new();
        ports.documents.expect_find().returning(|_, _| Ok(Some(document(DocumentStatus::Processed))));
        ports.documents.expect_update().returning(|_, update| Ok(Some(update.document.clone())));
        ports
    };
    let change = TestRequest::patch().uri(&at("")).set_json(json!({"tags": ["march"]}));
    let data = ports().ask(change).await.data(200);
    assert_eq!((&data["tags"], &data["filename"]), (&json!(["march"]), &json!("invoice.pdf")));
    let replace =
        TestRequest::put().uri(&at("")).set_json(json!({"filename": "a.pdf", "metadata": {"x": "1"}}));
    let data = ports().ask(replace).await.data(200);
    assert_eq!(
        (&data["tags"], &data["filename"], &data["metadata"]),
        (&json!([]), &json!("a.pdf"), &json!({"x": "1"}))
    );
    let without_a_name = TestRequest::put().uri(&at("")).set_json(json!({"tags": []}));
    assert_eq!(ports().ask(without_a_name).await.failure(), (422, "validation_failed".to_owned()));
    let unknown = TestRequest::patch().uri(&at("")).set_json(json!({"colour": "red"}));
    assert_eq!(ports().ask(unknown).await.failure(), (422, "validation_failed".to_owned()));
    let too_long = TestRequest::patch().uri(&at("")).set_json(json!({"tags": ["x".repeat(51)]}));
    let answer = ports().ask(too_long).await;
    assert_eq!((answer.failure().0, answer.details()), (422, vec!["tags".to_owned()]));
    for unfit in ["x".repeat(256), " ".to_owned(), "folder/".to_owned(), "\u{202e}".to_owned()] {
        for request in [TestRequest::patch(), TestRequest::put()] {
            let answer = ports().ask(request.uri(&at("")).set_json(json!({"filename": unfit}))).await;
            assert_eq!(
                (answer.failure().0, answer.details()),
                (422, vec!["filename".to_owned()]),
                "{unfit:?}"
            );
        }
    }
    let renamed = TestRequest::patch().uri(&at("")).set_json(json!({"filename": "C:\\in\u{202e}box\\b.pdf"}));
    assert_eq!(ports().ask(renamed).await.data(200)["filename"], "b.pdf");
    let misshapen = TestRequest::put().uri(&at("")).set_json(json!("a.pdf"));
    let answer = ports().ask(misshapen).await;
    let message = answer.json()["error"]["details"][0]["message"].as_str().unwrap().to_owned();
    assert!(message.starts_with("string \"a.pdf\" where an object is expected"), "{message}");
}

#[actix_web::test]
async fn a_change_of_another_version_is_refused() {
    let ports = || {
        let mut ports = Ports::new();
        ports.documents.expect_find().returning(|_, _| Ok(Some(document(DocumentStatus::Processed))));
        ports.documents.expect_update().returning(|_, update| Ok(Some(update.document.clone())));
        ports
    };
    let change = |tag: &str| {
        TestRequest::patch().uri(&at("")).insert_header(("If-Match", tag)).set_json(json!({"tags": []}))
    };
    assert_eq!(ports().ask(change("\"2\"")).await.failure(), (412, "changed_meanwhile".to_owned()));
    assert_eq!(ports().ask(change("nonsense")).await.failure(), (400, "invalid_header".to_owned()));
    for tag in ["\"3\"", "*"] {
        assert_eq!(ports().ask(change(tag)).await.status.as_u16(), 200, "{tag}");
    }
    for (address, status) in [("/approve", 412), ("/reject", 412), ("/process", 412)] {
        let request = TestRequest::post().uri(&at(address)).insert_header(("If-Match", "\"2\""));
        assert_eq!(ports().ask(request).await.failure().0, status, "{address}");
    }
    let request = TestRequest::delete().uri(&at("")).insert_header(("If-Match", "\"2\""));
    assert_eq!(ports().ask(request).await.failure().0, 412);
}

#[actix_web::test]
async fn a_reviewer_decides_once_it_was_read() {
    for (address, status) in [("/approve", "approved"), ("/reject", "rejected")] {
        let mut ports = Ports::new();
        ports.documents.expect_find().returning(|_, _| Ok(Some(document(DocumentStatus::Processed))));
        ports.documents.expect_update().returning(|_, update| Ok(Some(update.document.clone())));
        let data = ports.ask(TestRequest::post().uri(&at(address))).await.data(200);
        assert_eq!(data["status"], status);
        let mut ports = Ports::new();
        ports.documents.expect_find().returning(|_, _| Ok(Some(document(DocumentStatus::Queued))));
        let answer = ports.ask(TestRequest::post().uri(&at(address))).await;
        assert_eq!(answer.failure(), (409, "wrong_status".to_owned()));
    }
}

#[actix_web::test]
async fn reading_again_answers_with_the_job() {
    let mut ports = Ports::new();
    ports.documents.expect_find().returning(|_, _| Ok(Some(document(DocumentStatus::Processed))));
    ports
        .documents
        .expect_update()
        .withf(|_, update| matches!(&update.jobs, JobsChange::Add(job) if job.max_attempts == 3))
        .returning(|_, update| Ok(Some(update.document.clone())));
    ports.jobs.expect_find().returning(|_, id| {
        Ok(Some(fieldmark_domain::job::Job { id, ..job(fieldmark_domain::job::JobStatus::Queued) }))
    });
    let answer = ports.ask(TestRequest::post().uri(&at("/process"))).await;
    let data = answer.data(202);
    assert_eq!(answer.header("location"), format!("/api/v1/jobs/{}", data["id"].as_str().unwrap()));
}

#[actix_web::test]
async fn a_deleted_document_comes_back() {
    let mut ports = Ports::new();
    ports.documents.expect_find().returning(|_, _| Ok(Some(document(DocumentStatus::Processed))));
    ports
        .documents
        .expect_update()
        .withf(|_, update| update.document.deleted_at.is_some() && update.jobs == JobsChange::Cancel)
        .times(1)
        .returning(|_, update| Ok(Some(update.document.clone())));
    let answer = ports.ask(TestRequest::delete().uri(&at(""))).await;
    assert_eq!((answer.status.as_u16(), answer.bytes.len()), (204, 0));
    let mut ports = Ports::new();
    ports.documents.expect_find_deleted().returning(|_, _| {
        let deleted = document(DocumentStatus::Processed);
        Ok(Some(fieldmark_domain::document::Document { deleted_at: Some(deleted.created_at), ..deleted }))
    });
    ports.documents.expect_update().returning(|_, _| Err(RepositoryError::DocumentExists));
    let answer = ports.ask(TestRequest::post().uri(&at("/restore"))).await;
    assert_eq!(answer.failure(), (409, "already_exists".to_owned()));
}
