//! The report: tables in Markdown and diagrams in SVG, a file each, so that a document can take them in one by one.
//!
//! No file names a document. `templates.md` names templates, which may name suppliers: it is for sets that are public.

mod calibration;
mod diagram;
mod documents;
mod errors;
mod fields;
mod groups;
mod markdown;
mod speed;

use std::fs;
use std::path::Path;

use crate::{Evaluation, EvaluationError, Readings, ScoredDocument, TruthRow};

/// Writes the report into a folder, which is made when it is not there.
///
/// # Errors
/// [`EvaluationError::Folder`] or [`EvaluationError::Write`].
pub fn write(
    folder: &Path,
    truth: &[TruthRow],
    readings: &Readings,
    with_extra: bool,
) -> Result<(), EvaluationError> {
    let scored: Vec<ScoredDocument<'_>> =
        truth.iter().map(|row| ScoredDocument::of(row, readings, with_extra)).collect();
    let all = Evaluation { documents: scored.iter().collect() };
    let files = [
        ("summary.md", groups::sets(&all)),
        ("languages.md", groups::languages(&all)),
        ("templates.md", groups::templates(&all)),
        ("fields.md", fields::table(&all)),
        ("calibration.md", calibration::table(&all)),
        ("thresholds.md", calibration::thresholds(&all)),
        ("errors.md", errors::table(&all)),
        ("decisions.md", documents::decisions(&all)),
        ("kinds.md", documents::kinds(&all)),
        ("tax.md", documents::tax_lines(&all)),
        ("speed.md", speed::table(&all)),
        ("made_with.md", speed::made_with(readings)),
        ("reliability.svg", diagram::overall(&all)),
        ("reliability-by-field.svg", diagram::by_field(&all)),
    ];
    fs::create_dir_all(folder)
        .map_err(|source| EvaluationError::Folder { path: folder.to_owned(), source })?;
    for (name, content) in files {
        let path = folder.join(name);
        fs::write(&path, content).map_err(|source| EvaluationError::Write { path, source })?;
    }
    Ok(())
}
