//! What a document's labels are after it was read again: what people said stays, what the program had read gives way
//! to what it reads now.

use jiff::Timestamp;
use uuid::Uuid;

use crate::document::DocumentId;
use crate::field::Field;
use crate::identity::{new_id, new_ids};
use crate::label::{Label, LabelAct, LabelChange, LabelId, LabelState, StoredLabel};

/// The labels as they shall be, in no order: those of people first, then what was read for all other fields.
pub(super) fn merged(
    kept: &[StoredLabel],
    read: &[Label],
    document: DocumentId,
    now: Timestamp,
) -> Vec<StoredLabel> {
    let of_people = kept.iter().filter(|label| label.reviewed_by.is_some()).cloned();
    let mut labels: Vec<StoredLabel> = of_people.collect();
    let is_taken =
        |field: Field| kept.iter().any(|label| label.label.field == field && label.reviewed_by.is_some());
    for label in read.iter().filter(|label| !is_taken(label.field)) {
        let before = kept.iter().find(|before| before.label.field == label.field);
        labels.push(StoredLabel { label: label.clone(), ..stored(before, label, document, now) });
    }
    labels
}

/// The label in whose place one comes, or a new one.
fn stored(before: Option<&StoredLabel>, label: &Label, document: DocumentId, now: Timestamp) -> StoredLabel {
    before.cloned().unwrap_or_else(|| StoredLabel {
        id: LabelId(new_id(now)),
        document,
        label: label.clone(),
        reviewed_by: None,
        version: 0,
        created_at: now,
        updated_at: now,
        deleted_at: None,
    })
}

/// The difference between a document's labels before and after.
#[derive(Debug)]
pub(super) struct Difference {
    /// Labels that are new or other than before.
    pub written: Vec<StoredLabel>,
    /// Labels that are no more.
    pub removed: Vec<LabelId>,
    /// What is added to the history.
    pub changes: Vec<LabelChange>,
}

/// What is to be written so that the labels become what they shall be.
pub(super) fn difference(before: &[StoredLabel], after: &[StoredLabel], now: Timestamp) -> Difference {
    let earlier = |label: &StoredLabel| before.iter().find(|earlier| earlier.id == label.id);
    let changed = after.iter().filter(|label| earlier(label) != Some(*label));
    let written: Vec<StoredLabel> =
        changed.map(|label| StoredLabel { updated_at: now, ..label.clone() }).collect();
    let gone: Vec<&StoredLabel> =
        before.iter().filter(|label| !after.iter().any(|later| later.id == label.id)).collect();
    // Only a check of a person's label changes here, of which the history has nothing to say.
    let read = written.iter().filter(|label| label.reviewed_by.is_none());
    let read = read.filter_map(|label| {
        let state = |stored: &StoredLabel| LabelState::from(&stored.label);
        let (before, after) = (earlier(label).map(state), state(label));
        (before.as_ref() != Some(&after)).then_some((label, LabelAct::Read, before, Some(after)))
    });
    let deleted =
        gone.iter().map(|label| (*label, LabelAct::Deleted, Some(LabelState::from(&label.label)), None));
    let entries: Vec<_> = read.chain(deleted).collect();
    let changes = entries.into_iter().map(|(label, act, before, after)| LabelChange {
        id: Uuid::nil(),
        document: label.document,
        label: label.id,
        field: label.label.field,
        act,
        before,
        after,
        by: None,
        at: now,
    });
    let mut changes: Vec<LabelChange> = changes.collect();
    for (change, id) in changes.iter_mut().zip(new_ids(now, before.len() + after.len())) {
        change.id = id;
    }
    Difference { removed: gone.iter().map(|label| label.id).collect(), changes, written }
}
