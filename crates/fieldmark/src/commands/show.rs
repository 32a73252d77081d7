//! `fieldmark show`: one document with its labels.

use std::io::{self, IsTerminal as _, Write as _};

use anyhow::Context as _;
use fieldmark_domain::spreadsheet::Cells;
use fieldmark_report::{DocumentReport, FileReport, Outcome};

use super::each::{self, with_store};
use crate::arguments::{Format, ListFormat, PrintArguments, ShowArguments, ShowFormat};
use crate::exit_status::{ExitStatus, Unwritten};
use crate::output;
use crate::output::list::ListPrinter;
use crate::settings::Settings;
use crate::store::LOCAL;

/// Prints a document.
///
/// # Errors
/// When the store cannot be opened or standard output does not take what is printed.
pub fn run(settings: &Settings, arguments: &ShowArguments) -> anyhow::Result<ExitStatus> {
    with_store(settings, async |store| {
        match store.use_cases.show_document().execute(&LOCAL, arguments.id).await {
            Ok(record) => {
                let report = DocumentReport::whole(&record, arguments.candidates);
                print(report, arguments.format).context(Unwritten)?;
                Ok(ExitStatus::AllWell)
            }
            Err(error) => {
                each::refuse(&arguments.id, &error);
                Ok(ExitStatus::SomeFailed)
            }
        }
    })
}

fn print(report: DocumentReport, format: Option<ShowFormat>) -> anyhow::Result<()> {
    let is_terminal = io::stdout().is_terminal();
    match format.unwrap_or(if is_terminal { ShowFormat::Table } else { ShowFormat::Json }) {
        ShowFormat::Json => {
            let mut output = io::stdout().lock();
            serde_json::to_writer_pretty(&mut output, &report)?;
            writeln!(output)?;
        }
        ShowFormat::Table => print_table(report)?,
    }
    Ok(())
}

/// The document as lists show it, then what was read as `fieldmark extract` shows it.
fn print_table(mut report: DocumentReport) -> anyhow::Result<()> {
    let extraction = report.extraction.take();
    let file = report.filename.clone();
    let mut printer =
        ListPrinter::new(PrintArguments { format: Some(ListFormat::Table), ..PrintArguments::default() });
    printer.write(vec![report])?;
    printer.finish(None)?;
    if let Some(extraction) = extraction {
        let mut output = io::stdout();
        writeln!(output)?;
        let mut writer = output::open(Some(Format::Table), None, Cells::default())?;
        let outcome = Outcome::Read(Box::new(extraction));
        writer.write(&FileReport { file, outcome })?;
    }
    Ok(())
}
