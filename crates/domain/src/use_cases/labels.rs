//! The use cases on labels.

use std::sync::Arc;

use super::UseCases;
use crate::commands::{AddLabel, CorrectLabel, DeleteLabel, LabelEditing};
use crate::ports::LabelRepository;
use crate::queries::{DocumentHistory, ListLabels};

impl UseCases {
    fn labels(&self) -> Arc<dyn LabelRepository> {
        Arc::clone(&self.ports.repositories.labels)
    }

    fn label_editing(&self) -> LabelEditing {
        LabelEditing {
            documents: Arc::clone(&self.ports.repositories.documents),
            labels: self.labels(),
            clock: Arc::clone(&self.ports.clock),
            options: self.options.reading,
        }
    }

    /// Adds a label to a document.
    #[must_use]
    pub fn add_label(&self) -> AddLabel {
        AddLabel { editing: self.label_editing() }
    }

    /// Corrects a label, or confirms it.
    #[must_use]
    pub fn correct_label(&self) -> CorrectLabel {
        CorrectLabel { editing: self.label_editing() }
    }

    /// Deletes a label.
    #[must_use]
    pub fn delete_label(&self) -> DeleteLabel {
        DeleteLabel { editing: self.label_editing() }
    }

    /// Lists the labels of a document.
    #[must_use]
    pub fn list_labels(&self) -> ListLabels {
        ListLabels { labels: self.labels() }
    }

    /// Shows how a document's labels were changed.
    #[must_use]
    pub fn document_history(&self) -> DocumentHistory {
        DocumentHistory { labels: self.labels() }
    }
}
