//! The suites of documents and labels name the promise that a faulty repository breaks: correct
//! repositories with one flaw each.

use std::sync::Arc;

use async_trait::async_trait;
use fieldmark_domain::document::{Document, DocumentId, DocumentQuery, DocumentRecord, ListedDocument};
use fieldmark_domain::label::{LabelChange, StoredLabel};
use fieldmark_domain::listing::{Listing, Window};
use fieldmark_domain::ports::{
    Created, DocumentRepository, DocumentUpdate, InvoiceIdentity, LabelEdit, LabelRepository, NewDocument,
    ReadLabels, Repositories, RepositoryError,
};
use fieldmark_domain::scope::Scope;
use fieldmark_testkit::repositories::{documents, labels};

use crate::ground::Ground;

type Answer<T> = Result<T, RepositoryError>;

/// A flaw of documents or labels.
#[derive(Clone, Copy, PartialEq)]
enum Flaw {
    FindsOthersDocuments,
    ForgetsEvents,
    OverwritesOtherVersions,
    ListsWithoutCandidates,
    IgnoresFirsts,
}

struct Spoiled {
    good: Repositories,
    flaw: Flaw,
}

#[async_trait]
impl DocumentRepository for Spoiled {
    async fn create(&self, scope: &Scope, new: &NewDocument) -> Answer<Created> {
        self.good.documents.create(scope, new).await
    }

    async fn find(&self, scope: &Scope, id: DocumentId) -> Answer<Option<Document>> {
        let everything = Scope::of_everything();
        let scope = if self.flaw == Flaw::FindsOthersDocuments { &everything } else { scope };
        self.good.documents.find(scope, id).await
    }

    async fn find_deleted(&self, scope: &Scope, id: DocumentId) -> Answer<Option<Document>> {
        self.good.documents.find_deleted(scope, id).await
    }

    async fn show(&self, scope: &Scope, id: DocumentId) -> Answer<Option<DocumentRecord>> {
        self.good.documents.show(scope, id).await
    }

    async fn list(&self, scope: &Scope, query: &DocumentQuery) -> Answer<Listing<ListedDocument>> {
        self.good.documents.list(scope, query).await
    }

    async fn update(&self, scope: &Scope, update: &DocumentUpdate) -> Answer<Option<Document>> {
        let mut update = update.clone();
        match self.flaw {
            Flaw::ForgetsEvents => update.events.clear(),
            Flaw::OverwritesOtherVersions => {
                if let Some(kept) = self.good.documents.find(scope, update.document.id).await? {
                    update.document.version = kept.version;
                }
            }
            _ => {}
        }
        self.good.documents.update(scope, &update).await
    }

    async fn first_of(
        &self,
        scope: &Scope,
        invoice: &InvoiceIdentity,
        except: DocumentId,
    ) -> Answer<Option<DocumentId>> {
        self.good.documents.first_of(scope, invoice, except).await
    }
}

#[async_trait]
impl LabelRepository for Spoiled {
    async fn list(&self, scope: &Scope, document: DocumentId) -> Answer<Option<Vec<StoredLabel>>> {
        let mut labels = self.good.labels.list(scope, document).await?;
        if self.flaw == Flaw::ListsWithoutCandidates {
            labels.iter_mut().flatten().for_each(|stored| stored.label.candidates.clear());
        }
        Ok(labels)
    }

    async fn save(&self, scope: &Scope, edit: &LabelEdit) -> Answer<Option<StoredLabel>> {
        self.good.labels.save(scope, edit).await
    }

    async fn replace(&self, scope: &Scope, read: &ReadLabels) -> Answer<()> {
        let mut read = read.clone();
        if self.flaw == Flaw::IgnoresFirsts {
            read.identity = None;
        }
        self.good.labels.replace(scope, &read).await
    }

    async fn history(
        &self,
        scope: &Scope,
        document: DocumentId,
        window: Window,
    ) -> Answer<Option<Listing<LabelChange>>> {
        self.good.labels.history(scope, document, window).await
    }
}

/// The promise that documents and labels with this flaw break.
async fn broken_promise(flaw: Flaw) -> &'static str {
    let database = Ground::sqlite();
    let good = database.migrated().await.repositories();
    let spoiled = Arc::new(Spoiled { good: good.clone(), flaw });
    let bad = Repositories { documents: Arc::<Spoiled>::clone(&spoiled), labels: spoiled, ..good };
    let breach = match documents::keeps_its_promises(&bad).await {
        Ok(()) => labels::keeps_its_promises(&bad).await.unwrap_err(),
        Err(breach) => breach,
    };
    breach.promise
}

#[tokio::test]
async fn faulty_documents_get_the_broken_promise() {
    for (flaw, promise) in [
        (Flaw::FindsOthersDocuments, "another owner's is not found"),
        (Flaw::ForgetsEvents, "all events are written"),
        (Flaw::OverwritesOtherVersions, "a document of another version is not overwritten"),
    ] {
        assert_eq!(broken_promise(flaw).await, promise);
    }
}

#[tokio::test]
async fn faulty_labels_get_the_broken_promise() {
    for (flaw, promise) in [
        (Flaw::ListsWithoutCandidates, "labels come back with their candidates as they were"),
        (Flaw::IgnoresFirsts, "the first of an invoice is the one that is named"),
    ] {
        assert_eq!(broken_promise(flaw).await, promise);
    }
}
