//! The conditions of a list of documents: every condition must be met.

use fieldmark_domain::document::{
    Description, Document, DocumentId, DocumentQuery, DocumentStatus, FieldCondition, FieldMatch, search_key,
};
use fieldmark_domain::field::Field;
use fieldmark_domain::label::Label;

use super::Bench;
use crate::breach::{Breach, is_there, promised_same, succeeds};
use crate::repositories::labelled::plain_label;
use crate::repositories::sample::moment;
use fieldmark_domain::ports::Repositories;

pub(super) async fn keep_their_promises(repositories: &Repositories) -> Result<(), Breach> {
    only_those_of_a_status_are_listed(repositories).await?;
    only_those_of_a_time_are_listed(repositories).await?;
    a_text_is_the_beginning_of_a_name_or_number(repositories).await?;
    labels_say_what_is_wanted(repositories).await?;
    signs_of_pattern_languages_are_letters_like_others(repositories).await?;
    long_values_are_compared_by_their_keys(repositories).await?;
    every_condition_must_hold(repositories).await?;
    deleted_labels_are_not_searched(repositories).await?;
    every_label_is_as_sure_as_is_wanted(repositories).await
}

/// What a query finds, sorted by the documents' positions in `all`; also checks the total.
async fn found(bench: &Bench<'_>, all: &[DocumentId], query: DocumentQuery) -> Result<Vec<usize>, Breach> {
    let listing = bench.list(&query).await?;
    let mut places: Vec<usize> = Vec::new();
    for listed in &listing.items {
        let place = all.iter().position(|id| *id == listed.document.id);
        places.push(is_there("only documents that were kept are listed", place)?);
    }
    places.sort_unstable();
    let total = u64::try_from(places.len()).unwrap_or(u64::MAX);
    promised_same("as many are counted as fit", &listing.total, &total)?;
    Ok(places)
}

fn is(field: Field, text: &str) -> FieldCondition {
    FieldCondition { field, matches: FieldMatch::Is(search_key(text)) }
}

fn begins(field: Field, text: &str) -> FieldCondition {
    FieldCondition { field, matches: FieldMatch::BeginsWith(search_key(text)) }
}

fn of_fields(fields: &[FieldCondition]) -> DocumentQuery {
    DocumentQuery { fields: fields.to_vec(), ..DocumentQuery::default() }
}

/// One document for each supplier name.
async fn suppliers(bench: &Bench<'_>, names: &[&str]) -> Result<Vec<DocumentId>, Breach> {
    let mut ids = Vec::new();
    for name in names {
        let labels = vec![plain_label(Field::SupplierName, name)?];
        ids.push(bench.keep_labelled(0, labels, None).await?.0.id);
    }
    Ok(ids)
}

async fn only_those_of_a_status_are_listed(repositories: &Repositories) -> Result<(), Breach> {
    let bench = Bench::new(repositories);
    let mut all = Vec::new();
    for status in DocumentStatus::ALL {
        all.push(bench.keep(Document { status, ..bench.owner.document(moment(0)) }).await?.id);
    }
    let every: Vec<usize> = (0..all.len()).collect();
    let of = |statuses: &[DocumentStatus]| DocumentQuery {
        statuses: statuses.to_vec(),
        ..DocumentQuery::default()
    };
    promised_same("without a status every one fits", &found(&bench, &all, of(&[])).await?, &every)?;
    for (place, status) in DocumentStatus::ALL.into_iter().enumerate() {
        let one = found(&bench, &all, of(&[status])).await?;
        promised_same("those of a status are listed", &one, &vec![place])?;
    }
    let several = [DocumentStatus::Rejected, DocumentStatus::Received];
    let several = found(&bench, &all, of(&several)).await?;
    promised_same("those of any of several statuses are listed", &several, &vec![0, 6])
}

async fn only_those_of_a_time_are_listed(repositories: &Repositories) -> Result<(), Breach> {
    let bench = Bench::new(repositories);
    let mut all = Vec::new();
    for seconds in [10, 20, 30] {
        all.push(bench.keep_at(seconds).await?.id);
    }
    let between = |from: Option<i64>, before: Option<i64>| DocumentQuery {
        created_from: from.map(moment),
        created_before: before.map(moment),
        ..DocumentQuery::default()
    };
    for (from, before, wanted) in [
        (Some(20), None, vec![1, 2]),
        (None, Some(20), vec![0]),
        (Some(10), Some(30), vec![0, 1]),
        (Some(20), Some(20), vec![]),
        (Some(31), None, vec![]),
    ] {
        let places = found(&bench, &all, between(from, before)).await?;
        promised_same("a time has its beginning and not its end", &places, &wanted)?;
    }
    Ok(())
}

async fn a_text_is_the_beginning_of_a_name_or_number(repositories: &Repositories) -> Result<(), Breach> {
    let bench = Bench::new(repositories);
    let (supplier, number) = (Field::SupplierName, Field::InvoiceNumber);
    let samples: [(&str, Vec<Label>); 5] = [
        ("Ångström.pdf", vec![]),
        ("a.pdf", vec![plain_label(supplier, "ÅNGSTRÖM AB")?]),
        ("b.pdf", vec![plain_label(number, "ång-17")?]),
        ("c.pdf", vec![plain_label(Field::CustomerName, "Ångström AB")?]),
        ("not Ångström.pdf", vec![plain_label(supplier, "AB Ångström")?]),
    ];
    let mut all = Vec::new();
    for (name, labels) in samples {
        let (document, _) = bench.keep_labelled(0, labels, None).await?;
        let renamed = Document { description: Description::of_file(name), ..document };
        all.push(bench.change(renamed).await?.id);
    }
    for (text, wanted) in [
        ("ång", vec![0, 1, 2]),
        ("  ÅNGSTRÖM", vec![0, 1]),
        ("ÅNG-1", vec![2]),
        ("ang", vec![]),
        ("c", vec![3]),
        ("", vec![0, 1, 2, 3, 4]),
    ] {
        let query = DocumentQuery { text: Some(text.to_owned()), ..DocumentQuery::default() };
        let places = found(&bench, &all, query).await?;
        let promise = "file names, suppliers' names and invoice numbers are found by their beginnings";
        promised_same(promise, &places, &wanted)?;
    }
    Ok(())
}

async fn labels_say_what_is_wanted(repositories: &Repositories) -> Result<(), Breach> {
    let bench = Bench::new(repositories);
    let names = ["Ekholm", "Ekholm Bygg AB", "ekholm  bygg ab", "Straße", "Ωμέγα", "ＥＫＨＯＬＭ Två"];
    let all = suppliers(&bench, &names).await?;
    let field = Field::SupplierName;
    for (condition, wanted) in [
        (is(field, "ekholm"), vec![0]),
        (is(field, "EKHOLM BYGG AB"), vec![1, 2]),
        (begins(field, "Ekholm"), vec![0, 1, 2, 5]),
        (begins(field, "ekholm "), vec![0, 1, 2, 5]),
        (begins(field, "ekholm b"), vec![1, 2]),
        (begins(field, "ekholm t"), vec![5]),
        (begins(field, "STRA"), vec![3]),
        (begins(field, "ωμΈ"), vec![4]),
        (is(field, "ekhol"), vec![]),
        (begins(field, "holm"), vec![]),
        (begins(field, ""), vec![0, 1, 2, 3, 4, 5]),
        (is(field, ""), vec![]),
        (is(Field::CustomerName, "ekholm"), vec![]),
        (begins(Field::CustomerName, ""), vec![]),
    ] {
        let places = found(&bench, &all, of_fields(std::slice::from_ref(&condition))).await?;
        let promise = "a label's value equals the text or starts with it, ignoring case, width and spaces";
        let same = promised_same(promise, &places, &wanted);
        same.map_err(|breach| Breach { found: format!("{} by {condition:?}", breach.found), ..breach })?;
    }
    Ok(())
}

async fn signs_of_pattern_languages_are_letters_like_others(
    repositories: &Repositories,
) -> Result<(), Breach> {
    let bench = Bench::new(repositories);
    let all = suppliers(
        &bench,
        &["100% Bio", "100 Bio", "a_b GmbH", "axb GmbH", "c\\d AG", "c\\\\d AG", "O'; --x"],
    )
    .await?;
    for (beginning, wanted) in [
        ("100%", vec![0]),
        ("%", vec![]),
        ("_", vec![]),
        ("a_", vec![2]),
        ("a_b", vec![2]),
        ("c\\d", vec![4]),
        ("c\\", vec![4, 5]),
        ("o';", vec![6]),
        ("*", vec![]),
        ("a[", vec![]),
    ] {
        let places = found(&bench, &all, of_fields(&[begins(Field::SupplierName, beginning)])).await?;
        promised_same("every character is matched literally", &places, &wanted)?;
    }
    Ok(())
}

async fn long_values_are_compared_by_their_keys(repositories: &Repositories) -> Result<(), Breach> {
    let bench = Bench::new(repositories);
    let (long, last) = ("ä".repeat(99), char::from_u32(0x10_FFFF).map(String::from).unwrap_or_default());
    let (first, second) = (format!("{long}a1"), format!("{long}a2"));
    let all = suppliers(&bench, &[&first, &second, &long, &format!("z{last}{last}y")]).await?;
    let field = Field::SupplierName;
    for (condition, wanted) in [
        (is(field, &first), vec![0, 1]),
        (begins(field, &second), vec![0, 1]),
        (begins(field, &long), vec![0, 1, 2]),
        (is(field, &long), vec![2]),
        // No text starts with a letter after the last one.
        (begins(field, &format!("z{last}")), vec![3]),
        (begins(field, &last), vec![]),
    ] {
        let places = found(&bench, &all, of_fields(&[condition])).await?;
        promised_same("values are compared as keys, of a hundred letters at most", &places, &wanted)?;
    }
    Ok(())
}

async fn every_condition_must_hold(repositories: &Repositories) -> Result<(), Breach> {
    let bench = Bench::new(repositories);
    let mut all = Vec::new();
    for (seconds, number, supplier) in [(10, "A-1", "Ekholm"), (20, "A-2", "Ekholm"), (30, "A-1", "Lind")] {
        let labels =
            vec![plain_label(Field::InvoiceNumber, number)?, plain_label(Field::SupplierName, supplier)?];
        all.push(bench.keep_labelled(seconds, labels, None).await?.0.id);
    }
    let both = of_fields(&[is(Field::InvoiceNumber, "a-1"), begins(Field::SupplierName, "ek")]);
    promised_same(
        "all conditions on fields must be met",
        &found(&bench, &all, both.clone()).await?,
        &vec![0],
    )?;
    let one = of_fields(&[begins(Field::InvoiceNumber, "a"), begins(Field::SupplierName, "ek")]);
    promised_same("as many fit as fit", &found(&bench, &all, one.clone()).await?, &vec![0, 1])?;
    let later = DocumentQuery { created_from: Some(moment(15)), ..one.clone() };
    promised_same("a time is a condition, too", &found(&bench, &all, later).await?, &vec![1])?;
    let text = DocumentQuery { text: Some("a-2".to_owned()), ..one.clone() };
    promised_same("a text is a condition, too", &found(&bench, &all, text).await?, &vec![1])?;
    let status = DocumentQuery { statuses: vec![DocumentStatus::Received], ..one.clone() };
    promised_same("a status is a condition, too", &found(&bench, &all, status).await?, &vec![])?;
    let sure = DocumentQuery { min_confidence: Some(0.75), ..one };
    promised_same("confidence is a condition, too", &found(&bench, &all, sure).await?, &vec![])
}

async fn deleted_labels_are_not_searched(repositories: &Repositories) -> Result<(), Breach> {
    let bench = Bench::new(repositories);
    let labels = vec![plain_label(Field::SupplierName, "Ekholm")?];
    let (mut document, kept) = bench.keep_labelled(0, labels, None).await?;
    bench.delete_label(&mut document, is_there("a label is kept", kept.first())?).await?;
    let by_field = found(&bench, &[document.id], of_fields(&[begins(Field::SupplierName, "ek")])).await?;
    promised_same("deleted labels are not searched", &by_field, &vec![])?;
    let text = DocumentQuery { text: Some("ek".to_owned()), ..DocumentQuery::default() };
    promised_same("neither by text", &found(&bench, &[document.id], text).await?, &vec![])?;
    let all = found(&bench, &[document.id], DocumentQuery::default()).await?;
    promised_same("their document is found", &all, &vec![0])
}

async fn every_label_is_as_sure_as_is_wanted(repositories: &Repositories) -> Result<(), Breach> {
    let bench = Bench::new(repositories);
    let mut all = vec![bench.keep_at(0).await?.id, bench.keep_labelled(0, Vec::new(), None).await?.0.id];
    for confidences in [[0.9, 0.3], [0.9, 0.7], [0.95, 0.9]] {
        let mut labels = Vec::new();
        for (field, confidence) in [Field::InvoiceNumber, Field::OrderNumber].into_iter().zip(confidences) {
            labels.push(Label { confidence, ..plain_label(field, "A-1")? });
        }
        all.push(bench.keep_labelled(0, labels, None).await?.0.id);
    }
    for (least, wanted) in
        [(0.0, vec![2, 3, 4]), (0.3, vec![2, 3, 4]), (0.31, vec![3, 4]), (0.9, vec![4]), (0.91, vec![])]
    {
        let query = DocumentQuery { min_confidence: Some(least), ..DocumentQuery::default() };
        let places = found(&bench, &all, query).await?;
        promised_same("documents with labels are listed, and no label is less sure", &places, &wanted)?;
    }
    Ok(())
}

impl Bench<'_> {
    pub(super) async fn list(
        &self,
        query: &DocumentQuery,
    ) -> Result<fieldmark_domain::listing::Listing<fieldmark_domain::document::ListedDocument>, Breach> {
        succeeds("documents are listed", self.repositories.documents.list(&self.scope(), query).await)
    }
}
