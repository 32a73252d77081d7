//! The cached states of one document, separate for each scope.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use fieldmark_domain::document::{Document, DocumentRecord};
use fieldmark_domain::scope::{OwnerId, Scope};

/// The states of one document. It contains few: one for its owner, and those of work for all
/// owners.
#[derive(Debug, Default)]
pub(super) struct Shelf {
    states: Mutex<HashMap<Option<OwnerId>, States>>,
}

/// The cached states for one scope.
#[derive(Debug, Default)]
pub(super) struct States {
    document: Option<Document>,
    record: Option<DocumentRecord>,
}

/// A view of a document that can be cached.
pub(super) trait Kept: Clone {
    fn slot(states: &mut States) -> &mut Option<Self>;
}

impl Kept for Document {
    fn slot(states: &mut States) -> &mut Option<Self> {
        &mut states.document
    }
}

impl Kept for DocumentRecord {
    fn slot(states: &mut States) -> &mut Option<Self> {
        &mut states.record
    }
}

impl Shelf {
    pub(super) fn find<T: Kept>(&self, scope: &Scope) -> Option<T> {
        self.states().get_mut(&scope.only()).and_then(|states| T::slot(states).clone())
    }

    pub(super) fn keep<T: Kept>(&self, scope: &Scope, value: T) {
        *T::slot(self.states().entry(scope.only()).or_default()) = Some(value);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.states().is_empty()
    }

    fn states(&self) -> MutexGuard<'_, HashMap<Option<OwnerId>, States>> {
        self.states.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
