//! `fieldmark labels`: what a person says of a document's fields, and what was said before.

use fieldmark_domain::commands::{
    AddLabel, AddLabelRequest, CorrectLabel, CorrectLabelRequest, DeleteLabel, DeleteLabelRequest,
};
use fieldmark_domain::document::DocumentId;
use fieldmark_domain::field::Field;
use fieldmark_domain::label::{LabelId, StoredLabel};
use fieldmark_domain::listing::Window;
use fieldmark_domain::queries::{DocumentHistory, ListLabels};
use fieldmark_domain::scope::UserId;
use fieldmark_domain::use_case_error::UseCaseError;

use crate::arguments::{LabelAction, LabelsArguments, ListArguments, ListFormat, ValueOfField};
use crate::each::{self, with_store};
use crate::exit_status::ExitStatus;
use crate::report::{HistoryReport, LabelReport};
use crate::settings::Settings;
use crate::store::{LOCAL, Store};

/// Lists labels, changes one, or tells what was changed.
///
/// # Errors
/// When the store cannot be opened or standard output does not take what is printed.
pub fn run(settings: &Settings, arguments: LabelsArguments) -> anyhow::Result<ExitStatus> {
    with_store(settings, async |store| {
        let document = arguments.action.document();
        let format = arguments.action.format();
        match arguments.action {
            LabelAction::List { .. } => answer(document, list(&store, document).await, None, format),
            LabelAction::History { list, .. } => history(&store, document, &list).await,
            LabelAction::Add(said) => answer_one(document, add(&store, said).await),
            LabelAction::Correct(said) => answer_one(document, correct(&store, said).await),
            LabelAction::Delete { field, .. } => answer_one(document, delete(&store, document, field).await),
        }
    })
}

fn answer_one(document: DocumentId, label: Result<StoredLabel, UseCaseError>) -> anyhow::Result<ExitStatus> {
    answer(document, label.map(|label| vec![LabelReport::from(&label)]), None, None)
}

fn answer<R: crate::output::list::Row>(
    document: DocumentId,
    rows: Result<Vec<R>, UseCaseError>,
    total: Option<u64>,
    format: Option<ListFormat>,
) -> anyhow::Result<ExitStatus> {
    match rows {
        Ok(rows) => {
            each::printed(&rows, total, format)?;
            Ok(ExitStatus::AllWell)
        }
        Err(error) => {
            each::refuse(&document, &error);
            Ok(ExitStatus::SomeFailed)
        }
    }
}

async fn list(store: &Store, document: DocumentId) -> Result<Vec<LabelReport>, UseCaseError> {
    let list = ListLabels { labels: store.labels.clone() };
    Ok(list.execute(&LOCAL, document).await?.iter().map(LabelReport::from).collect())
}

async fn history(
    store: &Store,
    document: DocumentId,
    arguments: &ListArguments,
) -> anyhow::Result<ExitStatus> {
    let history = DocumentHistory { labels: store.labels.clone() };
    let window = Window { limit: arguments.limit, offset: arguments.offset };
    let found = history.execute(&LOCAL, document, window).await;
    let total = found.as_ref().ok().map(|found| found.total);
    let rows = found.map(|found| found.items.iter().map(HistoryReport::from).collect::<Vec<_>>());
    answer(document, rows, total, arguments.format)
}

async fn add(store: &Store, said: ValueOfField) -> Result<StoredLabel, UseCaseError> {
    let Store { documents, labels, clock, .. } = store.clone();
    let request = AddLabelRequest {
        document: said.document,
        field: said.field,
        value: said.value,
        place: None,
        by: UserId::LOCAL,
        expected_version: None,
    };
    AddLabel { documents, labels, clock }.execute(&LOCAL, &request).await
}

async fn correct(store: &Store, said: ValueOfField) -> Result<StoredLabel, UseCaseError> {
    let label = label_of(store, said.document, said.field).await?;
    let Store { documents, labels, clock, .. } = store.clone();
    let request = CorrectLabelRequest {
        document: said.document,
        label,
        value: Some(said.value),
        field: None,
        place: None,
        by: UserId::LOCAL,
        expected_version: None,
    };
    CorrectLabel { documents, labels, clock }.execute(&LOCAL, &request).await
}

async fn delete(store: &Store, document: DocumentId, field: Field) -> Result<StoredLabel, UseCaseError> {
    let label = label_of(store, document, field).await?;
    let Store { documents, labels, clock, .. } = store.clone();
    let request = DeleteLabelRequest { document, label, by: UserId::LOCAL, expected_version: None };
    DeleteLabel { documents, labels, clock }.execute(&LOCAL, &request).await
}

/// The label that a field has: people name fields rather than ids.
async fn label_of(store: &Store, document: DocumentId, field: Field) -> Result<LabelId, UseCaseError> {
    let list = ListLabels { labels: store.labels.clone() };
    let labels = list.execute(&LOCAL, document).await?;
    let found = labels.iter().find(|stored| stored.label.field == field);
    found.map(|stored| stored.id).ok_or(UseCaseError::NotFound { what: "label" })
}
