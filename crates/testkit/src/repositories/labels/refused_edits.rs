//! Edits that are too late or for the wrong document: nothing of them is written.

use fieldmark_domain::document::{Document, DocumentId, DocumentStatus};
use fieldmark_domain::field::Field;
use fieldmark_domain::label::{LabelId, StoredLabel};
use fieldmark_domain::ports::{LabelEdit, RepositoryError};

use super::{Bench, is_refused};
use crate::breach::{Breach, is_there, promised_same};
use crate::repositories::full::{full_findings, full_outcome};
use crate::repositories::labelled::{edit, plain_label};
use crate::repositories::readings::unsaved;
use crate::repositories::sample::{fresh_id, moment};
use fieldmark_domain::ports::Repositories;

pub(super) async fn keep_their_promises(repositories: &Repositories) -> Result<(), Breach> {
    other_versions_are_not_overwritten(repositories).await?;
    a_field_has_one_label(repositories).await?;
    no_label_is_brought_back_beside_another(repositories).await?;
    what_is_not_there_is_not_changed(repositories).await
}

/// A document with a number, and an edit of it that changes every property.
async fn sample(bench: &Bench<'_>) -> Result<(Document, StoredLabel, LabelEdit), Breach> {
    let labels =
        vec![plain_label(Field::InvoiceNumber, "INV-1")?, plain_label(Field::SupplierName, "Ekholm AB")?];
    let (document, kept) = bench.keep_labelled(0, labels, None).await?;
    let label = is_there("labels are kept", kept.first())?.clone();
    let changed = StoredLabel { label: plain_label(Field::InvoiceNumber, "INV-2")?, ..label.clone() };
    let mut other = is_there("labels are kept", kept.get(1))?.clone();
    other.label.raw = "somebody else".to_owned();
    let status = DocumentStatus::Approved;
    let outcome = Some(full_outcome(None)?);
    let rewritten = Document { status, outcome, updated_at: moment(70), ..document.clone() };
    let edit = LabelEdit {
        others: vec![other],
        findings: Some(full_findings()?),
        ..edit(bench, rewritten, changed)
    };
    Ok((document, label, edit))
}

async fn other_versions_are_not_overwritten(repositories: &Repositories) -> Result<(), Breach> {
    let bench = Bench::new(repositories);
    let (document, label, edit) = sample(&bench).await?;
    let before = bench.whole(document.id).await?;
    for version in [document.version - 1, document.version + 1] {
        let late = LabelEdit { document: Document { version, ..edit.document.clone() }, ..edit.clone() };
        let answer = bench.labels().save(&bench.scope(), &late).await;
        is_refused("a document of another version is not overwritten", answer, &RepositoryError::Stale)?;
    }
    let late = LabelEdit { label: StoredLabel { version: label.version + 1, ..edit.label.clone() }, ..edit };
    let answer = bench.labels().save(&bench.scope(), &late).await;
    is_refused("a label of another version is not overwritten", answer, &RepositoryError::Stale)?;
    promised_same("everything is as it was", &bench.whole(document.id).await?, &before)
}

async fn a_field_has_one_label(repositories: &Repositories) -> Result<(), Breach> {
    let bench = Bench::new(repositories);
    let (document, _, edit) = sample(&bench).await?;
    let before = bench.whole(document.id).await?;
    let second = unsaved(document.id, plain_label(Field::InvoiceNumber, "INV-3")?, moment(70));
    let second = LabelEdit { label: second, ..edit };
    let answer = bench.labels().save(&bench.scope(), &second).await;
    is_refused("a field has one label", answer, &RepositoryError::LabelExists)?;
    promised_same("everything is as it was", &bench.whole(document.id).await?, &before)
}

async fn no_label_is_brought_back_beside_another(repositories: &Repositories) -> Result<(), Breach> {
    let bench = Bench::new(repositories);
    let (mut document, label, _) = sample(&bench).await?;
    let gone = bench.delete_label(&mut document, &label).await?;
    bench.label(&mut document, plain_label(Field::InvoiceNumber, "INV-4")?, None).await?;
    let before = bench.whole(document.id).await?;
    let back = edit(&bench, document, StoredLabel { deleted_at: None, ..gone });
    let answer = bench.labels().save(&bench.scope(), &back).await;
    is_refused("a field has one label", answer, &RepositoryError::LabelExists)?;
    promised_same("everything is as it was", &bench.whole(back.document.id).await?, &before)
}

async fn what_is_not_there_is_not_changed(repositories: &Repositories) -> Result<(), Breach> {
    let bench = Bench::new(repositories);
    let (document, label, edit) = sample(&bench).await?;
    let (_, elsewhere, _) = sample(&bench).await?;
    let before = bench.whole(document.id).await?;
    let nowhere = Document { id: DocumentId(fresh_id()), ..edit.document.clone() };
    let unknown = StoredLabel { id: LabelId(fresh_id()), ..label };
    for absent in [
        LabelEdit { document: nowhere, ..edit.clone() },
        LabelEdit { label: unknown, ..edit.clone() },
        LabelEdit { label: elsewhere, ..edit.clone() },
    ] {
        let answer = bench.labels().save(&bench.scope(), &absent).await;
        promised_same("no document or no label, no change", &answer, &Ok(None))?;
    }
    promised_same("everything is as it was", &bench.whole(document.id).await?, &before)?;
    let gone = bench.delete(document, 20).await?;
    let late = LabelEdit { document: gone.clone(), ..edit };
    let answer = bench.labels().save(&bench.scope(), &late).await;
    promised_same("a deleted document's labels are not found", &answer, &Ok(None))?;
    let mut back = gone;
    back.restore(moment(30));
    bench.change(back).await?;
    let labels = bench.labels_of(before.document.id).await?;
    promised_same("a restored document has its labels as they were", &labels, &before.labels)
}
