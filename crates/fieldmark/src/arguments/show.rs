//! The options of `fieldmark show`.

use clap::{Args, ValueEnum};
use fieldmark_domain::document::DocumentId;

use super::kept::document_id;

/// Print a document with its labels
#[derive(Debug, Args)]
#[command(after_help = "\
Exit status: 0 it was printed, 1 there is no such document, 2 wrong options or settings, no database.

Examples:
  fieldmark show 0199b6a2-7c1e-7d2a-9f00-3c5e1b2a4d6f
  fieldmark show 0199b6a2-7c1e-7d2a-9f00-3c5e1b2a4d6f --format json | jq '.labels[] | {field, value}'")]
pub struct ShowArguments {
    /// The document's id
    #[arg(value_parser = document_id)]
    pub id: DocumentId,

    /// How to print it [default: table on a terminal, json otherwise]
    #[arg(long, short, value_enum)]
    pub format: Option<ShowFormat>,

    /// Give the other values that were considered for a field, too (json)
    #[arg(long)]
    pub candidates: bool,
}

/// How one thing is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ShowFormat {
    /// For people
    Table,
    /// One JSON object
    Json,
}
