//! Generated invoices as a folder of PDFs with a truth file, in the format of `fieldmark eval`.

mod cut;

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use fieldmark_domain::field::Field;
use serde_json::{Map, Value, json};

use crate::pdf::{self, PdfOptions};
use crate::{Generator, LayoutFamily, SyntheticInvoice, TaxRate};

/// The name of the truth file.
pub const TRUTH: &str = "truth.jsonl";

/// Why a corpus could not be written.
#[derive(Debug, thiserror::Error)]
pub enum CorpusError {
    /// A file or the folder could not be written.
    #[error("cannot write {path}")]
    Write {
        /// The file or folder.
        path: PathBuf,
        /// The system's error.
        #[source]
        source: std::io::Error,
    },
}

/// A folder that documents are written to.
#[derive(Debug)]
pub struct Corpus {
    folder: PathBuf,
    truth: BufWriter<File>,
    documents: usize,
}

impl Corpus {
    /// An empty corpus; the folder is created if missing, and an existing truth file is
    /// overwritten.
    ///
    /// # Errors
    /// [`CorpusError::Write`] when the folder or the file cannot be created.
    pub fn create(folder: &Path) -> Result<Self, CorpusError> {
        fs::create_dir_all(folder).map_err(unwritten(folder))?;
        let path = folder.join(TRUTH);
        let truth = BufWriter::new(File::create(&path).map_err(unwritten(&path))?);
        Ok(Self { folder: folder.to_owned(), truth, documents: 0 })
    }

    /// Adds a number of invoices of each family to the corpus, as the set `generated`.
    ///
    /// # Errors
    /// [`CorpusError::Write`].
    pub fn add_families(
        &mut self,
        generator: &Generator,
        families: &[LayoutFamily],
        each: u64,
    ) -> Result<(), CorpusError> {
        for family in families {
            for index in 0..each {
                self.add("generated", &generator.invoice_of(*family, index))?;
            }
        }
        Ok(())
    }

    /// Adds a number of single pages with exactly this number of words to the corpus, as the set
    /// `200 words` (with the actual number). Their content has no meaning: they are for measuring
    /// times.
    ///
    /// # Errors
    /// [`CorpusError::Write`].
    pub fn add_pages_of(
        &mut self,
        generator: &Generator,
        words: usize,
        count: usize,
    ) -> Result<(), CorpusError> {
        let set = format!("{words} words");
        let pages = (0..).filter_map(|index| cut::to_words(&generator.invoice(index), words));
        for invoice in pages.take(count) {
            self.add(&set, &invoice)?;
        }
        Ok(())
    }

    /// Writes an invoice and its truth.
    ///
    /// # Errors
    /// [`CorpusError::Write`].
    pub fn add(&mut self, set: &str, invoice: &SyntheticInvoice) -> Result<(), CorpusError> {
        let id = format!("{:05}", self.documents);
        let file = format!("{id}.pdf");
        let path = self.folder.join(&file);
        fs::write(&path, pdf::write(&invoice.pages, &PdfOptions::default())).map_err(unwritten(&path))?;
        let row = row(&id, &file, set, invoice);
        writeln!(self.truth, "{row}").map_err(unwritten(&self.folder.join(TRUTH)))?;
        self.documents += 1;
        Ok(())
    }

    /// Closes the truth file; returns the number of documents.
    ///
    /// # Errors
    /// [`CorpusError::Write`].
    pub fn finish(mut self) -> Result<usize, CorpusError> {
        self.truth.flush().map_err(unwritten(&self.folder.join(TRUTH)))?;
        Ok(self.documents)
    }
}

fn unwritten(path: &Path) -> impl FnOnce(std::io::Error) -> CorpusError {
    let path = path.to_owned();
    move |source| CorpusError::Write { path, source }
}

/// The whole truth of an invoice. Fields that no page shows are listed as not visible: a value that
/// is read for them is spurious, unless it equals the facts.
fn row(id: &str, file: &str, set: &str, invoice: &SyntheticInvoice) -> Value {
    let mut fields = Map::new();
    let mut visible = Map::new();
    for field in Field::ALL {
        let printed = printed(*field, invoice);
        let value = printed.or_else(|| invoice.unprinted.get(field)).cloned().unwrap_or_default();
        fields.insert(field.name().to_owned(), value.into());
        visible.insert(field.name().to_owned(), printed.is_some().into());
    }
    json!({
        "id": id,
        "file": file,
        "set": set,
        "kind": "born_digital",
        "language": invoice.locale.language(),
        "template": invoice.family.name(),
        "document_kind": invoice.kind.name(),
        "fields": fields,
        "visible": visible,
        "tax": (!invoice.tax.is_empty()).then(|| invoice.tax.iter().map(tax_line).collect::<Vec<_>>()),
    })
}

/// The value of a field on the pages. A Norwegian reference is a KID, which the generator only
/// calls a payment reference.
fn printed(field: Field, invoice: &SyntheticInvoice) -> Option<&String> {
    let is_kid = field == Field::Kid && invoice.locale.country() == "NO";
    invoice.truth.get(if is_kid { &Field::PaymentReference } else { &field })
}

fn tax_line(line: &TaxRate) -> Value {
    json!({ "rate": line.rate, "net": line.net, "tax": line.tax })
}

#[cfg(test)]
mod tests;
