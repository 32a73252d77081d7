//! The order of a list, its pages, and its labels.

use fieldmark_domain::document::{Document, DocumentId, DocumentQuery, ListedDocument, Order, SortKey};
use fieldmark_domain::field::Field;
use fieldmark_domain::label::{Label, StoredLabel};
use fieldmark_domain::listing::{Listing, Window};

use super::Bench;
use crate::breach::{Breach, is_there, promised, promised_same};
use crate::repositories::full::full_labels;
use crate::repositories::labelled::plain_label;
use crate::repositories::sample::moment;
use fieldmark_domain::ports::Repositories;

pub(super) async fn keep_their_promises(repositories: &Repositories) -> Result<(), Breach> {
    lists_are_sorted_by_time_and_then_by_id(repositories).await?;
    windows_cut_the_list(repositories).await?;
    deleted_documents_are_not_listed(repositories).await?;
    labels_come_when_they_are_wanted(repositories).await?;
    each_document_has_its_own_labels(repositories).await
}

pub(super) fn ids(listing: &Listing<ListedDocument>) -> Vec<DocumentId> {
    listing.items.iter().map(|listed| listed.document.id).collect()
}

fn at<T: Copy>(all: &[T], places: &[usize]) -> Vec<T> {
    places.iter().filter_map(|place| all.get(*place).copied()).collect()
}

/// Documents that were created in one order and changed in another.
pub(super) async fn shuffled(bench: &Bench<'_>) -> Result<Vec<DocumentId>, Breach> {
    let mut all = Vec::new();
    for (created, updated) in [(30, 41), (10, 43), (20, 42), (20, 42), (40, 44)] {
        let document = Document { updated_at: moment(updated), ..bench.owner.document(moment(created)) };
        all.push(bench.keep(document).await?.id);
    }
    Ok(all)
}

async fn lists_are_sorted_by_time_and_then_by_id(repositories: &Repositories) -> Result<(), Breach> {
    let bench = Bench::new(repositories);
    let all = shuffled(&bench).await?;
    for (key, upwards) in [(SortKey::CreatedAt, [1, 2, 3, 0, 4]), (SortKey::UpdatedAt, [0, 2, 3, 1, 4])] {
        let mut wanted = at(&all, &upwards);
        for descending in [false, true] {
            let query = DocumentQuery { order: Order { key, descending }, ..DocumentQuery::default() };
            let listed = ids(&bench.list(&query).await?);
            promised_same("lists are sorted by time, equals by their ids", &listed, &wanted)?;
            wanted.reverse();
        }
    }
    let newest_first = ids(&bench.list(&DocumentQuery::default()).await?);
    promised_same("the newest comes first unless asked", &newest_first, &at(&all, &[4, 0, 3, 2, 1]))
}

async fn windows_cut_the_list(repositories: &Repositories) -> Result<(), Breach> {
    let bench = Bench::new(repositories);
    let all = at(&shuffled(&bench).await?, &[4, 0, 3, 2, 1]);
    for (limit, offset) in [(20, 0), (2, 0), (2, 1), (3, 3), (5, 5), (5, 9), (100, u64::MAX)] {
        let window = Window { limit, offset };
        let listing = bench.list(&DocumentQuery { window, ..DocumentQuery::default() }).await?;
        let left_out = usize::try_from(offset).unwrap_or(usize::MAX);
        let shown = usize::try_from(limit).unwrap_or(usize::MAX);
        let wanted: Vec<DocumentId> = all.iter().copied().skip(left_out).take(shown).collect();
        promised_same("a window cuts the list", &ids(&listing), &wanted)?;
        promised_same("all are counted, wherever the window is", &listing.total, &5)?;
    }
    let empty = Bench::new(repositories).list(&DocumentQuery::default()).await?;
    promised("of nothing, nothing is listed", empty.items.is_empty() && empty.total == 0, || {
        format!("{empty:?}")
    })
}

async fn deleted_documents_are_not_listed(repositories: &Repositories) -> Result<(), Breach> {
    let bench = Bench::new(repositories);
    let (kept, gone) = (bench.keep_at(0).await?, bench.keep_at(0).await?);
    bench.delete(gone, 20).await?;
    let listing = bench.list(&DocumentQuery::default()).await?;
    let wanted = vec![ListedDocument { document: kept, labels: Vec::new() }];
    promised_same("deleted documents are not listed", &listing.items, &wanted)?;
    promised_same("neither are they counted", &listing.total, &1)
}

fn without_candidates(stored: &StoredLabel) -> StoredLabel {
    let label = Label { candidates: Vec::new(), ..stored.label.clone() };
    StoredLabel { label, ..stored.clone() }
}

async fn labels_come_when_they_are_wanted(repositories: &Repositories) -> Result<(), Breach> {
    let bench = Bench::new(repositories);
    let labels = full_labels()?.into_iter().rev().collect();
    let (mut document, kept) = bench.keep_labelled(0, labels, None).await?;
    bench.delete_label(&mut document, is_there("labels are kept", kept.first())?).await?;
    let plain = bench.list(&DocumentQuery::default()).await?;
    let plain = is_there("a document is listed", plain.items.into_iter().next())?;
    promised_same(
        "a document is listed as it is found",
        &Some(plain.document),
        &bench.find(document.id).await?,
    )?;
    promised("labels are only returned on request", plain.labels.is_empty(), || {
        format!("{:?}", plain.labels)
    })?;
    let listing = bench.list(&DocumentQuery { with_labels: true, ..DocumentQuery::default() }).await?;
    let listed = is_there("a document is listed", listing.items.into_iter().next())?;
    let wanted: Vec<StoredLabel> = kept.iter().skip(1).rev().map(without_candidates).collect();
    let promise = "labels that nobody deleted are listed in the order of all fields, without candidates";
    promised_same(promise, &listed.labels, &wanted)
}

async fn each_document_has_its_own_labels(repositories: &Repositories) -> Result<(), Breach> {
    let bench = Bench::new(repositories);
    let mut wanted = Vec::new();
    for (seconds, number) in [(30, Some("A-1")), (20, None), (10, Some("A-3"))] {
        let labels = number.map(|number| plain_label(Field::InvoiceNumber, number)).transpose()?;
        let (document, kept) = bench.keep_labelled(seconds, labels.into_iter().collect(), None).await?;
        wanted.push((document.id, kept));
    }
    let listing = bench.list(&DocumentQuery { with_labels: true, ..DocumentQuery::default() }).await?;
    let listed: Vec<_> = listing.items.into_iter().map(|one| (one.document.id, one.labels)).collect();
    promised_same("each document has its own labels", &listed, &wanted)
}
