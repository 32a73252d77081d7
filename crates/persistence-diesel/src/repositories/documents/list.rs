//! Lists of documents: one statement for the page and the total, one for the labels of all of the page.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use fieldmark_domain::document::{DocumentQuery, ListedDocument, Order, SortKey};
use fieldmark_domain::listing::{Listing, Window};
use fieldmark_domain::scope::Scope;

use super::super::super::Connection;
use super::super::labels::labels_of_many;
use super::super::scoped::Backend;
use super::filter::matching;
use crate::faults::Fault;
use crate::rows::document::DocumentRow;
use crate::schema::documents;
use crate::types::{Id, Moment};

pub(super) async fn list(
    connection: &mut Connection,
    scope: &Scope,
    query: &DocumentQuery,
) -> Result<Listing<ListedDocument>, Fault> {
    let (rows, total) = page(connection, scope, query).await?;
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let mut labels = if query.with_labels && !ids.is_empty() {
        labels_of_many(connection, &ids).await?
    } else {
        Default::default()
    };
    let items = rows.into_iter().map(|row| {
        let labels = labels.remove(&row.id).unwrap_or_default();
        Ok(ListedDocument { document: row.into_document()?, labels })
    });
    Ok(Listing { items: items.collect::<Result<_, Fault>>()?, total })
}

/// The page, and how many documents fit in all, wherever the page begins.
async fn page(
    connection: &mut Connection,
    scope: &Scope,
    query: &DocumentQuery,
) -> Result<(Vec<DocumentRow>, u64), Fault> {
    let Window { limit, offset } = query.window;
    let offset = i64::try_from(offset).unwrap_or(i64::MAX);
    let found =
        ordered(following(matching(scope, query), query), query.order).limit(limit.into()).offset(offset);
    if !query.without_total {
        return counted(connection, scope, query, found).await;
    }
    let rows: Vec<DocumentRow> = found.select(DocumentRow::as_select()).load(connection).await?;
    let total = u64::try_from(rows.len()).map_err(Fault::broken)?;
    Ok((rows, total))
}

/// The page with the total beside each of its rows. Beyond the end there are no rows to stand beside.
async fn counted(
    connection: &mut Connection,
    scope: &Scope,
    query: &DocumentQuery,
    page: documents::BoxedQuery<'static, Backend>,
) -> Result<(Vec<DocumentRow>, u64), Fault> {
    let total = matching(scope, query).count().single_value();
    let rows: Vec<(DocumentRow, Option<i64>)> =
        page.select((DocumentRow::as_select(), total)).load(connection).await?;
    let Window { limit, offset } = query.window;
    let total: i64 = match rows.as_slice().first() {
        Some((_, total)) => total.unwrap_or_default(),
        None if offset == 0 && limit > 0 && query.after.is_none() => 0,
        None => matching(scope, query).count().get_result(connection).await?,
    };
    let total = u64::try_from(total).map_err(Fault::broken)?;
    Ok((rows.into_iter().map(|(row, _)| row).collect(), total))
}

/// Those that come after the place from which the query goes on.
fn following(
    found: documents::BoxedQuery<'static, Backend>,
    query: &DocumentQuery,
) -> documents::BoxedQuery<'static, Backend> {
    let Some((moment, id)) = query.after else { return found };
    let (moment, id) = (Moment::from(moment), Id(id.0));
    // The first condition is a range of the order's index; the second leaves out what is equal and comes before.
    macro_rules! beyond {
        ($key:expr) => {
            if query.order.descending {
                found.filter($key.le(moment)).filter($key.lt(moment).or(documents::id.lt(id)))
            } else {
                found.filter($key.ge(moment)).filter($key.gt(moment).or(documents::id.gt(id)))
            }
        };
    }
    match query.order.key {
        SortKey::CreatedAt => beyond!(documents::created_at),
        SortKey::UpdatedAt => beyond!(documents::updated_at),
    }
}

fn ordered(
    found: documents::BoxedQuery<'static, Backend>,
    order: Order,
) -> documents::BoxedQuery<'static, Backend> {
    match (order.key, order.descending) {
        (SortKey::CreatedAt, true) => found.order((documents::created_at.desc(), documents::id.desc())),
        (SortKey::CreatedAt, false) => found.order((documents::created_at, documents::id)),
        (SortKey::UpdatedAt, true) => found.order((documents::updated_at.desc(), documents::id.desc())),
        (SortKey::UpdatedAt, false) => found.order((documents::updated_at, documents::id)),
    }
}
