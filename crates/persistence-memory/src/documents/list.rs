//! Lists of documents: every document is looked at, the fitting ones are sorted and cut.

use fieldmark_domain::document::{
    Document, DocumentId, DocumentQuery, FieldCondition, FieldMatch, ListedDocument, Order, SortKey,
    search_key,
};
use fieldmark_domain::field::Field;
use fieldmark_domain::label::StoredLabel;
use fieldmark_domain::listing::{Listing, Window};
use fieldmark_domain::scope::Scope;
use jiff::Timestamp;

use crate::kept::KeptDocument;
use crate::state::State;

pub(super) fn list(state: &State, scope: &Scope, query: &DocumentQuery) -> Listing<ListedDocument> {
    let beginning = query.text.as_deref().map(search_key).unwrap_or_default();
    let is_seen = |kept: &&KeptDocument| kept.is_there() && scope.permits(kept.document.owner);
    let mut found: Vec<&KeptDocument> =
        state.documents.values().filter(is_seen).filter(|kept| fits(kept, query, &beginning)).collect();
    let fitting = found.len();
    found.sort_by_key(|kept| place(query.order, &kept.document));
    if query.order.descending {
        found.reverse();
    }
    let following = found.into_iter().filter(|kept| follows(query, &kept.document));
    let items: Vec<ListedDocument> =
        cut(following, query.window).map(|kept| listed(kept, query.with_labels)).collect();
    let total = if query.without_total { items.len() } else { fitting };
    Listing { items, total: u64::try_from(total).unwrap_or(u64::MAX) }
}

/// A part of a list.
pub(crate) fn cut<T>(list: impl Iterator<Item = T>, window: Window) -> impl Iterator<Item = T> {
    let offset = usize::try_from(window.offset).unwrap_or(usize::MAX);
    list.skip(offset).take(usize::try_from(window.limit).unwrap_or(usize::MAX))
}

fn listed(kept: &KeptDocument, with_labels: bool) -> ListedDocument {
    let without_candidates = |stored: &StoredLabel| {
        let mut stored = stored.clone();
        stored.label.candidates.clear();
        stored
    };
    let labels = if with_labels { kept.standing().map(without_candidates).collect() } else { Vec::new() };
    ListedDocument { document: kept.document.clone(), labels }
}

fn place(order: Order, document: &Document) -> (Timestamp, DocumentId) {
    let moment = match order.key {
        SortKey::CreatedAt => document.created_at,
        SortKey::UpdatedAt => document.updated_at,
    };
    (moment, document.id)
}

/// Whether a document comes after the place from which the query goes on.
fn follows(query: &DocumentQuery, document: &Document) -> bool {
    let Some(after) = query.after else { return true };
    let place = place(query.order, document);
    if query.order.descending { place < after } else { place > after }
}

fn fits(kept: &KeptDocument, query: &DocumentQuery, beginning: &str) -> bool {
    let document = &kept.document;
    let confidence = document.outcome.as_ref().and_then(|outcome| outcome.min_confidence);
    (query.statuses.is_empty() || query.statuses.contains(&document.status))
        && query.created_from.is_none_or(|from| document.created_at >= from)
        && query.created_before.is_none_or(|before| document.created_at < before)
        && query.min_confidence.is_none_or(|least| confidence.is_some_and(|found| found >= least))
        && query.fields.iter().all(|condition| says(kept, condition))
        && (beginning.is_empty() || has_text(kept, beginning))
}

fn says(kept: &KeptDocument, condition: &FieldCondition) -> bool {
    let Some(stored) = kept.label_of(condition.field) else { return false };
    let key = search_key(&stored.label.value.to_string());
    match &condition.matches {
        FieldMatch::Is(wanted) => key == *wanted,
        FieldMatch::BeginsWith(beginning) => key.starts_with(beginning),
    }
}

/// Whether its file name, supplier or number begins so.
fn has_text(kept: &KeptDocument, beginning: &str) -> bool {
    let begins = |text: &str| search_key(text).starts_with(beginning);
    let fields = [Field::SupplierName, Field::InvoiceNumber];
    let labels = fields.into_iter().filter_map(|field| kept.label_of(field));
    begins(kept.document.description.filename())
        || labels.into_iter().any(|stored| begins(&stored.label.value.to_string()))
}
