//! A repository of one's own in front of another: it notes what people change, and the suite shows that every promise
//! of the port still holds.
//!
//! `cargo run -p fieldmark-domain --example own_repository`

use std::sync::{Arc, Mutex, PoisonError};

use fieldmark_domain::async_trait::async_trait;
use fieldmark_domain::document::DocumentId;
use fieldmark_domain::label::{LabelChange, StoredLabel};
use fieldmark_domain::listing::{Listing, Window};
use fieldmark_domain::ports::{LabelEdit, LabelRepository, ReadLabels, Repositories, RepositoryError};
use fieldmark_domain::scope::Scope;
use fieldmark_persistence_memory::Memory;
use fieldmark_testkit::repositories::labels;

/// Notes each label that a person has added, changed or deleted, once that is kept.
struct NotedLabels {
    kept: Arc<dyn LabelRepository>,
    notes: Mutex<Vec<String>>,
}

#[async_trait]
impl LabelRepository for NotedLabels {
    async fn list(
        &self,
        scope: &Scope,
        document: DocumentId,
    ) -> Result<Option<Vec<StoredLabel>>, RepositoryError> {
        self.kept.list(scope, document).await
    }

    async fn save(&self, scope: &Scope, edit: &LabelEdit) -> Result<Option<StoredLabel>, RepositoryError> {
        let saved = self.kept.save(scope, edit).await?;
        if let Some(stored) = &saved {
            let note =
                format!("{:9} {} = {}", edit.change.act.name(), stored.label.field, stored.label.value);
            self.notes.lock().unwrap_or_else(PoisonError::into_inner).push(note);
        }
        Ok(saved)
    }

    async fn replace(&self, scope: &Scope, read: &ReadLabels) -> Result<(), RepositoryError> {
        self.kept.replace(scope, read).await
    }

    async fn history(
        &self,
        scope: &Scope,
        document: DocumentId,
        window: Window,
    ) -> Result<Option<Listing<LabelChange>>, RepositoryError> {
        self.kept.history(scope, document, window).await
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let memory = Memory::default();
    let kept = memory.repositories();
    let noted = Arc::new(NotedLabels { kept: Arc::clone(&kept.labels), notes: Mutex::new(Vec::new()) });
    let repositories = Repositories { labels: Arc::clone(&noted) as Arc<dyn LabelRepository>, ..kept };
    labels::keeps_its_promises(&repositories).await?;
    let notes = noted.notes.lock().unwrap_or_else(PoisonError::into_inner);
    let last: String = notes.iter().rev().take(5).map(|note| format!("  {note}\n")).collect();
    let report = format!(
        "the repository keeps its promises; it noted {} changes, the last ones first:\n{last}",
        notes.len()
    );
    std::io::Write::write_all(&mut std::io::stdout(), report.as_bytes())?;
    Ok(())
}
