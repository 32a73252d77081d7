//! The files that documents need, and how far their verification has come.

use std::ops::Bound;
use std::sync::Arc;

use async_trait::async_trait;
use fieldmark_domain::document::{Document, DocumentId};
use fieldmark_domain::ports::{AuditTurn, DocumentFile, FileAudit, RepositoryError};
use fieldmark_domain::scope::Scope;

use crate::state::{Place, State};
use crate::store::Store;

/// How many files a turn has at most.
const FILES: usize = 500;

/// The files of one memory.
pub(crate) struct Files {
    store: Arc<Store>,
}

impl Files {
    pub(crate) const fn new(store: Arc<Store>) -> Self {
        Self { store }
    }
}

#[async_trait]
impl FileAudit for Files {
    async fn latest(&self, scope: &Scope, limit: u32) -> Result<Vec<DocumentFile>, RepositoryError> {
        Ok(self.store.read(|state| {
            let permitted = state.documents.values().rev().filter(|kept| scope.permits(kept.document.owner));
            permitted.map(|kept| file(&kept.document)).take(limit as usize).collect()
        }))
    }

    async fn take(&self, scope: &Scope, turn: &AuditTurn) -> Result<Vec<DocumentFile>, RepositoryError> {
        self.store.write(|state| Ok(take(state, scope, turn)))
    }

    async fn is_kept(&self, scope: &Scope, document: DocumentId) -> Result<bool, RepositoryError> {
        Ok(self.store.read(|state| state.document(scope, document).is_some()))
    }
}

const fn file(document: &Document) -> DocumentFile {
    DocumentFile { document: document.id, sha256: document.sha256, size: document.size }
}

fn take(state: &mut State, scope: &Scope, turn: &AuditTurn) -> Vec<DocumentFile> {
    if state.verification.as_ref().is_some_and(|place| turn.now < place.next) {
        return Vec::new();
    }
    let begin = state.verification.as_ref().and_then(|place| place.after);
    let begin = begin.map_or(Bound::Unbounded, Bound::Excluded);
    let following = state.documents.range((begin, Bound::Unbounded));
    let permitted = following.filter(|(_, kept)| scope.permits(kept.document.owner));
    let files = turn.share(permitted.map(|(_, kept)| file(&kept.document)).take(FILES).collect());
    let after = files.last().map(|file| file.document);
    state.verification = Some(Place { after, next: turn.next(&files) });
    files
}
