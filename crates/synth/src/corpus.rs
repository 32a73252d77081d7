//! Generated invoices as a folder of PDFs with a file of truth beside them, as `fieldmark eval` takes it.

mod cut;

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use fieldmark_domain::field::Field;
use serde_json::{Map, Value, json};

use crate::pdf::{self, PdfOptions};
use crate::{Generator, LayoutFamily, SyntheticInvoice, TaxRate};

/// The name of the file of truth.
pub const TRUTH: &str = "truth.jsonl";

/// Why a corpus could not be written.
#[derive(Debug, thiserror::Error)]
pub enum CorpusError {
    /// A file or the folder could not be written.
    #[error("cannot write {path}")]
    Write {
        /// Which one.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
}

/// A folder that documents are put into.
#[derive(Debug)]
pub struct Corpus {
    folder: PathBuf,
    truth: BufWriter<File>,
    documents: usize,
}

impl Corpus {
    /// An empty corpus; the folder is made when it is not there, and a file of truth in it is written anew.
    ///
    /// # Errors
    /// [`CorpusError::Write`] when the folder or the file cannot be made.
    pub fn create(folder: &Path) -> Result<Self, CorpusError> {
        fs::create_dir_all(folder).map_err(unwritten(folder))?;
        let path = folder.join(TRUTH);
        let truth = BufWriter::new(File::create(&path).map_err(unwritten(&path))?);
        Ok(Self { folder: folder.to_owned(), truth, documents: 0 })
    }

    /// Puts so many invoices of each family into the corpus, as the set `generated`.
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

    /// Puts so many single pages of exactly so many words into the corpus, as the set `200 words` (or however many).
    /// They say nothing sensible: they are for measuring times.
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

    /// Writes an invoice and what is true of it.
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

    /// Ends the file of truth; says how many documents there are.
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

/// All that is known of an invoice. Fields that no page shows are listed as not visible, so that whatever is read for
/// them is spurious, unless it is what the facts have.
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

/// What the pages show of a field. A Norwegian reference is a KID, which the generator names a payment reference alone.
fn printed(field: Field, invoice: &SyntheticInvoice) -> Option<&String> {
    let is_kid = field == Field::Kid && invoice.locale.country() == "NO";
    invoice.truth.get(if is_kid { &Field::PaymentReference } else { &field })
}

fn tax_line(line: &TaxRate) -> Value {
    json!({ "rate": line.rate, "net": line.net, "tax": line.tax })
}

#[cfg(test)]
mod tests;
