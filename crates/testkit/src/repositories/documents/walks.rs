//! Reading a long list page by page, each from the end of the previous one.

use fieldmark_domain::document::{Document, DocumentId, DocumentQuery, Order, SortKey};
use fieldmark_domain::listing::Window;

use super::Bench;
use super::lists::{ids, shuffled};
use crate::breach::{Breach, is_there, promised, promised_same};
use crate::repositories::sample::moment;
use fieldmark_domain::ports::Repositories;

pub(super) async fn keep_their_promises(repositories: &Repositories) -> Result<(), Breach> {
    a_walk_meets_each_document_once(repositories).await?;
    additions_and_deletions_move_no_others(repositories).await?;
    a_place_is_no_condition(repositories).await?;
    totals_are_counted_on_request_only(repositories).await
}

/// The place after a document, from which a list continues.
fn place(order: Order, document: &Document) -> (jiff::Timestamp, DocumentId) {
    let moment = match order.key {
        SortKey::CreatedAt => document.created_at,
        SortKey::UpdatedAt => document.updated_at,
    };
    (moment, document.id)
}

/// Reads pages of two documents until none follows.
async fn walked(bench: &Bench<'_>, start: DocumentQuery) -> Result<Vec<DocumentId>, Breach> {
    let mut met = Vec::new();
    let mut query = DocumentQuery { window: Window { limit: 2, offset: 0 }, ..start };
    // More pages than possible, so that an endless loop ends.
    for _ in 0..20 {
        let part = bench.list(&query).await?;
        met.extend(ids(&part));
        let Some(last) = part.items.last() else { break };
        query.after = Some(place(query.order, &last.document));
    }
    Ok(met)
}

async fn a_walk_meets_each_document_once(repositories: &Repositories) -> Result<(), Breach> {
    let bench = Bench::new(repositories);
    shuffled(&bench).await?;
    for key in SortKey::ALL {
        for descending in [false, true] {
            for (with_labels, without_total) in [(false, false), (true, true)] {
                let order = Order { key, descending };
                let start = DocumentQuery { order, with_labels, without_total, ..DocumentQuery::default() };
                let all = ids(&bench.list(&start).await?);
                promised_same("the sample has its documents", &all.len(), &5)?;
                let met = walked(&bench, start).await?;
                promised_same("a walk meets each document once, in the order of the list", &met, &all)?;
            }
        }
    }
    Ok(())
}

/// The document at the place is deleted; one is added before it, and one after it.
async fn additions_and_deletions_move_no_others(repositories: &Repositories) -> Result<(), Breach> {
    let bench = Bench::new(repositories);
    let order = Order { key: SortKey::CreatedAt, descending: false };
    let mut kept = Vec::new();
    for seconds in [10, 20, 20, 30] {
        kept.push(bench.keep_at(seconds).await?);
    }
    let window = Window { limit: 2, offset: 0 };
    let query = DocumentQuery { order, window, ..DocumentQuery::default() };
    let first = bench.list(&query).await?;
    let last = is_there("a part has documents", first.items.last())?.document.clone();
    let after = Some(place(order, &last));
    bench.delete(last, 40).await?;
    bench.keep_at(5).await?;
    let newest = bench.keep_at(35).await?.id;
    let rest = bench.list(&DocumentQuery { after, window: Window::default(), ..query }).await?;
    let mut wanted: Vec<DocumentId> = kept.iter().skip(2).map(|document| document.id).collect();
    wanted.push(newest);
    promised_same("a walk goes on where it was", &ids(&rest), &wanted)
}

async fn a_place_is_no_condition(repositories: &Repositories) -> Result<(), Breach> {
    let bench = Bench::new(repositories);
    let all = shuffled(&bench).await?;
    let newest_first = bench.list(&DocumentQuery::default()).await?;
    for (nth, listed) in newest_first.items.iter().enumerate() {
        let after = Some(place(Order::default(), &listed.document));
        let part = bench.list(&DocumentQuery { after, ..DocumentQuery::default() }).await?;
        promised_same("what comes after a place is listed", &part.items.len(), &(all.len() - nth - 1))?;
        promised_same("all are counted, wherever the place is", &part.total, &5)?;
        let window = Window { limit: 1, offset: 1 };
        let second = bench.list(&DocumentQuery { after, window, ..DocumentQuery::default() }).await?;
        let wanted: Vec<DocumentId> = ids(&part).into_iter().skip(1).take(1).collect();
        promised_same("a window cuts what comes after a place", &ids(&second), &wanted)?;
    }
    let nowhere = Some((moment(-1000), DocumentId(uuid::Uuid::nil())));
    let part = bench.list(&DocumentQuery { after: nowhere, ..DocumentQuery::default() }).await?;
    promised("a place need not be a document's", part.items.is_empty(), || format!("{part:?}"))
}

async fn totals_are_counted_on_request_only(repositories: &Repositories) -> Result<(), Breach> {
    let bench = Bench::new(repositories);
    let all = shuffled(&bench).await?;
    for (limit, offset, shown) in [(2, 0, 2), (2, 4, 1), (20, 0, 5), (20, 9, 0)] {
        let window = Window { limit, offset };
        let query = DocumentQuery { window, without_total: true, ..DocumentQuery::default() };
        let listing = bench.list(&query).await?;
        promised_same("the list is the same without a total", &listing.items.len(), &shown)?;
        promised_same("its items alone are counted", &usize::try_from(listing.total).ok(), &Some(shown))?;
    }
    promised_same("the sample has its documents", &all.len(), &5)
}
