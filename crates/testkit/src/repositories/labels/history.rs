//! The history of a document's labels.

use fieldmark_domain::document::DocumentId;
use fieldmark_domain::field::Field;
use fieldmark_domain::label::{LabelAct, LabelChange, LabelState};
use fieldmark_domain::listing::Window;
use fieldmark_domain::ports::LabelEdit;
use fieldmark_domain::scope::UserId;

use super::Bench;
use crate::breach::{Breach, is_there, promised_same};
use crate::repositories::full::{full_label, full_labels};
use crate::repositories::labelled::{edit, plain_label};
use crate::repositories::sample::{fresh_id, moment};
use fieldmark_domain::ports::Repositories;

pub(super) async fn keeps_its_promises(repositories: &Repositories) -> Result<(), Breach> {
    let bench = Bench::new(repositories);
    let (id, newest_first) = told(&bench).await?;
    windows_cut_the_newest_first(&bench, id, &newest_first).await?;
    what_is_not_there_has_no_history(&bench, id).await
}

/// A document whose label was changed in every way, and its history, the newest first.
async fn told(bench: &Bench<'_>) -> Result<(DocumentId, Vec<LabelChange>), Breach> {
    let labels = vec![plain_label(Field::InvoiceNumber, "INV-1")?];
    let (mut document, kept) = bench.keep_labelled(0, labels, None).await?;
    let mut label = is_there("labels are kept", kept.into_iter().next())?;
    let mut told = bench.history_of(document.id, Window::default()).await?.items;
    promised_same("a label that was added is in the history", &told.len(), &1)?;
    let said = full_labels()?.into_iter().take(3).chain([full_label(Field::TotalNet)?]);
    for (act, said) in LabelAct::ALL.into_iter().zip(said) {
        let state = LabelState::from(&said);
        let mut edit: LabelEdit = edit(bench, document.clone(), label);
        edit.change = LabelChange {
            field: said.field,
            act,
            before: (act != LabelAct::Added).then(|| state.clone()),
            after: (act != LabelAct::Deleted).then_some(state),
            by: (act != LabelAct::Read).then(|| UserId(fresh_id())),
            at: moment(90) + jiff::SignedDuration::from_micros(7),
            ..edit.change
        };
        label = bench.save(&mut document, &edit).await?;
        told.insert(0, edit.change);
    }
    Ok((document.id, told))
}

async fn windows_cut_the_newest_first(
    bench: &Bench<'_>,
    id: DocumentId,
    newest_first: &[LabelChange],
) -> Result<(), Breach> {
    for (limit, offset) in [(20, 0), (2, 0), (2, 1), (3, 4), (5, 9)] {
        let history = bench.history_of(id, Window { limit, offset }).await?;
        let left_out = usize::try_from(offset).unwrap_or(usize::MAX);
        let shown = usize::try_from(limit).unwrap_or(usize::MAX);
        let wanted: Vec<LabelChange> = newest_first.iter().skip(left_out).take(shown).cloned().collect();
        promised_same("a window cuts the newest first, as they were written", &history.items, &wanted)?;
        promised_same("all are counted, wherever the window is", &history.total, &5)?;
    }
    Ok(())
}

async fn what_is_not_there_has_no_history(bench: &Bench<'_>, id: DocumentId) -> Result<(), Breach> {
    let quiet = bench.keep_at(0).await?;
    let history = bench.history_of(quiet.id, Window::default()).await?;
    promised_same("nothing was done with no labels", &(history.items.len(), history.total), &(0, 0))?;
    let gone = bench.document(id).await?;
    bench.delete(gone, 95).await?;
    for absent in [id, DocumentId(fresh_id())] {
        let history = bench.labels().history(&bench.scope(), absent, Window::default()).await;
        promised_same("no document, no history", &history, &Ok(None))?;
    }
    Ok(())
}
