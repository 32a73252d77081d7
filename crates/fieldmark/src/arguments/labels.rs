//! The options of `fieldmark labels`.

use clap::{Args, Subcommand};
use fieldmark_domain::document::DocumentId;
use fieldmark_domain::field::Field;

use super::documents::field;
use super::kept::{ListArguments, PrintArguments, document_id};

/// Add, correct and delete the labels of a document, and see their history
///
/// A value is written as on the document or in its normal form (2024-03-14, 1250.00); it is checked as its field's
/// kind. What the model had said is kept in the history, and reading the document again leaves alone what a person
/// said.
#[derive(Debug, Args)]
#[command(after_help = "\
Exit status: 0 done, 1 it was refused (and why), 2 wrong options or settings, no database.

Examples:
  fieldmark labels list 0199b6a2-7c1e-7d2a-9f00-3c5e1b2a4d6f
  fieldmark labels correct 0199b6a2-7c1e-7d2a-9f00-3c5e1b2a4d6f total_gross 1250.00
  fieldmark labels history 0199b6a2-7c1e-7d2a-9f00-3c5e1b2a4d6f")]
pub struct LabelsArguments {
    #[command(subcommand)]
    pub action: LabelAction,
}

/// What is done with labels.
#[derive(Debug, Subcommand)]
pub enum LabelAction {
    /// Print a document's labels
    List {
        /// The document
        #[arg(value_parser = document_id)]
        document: DocumentId,
        #[command(flatten)]
        print: PrintArguments,
    },
    /// Add a label for a field that has none
    Add(ValueOfField),
    /// Say what a field's value really is
    Correct(ValueOfField),
    /// Delete a field's label
    Delete {
        /// The document
        #[arg(value_parser = document_id)]
        document: DocumentId,
        /// The field
        #[arg(value_parser = field)]
        field: Field,
    },
    /// Print who changed which label, when, and what it said before; the newest first
    History {
        /// The document
        #[arg(value_parser = document_id)]
        document: DocumentId,
        #[command(flatten)]
        list: ListArguments,
    },
}

/// A value for a field of a document.
#[derive(Debug, Args)]
pub struct ValueOfField {
    /// The document
    #[arg(value_parser = document_id)]
    pub document: DocumentId,
    /// The field, for instance total_gross
    #[arg(value_parser = field)]
    pub field: Field,
    /// Its value
    #[arg(allow_hyphen_values = true)]
    pub value: String,
}

impl LabelAction {
    /// The document whose labels they are.
    pub const fn document(&self) -> DocumentId {
        match self {
            Self::List { document, .. } | Self::Delete { document, .. } | Self::History { document, .. } => {
                *document
            }
            Self::Add(said) | Self::Correct(said) => said.document,
        }
    }
}
