//! Finding and showing one document.

use fieldmark_domain::document::{DocumentId, DocumentRecord};
use fieldmark_domain::field::Field;

use super::Bench;
use crate::breach::{Breach, is_there, promised, promised_same, succeeds};
use crate::repositories::full::{full_findings, full_labels};
use crate::repositories::labelled::plain_label;
use crate::repositories::sample::fresh_id;
use fieldmark_domain::ports::Repositories;

pub(super) async fn keeps_its_promises(repositories: &Repositories) -> Result<(), Breach> {
    a_deleted_document_is_found_as_such_alone(repositories).await?;
    a_document_is_shown_with_all_that_was_read(repositories).await?;
    an_unread_document_is_shown_as_such(repositories).await?;
    deleted_labels_are_not_shown(repositories).await
}

async fn a_deleted_document_is_found_as_such_alone(repositories: &Repositories) -> Result<(), Breach> {
    let bench = Bench::new(repositories);
    let find_deleted = |id: DocumentId| {
        let scope = bench.scope();
        async move { succeeds("a document is looked for", repositories.documents.find_deleted(&scope, id).await) }
    };
    let there = bench.keep_at(0).await?;
    promised_same("what is not deleted is not found as deleted", &find_deleted(there.id).await?, &None)?;
    let gone = bench.delete(there, 20).await?;
    promised_same("what is deleted is not found", &bench.find(gone.id).await?, &None)?;
    promised_same("what is deleted is not shown", &bench.show(gone.id).await?, &None)?;
    promised_same("what is deleted is found as deleted", &find_deleted(gone.id).await?, &Some(gone))?;
    let nothing = DocumentId(fresh_id());
    promised_same("what never was is not found as deleted", &find_deleted(nothing).await?, &None)?;
    promised_same("what never was is not shown", &bench.show(nothing).await?, &None)
}

async fn a_document_is_shown_with_all_that_was_read(repositories: &Repositories) -> Result<(), Breach> {
    let bench = Bench::new(repositories);
    // In reverse, so that the promised order differs from the order of insertion.
    let labels = full_labels()?.into_iter().rev().collect();
    let findings = full_findings()?;
    let (document, kept) = bench.keep_labelled(0, labels, Some(findings.clone())).await?;
    let shown = is_there("a document is shown", bench.show(document.id).await?)?;
    let fields: Vec<Field> = shown.labels.iter().map(|stored| stored.label.field).collect();
    promised_same("labels are in the order of all fields", &fields, &Field::ALL.to_vec())?;
    for (found, wanted) in shown.labels.iter().zip(kept.iter().rev()) {
        promised_same("a label comes back with its candidates as it was", found, wanted)?;
    }
    promised_same("findings come back as they were", &shown.findings.as_ref(), &Some(&findings))?;
    promised_same(
        "a document is shown as it is found",
        &Some(shown.document),
        &bench.find(document.id).await?,
    )
}

async fn an_unread_document_is_shown_as_such(repositories: &Repositories) -> Result<(), Breach> {
    let bench = Bench::new(repositories);
    let document = bench.keep_at(0).await?;
    let wanted = DocumentRecord { document: document.clone(), labels: Vec::new(), findings: None };
    promised_same("nothing is read before it was", &bench.show(document.id).await?, &Some(wanted))
}

async fn deleted_labels_are_not_shown(repositories: &Repositories) -> Result<(), Breach> {
    let bench = Bench::new(repositories);
    let labels =
        vec![plain_label(Field::InvoiceNumber, "INV-1")?, plain_label(Field::SupplierName, "Ekholm AB")?];
    let (mut document, kept) = bench.keep_labelled(0, labels, None).await?;
    let (first, second) = (is_there("a label is kept", kept.first())?, kept.get(1).cloned());
    bench.delete_label(&mut document, first).await?;
    let shown = is_there("a document is shown", bench.show(document.id).await?)?;
    let wanted: Vec<_> = second.into_iter().collect();
    promised("deleted labels are not shown", shown.labels == wanted, || format!("{:?}", shown.labels))
}
