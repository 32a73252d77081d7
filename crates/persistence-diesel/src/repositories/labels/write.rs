//! What both ways of changing labels write. The document is found in the scope and held before.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use fieldmark_domain::document::{Document, DocumentId};
use fieldmark_domain::extraction::{Findings, PageSummary};
use fieldmark_domain::label::{LabelChange, StoredLabel};
use fieldmark_domain::ports::RepositoryError;

use super::super::super::Connection;
use super::super::super::dialect::insert_all;
use crate::faults::Fault;
use crate::rows::findings::FindingsText;
use crate::rows::label::WrittenLabel;
use crate::rows::label_change::LabelChangeRow;
use crate::rows::page::PageRow;
use crate::schema::{documents, label_changes, labels, pages};
use crate::types::Id;

/// So many rows go into one statement: databases bound how many values one may carry.
const ROWS_AT_ONCE: usize = 500;

/// Adds labels, as version 1.
pub(super) async fn add_labels(
    connection: &mut Connection,
    document: &Document,
    new: &[&StoredLabel],
) -> Result<(), Fault> {
    if new.iter().any(|stored| stored.document != document.id) {
        return Err(Fault::broken("a label of another document was to be added"));
    }
    let rows: Result<Vec<WrittenLabel>, Fault> =
        new.iter().map(|stored| WrittenLabel::of(stored, document.owner, 1)).collect();
    for part in rows?.chunks(ROWS_AT_ONCE) {
        insert_all!(connection, labels::table, part.to_vec())?;
    }
    Ok(())
}

/// Puts a label in the place of what it was, with another version. Answers whether it was there, in its version.
pub(super) async fn change_label(
    connection: &mut Connection,
    document: &Document,
    stored: &StoredLabel,
    version: u64,
) -> Result<bool, Fault> {
    let before = i64::try_from(stored.version).map_err(Fault::broken)?;
    let changed = diesel::update(labels::table)
        .filter(labels::id.eq(Id(stored.id.0)))
        .filter(labels::document_id.eq(Id(document.id.0)))
        .filter(labels::version.eq(before))
        .set(WrittenLabel::of(stored, document.owner, version)?)
        .execute(connection)
        .await?;
    Ok(changed > 0)
}

/// Adds to the history.
pub(super) async fn add_changes(connection: &mut Connection, changes: &[LabelChange]) -> Result<(), Fault> {
    let rows: Vec<LabelChangeRow> = changes.iter().map(LabelChangeRow::of).collect::<Result<_, Fault>>()?;
    for part in rows.chunks(ROWS_AT_ONCE) {
        insert_all!(connection, label_changes::table, part.to_vec())?;
    }
    Ok(())
}

/// Puts findings in the place of what was there, pages among them.
pub(super) async fn change_findings(
    connection: &mut Connection,
    document: DocumentId,
    findings: &Findings,
) -> Result<(), Fault> {
    diesel::update(documents::table)
        .filter(documents::id.eq(Id(document.0)))
        .set(documents::findings.eq(Some(FindingsText::written(findings)?)))
        .execute(connection)
        .await?;
    diesel::delete(pages::table).filter(pages::document_id.eq(Id(document.0))).execute(connection).await?;
    let row = |page: &PageSummary| PageRow::of(document, page);
    let rows: Vec<PageRow> = findings.pages.iter().map(row).collect::<Result<_, Fault>>()?;
    for part in rows.chunks(ROWS_AT_ONCE) {
        insert_all!(connection, pages::table, part.to_vec())?;
    }
    Ok(())
}

/// A label that was to change and has not its version any more.
pub(super) fn stale() -> Fault {
    RepositoryError::Stale.into()
}
