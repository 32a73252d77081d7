//! What was done with a document's labels.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use fieldmark_domain::document::DocumentId;
use fieldmark_domain::label::LabelChange;
use fieldmark_domain::listing::{Listing, Window};
use fieldmark_domain::scope::Scope;

use super::super::super::Connection;
use super::read::is_there;
use crate::faults::Fault;
use crate::rows::label_change::LabelChangeRow;
use crate::schema::label_changes;
use crate::types::Id;

pub(super) async fn history(
    connection: &mut Connection,
    scope: &Scope,
    document: DocumentId,
    window: Window,
) -> Result<Listing<LabelChange>, Fault> {
    is_there(connection, scope, document).await?;
    let of_document = || label_changes::table.filter(label_changes::document_id.eq(Id(document.0)));
    let total: i64 = of_document().count().get_result(connection).await?;
    let rows: Vec<LabelChangeRow> = of_document()
        .order(label_changes::id.desc())
        .limit(window.limit.into())
        .offset(i64::try_from(window.offset).unwrap_or(i64::MAX))
        .select(LabelChangeRow::as_select())
        .load(connection)
        .await?;
    let items = rows.into_iter().map(LabelChangeRow::into_change).collect::<Result<_, Fault>>()?;
    Ok(Listing { items, total: u64::try_from(total).map_err(Fault::broken)? })
}
