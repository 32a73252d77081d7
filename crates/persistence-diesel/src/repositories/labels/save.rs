//! What one person does with one label.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use fieldmark_domain::document::Document;
use fieldmark_domain::label::StoredLabel;
use fieldmark_domain::ports::{LabelEdit, RepositoryError};
use fieldmark_domain::scope::Scope;

use super::super::super::Connection;
use super::super::writing::{add_event, change_document};
use super::read::is_there;
use super::write::{add_changes, add_labels, change_findings, change_label, stale};
use crate::faults::Fault;
use crate::schema::labels;
use crate::types::Id;

pub(super) async fn save(
    connection: &mut Connection,
    scope: &Scope,
    edit: &LabelEdit,
) -> Result<StoredLabel, Fault> {
    is_there(connection, scope, edit.document.id).await?;
    // From here on nobody else changes the document's labels: all who do change the document before.
    let document = change_document(connection, scope, &edit.document).await?;
    if edit.label.version > 0 {
        change(connection, &document, &edit.label).await?;
    } else {
        add(connection, &document, &edit.label).await?;
    }
    for other in &edit.others {
        if !change_label(connection, &document, other, other.version).await? {
            return Err(stale());
        }
    }
    if let Some(findings) = &edit.findings {
        change_findings(connection, document.id, findings).await?;
    }
    add_changes(connection, std::slice::from_ref(&edit.change)).await?;
    add_event(connection, &edit.event).await?;
    kept(connection, &edit.label).await
}

async fn add(connection: &mut Connection, document: &Document, label: &StoredLabel) -> Result<(), Fault> {
    refuse_second(connection, document, label).await?;
    add_labels(connection, document, &[label]).await
}

async fn change(connection: &mut Connection, document: &Document, label: &StoredLabel) -> Result<(), Fault> {
    let version: Option<i64> = labels::table
        .filter(labels::id.eq(Id(label.id.0)))
        .filter(labels::document_id.eq(Id(document.id.0)))
        .select(labels::version)
        .first(connection)
        .await
        .optional()?;
    let version = u64::try_from(version.ok_or(Fault::Absent)?).map_err(Fault::broken)?;
    if version != label.version {
        return Err(stale());
    }
    refuse_second(connection, document, label).await?;
    if change_label(connection, document, label, version.saturating_add(1)).await? {
        Ok(())
    } else {
        Err(stale())
    }
}

/// A field has one label that nobody deleted.
async fn refuse_second(
    connection: &mut Connection,
    document: &Document,
    label: &StoredLabel,
) -> Result<(), Fault> {
    if label.deleted_at.is_some() {
        return Ok(());
    }
    let other = labels::table
        .filter(labels::document_id.eq(Id(document.id.0)))
        .filter(labels::field.eq(label.label.field.name()))
        .filter(labels::deleted_at.is_null())
        .filter(labels::id.ne(Id(label.id.0)));
    let is_there: bool = diesel::select(diesel::dsl::exists(other)).get_result(connection).await?;
    if is_there { Err(RepositoryError::LabelExists.into()) } else { Ok(()) }
}

async fn kept(connection: &mut Connection, label: &StoredLabel) -> Result<StoredLabel, Fault> {
    use crate::rows::label::LabelRow;
    let (row, candidates): (LabelRow, String) = labels::table
        .find(Id(label.id.0))
        .select((LabelRow::as_select(), labels::candidates))
        .first(connection)
        .await?;
    row.into_label_with(&candidates)
}
