//! `fieldmark labels`: what a person says of a document's fields, and what was said before.

use fieldmark_domain::commands::{AddLabelRequest, CorrectLabelRequest, DeleteLabelRequest};
use fieldmark_domain::document::DocumentId;
use fieldmark_domain::field::Field;
use fieldmark_domain::label::{LabelId, StoredLabel};
use fieldmark_domain::listing::Window;
use fieldmark_domain::scope::UserId;
use fieldmark_domain::use_case_error::UseCaseError;
use fieldmark_report::{HistoryReport, LabelReport};
use uuid::Uuid;

use super::each::{self, Part, with_store};
use crate::arguments::{LabelAction, LabelsArguments, ListArguments, PrintArguments, ValueOfField};
use crate::exit_status::ExitStatus;
use crate::settings::Settings;
use crate::store::{LOCAL, Store};

/// Lists labels, changes one, or tells what was changed.
///
/// # Errors
/// When the store cannot be opened or standard output does not take what is printed.
pub fn run(settings: &Settings, arguments: LabelsArguments) -> anyhow::Result<ExitStatus> {
    with_store(settings, async |store| {
        let document = arguments.action.document();
        match arguments.action {
            LabelAction::List { print, .. } => answer(document, list(&store, document).await, print),
            LabelAction::History { list, .. } => history(&store, document, &list).await,
            LabelAction::Add(said) => answer_one(document, add(&store, said).await),
            LabelAction::Correct(said) => answer_one(document, correct(&store, said).await),
            LabelAction::Delete { field, .. } => answer_one(document, delete(&store, document, field).await),
        }
    })
}

fn answer_one(document: DocumentId, label: Result<StoredLabel, UseCaseError>) -> anyhow::Result<ExitStatus> {
    answer(document, label.map(|label| vec![LabelReport::from(&label)]), PrintArguments::default())
}

fn answer(
    document: DocumentId,
    rows: Result<Vec<LabelReport>, UseCaseError>,
    print: PrintArguments,
) -> anyhow::Result<ExitStatus> {
    match rows {
        Ok(rows) => {
            each::printed(rows, print)?;
            Ok(ExitStatus::AllWell)
        }
        Err(error) => {
            each::refuse(&document, &error);
            Ok(ExitStatus::SomeFailed)
        }
    }
}

async fn list(store: &Store, document: DocumentId) -> Result<Vec<LabelReport>, UseCaseError> {
    let labels = store.use_cases.list_labels().execute(&LOCAL, document).await?;
    Ok(labels.iter().map(LabelReport::from).collect())
}

/// What was done while it is printed is at the list's beginning and moves the rest on: what came before comes again, and
/// is left out.
async fn history(
    store: &Store,
    document: DocumentId,
    arguments: &ListArguments,
) -> anyhow::Result<ExitStatus> {
    let history = store.use_cases.document_history();
    let (mut met, mut last): (u64, Option<Uuid>) = (0, None);
    each::listed(&document, arguments, async |window| {
        let shifted = Window { offset: window.offset.saturating_add(met), ..window };
        let found = history.execute(&LOCAL, document, shifted).await?;
        met = shifted.offset.saturating_add(found.items.len() as u64);
        let is_last = found.items.len() < window.limit as usize;
        let new = found.items.iter().filter(|change| last.is_none_or(|last| change.id < last));
        let rows = new.map(HistoryReport::from).collect();
        last = found.items.last().map(|change| change.id).or(last);
        Ok(Part { rows, total: found.total, is_last })
    })
    .await
}

async fn add(store: &Store, said: ValueOfField) -> Result<StoredLabel, UseCaseError> {
    let request = AddLabelRequest {
        document: said.document,
        field: said.field,
        value: said.value,
        place: None,
        by: UserId::LOCAL,
        expected_version: None,
    };
    store.use_cases.add_label().execute(&LOCAL, &request).await
}

async fn correct(store: &Store, said: ValueOfField) -> Result<StoredLabel, UseCaseError> {
    let label = label_of(store, said.document, said.field).await?;
    let request = CorrectLabelRequest {
        document: said.document,
        label,
        value: Some(said.value),
        field: None,
        place: None,
        by: UserId::LOCAL,
        expected_version: None,
    };
    store.use_cases.correct_label().execute(&LOCAL, &request).await
}

async fn delete(store: &Store, document: DocumentId, field: Field) -> Result<StoredLabel, UseCaseError> {
    let label = label_of(store, document, field).await?;
    let request = DeleteLabelRequest { document, label, by: UserId::LOCAL, expected_version: None };
    store.use_cases.delete_label().execute(&LOCAL, &request).await
}

/// The label that a field has: people name fields rather than ids.
async fn label_of(store: &Store, document: DocumentId, field: Field) -> Result<LabelId, UseCaseError> {
    let labels = store.use_cases.list_labels().execute(&LOCAL, document).await?;
    let found = labels.iter().find(|stored| stored.label.field == field);
    found.map(|stored| stored.id).ok_or(UseCaseError::NotFound { what: "label" })
}
