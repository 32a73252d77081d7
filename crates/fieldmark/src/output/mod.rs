//! Printing of results: one writer per format behind one trait.

mod csv;
mod json;
pub mod list;
pub mod rows;
#[cfg(test)]
mod samples;
mod style;
mod table;
mod text;

use std::fs::File;
use std::io::{self, BufWriter, IsTerminal as _, Write};
use std::path::Path;
use std::time::Duration;

use anyhow::Context as _;
use fieldmark_domain::spreadsheet::Cells;
use fieldmark_report::FileReport;

use crate::arguments::Format;

pub use style::Style;

/// Takes the results one after the other.
pub trait ReportWriter {
    /// Prints one file's result.
    ///
    /// # Errors
    /// When the target does not take it; [`io::ErrorKind::BrokenPipe`] when nobody reads any more.
    fn write(&mut self, report: &FileReport) -> io::Result<()>;

    /// Prints what stands at the end.
    ///
    /// # Errors
    /// As [`ReportWriter::write`].
    fn finish(&mut self, summary: &Summary) -> io::Result<()>;
}

/// How many files were read, and in what time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Summary {
    /// Files that were read.
    pub read: usize,
    /// Files that could not be read.
    pub failed: usize,
    /// The whole run.
    pub elapsed: Duration,
}

impl Summary {
    /// Counts one more file.
    pub fn add(&mut self, report: &FileReport) {
        match report.error() {
            None => self.read += 1,
            Some(_) => self.failed += 1,
        }
    }
}

/// The writer for a format, onto a file or standard output. Without a format: a table for a terminal,
/// JSON Lines for everything else. `cells` are those of CSV.
///
/// # Errors
/// When the file cannot be created.
pub fn open(
    format: Option<Format>,
    target: Option<&Path>,
    cells: Cells,
) -> anyhow::Result<Box<dyn ReportWriter>> {
    let is_terminal = target.is_none() && io::stdout().is_terminal();
    let output: Box<dyn Write> = match target {
        Some(path) => {
            let file = File::create(path).with_context(|| format!("cannot write {}", path.display()))?;
            Box::new(BufWriter::new(file))
        }
        None => Box::new(BufWriter::new(io::stdout())),
    };
    let format = format.unwrap_or(if is_terminal { Format::Table } else { Format::Jsonl });
    Ok(writer(format, output, Style::for_terminal(is_terminal), cells))
}

fn writer(format: Format, output: Box<dyn Write>, style: Style, cells: Cells) -> Box<dyn ReportWriter> {
    match format {
        Format::Table => Box::new(table::TableWriter::new(output, style)),
        Format::Json => Box::new(json::ArrayWriter::new(output)),
        Format::Jsonl => Box::new(json::LinesWriter::new(output)),
        Format::Csv => Box::new(csv::CsvWriter::new(output, cells)),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use fieldmark_domain::field::Field;
    use fieldmark_report::Outcome;

    use super::*;

    #[derive(Clone, Default)]
    struct Memory(Arc<Mutex<Vec<u8>>>);

    impl Write for Memory {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn printed(format: Format, reports: &[FileReport]) -> String {
        let memory = Memory::default();
        let mut writer = writer(format, Box::new(memory.clone()), Style::PLAIN, Cells::Inert);
        let mut summary = Summary { elapsed: Duration::from_millis(1260), ..Summary::default() };
        for report in reports {
            summary.add(report);
            writer.write(report).unwrap();
        }
        writer.finish(&summary).unwrap();
        drop(writer);
        let bytes = memory.0.lock().unwrap().clone();
        String::from_utf8(bytes).unwrap()
    }

    fn one_good_one_bad() -> [FileReport; 2] {
        [samples::read("a.pdf"), FileReport::failed("b.pdf", "document_encrypted", "give its password")]
    }

    #[test]
    fn the_table() {
        let expected = "\
a.pdf  1 page · sv-SE · SEK
  field           value                   sure  checks                   page
  invoice_number  F-7, second              98%  –                        1
  total_gross     1250.00 SEK              61%  ✗ net_plus_tax_is_gross  1
  supplier_name   請求書 AB                90%  –                        text_layer
  supplier_iban   DE89370400440532013000   95%  ✓                        text_layer
  ✗ net_plus_tax_is_gross
  review: net + tax is not gross

b.pdf
  ✗ document_encrypted: give its password

1 read, 1 failed, 1.3 s
";
        assert_eq!(printed(Format::Table, &one_good_one_bad()), expected);
    }

    #[test]
    fn a_table_without_fields_says_why_to_look_and_what_was_not_read() {
        let mut report = samples::read("a.pdf");
        if let Outcome::Read(read) = &mut report.outcome {
            read.fields.clear();
            read.page_count = 3;
        }
        let expected = "\
a.pdf  1 of 3 pages read · sv-SE · SEK
  no fields found
  ✗ net_plus_tax_is_gross
  review: net + tax is not gross
";
        assert_eq!(printed(Format::Table, &[report]), expected);
    }

    #[test]
    fn a_single_files_table_needs_no_summary() {
        assert!(!printed(Format::Table, &[samples::read("a.pdf")]).contains("failed"));
    }

    #[test]
    fn json_lines() {
        let text = printed(Format::Jsonl, &one_good_one_bad());
        let rows: Vec<serde_json::Value> =
            text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(rows[0]["file"], "a.pdf");
        assert_eq!(rows[0]["fields"]["invoice_number"]["box"]["left"], 0.6);
        assert_eq!(rows[0]["fields"]["total_gross"]["currency"], "SEK");
        assert!(rows[0].get("error").is_none());
        let keys: Vec<&String> = rows[0].as_object().unwrap().keys().collect();
        let expected = [
            "file",
            "locale",
            "currency",
            "pages",
            "page_count",
            "fields",
            "checks",
            "decision",
            "reasons",
            "provenance",
            "timing_ms",
        ];
        assert_eq!(keys, expected);
        let error = serde_json::json!({"code": "document_encrypted", "message": "give its password"});
        assert_eq!(rows[1], serde_json::json!({"file": "b.pdf", "error": error}));
    }

    #[test]
    fn a_json_array_is_the_same_objects() {
        let reports = one_good_one_bad();
        let array: Vec<serde_json::Value> = serde_json::from_str(&printed(Format::Json, &reports)).unwrap();
        let lines = printed(Format::Jsonl, &reports);
        let lines: Vec<serde_json::Value> =
            lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(array, lines);
        assert_eq!(printed(Format::Json, &[]), "[]\n");
    }

    #[test]
    fn csv_has_a_column_per_field() {
        let text = printed(Format::Csv, &one_good_one_bad());
        let mut rows = ::csv::Reader::from_reader(text.as_bytes());
        let columns = rows.headers().unwrap().clone();
        assert_eq!(columns.len(), Field::ALL.len() + 3);
        let at = |name: &str| columns.iter().position(|column| column == name).unwrap();
        let rows: Vec<_> = rows.records().map(Result::unwrap).collect();
        assert_eq!((&rows[0][at("invoice_number")], &rows[0][at("decision")]), ("F-7, second", "review"));
        assert_eq!((&rows[0][at("error")], &rows[0][at("due_date")]), ("", ""));
        assert_eq!((&rows[1][at("file")], &rows[1][at("error")]), ("b.pdf", "document_encrypted"));
    }

    #[test]
    fn csv_has_no_cell_that_a_spreadsheet_calculates() {
        let mut report = samples::read("=cmd|' !A0.pdf");
        if let Outcome::Read(read) = &mut report.outcome {
            let number = samples::field("@SUM(A1)", 0.9);
            read.fields =
                vec![(Field::InvoiceNumber, number), (Field::TotalGross, samples::field("-12.50", 0.9))];
        }
        let text = printed(Format::Csv, &[report]);
        assert!(text.contains("\n'=cmd|' !A0.pdf,'@SUM(A1),") && text.contains(",-12.50,"), "{text}");
    }
}
