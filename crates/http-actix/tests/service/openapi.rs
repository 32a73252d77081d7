//! The OpenAPI document and the page that shows it. How bodies fit their schemas is [`crate::schema`]'s business.

use std::collections::BTreeSet;

use actix_web::http::Method;
use actix_web::test::TestRequest;
use serde_json::Value;

use crate::mocked::Ports;
use crate::schema::Schemas;

async fn document() -> Value {
    Ports::new().ask(TestRequest::get().uri("/openapi.json")).await.json()
}

fn operations(document: &Value) -> Vec<(String, String, Value)> {
    let mut operations = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            operations.push((path.clone(), method.to_uppercase(), operation.clone()));
        }
    }
    operations
}

#[actix_web::test]
async fn every_described_address_takes_exactly_the_described_methods() {
    let document = document().await;
    for path in document["paths"].as_object().unwrap().keys() {
        let address = path
            .replace("{page}", "1")
            .replace(['{', '}'], "")
            .replace("document/", "01970000-0000-7000-8000-0000000000d0/");
        let answer = Ports::new().ask(TestRequest::default().method(Method::TRACE).uri(&address)).await;
        assert_eq!(answer.status.as_u16(), 405, "{path}");
        let taken: BTreeSet<String> = answer
            .header("allow")
            .split(", ")
            .filter(|method| *method != "HEAD")
            .map(str::to_owned)
            .collect();
        let described: BTreeSet<String> = operations(&document)
            .into_iter()
            .filter(|(other, ..)| other == path)
            .map(|(_, method, _)| method)
            .collect();
        assert_eq!(taken, described, "{path}");
    }
}

#[actix_web::test]
async fn every_operation_says_what_it_does_answers_and_may_fail_with() {
    let document = document().await;
    let mut names = BTreeSet::new();
    for (path, method, operation) in operations(&document) {
        let place = format!("{method} {path}");
        assert!(names.insert(operation["operationId"].as_str().unwrap().to_owned()), "{place}");
        assert!(!operation["summary"].as_str().unwrap_or_default().is_empty(), "{place}");
        assert!(!operation["tags"].as_array().unwrap().is_empty(), "{place}");
        let responses = operation["responses"].as_object().unwrap();
        assert!(responses.keys().any(|status| status.starts_with('2')), "{place}");
        if path.starts_with("/api/") {
            for status in ["400", "401", "403", "404", "503", "500"] {
                let schema = &responses[status]["content"]["application/json"]["schema"]["$ref"];
                assert_eq!(schema, "#/components/schemas/ErrorEnvelope", "{place} {status}");
            }
        }
    }
    assert!(names.len() > 25, "{names:?}");
}

#[actix_web::test]
async fn every_reference_leads_somewhere() {
    fn references(value: &Value, found: &mut Vec<String>) {
        match value {
            Value::Object(entries) => {
                found.extend(entries.get("$ref").and_then(Value::as_str).map(str::to_owned));
                entries.values().for_each(|value| references(value, found));
            }
            Value::Array(values) => values.iter().for_each(|value| references(value, found)),
            _ => {}
        }
    }
    let document = document().await;
    let mut found = Vec::new();
    references(&document, &mut found);
    assert!(!found.is_empty());
    for reference in found {
        let pointer = reference.strip_prefix('#').unwrap();
        assert!(document.pointer(pointer).is_some(), "{reference}");
    }
}

/// The bodies that an operation takes and that it answers when it succeeds, each with where it stands.
fn bodies<'a>(operation: &'a Value, place: &str) -> Vec<(String, &'a Value)> {
    let mut bodies = Vec::new();
    let mut add = |part: &str, content: &'a Value| {
        for (media_type, body) in content.as_object().into_iter().flatten() {
            bodies.push((format!("{place} {part} {media_type}"), body));
        }
    };
    add("takes", &operation["requestBody"]["content"]);
    for (status, response) in operation["responses"].as_object().unwrap() {
        add(status, &response["content"]);
    }
    bodies
}

#[actix_web::test]
async fn every_body_has_an_example_that_fits_its_schema() {
    let document = document().await;
    let schemas = Schemas::of(&document);
    let mut count = 0;
    for (path, method, operation) in operations(&document) {
        for (place, body) in bodies(&operation, &format!("{method} {path}")) {
            let example = body.get("example").unwrap_or_else(|| panic!("{place} has no example"));
            schemas.fits(&body["schema"], example).unwrap_or_else(|wrong| panic!("{place}: {wrong}"));
            count += 1;
        }
    }
    assert!(count > 60, "{count}");
}

#[actix_web::test]
async fn a_body_that_does_not_fit_is_told() {
    let document = document().await;
    let schemas = Schemas::of(&document);
    let operation = &document["paths"]["/api/v1/documents/{document}"]["get"];
    let body = &operation["responses"]["200"]["content"]["application/json"];
    for (pointer, wrong) in [
        ("/data/id", Value::from("7")),
        ("/data/status", "done".into()),
        ("/data/created_at", "yesterday".into()),
        ("/data/labels/0/confidence", 2.into()),
        ("/data/labels/0/box/page", "1".into()),
        ("/data/extraction/fields/invoice_number", Value::Null),
        ("/meta", serde_json::json!({})),
        ("/error", "none".into()),
    ] {
        let mut example = body["example"].clone();
        *example.pointer_mut(pointer).unwrap() = wrong;
        assert!(schemas.fits(&body["schema"], &example).is_err(), "{pointer}");
    }
}

#[actix_web::test]
async fn bodies_of_requests_are_closed_and_names_are_listed() {
    let document = document().await;
    let schemas = &document["components"]["schemas"];
    for name in
        ["DocumentDescription", "DocumentChange", "NewLabel", "LabelChange", "BoxRequest", "DocumentForm"]
    {
        assert_eq!(schemas[name]["additionalProperties"], false, "{name}");
    }
    for (name, value) in [
        ("DocumentStatus", "processed"),
        ("Source", "text_layer"),
        ("Field", "invoice_number"),
        ("JobStatus", "dead"),
        ("MediaType", "application/pdf"),
        ("Decision", "review"),
        ("DocumentKind", "credit_note"),
        ("ExportFormat", "yolo"),
    ] {
        let names = schemas[name]["enum"].as_array().unwrap_or_else(|| panic!("{name}"));
        assert!(names.contains(&value.into()), "{name}");
    }
}

#[actix_web::test]
async fn every_link_leads_to_an_operation_and_fills_its_path() {
    let document = document().await;
    let operations = operations(&document);
    let mut count = 0;
    for (_, _, operation) in &operations {
        for response in operation["responses"].as_object().unwrap().values() {
            for link in
                response.get("links").and_then(Value::as_object).into_iter().flat_map(|links| links.values())
            {
                let (path, ..) = operations
                    .iter()
                    .find(|(_, _, other)| other["operationId"] == link["operationId"])
                    .unwrap();
                let given = link["parameters"].as_object().unwrap();
                let wanted: Vec<&str> = path.split(['{', '}']).skip(1).step_by(2).collect();
                assert!(wanted.iter().all(|name| given.contains_key(*name)), "{link}");
                count += 1;
            }
        }
    }
    assert!(count > 30, "{count}");
}

#[actix_web::test]
async fn the_page_comes_from_the_program_itself() {
    let answer = Ports::new().ask(TestRequest::get().uri("/docs")).await;
    assert_eq!((answer.status.as_u16(), answer.header("location")), (301, "/docs/"));
    let page = Ports::new().ask(TestRequest::get().uri("/docs/")).await;
    assert_eq!(page.status.as_u16(), 200);
    let text = String::from_utf8(page.bytes).unwrap();
    assert!(!text.contains("https://") || !text.contains("cdn"), "{text}");
    let script = Ports::new().ask(TestRequest::get().uri("/docs/swagger-initializer.js")).await;
    assert!(String::from_utf8(script.bytes).unwrap().contains("/openapi.json"));
    assert_eq!(Ports::new().ask(TestRequest::get().uri("/docs/nothing.js")).await.failure().0, 404);
}
