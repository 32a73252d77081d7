//! Edits of one label by a user.

use fieldmark_domain::check::Check;
use fieldmark_domain::document::Document;
use fieldmark_domain::field::Field;
use fieldmark_domain::label::{Label, LabelAct, StoredLabel};
use fieldmark_domain::ports::LabelEdit;
use fieldmark_domain::scope::UserId;

use super::{Bench, Whole, is_changed};
use crate::breach::{Breach, is_there, promised_same};
use crate::repositories::full::{full_findings, full_label, full_outcome};
use crate::repositories::labelled::{edit, plain_label};
use crate::repositories::readings::unsaved;
use crate::repositories::sample::{fresh_id, moment};
use fieldmark_domain::ports::Repositories;

pub(super) async fn keep_their_promises(repositories: &Repositories) -> Result<(), Breach> {
    a_label_is_added(repositories).await?;
    a_label_is_changed_deleted_and_brought_back(repositories).await?;
    a_field_has_one_more_label_once_the_first_is_deleted(repositories).await?;
    others_change_with_it(repositories).await?;
    findings_are_kept_until_there_are_others(repositories).await
}

/// A document with a number and a supplier.
async fn read_document(bench: &Bench<'_>) -> Result<(Document, Vec<StoredLabel>), Breach> {
    let labels =
        vec![plain_label(Field::InvoiceNumber, "INV-1")?, plain_label(Field::SupplierName, "Ekholm AB")?];
    bench.keep_labelled(0, labels, None).await
}

/// Saves an edit, and checks that everything that belongs to it was written, and nothing else.
async fn saved(bench: &Bench<'_>, edit: &LabelEdit) -> Result<StoredLabel, Breach> {
    let before = bench.whole(edit.document.id).await?;
    let kept = bench.save(&mut edit.document.clone(), edit).await?;
    let wanted = StoredLabel { version: edit.label.version + 1, ..edit.label.clone() };
    promised_same("a saved label has the next version", &kept, &wanted)?;
    let after = bench.whole(edit.document.id).await?;
    is_changed(&after.document, &edit.document)?;
    let found = after.labels.iter().find(|label| label.id == kept.id);
    promised_same("the answer is what is kept", &found, &Some(&kept))?;
    let others = |whole: &Whole| -> Vec<StoredLabel> {
        whole.labels.iter().filter(|label| label.id != kept.id).cloned().collect()
    };
    if edit.others.is_empty() {
        promised_same("other labels stay", &others(&after), &others(&before))?;
    }
    promised_same("the history has one entry more", &after.history.total, &(before.history.total + 1))?;
    promised_same("it is what was done", &after.history.items.first(), &Some(&edit.change))?;
    promised_same("the event is written with it", &after.events.last(), &Some(&edit.event))?;
    promised_same("no other event is written", &after.events.len(), &(before.events.len() + 1))?;
    Ok(kept)
}

async fn a_label_is_added(repositories: &Repositories) -> Result<(), Breach> {
    let bench = Bench::new(repositories);
    let (document, _) = read_document(&bench).await?;
    let document = Document { outcome: Some(full_outcome(None)?), updated_at: moment(70), ..document };
    let new = unsaved(document.id, full_label(Field::TotalGross)?, moment(70));
    let new = StoredLabel { reviewed_by: Some(UserId(fresh_id())), ..new };
    let kept = saved(&bench, &edit(&bench, document, new)).await?;
    promised_same("a new label has version 1", &kept.version, &1)
}

async fn a_label_is_changed_deleted_and_brought_back(repositories: &Repositories) -> Result<(), Breach> {
    let bench = Bench::new(repositories);
    let (mut document, kept) = read_document(&bench).await?;
    let mut label = is_there("labels are kept", kept.into_iter().next())?;
    let said = Label { confidence: 0.99, ..full_label(Field::InvoiceNumber)? };
    let person = Some(UserId(fresh_id()));
    for (said, deleted_at, seconds) in [
        (said.clone(), None, 70),
        (said.clone(), Some(moment(80)), 80),
        (plain_label(Field::InvoiceNumber, "INV-2")?, None, 90),
    ] {
        let updated_at = moment(seconds);
        label = StoredLabel { label: said, reviewed_by: person, updated_at, deleted_at, ..label };
        document.updated_at = updated_at;
        let mut edit = edit(&bench, document.clone(), label);
        edit.change.act = LabelAct::Corrected;
        label = saved(&bench, &edit).await?;
        document.version += 1;
    }
    promised_same("each change is counted", &label.version, &4)
}

async fn a_field_has_one_more_label_once_the_first_is_deleted(
    repositories: &Repositories,
) -> Result<(), Breach> {
    let bench = Bench::new(repositories);
    let (mut document, kept) = read_document(&bench).await?;
    let first = is_there("labels are kept", kept.first())?;
    bench.delete_label(&mut document, first).await?;
    let new = unsaved(document.id, plain_label(Field::InvoiceNumber, "INV-2")?, moment(95));
    let kept = saved(&bench, &edit(&bench, document.clone(), new)).await?;
    let shown = is_there("a document is shown", bench.show(document.id).await?)?;
    let found = shown.labels.iter().find(|label| label.label.field == Field::InvoiceNumber);
    promised_same("a new label may follow a deleted one", &found, &Some(&kept))
}

async fn others_change_with_it(repositories: &Repositories) -> Result<(), Breach> {
    let bench = Bench::new(repositories);
    let (mut document, kept) = read_document(&bench).await?;
    let label = is_there("labels are kept", kept.first())?.clone();
    let mut other = is_there("labels are kept", kept.get(1))?.clone();
    other.label.checks = vec![Check::new("not_seen_before", false).because("another one is there")];
    other.updated_at = moment(70);
    let edit = LabelEdit { others: vec![other.clone()], ..edit(&bench, document.clone(), label) };
    saved(&bench, &edit).await?;
    document.version += 1;
    let found = bench.labels_of(document.id).await?;
    let found = found.iter().find(|label| label.id == other.id);
    promised_same("others change with it, and keep their versions", &found, &Some(&other))
}

async fn findings_are_kept_until_there_are_others(repositories: &Repositories) -> Result<(), Breach> {
    let bench = Bench::new(repositories);
    let number = plain_label(Field::InvoiceNumber, "INV-1")?;
    let findings = full_findings()?;
    let (mut document, kept) = bench.keep_labelled(0, vec![number], Some(findings.clone())).await?;
    let mut label = is_there("labels are kept", kept.into_iter().next())?;
    let fewer = fieldmark_domain::extraction::Findings {
        pages: findings.pages.iter().skip(1).cloned().collect(),
        lines: Vec::new(),
        ..findings.clone()
    };
    for (said, wanted) in [(None, findings), (Some(fewer.clone()), fewer)] {
        let edit = LabelEdit { findings: said, ..edit(&bench, document.clone(), label) };
        label = saved(&bench, &edit).await?;
        document.version += 1;
        let whole = bench.whole(document.id).await?;
        promised_same("findings stay until they are replaced", &whole.findings, &Some(wanted))?;
    }
    Ok(())
}
