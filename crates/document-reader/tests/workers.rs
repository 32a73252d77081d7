//! The reader with real worker processes, on good files, bad files and crashes.
//!
//! This program is its own worker: started with `reader-worker` it serves, and misbehaves when a
//! file contains a mark. It has no usual test harness, because its `main` must run first.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    reason = "tests, which the lints do not recognise without the usual harness"
)]

#[path = "workers/cage.rs"]
mod cage;
#[path = "workers/compiled.rs"]
mod compiled;
#[path = "workers/e_invoices.rs"]
mod e_invoices;
#[path = "workers/files.rs"]
mod files;
#[path = "workers/handed_down.rs"]
mod handed_down;
#[path = "workers/hard_times.rs"]
mod hard_times;
#[path = "workers/hostile/mod.rs"]
mod hostile;
#[path = "workers/library_that_tries.rs"]
mod library_that_tries;
#[path = "workers/measurements.rs"]
mod measurements;
#[path = "workers/memory_that_is_gone.rs"]
mod memory_that_is_gone;
#[path = "workers/pages.rs"]
mod pages;
#[path = "workers/refusals.rs"]
mod refusals;
#[path = "workers/set_up.rs"]
mod set_up;
#[path = "workers/stacks.rs"]
mod stacks;

use std::process::ExitCode;

use libtest_mimic::{Arguments, Trial};

fn main() -> ExitCode {
    let [first, second] = [1, 2].map(|place| std::env::args().nth(place));
    if first.as_deref() == Some(set_up::WORKER_ARGUMENT) {
        return match second.as_deref() {
            Some(handed_down::ARGUMENT) => handed_down::work(),
            _ => fieldmark_document_reader::run_worker_observed(files::obey_mark),
        };
    }
    let trials = [
        pages::trials(),
        e_invoices::trials(),
        refusals::trials(),
        hard_times::trials(),
        measurements::trials(),
        cage::trials(),
        handed_down::trials(),
        library_that_tries::trials(),
        memory_that_is_gone::trials(),
        stacks::trials(),
        hostile::trials(),
    ];
    let trials: Vec<Trial> = trials.into_iter().flatten().collect();
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}
