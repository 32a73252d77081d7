//! Documents with labels, added one by one as users do it: the suites of documents need no queue
//! for that.

use fieldmark_domain::document::{Document, DocumentId, DocumentRecord, DocumentStatus, Outcome};
use fieldmark_domain::event::Occurrence;
use fieldmark_domain::extraction::Findings;
use fieldmark_domain::field::Field;
use fieldmark_domain::label::{Label, LabelAct, LabelChange, LabelState, Source, StoredLabel};
use fieldmark_domain::ports::{Created, DocumentUpdate, JobsChange, LabelEdit, NewDocument};

use super::bench::Bench;
use super::full::value;
use super::readings::{outcome, read, unsaved};
use super::sample::moment;
use crate::breach::{Breach, is_there, promised_same, succeeds};

/// A label with only a value.
pub(super) fn plain_label(field: Field, text: &str) -> Result<Label, Breach> {
    Ok(Label {
        field,
        value: value(field, text)?,
        currency: None,
        raw: text.to_owned(),
        confidence: 0.5,
        source: Source::Person,
        place: None,
        caption: None,
        checks: Vec::new(),
        candidates: Vec::new(),
    })
}

/// A change of one label, with its history and event. The previous state is left out where it does
/// not matter.
pub(super) fn edit(bench: &Bench<'_>, document: Document, label: StoredLabel) -> LabelEdit {
    let change = LabelChange {
        act: if label.is_there() { LabelAct::Added } else { LabelAct::Deleted },
        after: label.is_there().then(|| LabelState::from(&label.label)),
        ..read(&label, label.updated_at)
    };
    let occurrence = Occurrence::LabelAdded { label: label.id, field: label.label.field };
    let event = bench.owner.event(document.id, occurrence, label.updated_at);
    LabelEdit { document, label, others: Vec::new(), findings: None, change, event }
}

impl Bench<'_> {
    /// Stores a document without a job.
    pub(super) async fn keep(&self, document: Document) -> Result<Document, Breach> {
        let event = self.owner.event(document.id, Occurrence::DocumentReceived, document.created_at);
        let new = NewDocument { document, job: None, event, idempotency: None };
        let created =
            succeeds("a document is kept", self.repositories.documents.create(&self.scope(), &new).await)?;
        promised_same("a new document is kept", &created, &Created::New)?;
        Ok(new.document)
    }

    pub(super) async fn keep_at(&self, seconds: i64) -> Result<Document, Breach> {
        self.keep(self.owner.document(moment(seconds))).await
    }

    /// Stores a document that was read, with labels, and with findings if there are any.
    pub(super) async fn keep_labelled(
        &self,
        seconds: i64,
        labels: Vec<Label>,
        findings: Option<Findings>,
    ) -> Result<(Document, Vec<StoredLabel>), Breach> {
        let confidence = labels.iter().map(|label| label.confidence).reduce(f32::min);
        let outcome = Outcome { min_confidence: confidence, ..outcome() };
        let status = DocumentStatus::Processed;
        let document = Document { status, outcome: Some(outcome), ..self.owner.document(moment(seconds)) };
        let mut document = self.keep(document).await?;
        let mut kept = Vec::new();
        for label in labels {
            kept.push(self.label(&mut document, label, findings.clone()).await?);
        }
        Ok((document, kept))
    }

    /// Adds a label to a document, which increments the document's version.
    pub(super) async fn label(
        &self,
        document: &mut Document,
        label: Label,
        findings: Option<Findings>,
    ) -> Result<StoredLabel, Breach> {
        let new = unsaved(document.id, label, document.created_at);
        let edit = LabelEdit { findings, ..edit(self, document.clone(), new) };
        self.save(document, &edit).await
    }

    /// Deletes a label of a document, which increments the document's version.
    pub(super) async fn delete_label(
        &self,
        document: &mut Document,
        label: &StoredLabel,
    ) -> Result<StoredLabel, Breach> {
        let gone = StoredLabel { deleted_at: Some(moment(900)), updated_at: moment(900), ..label.clone() };
        let edit = edit(self, document.clone(), gone);
        self.save(document, &edit).await
    }

    pub(super) async fn save(
        &self,
        document: &mut Document,
        edit: &LabelEdit,
    ) -> Result<StoredLabel, Breach> {
        let saved = self.repositories.labels.save(&self.scope(), edit).await;
        let saved = succeeds("a label is saved", saved)?;
        document.version += 1;
        is_there("saving a label returns what is stored", saved)
    }

    /// Changes a document and returns it as stored.
    pub(super) async fn change(&self, document: Document) -> Result<Document, Breach> {
        let update = DocumentUpdate { document, jobs: JobsChange::Keep, events: Vec::new() };
        let kept = self.repositories.documents.update(&self.scope(), &update).await;
        is_there("changing a document returns what is stored", succeeds("a document is changed", kept)?)
    }

    /// Deletes a document at a moment.
    pub(super) async fn delete(&self, mut document: Document, seconds: i64) -> Result<Document, Breach> {
        document.delete(moment(seconds));
        self.change(document).await
    }

    pub(super) async fn find(&self, id: DocumentId) -> Result<Option<Document>, Breach> {
        succeeds("a document is looked for", self.repositories.documents.find(&self.scope(), id).await)
    }

    pub(super) async fn show(&self, id: DocumentId) -> Result<Option<DocumentRecord>, Breach> {
        succeeds("a document is shown", self.repositories.documents.show(&self.scope(), id).await)
    }
}
