//! Labels of one document and of many.

use std::collections::HashMap;

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use fieldmark_domain::document::DocumentId;
use fieldmark_domain::label::StoredLabel;
use fieldmark_domain::scope::Scope;

use super::super::super::Connection;
use super::super::scoped::permits;
use crate::faults::Fault;
use crate::rows::label::LabelRow;
use crate::schema::{documents, labels};
use crate::types::Id;

pub(super) async fn list(
    connection: &mut Connection,
    scope: &Scope,
    document: DocumentId,
) -> Result<Vec<StoredLabel>, Fault> {
    is_there(connection, scope, document).await?;
    let of_document = labels::table.filter(labels::document_id.eq(Id(document.0)));
    let rows: Vec<(LabelRow, String)> =
        of_document.select((LabelRow::as_select(), labels::candidates)).load(connection).await?;
    in_order(rows.into_iter().map(|(row, candidates)| row.into_label_with(&candidates)))
}

/// [`Fault::Absent`] when there is no such document, or it is deleted.
pub(super) async fn is_there(
    connection: &mut Connection,
    scope: &Scope,
    document: DocumentId,
) -> Result<(), Fault> {
    let there = documents::table
        .filter(documents::id.eq(Id(document.0)))
        .filter(permits(scope, documents::owner_id))
        .filter(documents::deleted_at.is_null());
    let is_there: bool = diesel::select(diesel::dsl::exists(there)).get_result(connection).await?;
    if is_there { Ok(()) } else { Err(Fault::Absent) }
}

/// The labels that nobody deleted of a document that the caller has found in its scope, with their candidates.
pub(crate) async fn standing_labels(
    connection: &mut Connection,
    document: DocumentId,
) -> Result<Vec<StoredLabel>, Fault> {
    let standing =
        labels::table.filter(labels::document_id.eq(Id(document.0))).filter(labels::deleted_at.is_null());
    let rows: Vec<(LabelRow, String)> =
        standing.select((LabelRow::as_select(), labels::candidates)).load(connection).await?;
    in_order(rows.into_iter().map(|(row, candidates)| row.into_label_with(&candidates)))
}

/// The labels that nobody deleted of documents that the caller has found in its scope, without candidates.
pub(crate) async fn labels_of_many(
    connection: &mut Connection,
    documents: &[Id],
) -> Result<HashMap<Id, Vec<StoredLabel>>, Fault> {
    let rows: Vec<LabelRow> = labels::table
        .filter(labels::document_id.eq_any(documents.to_vec()))
        .filter(labels::deleted_at.is_null())
        .select(LabelRow::as_select())
        .load(connection)
        .await?;
    let mut found: HashMap<Id, Vec<StoredLabel>> = HashMap::new();
    for row in rows {
        found.entry(row.document_id).or_default().push(row.into_label()?);
    }
    found.values_mut().for_each(|labels| sort(labels));
    Ok(found)
}

fn in_order(labels: impl Iterator<Item = Result<StoredLabel, Fault>>) -> Result<Vec<StoredLabel>, Fault> {
    let mut labels: Vec<StoredLabel> = labels.collect::<Result<_, Fault>>()?;
    sort(&mut labels);
    Ok(labels)
}

/// By field, and the older first where several labels of one field were deleted.
fn sort(labels: &mut [StoredLabel]) {
    labels.sort_by_key(|stored| (stored.label.field, stored.id));
}
