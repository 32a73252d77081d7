//! Labels and their history. A change is made on a copy of the whole document, which takes its place.

use std::sync::Arc;

use async_trait::async_trait;
use fieldmark_domain::document::DocumentId;
use fieldmark_domain::label::{LabelChange, StoredLabel};
use fieldmark_domain::listing::{Listing, Window};
use fieldmark_domain::ports::{LabelEdit, LabelRepository, ReadLabels, RepositoryError};
use fieldmark_domain::scope::Scope;

use crate::documents::{cut, first_of};
use crate::jobs::held;
use crate::kept::{KeptDocument, failed, kept_label};
use crate::state::State;
use crate::store::Store;

/// The labels of one memory.
pub(crate) struct Labels {
    store: Arc<Store>,
}

impl Labels {
    pub(crate) const fn new(store: Arc<Store>) -> Self {
        Self { store }
    }
}

#[async_trait]
impl LabelRepository for Labels {
    async fn list(
        &self,
        scope: &Scope,
        document: DocumentId,
    ) -> Result<Option<Vec<StoredLabel>>, RepositoryError> {
        Ok(self.store.read(|state| Some(state.standing(scope, document)?.labels.clone())))
    }

    async fn save(&self, scope: &Scope, edit: &LabelEdit) -> Result<Option<StoredLabel>, RepositoryError> {
        self.store.write(|state| save(state, scope, edit))
    }

    async fn replace(&self, scope: &Scope, read: &ReadLabels) -> Result<(), RepositoryError> {
        self.store.write(|state| replace(state, scope, read))
    }

    async fn history(
        &self,
        scope: &Scope,
        document: DocumentId,
        window: Window,
    ) -> Result<Option<Listing<LabelChange>>, RepositoryError> {
        Ok(self.store.read(|state| {
            let history = &state.standing(scope, document)?.history;
            let items = cut(history.values().rev(), window).cloned().collect();
            Some(Listing { items, total: u64::try_from(history.len()).unwrap_or(u64::MAX) })
        }))
    }
}

fn save(state: &mut State, scope: &Scope, edit: &LabelEdit) -> Result<Option<StoredLabel>, RepositoryError> {
    if state.standing(scope, edit.document.id).is_none() {
        return Ok(None);
    }
    let Some(mut kept) = state.changed(scope, &edit.document)? else { return Ok(None) };
    if edit.label.version > 0 && kept.labels.iter().all(|stored| stored.id != edit.label.id) {
        return Ok(None);
    }
    let label = put_label(&mut kept, &edit.label, edit.label.version.saturating_add(1))?;
    if label.is_there() && has_two_labels(&kept, &label) {
        return Err(RepositoryError::LabelExists);
    }
    for other in &edit.others {
        put_label(&mut kept, other, other.version)?;
    }
    if let Some(findings) = &edit.findings {
        kept.findings = Some(findings.clone());
    }
    kept.add_changes(std::slice::from_ref(&edit.change))?;
    state.check_events([&edit.event])?;
    kept.sort_labels();
    state.put_document(kept);
    state.add_event(&edit.event);
    Ok(Some(label))
}

fn replace(state: &mut State, scope: &Scope, read: &ReadLabels) -> Result<(), RepositoryError> {
    let mut job = held(state, scope, &read.lease)?;
    if job.job.document != read.document.id {
        return Err(RepositoryError::LeaseLost);
    }
    let mut kept = read_again(state, scope, read)?;
    kept.findings = Some(read.findings.clone());
    // Those that are no more go first: a new one may have the field of an old one.
    kept.labels.retain(|stored| !read.removed.contains(&stored.id));
    for stored in &read.labels {
        put_label(&mut kept, stored, stored.version.saturating_add(1))?;
    }
    if kept.standing().any(|label| has_two_labels(&kept, label)) {
        return Err(failed("a field was to have two labels"));
    }
    kept.add_changes(&read.changes)?;
    state.check_events([&read.event])?;
    kept.sort_labels();
    job.job.succeed(kept.document.updated_at);
    state.put_document(kept);
    state.put_job(job);
    state.add_event(&read.event);
    Ok(())
}

/// The document as it was read. A deleted one has no readings, whatever its version.
fn read_again(state: &State, scope: &Scope, read: &ReadLabels) -> Result<KeptDocument, RepositoryError> {
    state.standing(scope, read.document.id).ok_or(RepositoryError::Stale)?;
    let kept = state.changed(scope, &read.document)?.ok_or(RepositoryError::Stale)?;
    if let Some(invoice) = &read.identity {
        let named = kept.document.outcome.as_ref().and_then(|outcome| outcome.repeats);
        if first_of(state, scope, invoice, kept.document.id) != named {
            return Err(RepositoryError::RepeatsChanged);
        }
    }
    Ok(kept)
}

/// Adds a label of version 0, or puts one of a higher version in the place of what it was. Answers with the label as it
/// is kept, of another version.
fn put_label(
    kept: &mut KeptDocument,
    stored: &StoredLabel,
    version: u64,
) -> Result<StoredLabel, RepositoryError> {
    if stored.document != kept.document.id {
        return Err(failed("a label of another document was to be written"));
    }
    let label = kept_label(stored, version);
    let before = kept.labels.iter_mut().find(|before| before.id == stored.id);
    match before {
        Some(before) if stored.version > 0 && before.version == stored.version => *before = label.clone(),
        None if stored.version == 0 => kept.labels.push(label.clone()),
        Some(_) if stored.version == 0 => return Err(failed("a label was to be added twice")),
        Some(_) | None => return Err(RepositoryError::Stale),
    }
    Ok(label)
}

/// Whether another label of the same field is there that nobody deleted.
fn has_two_labels(kept: &KeptDocument, label: &StoredLabel) -> bool {
    kept.standing().any(|other| other.id != label.id && other.label.field == label.label.field)
}
