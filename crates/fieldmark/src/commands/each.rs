//! One thing done with each of several kept things, and long lists of them: what became of them is printed, what was
//! refused is said.

use std::fmt::Display;
use std::future::Future;
use std::io::Write as _;

use anyhow::Context as _;
use fieldmark_domain::listing::{MAX_LIMIT, Window};
use fieldmark_domain::use_case_error::UseCaseError;

use crate::arguments::{ListArguments, ListFormat, PrintArguments};
use crate::engine;
use crate::exit_status::{ExitStatus, Unwritten, nobody_reads_on};
use crate::output::list::{self, ListPrinter, Row};
use crate::settings::Settings;
use crate::store::Store;

/// Opens the store and does something with it.
///
/// # Errors
/// When the store cannot be opened, and those of `act`.
pub fn with_store<Acting>(
    settings: &Settings,
    act: impl FnOnce(Store) -> Acting,
) -> anyhow::Result<ExitStatus>
where
    Acting: Future<Output = anyhow::Result<ExitStatus>>,
{
    let runtime = engine::runtime(engine::cores())?;
    let ended = runtime.block_on(async { act(Store::open(settings).await?).await });
    if ended.as_ref().is_err_and(nobody_reads_on) { Ok(ExitStatus::AllWell) } else { ended }
}

/// Does something with each thing, prints what it is then, and says which ones were refused and why.
///
/// # Errors
/// When standard output does not take it.
pub async fn of<Id, R, Acting>(
    ids: impl IntoIterator<Item = Id>,
    print: PrintArguments,
    mut act: impl FnMut(Id) -> Acting,
) -> anyhow::Result<ExitStatus>
where
    Id: Copy + Display,
    R: Row,
    Acting: Future<Output = Result<R, UseCaseError>>,
{
    let (mut rows, mut status) = (Vec::new(), ExitStatus::AllWell);
    for id in ids {
        match act(id).await {
            Ok(row) => rows.push(row),
            Err(error) => {
                refuse(&id, &error);
                status = ExitStatus::SomeFailed;
            }
        }
    }
    if !rows.is_empty() {
        printed(rows, print)?;
    }
    Ok(status)
}

/// Prints rows.
///
/// # Errors
/// When standard output does not take them.
pub fn printed<R: Row>(rows: Vec<R>, print: PrintArguments) -> anyhow::Result<()> {
    let mut printer = ListPrinter::new(print);
    printer.write(rows).and_then(|()| printer.finish(None)).context(Unwritten)
}

/// How many rows a table has unless somebody says how many.
const ROWS_OF_A_TABLE: u64 = 20;

/// A part of a long list.
pub struct Part<R> {
    /// Its rows.
    pub rows: Vec<R>,
    /// How many there are in all, as far as the query asked for it.
    pub total: u64,
    /// Whether nothing comes after it.
    pub is_last: bool,
}

/// Prints a long list, each part as soon as it is there, so that memory holds one part however long the list is.
/// `look` gets the part in a window; from the second part on the window begins after the last row of the part before.
///
/// # Errors
/// When standard output does not take it.
pub async fn listed<R: Row>(
    what: &dyn Display,
    arguments: &ListArguments,
    mut look: impl AsyncFnMut(Window) -> Result<Part<R>, UseCaseError>,
) -> anyhow::Result<ExitStatus> {
    let mut printer = ListPrinter::new(arguments.print);
    let usual = if printer.is_table() { ROWS_OF_A_TABLE } else { u64::MAX };
    let mut left = arguments.limit.unwrap_or(usual);
    let (mut offset, mut total) = (arguments.offset, None);
    loop {
        let limit = u32::try_from(left).unwrap_or(MAX_LIMIT).min(MAX_LIMIT);
        let part = match look(Window { limit, offset }).await {
            Ok(part) => part,
            Err(error) => {
                refuse(what, &error);
                return Ok(ExitStatus::SomeFailed);
            }
        };
        total = total.or(Some(part.total));
        left = left.saturating_sub(part.rows.len() as u64);
        printer.write(part.rows).context(Unwritten)?;
        if part.is_last || left == 0 {
            break;
        }
        offset = 0;
    }
    printer.finish(total).context(Unwritten)?;
    Ok(ExitStatus::AllWell)
}

/// Whether a list is printed as a table, which says how many rows there are in all.
pub fn wants_total(print: PrintArguments) -> bool {
    list::format(print.format) == ListFormat::Table
}

/// Says why something was refused.
pub fn refuse(what: &dyn Display, error: &UseCaseError) {
    // Nobody is left to tell when standard error is closed.
    let _ = writeln!(std::io::stderr(), "fieldmark: {what}: {error} ({})", error.code());
}
