//! Use cases that change or make something, one per file.

mod extract_document;

pub use extract_document::{ExtractDocument, ExtractError, ExtractRequest, Extracted};
