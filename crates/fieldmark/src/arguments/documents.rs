//! The options of `fieldmark documents`.

use clap::{Args, Subcommand, ValueEnum};
use fieldmark_domain::document::{DocumentId, DocumentStatus};
use fieldmark_domain::field::Field;
use jiff::Timestamp;

use super::kept::{ListArguments, NoteArguments, document_id};
use super::numbers::{priority, share};

/// List kept documents, and change them
///
/// Without a subcommand the documents that fit the options are listed, the newest first: twenty in a table, all of them
/// in JSON Lines and CSV, unless --limit says how many.
#[derive(Debug, Args)]
#[command(
    args_conflicts_with_subcommands = true,
    after_help = "\
Exit status: 0 done, 1 some of it was not (each says why), 2 wrong options or settings, no database.

Examples:
  fieldmark documents --status processed --limit 50
  fieldmark documents --field invoice_number=2024-117
  fieldmark documents --field 'supplier_name=acme*' --sort updated_at --labels --format jsonl
      A star at the end: the value begins so. Case does not matter.
  fieldmark documents --format csv > documents.csv
      A row for each document, however many there are.
  fieldmark documents approve 0199b6a2-7c1e-7d2a-9f00-3c5e1b2a4d6f"
)]
pub struct DocumentsArguments {
    #[command(subcommand)]
    pub action: Option<DocumentAction>,

    #[command(flatten)]
    pub query: DocumentQueryArguments,
}

/// Which documents are listed.
#[derive(Debug, Args)]
pub struct DocumentQueryArguments {
    /// Only those that have come so far: received, queued, processing, processed, failed, approved, rejected; may be
    /// given several times
    #[arg(long, value_name = "STATUS", value_parser = status, value_delimiter = ',')]
    pub status: Vec<DocumentStatus>,

    /// Only those with such a label; a star at the end: the value begins so; may be given several times
    #[arg(long = "field", value_name = "FIELD=VALUE", value_parser = field_condition)]
    pub fields: Vec<(Field, String)>,

    /// Only those whose file name, supplier or invoice number begins so
    #[arg(long, value_name = "TEXT")]
    pub text: Option<String>,

    /// Only those that came in at this moment or later, for instance 2024-03-01T00:00:00Z
    #[arg(long, value_name = "TIME")]
    pub from: Option<Timestamp>,

    /// Only those that came in before this moment
    #[arg(long, value_name = "TIME")]
    pub before: Option<Timestamp>,

    /// Only those without a label that is less sure
    #[arg(long, value_name = "0..1", value_parser = share)]
    pub min_confidence: Option<f32>,

    /// By what to sort
    #[arg(long, value_enum, default_value_t = SortArgument::CreatedAt)]
    pub sort: SortArgument,

    /// The oldest first
    #[arg(long)]
    pub ascending: bool,

    /// Print the labels, too (jsonl)
    #[arg(long)]
    pub labels: bool,

    #[command(flatten)]
    pub list: ListArguments,
}

/// By what documents are sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SortArgument {
    /// When they came in
    #[value(name = "created_at")]
    CreatedAt,
    /// When they were last changed
    #[value(name = "updated_at")]
    UpdatedAt,
}

/// What is done with documents.
#[derive(Debug, Subcommand)]
pub enum DocumentAction {
    /// Say something else of a document: what is not given stays
    Change {
        /// The document
        #[arg(value_parser = document_id)]
        id: DocumentId,
        /// The file's name
        #[arg(long, value_name = "NAME")]
        filename: Option<String>,
        #[command(flatten)]
        notes: NoteArguments,
        /// Take all tags away before --tag adds some
        #[arg(long)]
        no_tags: bool,
        /// Take all notes away before --note adds some
        #[arg(long)]
        no_notes: bool,
    },
    /// Read documents again, with the current model; what people said stays
    Process {
        #[command(flatten)]
        documents: DocumentIds,
        /// Larger numbers are read first
        #[arg(long, value_name = "N", default_value_t = 0, allow_negative_numbers = true, value_parser = priority)]
        priority: i16,
    },
    /// Approve what was read
    Approve(DocumentIds),
    /// Reject documents
    Reject(DocumentIds),
    /// Delete documents; until the retention (jobs.retention) is over they can be restored
    Delete(DocumentIds),
    /// Bring deleted documents back
    Restore(DocumentIds),
    /// Erase documents for good, deleted or not, with their bytes, labels and history; an SQLite
    /// file is rewritten, so that nothing of them is left in it
    Erase(DocumentIds),
    /// Erase what was deleted longer ago than the retention, and rewrite an SQLite file of any size
    /// after erasures; workers do so by themselves every minute, with a file of up to 64 MiB
    Purge {
        /// Erase everything that is deleted, whenever it was
        #[arg(long)]
        all: bool,
    },
}

/// Which documents.
#[derive(Debug, Args)]
pub struct DocumentIds {
    /// The documents
    #[arg(required = true, value_name = "ID", value_parser = document_id)]
    pub ids: Vec<DocumentId>,
}

fn status(text: &str) -> Result<DocumentStatus, String> {
    let names = || DocumentStatus::ALL.map(DocumentStatus::name).join(", ");
    text.parse().map_err(|_| format!("must be one of {}", names()))
}

fn field_condition(text: &str) -> Result<(Field, String), String> {
    let (name, value) =
        text.split_once('=').ok_or("must be FIELD=VALUE, for instance invoice_number=2024-117")?;
    Ok((field(name)?, value.to_owned()))
}

pub fn field(name: &str) -> Result<Field, String> {
    let names = || Field::ALL.iter().map(|field| field.name()).collect::<Vec<_>>().join(", ");
    name.parse().map_err(|_| format!("`{name}` is no field; there are {}", names()))
}
