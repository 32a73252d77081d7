//! Labels: what people see of them, say of them, and what is kept of what they said before.

use actix_web::test::TestRequest;
use fieldmark_domain::document::{DocumentRecord, DocumentStatus};
use fieldmark_domain::field::Field;
use fieldmark_domain::label::{LabelAct, LabelChange, LabelState, StoredLabel};
use fieldmark_domain::listing::{Listing, Window};
use fieldmark_domain::ports::{LabelEdit, RepositoryError};
use fieldmark_domain::scope::UserId;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::mocked::Ports;
use crate::samples::{DOCUMENT, LABEL, at, document, findings, label, moment};

fn number() -> StoredLabel {
    label(Field::InvoiceNumber, "A-117", 0.98)
}

/// Ports with a document of two pages and its one label.
fn ports() -> Ports {
    let mut ports = Ports::new();
    ports.labels.expect_list().returning(|_, _| Ok(Some(vec![number()])));
    ports.documents.expect_show().returning(|_, _| {
        let (document, findings) = (document(DocumentStatus::Processed), Some(findings(2)));
        Ok(Some(DocumentRecord { document, labels: vec![number()], findings }))
    });
    ports.documents.expect_first_of().returning(|_, _, _| Ok(None));
    ports
}

/// The same, and what people say is kept if it is as wanted.
fn saving(is_wanted: impl Fn(&LabelEdit) -> bool + Send + 'static) -> Ports {
    let mut ports = ports();
    ports
        .labels
        .expect_save()
        .withf(move |_, edit| is_wanted(edit))
        .times(1)
        .returning(|_, edit| Ok(Some(StoredLabel { version: edit.label.version + 1, ..edit.label.clone() })));
    ports
}

fn one() -> String {
    at(&format!("/labels/{LABEL}"))
}

fn add(label: Value) -> TestRequest {
    TestRequest::post().uri(&at("/labels")).set_json(label)
}

fn correct(change: Value) -> TestRequest {
    TestRequest::patch().uri(&one()).set_json(change)
}

#[actix_web::test]
async fn labels_are_listed_and_shown() {
    let data = ports().ask(TestRequest::get().uri(&at("/labels"))).await.data(200);
    assert_eq!((data.as_array().unwrap().len(), &data[0]["field"]), (1, &json!("invoice_number")));
    let answer = ports().ask(TestRequest::get().uri(&one())).await;
    assert_eq!((answer.data(200), answer.header("etag")), (data[0].clone(), "\"2\""));
    let other = at("/labels/01970000-0000-7000-8000-0000000000ff");
    assert_eq!(ports().ask(TestRequest::get().uri(&other)).await.failure(), (404, "not_found".to_owned()));
    for address in [at("/labels"), one()] {
        let mut without = Ports::new();
        without.labels.expect_list().returning(|_, _| Ok(None));
        assert_eq!(without.ask(TestRequest::get().uri(&address)).await.failure().0, 404, "{address}");
    }
}

#[actix_web::test]
async fn a_deleted_label_is_neither_listed_nor_shown() {
    let deleted = || {
        let mut ports = Ports::new();
        let gone = StoredLabel { deleted_at: Some(moment(5)), ..number() };
        ports.labels.expect_list().returning(move |_, _| Ok(Some(vec![gone.clone()])));
        ports
    };
    assert_eq!(deleted().ask(TestRequest::get().uri(&at("/labels"))).await.data(200), json!([]));
    assert_eq!(deleted().ask(TestRequest::get().uri(&one())).await.failure().0, 404);
}

#[actix_web::test]
async fn a_person_adds_a_label() {
    let ports = saving(|edit| {
        edit.label.version == 0
            && edit.label.document == DOCUMENT
            && edit.label.reviewed_by == Some(UserId::LOCAL)
            && edit.change.act == LabelAct::Added
    });
    let place = json!({"page": 2, "left": 0.5, "top": 0.25, "width": 0.125, "height": 0.0625});
    let answer = ports.ask(add(json!({"field": "customer_number", "value": "40817", "box": place}))).await;
    let data = answer.data(201);
    let said = ["field", "value", "source", "box"].map(|name| data[name].clone());
    assert_eq!(said, [json!("customer_number"), json!("40817"), json!("person"), place]);
    assert_eq!(answer.header("location"), at(&format!("/labels/{}", data["id"].as_str().unwrap())));
    assert_eq!(answer.header("etag"), "\"1\"");
}

#[actix_web::test]
async fn a_label_that_cannot_be_is_refused_with_what_is_wrong() {
    let place =
        |page: u32, left: f32| json!({"page": page, "left": left, "top": 0.5, "width": 0.25, "height": 0.1});
    let flat = json!({"page": 1, "left": 0.5, "top": 0.5, "width": 0.25, "height": 0});
    for (label, part) in [
        (json!({"field": "colour", "value": "red"}), "field"),
        (json!({"field": "due_date", "value": "soon"}), "value"),
        (json!({"field": "customer_number", "value": "7", "box": place(1, 0.9)}), "box"),
        (json!({"field": "customer_number", "value": "7", "box": place(1, -0.1)}), "box"),
        (json!({"field": "customer_number", "value": "7", "box": place(0, 0.5)}), "box"),
        (json!({"field": "customer_number", "value": "7", "box": place(3, 0.5)}), "box"),
        (json!({"field": "customer_number", "value": "7", "box": flat}), "box"),
        (json!({"field": "customer_number"}), "body"),
        (json!({"field": "customer_number", "value": 7}), "body"),
        (json!({"field": "customer_number", "value": "7", "sure": true}), "body"),
    ] {
        let answer = ports().ask(add(label.clone())).await;
        assert_eq!(answer.failure(), (422, "validation_failed".to_owned()), "{label}");
        assert_eq!(answer.details(), [part], "{label}");
    }
}

#[actix_web::test]
async fn a_field_has_one_label() {
    let answer = ports().ask(add(json!({"field": "invoice_number", "value": "A-118"}))).await;
    assert_eq!(answer.failure(), (409, "label_exists".to_owned()));
    let mut ports = ports();
    ports.labels.expect_save().returning(|_, _| Err(RepositoryError::LabelExists));
    let answer = ports.ask(add(json!({"field": "customer_number", "value": "7"}))).await;
    assert_eq!(answer.failure(), (409, "label_exists".to_owned()));
}

#[actix_web::test]
async fn a_person_corrects_a_label() {
    let ports = saving(|edit| {
        let before = edit.change.before.as_ref().unwrap();
        edit.label.id == LABEL && edit.label.version == 2 && before.raw == "A-117"
    });
    let answer = ports.ask(correct(json!({"value": "A-118"}))).await;
    let data = answer.data(200);
    let said = ["value", "raw", "source", "reviewed_by"].map(|name| data[name].clone());
    assert_eq!(said, [json!("A-118"), json!("A-117"), json!("person"), json!(Uuid::nil().to_string())]);
    assert_eq!((data["confidence"].as_f64(), answer.header("etag")), (Some(1.0), "\"3\""));
    let data = saving(|_| true).ask(correct(json!({"field": "order_number"}))).await.data(200);
    assert_eq!((&data["field"], &data["value"]), (&json!("order_number"), &json!("A-117")));
    let answer = self::ports().ask(correct(json!({"field": "due_date"}))).await;
    assert_eq!((answer.failure().0, answer.details()), (422, vec!["value".to_owned()]));
}

#[actix_web::test]
async fn a_change_of_another_version_is_refused() {
    let stale = ("If-Match", "\"1\"");
    let new = add(json!({"field": "customer_number", "value": "7"}));
    for request in [
        correct(json!({"value": "A-118"})).insert_header(stale),
        TestRequest::delete().uri(&one()).insert_header(stale),
        // A new label is added to a version of its document.
        new.insert_header(("If-Match", "\"2\"")),
    ] {
        assert_eq!(ports().ask(request).await.failure(), (412, "changed_meanwhile".to_owned()));
    }
    let current = correct(json!({"value": "A-118"})).insert_header(("If-Match", "\"2\""));
    assert_eq!(saving(|_| true).ask(current).await.status.as_u16(), 200);
}

#[actix_web::test]
async fn a_label_is_deleted_and_kept_as_that() {
    let ports = saving(|edit| edit.label.deleted_at.is_some() && edit.change.act == LabelAct::Deleted);
    let answer = ports.ask(TestRequest::delete().uri(&one())).await;
    assert_eq!((answer.status.as_u16(), answer.bytes.len()), (204, 0));
    let other = at("/labels/01970000-0000-7000-8000-0000000000ff");
    let answer = self::ports().ask(TestRequest::delete().uri(&other)).await;
    assert_eq!(answer.failure(), (404, "not_found".to_owned()));
}

#[actix_web::test]
async fn the_history_tells_what_was_said_before() {
    let mut ports = Ports::new();
    ports
        .labels
        .expect_history()
        .withf(|_, id, window| *id == DOCUMENT && *window == Window { limit: 1, offset: 2 })
        .returning(|_, _, _| {
            let (before, after) = (number(), label(Field::InvoiceNumber, "A-118", 1.0));
            let change = LabelChange {
                id: Uuid::nil(),
                document: DOCUMENT,
                label: LABEL,
                field: Field::InvoiceNumber,
                act: LabelAct::Corrected,
                before: Some(LabelState::from(&before.label)),
                after: Some(LabelState::from(&after.label)),
                by: Some(UserId::LOCAL),
                at: moment(9),
            };
            Ok(Some(Listing { items: vec![change], total: 4 }))
        });
    let answer = ports.ask(TestRequest::get().uri(&at("/history?limit=1&offset=2"))).await;
    let entry = answer.data(200)[0].clone();
    assert_eq!((&entry["act"], &entry["at"]), (&json!("corrected"), &json!("2025-06-15T15:06:49Z")));
    assert_eq!((&entry["before"]["value"], &entry["after"]["value"]), (&json!("A-117"), &json!("A-118")));
    assert_eq!((&answer.json()["meta"]["total"], &answer.json()["meta"]["pages"]), (&json!(4), &json!(4)));
    let answer = Ports::new().ask(TestRequest::get().uri(&at("/history?limit=101"))).await;
    assert_eq!((answer.failure().0, answer.details()), (422, vec!["limit".to_owned()]));
    let mut ports = Ports::new();
    ports.labels.expect_history().returning(|_, _, _| Ok(None));
    assert_eq!(ports.ask(TestRequest::get().uri(&at("/history"))).await.failure().0, 404);
}

#[actix_web::test]
async fn an_unknown_parameter_is_refused() {
    let service = ports().serve().await;
    let one = format!("{}?force=true", one());
    for request in [
        TestRequest::get().uri(&at("/labels?force=true")),
        TestRequest::get().uri(&one),
        TestRequest::delete().uri(&one),
        TestRequest::patch().uri(&one).set_json(json!({})),
        TestRequest::post().uri(&at("/labels?force=true")).set_json(json!({})),
    ] {
        assert_eq!(service.ask(request).await.failure(), (400, "unknown_parameter".to_owned()));
    }
}
