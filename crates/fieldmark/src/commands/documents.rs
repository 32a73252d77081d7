//! `fieldmark documents`: lists kept documents and changes them.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::time::Duration;

use anyhow::Context as _;
use fieldmark_domain::commands::{ChangeDocumentRequest, Erasure, ReprocessDocumentRequest, Review};
use fieldmark_domain::document::{Document, DocumentId, DocumentQuery, FieldCondition, Order, SortKey};
use fieldmark_domain::job::Priority;
use fieldmark_domain::ports::RepositoryError;
use fieldmark_domain::use_case_error::UseCaseError;
use fieldmark_persistence_diesel::Rewriting;
use fieldmark_report::DocumentReport;

use super::each::{self, Part, with_store};
use crate::arguments::{
    DocumentAction, DocumentQueryArguments, DocumentsArguments, NoteArguments, PrintArguments, SortArgument,
};
use crate::exit_status::{ExitStatus, Unwritten};
use crate::settings::Settings;
use crate::store::{LOCAL, Store};

/// Lists documents, or changes those that are named.
///
/// # Errors
/// When the store cannot be opened or standard output does not take what is printed.
pub fn run(settings: &Settings, arguments: DocumentsArguments) -> anyhow::Result<ExitStatus> {
    let DocumentsArguments { action, query } = arguments;
    with_store(settings, async |store| match action {
        None => list(&store, query).await,
        Some(action) => act(&store, action, query.list.print).await,
    })
}

async fn list(store: &Store, arguments: DocumentQueryArguments) -> anyhow::Result<ExitStatus> {
    let list = store.use_cases.list_documents();
    let mut query = query(&arguments);
    each::listed(&"documents", &arguments.list, async |window| {
        query.window = window;
        let found = list.execute(&LOCAL, &query).await?;
        let key = |document: &Document| match query.order.key {
            SortKey::CreatedAt => document.created_at,
            SortKey::UpdatedAt => document.updated_at,
        };
        let last = found.items.last().map(|last| (key(&last.document), last.document.id));
        query.after = last.or(query.after);
        let rows = found.items.iter().map(|listed| DocumentReport::listed(listed, arguments.labels));
        let is_last = found.items.len() < window.limit as usize;
        Ok(Part { rows: rows.collect(), total: found.total, is_last })
    })
    .await
}

fn query(arguments: &DocumentQueryArguments) -> DocumentQuery {
    let key = match arguments.sort {
        SortArgument::CreatedAt => SortKey::CreatedAt,
        SortArgument::UpdatedAt => SortKey::UpdatedAt,
    };
    DocumentQuery {
        statuses: arguments.status.clone(),
        created_from: arguments.from,
        created_before: arguments.before,
        text: arguments.text.clone(),
        fields: arguments.fields.iter().map(|(field, text)| FieldCondition::written(*field, text)).collect(),
        min_confidence: arguments.min_confidence,
        order: Order { key, descending: !arguments.ascending },
        with_labels: arguments.labels,
        without_total: !each::wants_total(arguments.list.print),
        ..DocumentQuery::default()
    }
}

async fn act(store: &Store, action: DocumentAction, print: PrintArguments) -> anyhow::Result<ExitStatus> {
    let use_cases = &store.use_cases;
    let report =
        |changed: Result<Document, UseCaseError>| changed.map(|document| DocumentReport::from(&document));
    match action {
        DocumentAction::Change { id, filename, notes, no_tags, no_notes } => {
            let change = Change { filename, notes, no_tags, no_notes };
            each::of([id], print, async |id| report(change.apply(store, id).await)).await
        }
        DocumentAction::Process { documents: ids, priority } => {
            let (process, priority) = (use_cases.reprocess_document(), Priority(priority));
            each::of(ids.ids, print, async |document| {
                let request = ReprocessDocumentRequest { document, priority, expected_version: None };
                report(process.execute(&LOCAL, &request).await.map(|queued| queued.document))
            })
            .await
        }
        DocumentAction::Approve(ids) => review(store, ids.ids, Review::Approve, print).await,
        DocumentAction::Reject(ids) => review(store, ids.ids, Review::Reject, print).await,
        DocumentAction::Delete(ids) => {
            let delete = use_cases.delete_document();
            of_gone(&ids.ids, "deleted; it can be restored", async |id| {
                delete.execute(&LOCAL, id, None).await.map(|_| ())
            })
            .await
        }
        DocumentAction::Restore(ids) => {
            let restore = use_cases.restore_document();
            each::of(ids.ids, print, async |id| report(restore.execute(&LOCAL, id, None).await)).await
        }
        DocumentAction::Erase(ids) => {
            let erase = use_cases.erase_document();
            let status =
                of_gone(&ids.ids, "erased", async |id| match erase.execute(&LOCAL, id, None).await? {
                    Erasure::Complete | Erasure::BytesShared => Ok(()),
                    Erasure::BytesPending => {
                        tracing::warn!(
                            "the bytes of {id} are not gone yet; a worker or `fieldmark documents purge` tries again"
                        );
                        Ok(())
                    }
                })
                .await?;
            report_copies(store.database.keep_up().await);
            Ok(status)
        }
        DocumentAction::Purge { all } => purge(store, all).await,
    }
}

async fn review(
    store: &Store,
    ids: Vec<DocumentId>,
    review: Review,
    print: PrintArguments,
) -> anyhow::Result<ExitStatus> {
    let reviewing = store.use_cases.review_document();
    each::of(ids, print, async |id| {
        let reviewed = reviewing.execute(&LOCAL, id, review, None).await;
        reviewed.map(|document| DocumentReport::from(&document))
    })
    .await
}

/// What is to be said of a document.
struct Change {
    filename: Option<String>,
    notes: NoteArguments,
    no_tags: bool,
    no_notes: bool,
}

impl Change {
    /// Tags and notes that are given come beside those that are there, unless those are to be taken away.
    async fn apply(&self, store: &Store, document: DocumentId) -> Result<Document, UseCaseError> {
        let before = store.use_cases.show_document().execute(&LOCAL, document).await?.document;
        let mut tags: BTreeSet<String> = self.notes.tags.iter().cloned().collect();
        let mut metadata = before.description.metadata().clone();
        if !self.no_tags {
            tags.extend(before.description.tags().iter().map(ToString::to_string));
        }
        if self.no_notes {
            metadata.clear();
        }
        metadata.extend(self.notes.metadata());
        let request = ChangeDocumentRequest {
            document,
            filename: self.filename.clone(),
            tags: Some(tags.into_iter().collect()),
            metadata: Some(metadata),
            expected_version: Some(before.version),
        };
        store.use_cases.change_document().execute(&LOCAL, &request).await
    }
}

/// Does something with documents that are out of sight afterwards.
async fn of_gone(
    ids: &[DocumentId],
    gone: &str,
    mut act: impl AsyncFnMut(DocumentId) -> Result<(), UseCaseError>,
) -> anyhow::Result<ExitStatus> {
    let mut status = ExitStatus::AllWell;
    for id in ids {
        match act(*id).await {
            Ok(()) => writeln!(std::io::stdout(), "{id}  {gone}").context(Unwritten)?,
            Err(error) => {
                each::refuse(id, &error);
                status = ExitStatus::SomeFailed;
            }
        }
    }
    Ok(status)
}

/// Says where the database's file may still hold copies of what is erased.
fn report_copies(rewriting: Result<Rewriting, RepositoryError>) {
    let copies = "copies of erased rows may still be in the database's file";
    match rewriting {
        Ok(Rewriting::TooLarge { .. }) => tracing::warn!(
            "{copies}, which is large: `fieldmark documents purge` rewrites it, and nothing is written meanwhile"
        ),
        Ok(Rewriting::NotNeeded | Rewriting::Done) => {}
        Err(error) => {
            tracing::warn!("{copies}: {error}; a worker or `fieldmark documents purge` tries again");
        }
    }
}

async fn purge(store: &Store, all: bool) -> anyhow::Result<ExitStatus> {
    let mut purge = store.use_cases.purge_deleted();
    if all {
        purge.retention.documents = Duration::ZERO;
    }
    let (mut erased, mut files) = (0, 0);
    loop {
        match purge.execute().await {
            Ok(purged) if purged.documents + purged.files == 0 => break,
            Ok(purged) => (erased, files) = (erased + purged.documents, files + purged.files),
            Err(error) => {
                each::refuse(&"purge", &error);
                return Ok(ExitStatus::SomeFailed);
            }
        }
    }
    report_copies(store.database.forget_erased().await);
    writeln!(std::io::stdout(), "{erased} documents and {files} files erased").context(Unwritten)?;
    Ok(ExitStatus::AllWell)
}
