//! What is asked of the repositories, and what is refused before they are asked.

use std::sync::Arc;

use uuid::Uuid;

use super::*;
use crate::commands::fixtures::*;
use crate::document::{DocumentQuery, DocumentRecord, DocumentStatus, FieldCondition, FieldMatch};
use crate::field::Field;
use crate::job::{JobId, JobQuery, JobStatus};
use crate::label::StoredLabel;
use crate::listing::{Listing, Window};
use crate::ports::{MockDocumentRepository, MockJobRepository, MockLabelRepository};
use crate::use_case_error::UseCaseError;

fn is(field: Field, text: &str) -> FieldCondition {
    FieldCondition { field, matches: FieldMatch::Is(text.to_owned()) }
}

#[tokio::test]
async fn texts_are_looked_for_whatever_their_case() {
    let mut documents = MockDocumentRepository::new();
    documents
        .expect_list()
        .times(1)
        .withf(|scope, query| {
            let begins = FieldMatch::BeginsWith("ångström".to_owned());
            let supplier = FieldCondition { field: Field::SupplierName, matches: begins };
            *scope == SCOPE
                && query.text.as_deref() == Some("march 2026")
                && query.fields == [is(Field::InvoiceNumber, "a-117"), supplier]
        })
        .returning(|_, _| Ok(Listing { items: Vec::new(), total: 812 }));
    let begins = FieldMatch::BeginsWith(" Ångström ".to_owned());
    let query = DocumentQuery {
        text: Some("March  2026".to_owned()),
        fields: vec![
            is(Field::InvoiceNumber, "A-117"),
            FieldCondition { field: Field::SupplierName, matches: begins },
        ],
        min_confidence: Some(1.0),
        ..DocumentQuery::default()
    };
    let listed = ListDocuments { documents: Arc::new(documents) }.execute(&SCOPE, &query).await.unwrap();
    assert_eq!(listed.total, 812);
}

#[tokio::test]
async fn each_wrong_part_of_a_query_is_named() {
    let limit = Window { limit: 101, offset: 0 };
    let query = DocumentQuery {
        created_from: Some(now()),
        created_before: Some("2026-01-01T00:00:00Z".parse().unwrap()),
        text: Some(" ".to_owned()),
        fields: vec![is(Field::InvoiceNumber, "\u{3000}"); 11],
        min_confidence: Some(f32::NAN),
        window: limit,
        ..DocumentQuery::default()
    };
    let documents = Arc::new(MockDocumentRepository::new());
    let error = ListDocuments { documents }.execute(&SCOPE, &query).await.unwrap_err();
    let UseCaseError::Invalid { details } = error else { panic!("{error:?}") };
    let mut parts: Vec<&str> = details.iter().map(|detail| detail.field.as_str()).collect();
    parts.dedup();
    assert_eq!(parts, ["limit", "min_confidence", "q", "field.invoice_number", "field", "created_to"]);
    let history = DocumentHistory { labels: Arc::new(MockLabelRepository::new()) };
    assert!(history.execute(&SCOPE, DOCUMENT, limit).await.is_err());
    let list = ListJobs { jobs: Arc::new(MockJobRepository::new()) };
    assert!(list.execute(&SCOPE, &JobQuery { window: limit, ..JobQuery::default() }).await.is_err());
}

#[tokio::test]
async fn a_document_is_shown_with_all_that_is_known() {
    let record =
        DocumentRecord { document: document(DocumentStatus::Processed), labels: Vec::new(), findings: None };
    let mut documents = MockDocumentRepository::new();
    let kept = record.clone();
    documents.expect_show().return_once(move |_, _| Ok(Some(kept)));
    let shown = ShowDocument { documents: Arc::new(documents) }.execute(&SCOPE, DOCUMENT).await;
    assert_eq!(shown, Ok(record));
    let shown = ShowDocument { documents: Arc::new(no_documents()) }.execute(&SCOPE, DOCUMENT).await;
    assert_eq!(shown, Err(UseCaseError::DOCUMENT_NOT_FOUND));
}

#[tokio::test]
async fn deleted_labels_are_not_listed() {
    let there = stored(Field::InvoiceNumber, "A-117");
    let deleted = StoredLabel { deleted_at: Some(now()), ..reviewed(Field::SupplierName, "Acme") };
    let mut labels = MockLabelRepository::new();
    let kept = vec![there.clone(), deleted];
    labels.expect_list().return_once(move |_, _| Ok(Some(kept)));
    assert_eq!(ListLabels { labels: Arc::new(labels) }.execute(&SCOPE, DOCUMENT).await, Ok(vec![there]));
}

#[tokio::test]
async fn what_hangs_on_a_missing_document_is_not_found() {
    let mut labels = MockLabelRepository::new();
    labels.expect_list().returning(|_, _| Ok(None));
    labels.expect_history().returning(|_, _, _| Ok(None));
    let labels = Arc::new(labels);
    let listed = ListLabels { labels: labels.clone() }.execute(&SCOPE, DOCUMENT).await;
    assert_eq!(listed, Err(UseCaseError::DOCUMENT_NOT_FOUND));
    let shown = DocumentHistory { labels }.execute(&SCOPE, DOCUMENT, Window::default()).await;
    assert_eq!(shown, Err(UseCaseError::DOCUMENT_NOT_FOUND));
}

#[tokio::test]
async fn jobs_are_shown_and_listed() {
    let mut jobs = MockJobRepository::new();
    jobs.expect_find().returning(|_, id| Ok((id == JOB).then(|| job(JobStatus::Running))));
    jobs.expect_list()
        .withf(|_, query| query.document == Some(DOCUMENT))
        .returning(|_, _| Ok(Listing { items: vec![job(JobStatus::Running)], total: 1 }));
    let jobs = Arc::new(jobs);
    let show = ShowJob { jobs: jobs.clone() };
    assert_eq!(show.execute(&SCOPE, JOB).await, Ok(job(JobStatus::Running)));
    assert_eq!(show.execute(&SCOPE, JobId(Uuid::nil())).await, Err(UseCaseError::JOB_NOT_FOUND));
    let query = JobQuery { document: Some(DOCUMENT), ..JobQuery::default() };
    assert_eq!(ListJobs { jobs }.execute(&SCOPE, &query).await.unwrap().total, 1);
}
