//! One thing done with each of several kept things: what became of them is printed, what was refused is said.

use std::fmt::Display;
use std::future::Future;
use std::io::Write as _;

use anyhow::Context as _;
use fieldmark_domain::use_case_error::UseCaseError;

use crate::arguments::ListFormat;
use crate::engine;
use crate::exit_status::{ExitStatus, Unwritten};
use crate::extract::nobody_reads_on;
use crate::output::list::{self, Row};
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
    format: Option<ListFormat>,
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
        printed(&rows, None, format)?;
    }
    Ok(status)
}

/// Prints rows; programs are told on standard error when there are more.
///
/// # Errors
/// When standard output does not take it.
pub fn printed<R: Row>(rows: &[R], total: Option<u64>, format: Option<ListFormat>) -> anyhow::Result<()> {
    list::print(rows, total, format).context(Unwritten)?;
    if list::format(format) == ListFormat::Jsonl && total.is_some_and(|total| total > rows.len() as u64) {
        let total = total.unwrap_or_default();
        // Nobody is left to tell when standard error is closed.
        let _ = writeln!(std::io::stderr(), "fieldmark: {} of {total}; see --limit and --offset", rows.len());
    }
    Ok(())
}

/// Says why something was refused.
pub fn refuse(what: &dyn Display, error: &UseCaseError) {
    // Nobody is left to tell when standard error is closed.
    let _ = writeln!(std::io::stderr(), "fieldmark: {what}: {error} ({})", error.code());
}
