//! The options of `fieldmark eval`.

use std::path::PathBuf;

use clap::Args;

use super::EngineArguments;

/// Measure how well fields are read, against a file of true values
///
/// Reads the documents that the truth names and compares field by field: dates as ISO dates, amounts as
/// absolute decimals, identifiers without blanks and punctuation, names by similarity (at least 0.9 after
/// case folding). Only fields that the page shows and that are not ambiguous count.
#[derive(Debug, Args)]
#[command(after_help = "\
The truth is JSON Lines: {\"id\", \"file\", \"fields\": {name: value}} and, where they apply, \"visible\": \
{name: bool}, \"alt\": {name: [values]}, \"ambiguous\": [names], \"set\", \"kind\", \"language\", \
\"template\", \"document_kind\", \"tax\": [{\"rate\", \"net\", \"tax\"}], \"xml_visualisation\".

Examples:
  fieldmark eval --truth truth.jsonl
      Reads the documents beside the truth file and prints precision, recall and F1 per field.
  fieldmark eval --truth truth.jsonl --kind born_digital --errors 2> errors.tsv
      Documents of one kind alone; every wrong or missing value goes to standard error.
  fieldmark eval --truth truth.jsonl --predictions results.jsonl
      Scores what `fieldmark extract --format jsonl` printed before, and reads nothing.")]
pub struct EvalArguments {
    /// The true values, one JSON object per document and line
    #[arg(long, value_name = "FILE")]
    pub truth: PathBuf,

    /// The folder that the truth's file names start from; not with --predictions, which reads no documents
    /// [default: the folder of the truth]
    #[arg(long, value_name = "DIR", conflicts_with = "predictions")]
    pub dir: Option<PathBuf>,

    /// Score these results of `extract --format jsonl` instead of reading documents
    #[arg(long, value_name = "FILE")]
    pub predictions: Option<PathBuf>,

    /// Only documents of this set
    #[arg(long, help_heading = "Selection")]
    pub set: Option<String>,

    /// Only documents of this kind, for instance born_digital or scan
    #[arg(long, help_heading = "Selection")]
    pub kind: Option<String>,

    /// Only documents in this language, for instance sv
    #[arg(long, help_heading = "Selection")]
    pub language: Option<String>,

    /// Leave out documents whose pages are a rendering of their XML
    #[arg(long, help_heading = "Selection")]
    pub no_xml_visualisation: bool,

    /// Score kid, fik and account_number as well
    #[arg(long)]
    pub extra: bool,

    /// Print every wrong and missing value on standard error
    #[arg(long)]
    pub errors: bool,

    /// Write tables and reliability diagrams into this folder: by field, language, set and template, calibration,
    /// errors by kind, decisions, kinds of documents, tax lines, times. Each document is read twice
    #[arg(long, value_name = "FOLDER", conflicts_with = "predictions")]
    pub report: Option<PathBuf>,

    #[command(flatten)]
    pub engine: EngineArguments,
}
