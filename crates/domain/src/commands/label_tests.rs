//! What a person says of a label: what is written at once, what follows for the document's other labels, and what is
//! refused.

use std::sync::Arc;

use super::fixtures::*;
use super::*;
use crate::check::Check;
use crate::document::{Document, DocumentRecord, DocumentStatus};
use crate::extraction::{Decision, Findings};
use crate::field::Field;
use crate::geometry::{BoundingBox, PageBox};
use crate::label::{Label, LabelAct, LabelChange, LabelId, Source, StoredLabel};
use crate::ports::{LabelEdit, MockDocumentRepository, MockLabelRepository, RepositoryError};
use crate::reading::ReadingOptions;
use crate::use_case_error::UseCaseError;
use crate::values::Currency;

const FAILS: &str = "net_plus_tax_is_gross fails";

/// A processed document whose totals do not add up, in Swedish and Swedish crowns.
fn record() -> DocumentRecord {
    let check = Check::new("net_plus_tax_is_gross", false).because("1000.00 + 250.00, 1520.00");
    let total = |field, value| {
        let mut stored = stored(field, value);
        stored.label.currency = Some(Currency::SEK);
        stored.label.checks.push(check.clone());
        stored
    };
    let mut number = stored(Field::InvoiceNumber, "A-117");
    number.label.checks.push(Check::new("not_seen_before", true));
    let other_reason = "page 2 has no text".to_owned();
    let decision = Decision::of(vec![other_reason, FAILS.to_owned()]);
    DocumentRecord {
        document: Document {
            outcome: Some(outcome(decision.clone())),
            ..document(DocumentStatus::Processed)
        },
        labels: vec![
            number,
            stored(Field::InvoiceDate, "2026-02-01"),
            total(Field::TotalNet, "1000.00"),
            total(Field::TotalTax, "250.00"),
            total(Field::TotalGross, "1520.00"),
            stored(Field::SupplierName, "Acme AB"),
        ],
        findings: Some(Findings { checks: vec![check.clone()], decision, ..findings() }),
    }
}

fn without(record: DocumentRecord, field: Field) -> DocumentRecord {
    let labels = record.labels.into_iter().filter(|label| label.label.field != field).collect();
    DocumentRecord { labels, ..record }
}

fn find(record: &DocumentRecord, field: Field) -> StoredLabel {
    record.labels.iter().find(|label| label.label.field == field).unwrap().clone()
}

fn documents(record: &DocumentRecord) -> MockDocumentRepository {
    let mut documents = MockDocumentRepository::new();
    let record = record.clone();
    documents.expect_show().returning(move |_, _| Ok(Some(record.clone())));
    documents
}

fn labels(record: &DocumentRecord) -> MockLabelRepository {
    let mut labels = MockLabelRepository::new();
    let kept = record.labels.clone();
    labels.expect_list().returning(move |_, _| Ok(Some(kept.clone())));
    labels
}

/// The labels of a record, with one edit that is looked at.
fn saves(record: &DocumentRecord, check: impl Fn(&LabelEdit) + Send + 'static) -> MockLabelRepository {
    let mut labels = labels(record);
    labels.expect_save().times(1).returning(move |scope, edit| {
        assert_eq!((*scope, edit.document.version, edit.document.updated_at), (SCOPE, 3, now()));
        assert_eq!((edit.change.by, edit.change.label), (Some(REVIEWER), edit.label.id));
        check(edit);
        Ok(Some(StoredLabel { version: edit.label.version + 1, ..edit.label.clone() }))
    });
    labels
}

fn editing(documents: MockDocumentRepository, labels: MockLabelRepository) -> LabelEditing {
    let options = ReadingOptions::default();
    LabelEditing { documents: Arc::new(documents), labels: Arc::new(labels), clock: clock(), options }
}

fn add(documents: MockDocumentRepository, labels: MockLabelRepository) -> AddLabel {
    AddLabel { editing: editing(documents, labels) }
}

fn added(field: Field, value: &str) -> AddLabelRequest {
    let value = value.to_owned();
    AddLabelRequest { document: DOCUMENT, field, value, place: None, by: REVIEWER, expected_version: None }
}

fn correct(documents: MockDocumentRepository, labels: MockLabelRepository) -> CorrectLabel {
    CorrectLabel { editing: editing(documents, labels) }
}

fn corrected(label: LabelId, value: &str) -> CorrectLabelRequest {
    CorrectLabelRequest {
        document: DOCUMENT,
        label,
        value: Some(value.to_owned()),
        field: None,
        place: None,
        by: REVIEWER,
        expected_version: None,
    }
}

/// Corrects a label of a record, and looks at what is written.
async fn correct_in(
    record: &DocumentRecord,
    field: Field,
    value: &str,
    check: impl Fn(&LabelEdit) + Send + 'static,
) -> StoredLabel {
    let request = corrected(find(record, field).id, value);
    let case = correct(documents(record), saves(record, check));
    case.execute(&SCOPE, &request).await.unwrap()
}

fn delete(documents: MockDocumentRepository, labels: MockLabelRepository) -> DeleteLabel {
    DeleteLabel { editing: editing(documents, labels) }
}

fn deleted(label: LabelId) -> DeleteLabelRequest {
    DeleteLabelRequest { document: DOCUMENT, label, by: REVIEWER, expected_version: None }
}

fn values(change: &LabelChange) -> (Option<String>, Option<String>) {
    let value =
        |state: &Option<crate::label::LabelState>| state.as_ref().map(|state| state.value.to_string());
    (value(&change.before), value(&change.after))
}

fn reasons(edit: &LabelEdit) -> Vec<String> {
    edit.document.outcome.as_ref().unwrap().decision.reasons().to_vec()
}

#[tokio::test]
async fn a_label_is_added_with_its_history_and_its_event() {
    let record = record();
    let bounds = BoundingBox { left: 0.5, top: 0.5, width: 0.5, height: 0.1 };
    let place = Some(PageBox { page: 1, bounds });
    let labels = saves(&record, move |edit| {
        let label = &edit.label.label;
        assert_eq!((label.source, label.confidence, label.raw.as_str()), (Source::Person, 1.0, ""));
        assert_eq!((edit.label.version, edit.label.reviewed_by, label.place), (0, Some(REVIEWER), place));
        assert_eq!((edit.change.act, values(&edit.change)), (LabelAct::Added, (None, Some("77".to_owned()))));
        assert_eq!(edit.event.occurrence.name(), "label.added");
        assert!(edit.others.is_empty(), "{:?}", edit.others);
    });
    let request = AddLabelRequest { place, expected_version: Some(3), ..added(Field::OrderNumber, " 77 ") };
    let label = add(documents(&record), labels).execute(&SCOPE, &request).await.unwrap();
    assert_eq!((label.version, label.label.field), (1, Field::OrderNumber));
}

#[tokio::test]
async fn a_document_that_was_never_read_takes_labels_too() {
    let labels_only =
        DocumentRecord { document: document(DocumentStatus::Received), labels: Vec::new(), findings: None };
    let labels = saves(&labels_only, |edit| {
        assert!(edit.document.outcome.is_none() && edit.findings.is_none());
        assert_eq!(edit.label.label.value.to_string(), "2026-02-01");
    });
    let request = added(Field::InvoiceDate, "2026-02-01");
    add(documents(&labels_only), labels).execute(&SCOPE, &request).await.unwrap();
}

#[tokio::test]
async fn a_field_has_one_label() {
    let record = record();
    let case = || add(documents(&record), labels(&record));
    let request = added(Field::TotalGross, "1.00");
    assert_eq!(case().execute(&SCOPE, &request).await, Err(UseCaseError::LabelExists));
    let moved = CorrectLabelRequest {
        field: Some(Field::TotalGross),
        ..corrected(find(&record, Field::TotalNet).id, "1.00")
    };
    let case = correct(documents(&record), labels(&record));
    assert_eq!(case.execute(&SCOPE, &moved).await, Err(UseCaseError::LabelExists));
    // Somebody else may add one at the same time.
    let record = without(record, Field::TotalGross);
    let mut labels = labels(&record);
    labels.expect_save().returning(|_, _| Err(RepositoryError::LabelExists));
    let added = add(documents(&record), labels).execute(&SCOPE, &request).await;
    assert_eq!(added, Err(UseCaseError::LabelExists));
}

#[tokio::test]
async fn values_are_read_in_their_normal_form_and_as_the_document_writes_them() {
    for (field, text, value) in [
        (Field::TotalGross, "1250.00", "1250.00"),
        (Field::TotalGross, "1.250,00", "1250.00"),
        (Field::TotalGross, "1 250,5", "1250.50"),
        (Field::TotalGross, "-1250", "-1250.00"),
        (Field::TotalGross, "1 250,50 kr", "1250.50"),
        (Field::TotalGross, "SEK 1250.50", "1250.50"),
        (Field::DueDate, "2026-03-04", "2026-03-04"),
        (Field::DueDate, "4 mars 2026", "2026-03-04"),
        // Swedish documents write the year first.
        (Field::DueDate, "26-03-04", "2026-03-04"),
        (Field::SupplierIban, "SE45 5000 0000 0583 9825 7466", "SE4550000000058398257466"),
        (Field::Bankgiro, "5050-1055", "50501055"),
        (Field::Currency, "EUR", "EUR"),
    ] {
        let record = without(record(), Field::TotalGross);
        let labels = saves(&record, move |edit| assert_eq!(edit.label.label.value.to_string(), value));
        let mut documents = documents(&record);
        documents.expect_first_of().returning(|_, _, _| Ok(None));
        add(documents, labels).execute(&SCOPE, &added(field, text)).await.unwrap();
    }
}

#[tokio::test]
async fn what_is_no_value_of_the_field_is_refused_by_its_name() {
    let record = without(record(), Field::TotalGross);
    for (field, text) in [
        (Field::TotalGross, "a lot"),
        (Field::TotalGross, ""),
        // A thousand for a Swede, one for a machine.
        (Field::TotalGross, "1.234"),
        // The currency would be dropped, and the words.
        (Field::TotalGross, "100 EUR"),
        (Field::TotalGross, "$12.50"),
        (Field::TotalGross, "5 apples"),
        (Field::TotalGross, "12 34"),
        (Field::TotalGross, "12 34 kr"),
        (Field::DueDate, "2026-02-30"),
        (Field::SupplierIban, "SE45"),
        (Field::OrderNumber, "  "),
    ] {
        let case = add(documents(&record), labels(&record));
        let error = case.execute(&SCOPE, &added(field, text)).await.unwrap_err();
        let UseCaseError::Invalid { details } = &error else { panic!("{error:?} for {text}") };
        assert_eq!(details[0].field, "value", "{text}");
    }
}

#[tokio::test]
async fn a_place_is_on_a_page_of_the_document() {
    let record = record();
    let bounds = BoundingBox { left: 0.5, top: 0.5, width: 0.5, height: 0.1 };
    for (page, bounds) in [
        (0, bounds),
        (2, bounds),
        (1, BoundingBox { left: 0.6, ..bounds }),
        (1, BoundingBox { top: -0.1, ..bounds }),
        (1, BoundingBox { height: 0.0, ..bounds }),
        (1, BoundingBox { left: f32::NAN, ..bounds }),
    ] {
        let place = Some(PageBox { page, bounds });
        let request = AddLabelRequest { place, ..added(Field::OrderNumber, "77") };
        let error = add(documents(&record), labels(&record)).execute(&SCOPE, &request).await.unwrap_err();
        let UseCaseError::Invalid { details } = &error else { panic!("{error:?}") };
        assert_eq!(details[0].field, "box");
    }
}

#[tokio::test]
async fn a_correction_keeps_what_the_model_had_said() {
    let mut record = record();
    let model = &mut record.labels[4].label;
    model.raw = "1 520,00 kr".to_owned();
    let kept = correct_in(&record, Field::TotalGross, "1250", |edit| {
        let label = &edit.label.label;
        assert_eq!((label.source, label.confidence), (Source::Person, 1.0));
        assert_eq!((label.raw.as_str(), label.currency), ("1 520,00 kr", Some(Currency::SEK)));
        assert_eq!((edit.label.version, edit.label.reviewed_by), (1, Some(REVIEWER)));
        let values = values(&edit.change);
        assert_eq!(values, (Some("1520.00".to_owned()), Some("1250.00".to_owned())));
        let before = edit.change.before.as_ref().unwrap();
        assert_eq!((before.source, before.confidence), (Source::TextLayer, 0.9));
        assert_eq!((edit.change.act, edit.change.at), (LabelAct::Corrected, now()));
        assert_eq!(edit.event.occurrence.name(), "label.corrected");
    })
    .await;
    assert_eq!(kept.version, 2);
}

#[tokio::test]
async fn a_correction_is_checked_with_the_other_labels_and_decided_anew() {
    let record = record();
    correct_in(&record, Field::TotalGross, "1250.00", |edit| {
        let passes = |label: &Label| {
            let mut checks = label.checks.iter().filter(|check| check.name == "net_plus_tax_is_gross");
            checks.next().is_some_and(|check| check.passed) && checks.next().is_none()
        };
        assert!(passes(&edit.label.label));
        let others: Vec<Field> = edit.others.iter().map(|other| other.label.field).collect();
        assert_eq!(others, [Field::TotalNet, Field::TotalTax]);
        assert!(edit.others.iter().all(|other| passes(&other.label) && other.version == 1));
        let findings = edit.findings.as_ref().unwrap();
        assert!(findings.checks[0].passed && findings.checks.len() == 1);
        assert_eq!(reasons(edit), ["page 2 has no text"]);
        assert_eq!(findings.decision.reasons(), reasons(edit));
    })
    .await;
}

#[tokio::test]
async fn what_an_e_invoice_was_checked_for_goes_with_the_value_that_it_stated() {
    let mut record = record();
    let stated = Check::new("lines_sum_to_net", true);
    record.labels[2].label.checks.push(stated.clone());
    record.findings.as_mut().unwrap().checks.push(stated.clone());
    correct_in(&record, Field::TotalNet, "900.00", |edit| {
        assert!(!edit.label.label.checks.iter().any(|check| check.name == "lines_sum_to_net"));
        assert_eq!(edit.findings.as_ref().unwrap().checks.len(), 1);
    })
    .await;
    let kept = Some(stated);
    correct_in(&record, Field::TotalTax, "520.00", move |edit| {
        assert_eq!(edit.findings.as_ref().unwrap().checks.get(1), kept.as_ref());
    })
    .await;
}

#[tokio::test]
async fn amounts_follow_the_currency_that_a_person_names() {
    let mut record = record();
    record.labels.insert(2, stored(Field::Currency, "SEK"));
    correct_in(&record, Field::Currency, "EUR", |edit| {
        assert_eq!(edit.document.outcome.as_ref().unwrap().currency, Some(Currency::EUR));
        assert_eq!(edit.findings.as_ref().unwrap().currency, Some(Currency::EUR));
        assert_eq!(edit.others.len(), 3);
        assert!(edit.others.iter().all(|other| other.label.currency == Some(Currency::EUR)));
    })
    .await;
}

#[tokio::test]
async fn a_document_that_becomes_another_invoice_is_looked_for_anew() {
    let record = record();
    let mut documents = documents(&record);
    documents
        .expect_first_of()
        .times(1)
        .withf(|_, invoice, except| (invoice.number.as_str(), *except) == ("a-118", DOCUMENT))
        .returning(|_, _, _| Ok(Some(OTHER)));
    let labels = saves(&record, |edit| {
        let fails =
            |label: &Label| label.checks.iter().any(|check| check.name == "not_seen_before" && !check.passed);
        assert_eq!(edit.document.outcome.as_ref().unwrap().repeats, Some(OTHER));
        assert!(fails(&edit.label.label));
        assert!(
            edit.others.iter().any(|other| other.label.field == Field::SupplierName && fails(&other.label))
        );
        assert_eq!(reasons(edit).iter().filter(|reason| reason.contains("not_seen_before")).count(), 1);
    });
    let request = corrected(find(&record, Field::InvoiceNumber).id, "A-118");
    correct(documents, labels).execute(&SCOPE, &request).await.unwrap();
}

#[tokio::test]
async fn a_document_that_repeats_no_other_any_more_says_so_everywhere() {
    let mut record = record();
    record.document.outcome.as_mut().unwrap().repeats = Some(OTHER);
    let failed = Check::new("not_seen_before", false);
    for index in [0, 5] {
        record.labels[index].label.checks = vec![failed.clone()];
    }
    let reason = crate::repetition::reason(OTHER);
    record.findings.as_mut().unwrap().decision = Decision::of(vec![reason]);
    let mut documents = documents(&record);
    documents.expect_first_of().returning(|_, _, _| Ok(None));
    let labels = saves(&record, |edit| {
        assert_eq!(edit.document.outcome.as_ref().unwrap().repeats, None);
        assert_eq!(edit.label.label.checks, [Check::new("not_seen_before", true)]);
        assert!(edit.others.iter().all(|other| other.label.checks.is_empty()), "{:?}", edit.others);
        assert_eq!(reasons(edit), [FAILS]);
    });
    let request = corrected(find(&record, Field::InvoiceNumber).id, "A-118");
    correct(documents, labels).execute(&SCOPE, &request).await.unwrap();
}

#[tokio::test]
async fn a_label_is_confirmed_as_it_is_or_moved_to_another_field() {
    let record = record();
    let id = find(&record, Field::InvoiceNumber).id;
    let confirmed = CorrectLabelRequest { value: None, ..corrected(id, "") };
    let labels = saves(&record, |edit| {
        let label = &edit.label.label;
        assert_eq!((label.value.to_string().as_str(), label.source), ("A-117", Source::Person));
    });
    correct(documents(&record), labels).execute(&SCOPE, &confirmed).await.unwrap();
    let moved = CorrectLabelRequest { field: Some(Field::CustomerName), ..confirmed };
    let labels = saves(&record, |edit| {
        assert_eq!(edit.label.label.field, Field::CustomerName);
        assert!(reasons(edit).contains(&"invoice_number was not found".to_owned()));
    });
    correct(documents(&record), labels).execute(&SCOPE, &moved).await.unwrap();
}

#[tokio::test]
async fn a_deleted_label_is_kept_as_one_and_what_it_said_in_the_history() {
    let record = record();
    let id = find(&record, Field::TotalGross).id;
    let labels = saves(&record, |edit| {
        assert_eq!((edit.label.deleted_at, edit.label.reviewed_by), (Some(now()), Some(REVIEWER)));
        assert_eq!(
            (edit.change.act, values(&edit.change)),
            (LabelAct::Deleted, (Some("1520.00".into()), None))
        );
        assert_eq!(edit.event.occurrence.name(), "label.deleted");
        assert!(edit.findings.as_ref().unwrap().checks.is_empty());
        assert_eq!(reasons(edit), ["page 2 has no text", "total_gross was not found"]);
    });
    delete(documents(&record), labels).execute(&SCOPE, &deleted(id)).await.unwrap();
}

/// Every value has the confidence 0.97, which is sure enough for the one precision and not for the other.
#[tokio::test]
async fn a_document_is_decided_anew_by_the_precision_of_readings() {
    let mut record = record();
    record.labels.iter_mut().for_each(|stored| stored.label.confidence = 0.97);
    let decision = Decision::of(vec![FAILS.to_owned()]);
    record.findings.as_mut().unwrap().decision = decision;
    for (precision, wanted) in [(0.98, "accept"), (0.995, "review")] {
        let labels = saves(&record, move |edit| {
            let decision = &edit.document.outcome.as_ref().unwrap().decision;
            assert_eq!(decision.name(), wanted, "{precision}: {:?}", decision.reasons());
        });
        let mut correct = correct(documents(&record), labels);
        correct.editing.options.precision = precision;
        let request = corrected(find(&record, Field::TotalGross).id, "1250.00");
        correct.execute(&SCOPE, &request).await.unwrap();
    }
}

#[tokio::test]
async fn the_least_confidence_is_that_of_the_labels_that_are_there() {
    let mut record = record();
    record.labels[0].label.confidence = 0.6;
    let least = |edit: &LabelEdit| edit.document.outcome.as_ref().unwrap().min_confidence;
    correct_in(&record, Field::TotalNet, "1000.00", move |edit| assert_eq!(least(edit), Some(0.6))).await;
    let id = record.labels[0].id;
    let labels = saves(&record, move |edit| assert_eq!(least(edit), Some(0.9)));
    delete(documents(&record), labels).execute(&SCOPE, &deleted(id)).await.unwrap();
}

#[tokio::test]
async fn correcting_a_deleted_label_brings_it_back() {
    let mut record = record();
    record.labels[4].deleted_at = Some(now());
    record.labels[4].reviewed_by = Some(REVIEWER);
    correct_in(&record, Field::TotalGross, "1250.00", |edit| {
        assert!(edit.label.is_there());
        assert_eq!(values(&edit.change), (None, Some("1250.00".to_owned())));
    })
    .await;
    let id = record.labels[4].id;
    let gone = delete(documents(&record), labels(&record)).execute(&SCOPE, &deleted(id)).await;
    assert_eq!(gone, Err(UseCaseError::NotFound { what: "label" }));
}

#[tokio::test]
async fn what_is_not_there_is_not_found() {
    let record = record();
    let unknown = LabelId(DOCUMENT.0);
    let not_found = Err(UseCaseError::NotFound { what: "label" });
    let case = correct(documents(&record), labels(&record));
    assert_eq!(case.execute(&SCOPE, &corrected(unknown, "1")).await, not_found);
    let case = delete(documents(&record), labels(&record));
    assert_eq!(case.execute(&SCOPE, &deleted(unknown)).await, not_found);
    let case = add(no_documents(), labels(&record));
    let added = case.execute(&SCOPE, &added(Field::OrderNumber, "1")).await;
    assert_eq!(added, Err(UseCaseError::DOCUMENT_NOT_FOUND));
}

#[tokio::test]
async fn another_version_than_the_named_one_is_left() {
    let record = record();
    let id = find(&record, Field::TotalGross).id;
    let case = correct(documents(&record), labels(&record));
    let request = CorrectLabelRequest { expected_version: Some(2), ..corrected(id, "1.00") };
    assert_eq!(case.execute(&SCOPE, &request).await, Err(UseCaseError::Stale));
    let case = delete(documents(&record), labels(&record));
    let request = DeleteLabelRequest { expected_version: Some(2), ..deleted(id) };
    assert_eq!(case.execute(&SCOPE, &request).await, Err(UseCaseError::Stale));
    let case = add(documents(&record), labels(&record));
    let request = AddLabelRequest { expected_version: Some(2), ..added(Field::OrderNumber, "1") };
    assert_eq!(case.execute(&SCOPE, &request).await, Err(UseCaseError::Stale));
}

#[tokio::test]
async fn an_edit_is_made_anew_when_somebody_was_faster() {
    let record = record();
    let id = find(&record, Field::TotalGross).id;
    let mut order = mockall::Sequence::new();
    let mut faster = labels(&record);
    faster.expect_save().times(1).in_sequence(&mut order).returning(|_, _| Err(RepositoryError::Stale));
    faster.expect_save().times(1).in_sequence(&mut order).returning(|_, edit| Ok(Some(edit.label.clone())));
    let request = CorrectLabelRequest { expected_version: Some(1), ..corrected(id, "1250.00") };
    assert!(correct(documents(&record), faster).execute(&SCOPE, &request).await.is_ok());
    let mut always = labels(&record);
    always.expect_save().times(20..).returning(|_, _| Err(RepositoryError::Stale));
    let edited = correct(documents(&record), always).execute(&SCOPE, &request).await;
    assert_eq!(edited, Err(UseCaseError::Contended));
}
