//! Documents that are looked for by their ids, and those that wait for the purge.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use fieldmark_domain::document::{Document, DocumentId, DocumentRecord};
use fieldmark_domain::extraction::{Findings, PageSummary};
use fieldmark_domain::scope::Scope;
use jiff::Timestamp;

use super::super::super::Connection;
use super::super::labels::standing_labels;
use super::super::scoped::permits;
use crate::faults::Fault;
use crate::rows::document::DocumentRow;
use crate::rows::findings::FindingsText;
use crate::rows::page::PageRow;
use crate::schema::{documents, pages};
use crate::types::{Id, Moment};

/// A document that is deleted, or is not.
pub(super) async fn find(
    connection: &mut Connection,
    scope: &Scope,
    id: DocumentId,
    is_deleted: bool,
) -> Result<Document, Fault> {
    let row: Option<DocumentRow> = documents::table
        .filter(documents::id.eq(Id(id.0)))
        .filter(permits(scope, documents::owner_id))
        .select(DocumentRow::as_select())
        .first(connection)
        .await
        .optional()?;
    let document = row.ok_or(Fault::Absent)?.into_document()?;
    if document.deleted_at.is_some() == is_deleted { Ok(document) } else { Err(Fault::Absent) }
}

pub(super) async fn show(
    connection: &mut Connection,
    scope: &Scope,
    id: DocumentId,
) -> Result<DocumentRecord, Fault> {
    let found: Option<(DocumentRow, Option<String>)> = documents::table
        .filter(documents::id.eq(Id(id.0)))
        .filter(permits(scope, documents::owner_id))
        .filter(documents::deleted_at.is_null())
        .select((DocumentRow::as_select(), documents::findings))
        .first(connection)
        .await
        .optional()?;
    let (row, findings) = found.ok_or(Fault::Absent)?;
    Ok(DocumentRecord {
        document: row.into_document()?,
        labels: standing_labels(connection, id).await?,
        findings: match findings {
            Some(text) => Some(with_pages(connection, id, &text).await?),
            None => None,
        },
    })
}

async fn with_pages(connection: &mut Connection, id: DocumentId, text: &str) -> Result<Findings, Fault> {
    let rows: Vec<PageRow> = pages::table
        .filter(pages::document_id.eq(Id(id.0)))
        .order(pages::number)
        .select(PageRow::as_select())
        .load(connection)
        .await?;
    let pages: Result<Vec<PageSummary>, Fault> = rows.into_iter().map(PageRow::into_page).collect();
    FindingsText::read(text)?.into_findings(pages?)
}

pub(super) async fn deleted_before(
    connection: &mut Connection,
    scope: &Scope,
    moment: Timestamp,
    limit: u32,
) -> Result<Vec<DocumentId>, Fault> {
    let ids: Vec<Id> = documents::table
        .filter(documents::deleted_at.lt(Moment::from(moment)))
        .filter(permits(scope, documents::owner_id))
        .order((documents::deleted_at, documents::id))
        .limit(limit.into())
        .select(documents::id)
        .load(connection)
        .await?;
    Ok(ids.into_iter().map(|id| DocumentId(id.0)).collect())
}
