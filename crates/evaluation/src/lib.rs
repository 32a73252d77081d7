//! How well fields are extracted, measured against true values.
//!
//! - [`truth`] reads the true values, [`predictions`] the extracted ones; both are JSON Lines.
//!   [`Readings`] collects extractions directly, with confidences and candidates.
//! - [`score`] counts right, wrong, missing and spurious values into a [`Tally`], which prints as a
//!   table. [`comparison`] decides when two values are the same.
//! - [`calibration`] measures whether confidences are the shares of right values that they claim,
//!   [`bootstrap`] how far a score depends on the choice of documents.
//! - [`report::write`] writes all of it as tables in Markdown and diagrams in SVG.
//!
//! Does not know how a document is read: the caller reads it and adds the result.
//!
//! ```
//! use fieldmark_evaluation::{Predictions, TruthRow, score};
//!
//! let truth: TruthRow = serde_json::from_str(
//!     r#"{"file": "a.pdf", "fields": {"total_gross": "1250.00", "due_date": "2024-03-14"}}"#,
//! )?;
//! let mut predictions = Predictions::default();
//! predictions.add("a.pdf", [("total_gross".to_owned(), "1250".to_owned())].into());
//! let (tally, mistakes) = score(&[truth], &predictions, false);
//! assert_eq!((tally.total().right, tally.total().missing), (1, 1));
//! assert_eq!(mistakes.first().map(|mistake| mistake.field.as_str()), Some("due_date"));
//! # Ok::<(), serde_json::Error>(())
//! ```

mod amount;
pub mod bootstrap;
pub mod calibration;
pub mod comparison;
mod error_kinds;
mod evaluation;
mod evaluation_error;
mod json_lines;
pub mod predictions;
mod readings;
pub mod report;
mod scoring;
mod similarity;
mod tally;
pub mod truth;

pub use error_kinds::ErrorKind;
pub use evaluation::{Evaluation, ScoredDocument};
pub use evaluation_error::EvaluationError;
pub use predictions::{Predictions, Values};
pub use readings::{Claim, DocumentReading, Readings};
pub use scoring::{Judgement, Mistake, judge, score};
pub use tally::{Counts, Tally, Verdict};
pub use truth::{Selection, TaxLineTruth, TruthRow};
