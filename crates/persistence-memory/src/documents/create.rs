//! Documents that come in, once for the same bytes and once for the same request.

use fieldmark_domain::document::Document;
use fieldmark_domain::ports::{Created, IdempotencyKey, NewDocument, RepositoryError};
use fieldmark_domain::scope::Scope;
use jiff::Timestamp;

use crate::kept::{KeptDocument, failed};
use crate::state::{State, UsedKey};

pub(super) fn create(
    state: &mut State,
    scope: &Scope,
    new: &NewDocument,
) -> Result<Created, RepositoryError> {
    let document = &new.document;
    if !scope.permits(document.owner) {
        return Err(failed("a document was to be made for an owner outside the scope"));
    }
    if let Some(answer) = answer_of_key(state, document, new.idempotency.as_ref()) {
        return Ok(answer);
    }
    if let Some(existing) = state.with_same_bytes(document) {
        return Ok(Created::Existing(Box::new(existing.clone())));
    }
    if state.erasures.contains_key(&document.sha256) {
        return Ok(Created::BytesErased);
    }
    check(state, new)?;
    insert(state, new);
    Ok(Created::New)
}

/// What the key was used for before; `None` when it was not, or when its document is deleted.
fn answer_of_key(state: &State, document: &Document, key: Option<&IdempotencyKey>) -> Option<Created> {
    let key = key?;
    let used = state.keys.get(&(document.owner, key.key.clone()))?;
    if used.request != key.request {
        return Some(Created::KeyReused);
    }
    let existing = state.documents.get(&used.document).filter(|kept| kept.is_there())?;
    Some(Created::Existing(Box::new(existing.document.clone())))
}

fn check(state: &State, new: &NewDocument) -> Result<(), RepositoryError> {
    if state.documents.contains_key(&new.document.id) {
        return Err(failed("a document was to be added twice"));
    }
    if state.documents.len() >= state.options.documents {
        return Err(RepositoryError::OutOfSpace);
    }
    if let Some(job) = &new.job {
        state.check_job(job, &new.document)?;
    }
    state.check_events([&new.event])
}

/// A key whose document was deleted begins anew.
fn insert(state: &mut State, new: &NewDocument) {
    let document = &new.document;
    state.put_document(KeptDocument::new(document));
    if let Some(IdempotencyKey { key, request }) = new.idempotency.clone() {
        let used = UsedKey { request, document: document.id, at: document.created_at };
        state.keys.insert((document.owner, key), used);
    }
    if let Some(job) = &new.job {
        state.add_job(job);
    }
    state.add_event(&new.event);
}

pub(super) fn forget_keys(state: &mut State, scope: &Scope, before: Timestamp) -> u64 {
    let count = state.keys.len();
    state.keys.retain(|(owner, _), used| used.at >= before || !scope.permits(*owner));
    u64::try_from(count - state.keys.len()).unwrap_or(u64::MAX)
}
