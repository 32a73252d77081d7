//! The table for people: field, value, confidence, checks, page.

use std::io::{self, Write};

use fieldmark_domain::field::Field;
use fieldmark_report::{ExtractionReport, FieldReport, FileReport};
use unicode_width::UnicodeWidthStr as _;

use super::text::{cut, padded, shown};
use super::{ReportWriter, Style, Summary};

/// Values wider than this are cut; JSON has them whole.
const WIDEST_VALUE: usize = 48;
/// From here on a value is shown as sure.
const SURE: f64 = 0.9;

/// A table per file, and a summary after many.
pub struct TableWriter {
    output: Box<dyn Write>,
    style: Style,
    written: usize,
}

impl TableWriter {
    /// A writer onto `output`.
    pub fn new(output: Box<dyn Write>, style: Style) -> Self {
        Self { output, style, written: 0 }
    }

    fn write_extraction(&mut self, file: &str, read: &ExtractionReport) -> io::Result<()> {
        writeln!(self.output, "{}  {}", self.style.heading(shown(file)), self.style.dim(described(read)))?;
        if read.fields.is_empty() {
            writeln!(self.output, "  {}", self.style.doubtful("no fields found"))?;
        } else {
            self.write_fields(read)?;
        }
        self.write_tables(read)?;
        for check in read.checks.iter().filter(|check| !check.passed) {
            let detail = check.detail.as_deref().map(|detail| format!(": {}", shown(detail)));
            let line = format!("✗ {}{}", check.name, detail.unwrap_or_default());
            writeln!(self.output, "  {}", self.style.bad(line))?;
        }
        self.write_decision(read)
    }

    fn write_fields(&mut self, read: &ExtractionReport) -> io::Result<()> {
        let columns = Columns::of(read);
        let heading = format!(
            "  {}  {}  {}  {}  page",
            padded("field", columns.name),
            padded("value", columns.value),
            "sure",
            padded("checks", columns.checks)
        );
        writeln!(self.output, "{}", self.style.dim(heading.trim_end()))?;
        for (field, found) in &read.fields {
            self.write_field(*field, found, &columns)?;
        }
        Ok(())
    }

    /// The tax by rate, and how many lines there are: all of them would bury the fields.
    fn write_tables(&mut self, read: &ExtractionReport) -> io::Result<()> {
        for line in &read.tax {
            let category = line.category.as_deref().map(|category| format!(" ({})", shown(category)));
            let rate = line.rate.as_deref().unwrap_or("?");
            let [net, tax] = [&line.net, &line.tax].map(|amount| amount.as_deref().unwrap_or("?"));
            writeln!(self.output, "  tax {rate} %{} of {net}: {tax}", category.unwrap_or_default())?;
        }
        match read.lines.len() {
            0 => Ok(()),
            1 => writeln!(self.output, "  {}", self.style.dim("1 invoice line (in JSON)")),
            count => {
                writeln!(self.output, "  {}", self.style.dim(format!("{count} invoice lines (in JSON)")))
            }
        }
    }

    fn write_field(&mut self, field: Field, found: &FieldReport, columns: &Columns) -> io::Result<()> {
        let percent = format!("{:>3.0}%", found.confidence * 100.0);
        let percent =
            if found.confidence >= SURE { self.style.good(percent) } else { self.style.doubtful(percent) };
        let checks = padded(&check_marks(found), columns.checks);
        let checks = match failed_checks(found).next() {
            Some(_) => self.style.bad(checks),
            None => self.style.good(checks),
        };
        writeln!(
            self.output,
            "  {}  {}  {percent}  {checks}  {}",
            padded(field.name(), columns.name),
            padded(&value_shown(found), columns.value),
            place_shown(found),
        )
    }

    fn write_decision(&mut self, read: &ExtractionReport) -> io::Result<()> {
        let reasons: Vec<String> = read.reasons.iter().map(|reason| shown(reason)).collect();
        let line = match reasons.as_slice() {
            [] => read.decision.clone(),
            reasons => format!("{}: {}", read.decision, reasons.join("; ")),
        };
        let line = if read.decision == "accept" { self.style.good(line) } else { self.style.doubtful(line) };
        writeln!(self.output, "  {line}")
    }
}

impl ReportWriter for TableWriter {
    fn write(&mut self, report: &FileReport) -> io::Result<()> {
        if self.written > 0 {
            writeln!(self.output)?;
        }
        self.written += 1;
        match (report.extraction(), report.error()) {
            (Some(read), _) => self.write_extraction(&report.file, read)?,
            (None, Some(error)) => {
                writeln!(self.output, "{}", self.style.heading(shown(&report.file)))?;
                let line = format!("✗ {}: {}", error.code, shown(&error.message));
                writeln!(self.output, "  {}", self.style.bad(line))?;
            }
            (None, None) => {}
        }
        self.output.flush()
    }

    fn finish(&mut self, summary: &Summary) -> io::Result<()> {
        if self.written > 1 {
            let Summary { read, failed, elapsed } = summary;
            let line = format!("{read} read, {failed} failed, {:.1} s", elapsed.as_secs_f64());
            writeln!(self.output, "\n{}", self.style.heading(line))?;
        }
        self.output.flush()
    }
}

/// Widths of the columns, in columns of the terminal.
struct Columns {
    name: usize,
    value: usize,
    checks: usize,
}

impl Columns {
    fn of(read: &ExtractionReport) -> Self {
        let widest = |least: &str, widths: &mut dyn Iterator<Item = usize>| {
            widths.fold(least.width(), |widest, width| widest.max(width))
        };
        Self {
            name: widest("field", &mut read.fields.iter().map(|(field, _)| field.name().width())),
            value: widest("value", &mut read.fields.iter().map(|(_, found)| value_shown(found).width())),
            checks: widest("checks", &mut read.fields.iter().map(|(_, found)| check_marks(found).width())),
        }
    }
}

fn described(read: &ExtractionReport) -> String {
    let pages = match (read.pages.len(), read.page_count as usize) {
        (0, 0) => "no pages".to_owned(),
        (1, 1) => "1 page".to_owned(),
        (count, all) if count < all => format!("{count} of {all} pages read"),
        (count, _) => format!("{count} pages"),
    };
    let kind = read.kind.filter(|kind| *kind != "invoice").map(|kind| kind.replace('_', " "));
    let e_invoice = read.e_invoice.as_ref().map(|invoice| {
        let attachment = invoice.attachment.as_deref().map(|name| format!(" in {}", shown(name)));
        format!("e-invoice{} ({})", attachment.unwrap_or_default(), invoice.syntax)
    });
    let parts = [kind, Some(pages), e_invoice, read.locale.clone(), read.currency.clone()];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// The page, and where the value is from when the page is not all.
fn place_shown(found: &FieldReport) -> String {
    match found.place {
        Some(place) if found.source == "xml" => format!("{} xml", place.page),
        Some(place) => place.page.to_string(),
        None => found.source.to_owned(),
    }
}

/// The value with its currency, in one cell.
pub fn value_shown(found: &FieldReport) -> String {
    let currency = found.currency.as_ref().map(|currency| format!(" {currency}"));
    cut(&shown(&format!("{}{}", found.value, currency.unwrap_or_default())), WIDEST_VALUE)
}

fn failed_checks(found: &FieldReport) -> impl Iterator<Item = &str> {
    found.checks.iter().filter(|check| !check.passed).map(|check| check.name.as_str())
}

/// A tick when all checks hold, the names of those that do not, a dash when there was nothing to check.
pub fn check_marks(found: &FieldReport) -> String {
    let failed: Vec<&str> = failed_checks(found).collect();
    match (found.checks.is_empty(), failed.as_slice()) {
        (true, _) => "–".to_owned(),
        (false, []) => "✓".to_owned(),
        (false, failed) => format!("✗ {}", failed.join(", ")),
    }
}
