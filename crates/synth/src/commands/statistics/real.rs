//! Portraits of real documents: the PDFs of a folder as the product reads them, with their truth
//! from a file.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use fieldmark_domain::content::DocumentContent;
use fieldmark_domain::field::Field;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::finding::find;
use super::portrait::{PagePortrait, Portrait};
use crate::commands::page_reader::PageReader;

/// The truth of a real document.
#[derive(Debug, Deserialize)]
struct Truth {
    /// Its file, relative to the folder or to the truth file.
    file: String,
    fields: Map<String, Value>,
    #[serde(default)]
    visible: Map<String, Value>,
    language: Option<String>,
    #[serde(alias = "doc_type")]
    document_kind: Option<String>,
}

/// The portraits of a folder's documents, or only of those in the truth if there is one. A file
/// that is unreadable or has no words is reported and skipped.
///
/// # Errors
/// When the folder or the truth cannot be read, or no file of the folder is readable.
pub fn portraits(folder: &Path, truth: Option<&Path>) -> Result<Vec<Portrait>> {
    let documents: Vec<(PathBuf, Option<Truth>)> = match truth {
        None => pdf_files(folder)?.into_iter().map(|file| (file, None)).collect(),
        Some(truth) => read_truth(truth)?
            .into_iter()
            .map(|known| (folder.join(&known.file), Some(known)))
            .filter(|(file, _)| is_pdf(file))
            .collect(),
    };
    let reader = PageReader::new()?;
    let mut portraits = Vec::new();
    for (file, known) in documents {
        let bytes = fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
        match reader.read(bytes, None) {
            Ok(document) if document.pages.iter().all(|page| page.words.is_empty()) => {
                tell(&format!("{} is left out: its pages have no words", file.display()));
            }
            Ok(document) => portraits.push(portrait(&document, known.as_ref())),
            Err(error) => tell(&format!("{} is left out: {error}", file.display())),
        }
    }
    anyhow::ensure!(!portraits.is_empty(), "no PDF of {} could be read", folder.display());
    Ok(portraits)
}

#[expect(clippy::print_stderr, reason = "a program for the terminal says what it leaves out")]
fn tell(message: &str) {
    eprintln!("{message}");
}

fn portrait(document: &DocumentContent, known: Option<&Truth>) -> Portrait {
    let mut portrait = Portrait::default();
    for page in &document.pages {
        portrait.pages.extend(PagePortrait::of(&page.words, page.size));
    }
    let Some(known) = known else { return portrait };
    portrait.known = known.fields.keys().cloned().collect();
    portrait.groups.extend(known.language.clone().map(|language| ("language", language)));
    portrait.groups.extend(known.document_kind.clone().map(|kind| ("kind", kind)));
    for (name, value) in &known.fields {
        let (Ok(field), Some(value)) = (name.parse::<Field>(), value.as_str()) else { continue };
        if known.visible.get(name) == Some(&Value::Bool(false)) {
            continue;
        }
        let sight = document.pages.iter().find_map(|page| find(field, value, &page.words, page.size));
        portrait.fields.extend(sight.map(|sight| (name.clone(), sight)));
    }
    portrait
}

fn read_truth(path: &Path) -> Result<Vec<Truth>> {
    let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let rows = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    rows.map(|(index, line)| {
        serde_json::from_str(line).with_context(|| format!("line {} of {}", index + 1, path.display()))
    })
    .collect()
}

/// The PDFs of a folder and its subfolders, sorted by name.
fn pdf_files(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| format!("cannot look into {}", folder.display()))?;
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            files.extend(pdf_files(&path)?);
        } else if is_pdf(&path) {
            files.push(path);
        }
    }
    Ok(files)
}

fn is_pdf(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("pdf"))
}

#[cfg(test)]
mod tests {
    use fieldmark_domain::geometry::BoundingBox;
    use fieldmark_domain::page::{Page, PageSize, TextLayer, TextVerdict, Word};

    use super::*;

    #[test]
    fn fields_that_the_page_shows_are_looked_for() {
        let known: Truth = serde_json::from_str(
            r#"{"file": "a.pdf", "language": "sv", "doc_type": "invoice",
                "fields": {"invoice_number": "A-17", "due_date": "2024-01-01", "total_gross": "7.00", "unknown": "x"},
                "visible": {"due_date": false}}"#,
        )
        .unwrap();
        let word = |text: &str| Word {
            text: text.to_owned(),
            bounds: BoundingBox { left: 0.1, top: 0.2, width: 0.1, height: 0.01 },
            font_size: 9.0,
        };
        let page = Page {
            number: 1,
            size: PageSize { width_pt: 600.0, height_pt: 800.0 },
            words: vec![word("A-17")],
            text_layer: TextLayer { verdict: TextVerdict::Good, reasons: Vec::new() },
            raster: None,
        };
        let portrait = portrait(&DocumentContent::of_pages(vec![page]), Some(&known));
        assert_eq!(portrait.fields.keys().collect::<Vec<_>>(), ["invoice_number"]);
        assert_eq!(portrait.groups["kind"], "invoice");
        assert!(portrait.known.contains("due_date") && !portrait.known.contains("kid"));
    }

    #[test]
    fn folders_within_are_looked_into() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("inner")).unwrap();
        for name in ["inner/a.PDF", "b.pdf", "c.txt"] {
            fs::write(folder.path().join(name), "").unwrap();
        }
        let files = pdf_files(folder.path()).unwrap();
        let names: Vec<_> = files.iter().map(|file| file.strip_prefix(folder.path()).unwrap()).collect();
        assert_eq!(names, [Path::new("b.pdf"), Path::new("inner/a.PDF")]);
    }
}
