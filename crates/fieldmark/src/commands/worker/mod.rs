//! `fieldmark worker`: takes jobs and does them until it is stopped.
//!
//! What a job is and how it ends is the domain's; here are threads, clocks and signals.

mod one_job;
mod runner;
mod stop;
mod upkeep;

use std::num::NonZeroUsize;

use crate::agreement;
use crate::arguments::WorkerArguments;
use crate::engine::{self, Reading};
use crate::exit_status::ExitStatus;
use crate::open_files;
use crate::settings::Settings;
use crate::store::Store;
pub use runner::Runner;
pub use stop::on_signal;

/// Works until it is stopped or, if asked to, until nothing waits any more.
///
/// # Errors
/// When nothing was begun: no model, no database, no store of bytes.
pub fn run(settings: &Settings, arguments: &WorkerArguments) -> anyhow::Result<ExitStatus> {
    open_files::raise();
    let workers = settings.jobs.workers.and_then(NonZeroUsize::new);
    let slots = arguments.jobs.or(workers).unwrap_or_else(engine::cores);
    let runtime = engine::runtime(slots)?;
    let reading = Reading::start_on(settings, arguments.device.as_deref(), slots, 0, runtime.handle())?;
    reading.wait_for_model()?;
    runtime.block_on(async {
        let stop = on_signal()?;
        let store = Store::open(settings).await?;
        let _in_use = store.database.hold().await?;
        agreement::warn(&store).await;
        Runner::new(&store, reading.extract, stop).run(slots, arguments.drain).await;
        anyhow::Ok(())
    })?;
    Ok(ExitStatus::AllWell)
}
