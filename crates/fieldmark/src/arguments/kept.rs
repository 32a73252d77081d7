//! Options that several subcommands about kept documents share.

use clap::{Args, ValueEnum};
use fieldmark_domain::document::{DocumentId, Metadata, Tag};
use fieldmark_domain::job::JobId;
use uuid::Uuid;

use super::numbers::{positive, whole};

/// How lists are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ListFormat {
    /// For people
    Table,
    /// One JSON object per line
    Jsonl,
    /// One row each, with headings
    Csv,
}

/// How a list is printed.
#[derive(Debug, Clone, Copy, Default, Args)]
pub struct PrintArguments {
    /// How to print the list [default: table on a terminal, jsonl otherwise]
    #[arg(long, short, value_enum, global = true)]
    pub format: Option<ListFormat>,

    /// Write cells of CSV as they are, for programs
    ///
    /// A spreadsheet calculates what begins with =, +, - or @. Without this option such text gets an apostrophe before
    /// it; numbers never get any.
    #[arg(long, global = true)]
    pub raw: bool,
}

/// How a list is printed, and which part of it.
#[derive(Debug, Args)]
pub struct ListArguments {
    #[command(flatten)]
    pub print: PrintArguments,

    /// How many to print [default: 20 in a table, all of them in jsonl and csv]
    #[arg(long, value_name = "N", value_parser = positive)]
    pub limit: Option<u64>,

    /// How many to leave out at the beginning
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = whole)]
    pub offset: u64,
}

/// What is noted about a document.
#[derive(Debug, Args)]
pub struct NoteArguments {
    /// A word by which to find the document again; may be given several times
    #[arg(long = "tag", value_name = "TAG", value_parser = tag)]
    pub tags: Vec<String>,

    /// A note, for instance --note cost_centre=4711; may be given several times
    #[arg(long = "note", value_name = "NAME=VALUE", value_parser = note)]
    pub notes: Vec<(String, String)>,
}

impl NoteArguments {
    /// The notes by name; of several with one name the last counts.
    pub fn metadata(&self) -> Metadata {
        self.notes.iter().cloned().collect()
    }
}

pub fn document_id(text: &str) -> Result<DocumentId, String> {
    id(text).map(DocumentId)
}

pub fn job_id(text: &str) -> Result<JobId, String> {
    id(text).map(JobId)
}

fn id(text: &str) -> Result<Uuid, String> {
    text.parse().map_err(|_| "an id looks like 0199b6a2-7c1e-7d2a-9f00-3c5e1b2a4d6f".to_owned())
}

fn tag(text: &str) -> Result<String, String> {
    Tag::parse(text).map(|tag| tag.to_string()).map_err(|error| error.to_string())
}

fn note(text: &str) -> Result<(String, String), String> {
    let parts = text.split_once('=').filter(|(name, _)| !name.trim().is_empty());
    let (name, value) = parts.ok_or("a note is NAME=VALUE")?;
    Ok((name.trim().to_owned(), value.to_owned()))
}
