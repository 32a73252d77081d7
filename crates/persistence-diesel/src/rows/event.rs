//! The row of an event. The data of an occurrence, apart from its name, is JSON.

use diesel::prelude::*;
use fieldmark_domain::document::DocumentId;
use fieldmark_domain::event::{Event, EventId, Occurrence};
use fieldmark_domain::label::LabelId;
use fieldmark_domain::scope::OwnerId;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{json, names};
use crate::faults::Fault;
use crate::schema::events;
use crate::types::{Id, Moment};

/// A stored event, published or not.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = events)]
pub(crate) struct EventRow {
    id: Id,
    owner_id: Id,
    document_id: Id,
    kind: String,
    data: String,
    occurred_at: Moment,
}

/// The data of an occurrence apart from its name; each kind uses some of the fields.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Data {
    #[serde(skip_serializing_if = "Option::is_none")]
    decision: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<String>,
}

impl EventRow {
    pub(crate) fn of(event: &Event) -> Result<Self, Fault> {
        Ok(Self {
            id: Id(event.id.0),
            owner_id: Id(event.owner.0),
            document_id: Id(event.document.0),
            kind: event.occurrence.name().to_owned(),
            data: json::written(&Data::of(&event.occurrence))?,
            occurred_at: event.at.into(),
        })
    }

    pub(crate) fn into_event(self) -> Result<Event, Fault> {
        Ok(Event {
            id: EventId(self.id.0),
            owner: OwnerId(self.owner_id.0),
            document: DocumentId(self.document_id.0),
            occurrence: json::read::<Data>(&self.data)?.occurrence(&self.kind)?,
            at: self.occurred_at.into(),
        })
    }
}

impl Data {
    fn of(occurrence: &Occurrence) -> Self {
        match occurrence {
            Occurrence::DocumentProcessed { decision } => {
                Self { decision: Some(decision.clone()), ..Self::default() }
            }
            Occurrence::DocumentFailed { code } => Self { code: Some(code.clone()), ..Self::default() },
            Occurrence::LabelAdded { label, field }
            | Occurrence::LabelCorrected { label, field }
            | Occurrence::LabelDeleted { label, field } => Self {
                label: Some(label.to_string()),
                field: Some(field.name().to_owned()),
                ..Self::default()
            },
            Occurrence::DocumentReceived
            | Occurrence::DocumentApproved
            | Occurrence::DocumentRejected
            | Occurrence::DocumentChanged
            | Occurrence::DocumentDeleted
            | Occurrence::DocumentRestored
            | Occurrence::DocumentErased => Self::default(),
        }
    }

    fn occurrence(self, name: &str) -> Result<Occurrence, Fault> {
        Ok(match name {
            "document.received" => Occurrence::DocumentReceived,
            "document.processed" => {
                Occurrence::DocumentProcessed { decision: self.decision.unwrap_or_default() }
            }
            "document.failed" => Occurrence::DocumentFailed { code: self.code.unwrap_or_default() },
            "document.approved" => Occurrence::DocumentApproved,
            "document.rejected" => Occurrence::DocumentRejected,
            "document.changed" => Occurrence::DocumentChanged,
            "document.deleted" => Occurrence::DocumentDeleted,
            "document.restored" => Occurrence::DocumentRestored,
            "document.erased" => Occurrence::DocumentErased,
            "label.added" => Occurrence::LabelAdded { label: self.label()?, field: self.field()? },
            "label.corrected" => Occurrence::LabelCorrected { label: self.label()?, field: self.field()? },
            "label.deleted" => Occurrence::LabelDeleted { label: self.label()?, field: self.field()? },
            _ => {
                return Err(Fault::broken(format!("this program does not know the stored event `{name}`")));
            }
        })
    }

    fn label(&self) -> Result<LabelId, Fault> {
        let text = self.label.as_deref().unwrap_or_default();
        Uuid::parse_str(text).map(LabelId).map_err(Fault::broken)
    }

    fn field(&self) -> Result<fieldmark_domain::field::Field, Fault> {
        names::field(self.field.as_deref().unwrap_or_default())
    }
}
