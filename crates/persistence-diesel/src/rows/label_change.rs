//! The row of a change in a document's history.

use diesel::prelude::*;
use fieldmark_domain::document::DocumentId;
use fieldmark_domain::field::Field;
use fieldmark_domain::geometry::PageBox;
use fieldmark_domain::label::{LabelChange, LabelId, LabelState};
use fieldmark_domain::scope::UserId;
use serde::{Deserialize, Serialize};

use super::shapes::{BoxShape, value_read};
use super::{json, names};
use crate::faults::Fault;
use crate::schema::label_changes;
use crate::types::{Id, Moment};

/// A change of a label.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = label_changes, treat_none_as_default_value = false)]
pub(crate) struct LabelChangeRow {
    id: Id,
    document_id: Id,
    label_id: Id,
    field: String,
    act: String,
    said_before: Option<String>,
    says_since: Option<String>,
    changed_by: Option<Id>,
    changed_at: Moment,
}

/// The state of a label at one time.
#[derive(Debug, Serialize, Deserialize)]
struct StateShape {
    value: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    currency: Option<String>,
    raw: String,
    confidence: f32,
    source: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    place: Option<BoxShape>,
}

impl LabelChangeRow {
    pub(crate) fn of(change: &LabelChange) -> Result<Self, Fault> {
        Ok(Self {
            id: Id(change.id),
            document_id: Id(change.document.0),
            label_id: Id(change.label.0),
            field: change.field.name().to_owned(),
            act: change.act.name().to_owned(),
            said_before: state_written(change.before.as_ref())?,
            says_since: state_written(change.after.as_ref())?,
            changed_by: change.by.map(|user| Id(user.0)),
            changed_at: change.at.into(),
        })
    }

    pub(crate) fn into_change(self) -> Result<LabelChange, Fault> {
        let field = names::field(&self.field)?;
        Ok(LabelChange {
            id: self.id.0,
            document: DocumentId(self.document_id.0),
            label: LabelId(self.label_id.0),
            field,
            act: names::label_act(&self.act)?,
            before: state_read(field, self.said_before.as_deref())?,
            after: state_read(field, self.says_since.as_deref())?,
            by: self.changed_by.map(|user| UserId(user.0)),
            at: self.changed_at.into(),
        })
    }
}

fn state_written(state: Option<&LabelState>) -> Result<Option<String>, Fault> {
    let shape = |state: &LabelState| StateShape {
        value: state.value.to_string(),
        currency: state.currency.map(|currency| currency.code().to_owned()),
        raw: state.raw.clone(),
        confidence: state.confidence,
        source: state.source.name().to_owned(),
        place: state.place.map(BoxShape::from),
    };
    state.map(|state| json::written(&shape(state))).transpose()
}

fn state_read(field: Field, text: Option<&str>) -> Result<Option<LabelState>, Fault> {
    let Some(text) = text else { return Ok(None) };
    let shape: StateShape = json::read(text)?;
    Ok(Some(LabelState {
        value: value_read(field, &shape.value)?,
        currency: shape.currency.as_deref().map(names::currency).transpose()?,
        raw: shape.raw,
        confidence: shape.confidence,
        source: names::source(&shape.source)?,
        place: shape.place.map(PageBox::from),
    }))
}
