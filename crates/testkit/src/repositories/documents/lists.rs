//! Lists of documents: which, in which order, how many.

use fieldmark_domain::document::{
    Document, DocumentId, DocumentQuery, DocumentStatus, ListedDocument, Order, Outcome, SortKey,
};
use fieldmark_domain::field::Field;
use fieldmark_domain::listing::{Listing, Window};

use super::Shelf;
use crate::breach::{Breach, promised, promised_same, succeeds};
use crate::repositories::Repositories;
use crate::repositories::fixtures::outcome;
use crate::repositories::sample::moment;

pub(super) async fn keep_their_promises(repositories: &Repositories) -> Result<(), Breach> {
    windows_cut_the_order(&Shelf::new(repositories)).await?;
    conditions_leave_out(&Shelf::new(repositories)).await?;
    labels_come_when_asked_for(&Shelf::new(repositories)).await
}

pub(super) async fn list(
    shelf: &Shelf<'_>,
    query: &DocumentQuery,
) -> Result<Listing<ListedDocument>, Breach> {
    succeeds("documents are listed", shelf.documents().list(&shelf.scope(), query).await)
}

pub(super) fn ids(listing: &Listing<ListedDocument>) -> Vec<DocumentId> {
    listing.items.iter().map(|item| item.document.id).collect()
}

async fn windows_cut_the_order(shelf: &Shelf<'_>) -> Result<(), Breach> {
    let mut kept = Vec::new();
    for (created, updated) in [(30, 31), (10, 90), (20, 50), (20, 50), (40, 41)] {
        let document = shelf.add(created).await?;
        kept.push(shelf.change(Document { updated_at: moment(updated), ..document }).await?);
    }
    let mut deleted = shelf.add(50).await?;
    deleted.delete(moment(60));
    shelf.change(deleted).await?;
    for key in SortKey::ALL {
        for descending in [false, true] {
            let by = |document: &Document| match key {
                SortKey::CreatedAt => (document.created_at, document.id),
                SortKey::UpdatedAt => (document.updated_at, document.id),
            };
            kept.sort_by_key(by);
            if descending {
                kept.reverse();
            }
            for (limit, offset) in [(20, 0), (2, 0), (2, 1), (3, 3), (5, 5), (5, 9)] {
                let query = DocumentQuery {
                    order: Order { key, descending },
                    window: Window { limit, offset },
                    ..DocumentQuery::default()
                };
                let listing = list(shelf, &query).await?;
                let (skip, take) = (usize::try_from(offset), usize::try_from(limit));
                let window = kept.iter().skip(skip.unwrap_or_default()).take(take.unwrap_or_default());
                let wanted: Vec<Document> = window.cloned().collect();
                let found: Vec<Document> = listing.items.into_iter().map(|item| item.document).collect();
                promised_same("a window cuts the wanted order, ties by their ids", &found, &wanted)?;
                promised_same("all are counted, wherever the window is", &listing.total, &5)?;
            }
        }
    }
    Ok(())
}

async fn conditions_leave_out(shelf: &Shelf<'_>) -> Result<(), Breach> {
    let statuses = [DocumentStatus::Queued, DocumentStatus::Processed, DocumentStatus::Rejected];
    let mut kept = Vec::new();
    for (at, (status, confidence)) in (1..).zip(statuses.iter().zip([None, Some(0.5), Some(0.75)])) {
        let read = confidence.map(|least| Outcome { min_confidence: Some(least), ..outcome() });
        let document = Document { status: *status, outcome: read, ..shelf.owner.document(moment(at)) };
        kept.push(shelf.keep(document).await?.id);
    }
    let all = DocumentQuery::default;
    let cases = [
        ("all are listed without conditions", all(), vec![2, 1, 0]),
        ("one status", DocumentQuery { statuses: vec![DocumentStatus::Processed], ..all() }, vec![1]),
        (
            "any of several statuses",
            DocumentQuery { statuses: vec![DocumentStatus::Queued, DocumentStatus::Rejected], ..all() },
            vec![2, 0],
        ),
        ("no other status", DocumentQuery { statuses: vec![DocumentStatus::Failed], ..all() }, vec![]),
        ("from a moment on", DocumentQuery { created_from: Some(moment(2)), ..all() }, vec![2, 1]),
        ("before a moment", DocumentQuery { created_before: Some(moment(2)), ..all() }, vec![0]),
        ("at least as sure", DocumentQuery { min_confidence: Some(0.75), ..all() }, vec![2]),
        ("every label at least as sure", DocumentQuery { min_confidence: Some(0.5), ..all() }, vec![2, 1]),
        (
            "every condition holds",
            DocumentQuery {
                statuses: vec![DocumentStatus::Processed],
                created_from: Some(moment(3)),
                ..all()
            },
            vec![],
        ),
    ];
    for (promise, query, wanted) in cases {
        let wanted: Vec<DocumentId> = wanted.iter().filter_map(|at: &usize| kept.get(*at).copied()).collect();
        let listing = list(shelf, &query).await?;
        promised_same(promise, &ids(&listing), &wanted)?;
        let total = u64::try_from(wanted.len()).unwrap_or(u64::MAX);
        promised_same("what fits is counted", &listing.total, &total)?;
    }
    Ok(())
}

async fn labels_come_when_asked_for(shelf: &Shelf<'_>) -> Result<(), Breach> {
    let (labelled, bare) = (shelf.add(2).await?.id, shelf.add(1).await?.id);
    for (field, text) in [(Field::TotalGross, "1250.00"), (Field::InvoiceNumber, "F-17")] {
        shelf.say(labelled, field, text).await?;
    }
    let plain = list(shelf, &DocumentQuery::default()).await?;
    let unasked = plain.items.iter().all(|item| item.labels.is_empty());
    promised("labels do not come unasked", unasked, || format!("{plain:?}"))?;
    let with_labels = list(shelf, &DocumentQuery { with_labels: true, ..DocumentQuery::default() }).await?;
    promised_same("the same documents come with their labels", &ids(&with_labels), &vec![labelled, bare])?;
    let shown = shelf.repositories.labels.list(&shelf.scope(), labelled).await;
    let mut wanted = succeeds("labels are listed", shown)?.unwrap_or_default();
    wanted.iter_mut().for_each(|stored| stored.label.candidates.clear());
    promised("a label is kept with its candidates elsewhere", wanted.len() == 2, || format!("{wanted:?}"))?;
    let found: Vec<_> = with_labels.items.into_iter().map(|item| item.labels).collect();
    promised_same("in the order of fields, without candidates", &found, &vec![wanted, Vec::new()])
}
