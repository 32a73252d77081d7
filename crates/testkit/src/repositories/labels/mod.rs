//! What every [`LabelRepository`] promises.

use fieldmark_domain::document::DocumentId;
use fieldmark_domain::label::StoredLabel;
use fieldmark_domain::ports::{LabelEdit, LabelRepository};

use super::Repositories;
use super::documents::Shelf;
use crate::breach::{Breach, is_there, succeeds};

mod edits;
mod readings;

/// Lets made-up people and made-up workers say what made-up documents say.
///
/// # Errors
/// The first promise that is not kept.
pub async fn keeps_its_promises(repositories: &Repositories) -> Result<(), Breach> {
    edits::keep_their_promises(repositories).await?;
    readings::keep_their_promises(repositories).await
}

impl Shelf<'_> {
    fn labels(&self) -> &dyn LabelRepository {
        self.repositories.labels.as_ref()
    }

    async fn labels_of(&self, id: DocumentId) -> Result<Vec<StoredLabel>, Breach> {
        let labels = succeeds("labels are listed", self.labels().list(&self.scope(), id).await)?;
        is_there("a document's labels are listed", labels)
    }

    async fn save(&self, edit: &LabelEdit) -> Result<StoredLabel, Breach> {
        let saved = succeeds("a label is kept", self.labels().save(&self.scope(), edit).await)?;
        is_there("a label is kept", saved)
    }
}
