//! What a query asks of documents, as conditions that indexes answer.
//!
//! A beginning of a text is a range: text compares by its bytes on both databases. What labels say is looked for among
//! the labels first, by their index, and the documents after them by their ids.

use diesel::prelude::*;
use fieldmark_domain::document::{DocumentQuery, DocumentStatus, FieldCondition, FieldMatch, search_key};
use fieldmark_domain::field::Field;
use fieldmark_domain::scope::Scope;

use super::super::scoped::{self, Backend};
use crate::beginning::successor;
use crate::schema::{documents, labels};
use crate::types::Moment;

type Documents = documents::BoxedQuery<'static, Backend>;
type Labels = labels::BoxedQuery<'static, Backend>;

/// The documents that fit a query, in no order.
pub(super) fn matching(scope: &Scope, query: &DocumentQuery) -> Documents {
    let mut found = with_status(scoped::documents(scope), &query.statuses);
    if let Some(from) = query.created_from {
        found = found.filter(documents::created_at.ge(Moment::from(from)));
    }
    if let Some(before) = query.created_before {
        found = found.filter(documents::created_at.lt(Moment::from(before)));
    }
    if let Some(least) = query.min_confidence {
        found = found.filter(documents::min_confidence.ge(least));
    }
    for condition in &query.fields {
        found = found.filter(documents::id.eq_any(saying(scope, condition).select(labels::document_id)));
    }
    match query.text.as_deref().map(search_key) {
        Some(beginning) if !beginning.is_empty() => with_text(found, scope, &beginning),
        _ => found,
    }
}

fn with_status(found: Documents, statuses: &[DocumentStatus]) -> Documents {
    match statuses {
        [] => found,
        [one] => found.filter(documents::status.eq(one.name())),
        several => {
            let names: Vec<&'static str> = several.iter().map(|status| status.name()).collect();
            found.filter(documents::status.eq_any(names))
        }
    }
}

/// Labels of the field that say what is wanted.
fn saying(scope: &Scope, condition: &FieldCondition) -> Labels {
    let of_field = scoped::labels(scope).filter(labels::field.eq(condition.field.name()));
    match &condition.matches {
        FieldMatch::Is(key) => of_field.filter(labels::search_key.eq(key.clone())),
        FieldMatch::BeginsWith(beginning) => beginning_with(of_field, beginning),
    }
}

fn beginning_with(found: Labels, beginning: &str) -> Labels {
    let found = found.filter(labels::search_key.ge(beginning.to_owned()));
    match successor(beginning) {
        Some(end) => found.filter(labels::search_key.lt(end)),
        None => found,
    }
}

/// Documents whose file name, supplier or number begins so. A union, because an index answers each part of it and no
/// index would answer an OR of them.
fn with_text(found: Documents, scope: &Scope, beginning: &str) -> Documents {
    let mut named = scoped::documents(scope).filter(documents::filename_key.ge(beginning.to_owned()));
    if let Some(end) = successor(beginning) {
        named = named.filter(documents::filename_key.lt(end));
    }
    let fields = [Field::SupplierName, Field::InvoiceNumber].map(Field::name);
    let said = beginning_with(scoped::labels(scope).filter(labels::field.eq_any(fields)), beginning);
    found.filter(documents::id.eq_any(named.select(documents::id).union(said.select(labels::document_id))))
}
