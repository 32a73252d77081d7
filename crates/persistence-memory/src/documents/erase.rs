//! Documents that go for good, and the bytes that nobody needs any more.

use fieldmark_domain::blob::Sha256;
use fieldmark_domain::document::DocumentId;
use fieldmark_domain::event::Event;
use fieldmark_domain::ports::{Erased, RepositoryError};
use fieldmark_domain::scope::Scope;
use jiff::Timestamp;

use crate::kept::failed;
use crate::state::{Erasure, State};

/// Removes a document with all that belongs to it but its events. Its own event is written however full the memory is.
pub(super) fn erase(
    state: &mut State,
    scope: &Scope,
    id: DocumentId,
    version: u64,
    event: &Event,
) -> Result<Option<Erased>, RepositoryError> {
    let Some(kept) = state.document(scope, id) else { return Ok(None) };
    let (owner, sha256) = (kept.document.owner, kept.document.sha256);
    if kept.document.version != version {
        return Err(RepositoryError::Stale);
    }
    if state.events.contains_key(&event.id) {
        return Err(failed("an event was to be written twice"));
    }
    state.documents.remove(&id);
    state.remove_jobs(id);
    state.keys.retain(|_, used| used.document != id);
    // Bytes belong to all owners.
    let is_last = state.documents.values().all(|other| other.document.sha256 != sha256);
    if is_last {
        let erasure = Erasure { owner, since: event.at, claimed_until: None };
        state.erasures.entry(sha256).or_insert(erasure);
    }
    state.add_event(event);
    Ok(Some(Erased { sha256, is_last }))
}

pub(super) fn erasures(state: &State, scope: &Scope, limit: u32) -> Vec<Sha256> {
    let permitted = state.erasures.iter().filter(|(_, erasure)| scope.permits(erasure.owner));
    let mut listed: Vec<(Timestamp, Sha256)> =
        permitted.map(|(sha256, erasure)| (erasure.since, *sha256)).collect();
    listed.sort_unstable();
    listed.into_iter().map(|(_, sha256)| sha256).take(limit as usize).collect()
}

pub(super) fn claim(
    state: &mut State,
    scope: &Scope,
    sha256: &Sha256,
    now: Timestamp,
    until: Timestamp,
) -> bool {
    let erasure = state.erasures.get_mut(sha256).filter(|erasure| scope.permits(erasure.owner));
    let free = erasure.filter(|erasure| erasure.claimed_until.is_none_or(|claimed| claimed < now));
    let Some(erasure) = free else { return false };
    erasure.claimed_until = Some(until);
    true
}

pub(super) fn done(state: &mut State, scope: &Scope, sha256: &Sha256) {
    state.erasures.retain(|listed, erasure| listed != sha256 || !scope.permits(erasure.owner));
}

pub(super) fn deleted_before(state: &State, scope: &Scope, moment: Timestamp, limit: u32) -> Vec<DocumentId> {
    let permitted = state.documents.values().filter(|kept| scope.permits(kept.document.owner));
    let deleted = permitted.filter_map(|kept| Some((kept.document.deleted_at?, kept.document.id)));
    let mut deleted: Vec<(Timestamp, DocumentId)> = deleted.filter(|(at, _)| *at < moment).collect();
    deleted.sort_unstable();
    deleted.into_iter().map(|(_, id)| id).take(limit as usize).collect()
}
