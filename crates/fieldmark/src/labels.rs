//! `fieldmark labels`: what a person says of a document's fields, and what was said before.

use fieldmark_domain::commands::{AddLabel, AddLabelRequest, CorrectLabel, CorrectLabelRequest, DeleteLabel};
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
        let ended = match arguments.action {
            LabelAction::List { document, format } => list(&store, document, format).await?,
            LabelAction::History { document, list } => history(&store, document, list).await?,
            LabelAction::Add(said) => changed(add(&store, said).await)?,
            LabelAction::Correct(said) => changed(correct(&store, said).await)?,
            LabelAction::Delete { document, field } => delete(&store, document, field).await.map(|_| ()),
        };
        Ok(match ended {
            Ok(()) => ExitStatus::AllWell,
            Err(error) => {
                each::refuse(&"labels", &error);
                ExitStatus::SomeFailed
            }
        })
    })
}

type Ended = Result<(), UseCaseError>;
