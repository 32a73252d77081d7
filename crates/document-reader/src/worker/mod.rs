//! The program of a worker process: takes orders from its standard input, answers on its standard output.
//!
//! It ends when its input ends, whatever it is doing: a worker never outlives its reader.

mod attachments;
mod characters;
mod document;
pub(crate) mod electronic_invoice;
mod limits;
mod page;
mod picture;
mod structure;
mod word_budget;

use std::fs::File;
use std::io::{self, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use crate::frames::{self, FrameError};
use crate::messages::{Answer, Failure, GREETING, Order};
use document::DocumentEngine;

/// Runs a worker until its standard input ends. A program calls this and nothing else when it is started
/// as a worker; the worker's settings come over the pipe.
#[must_use]
pub fn run_worker() -> ExitCode {
    run_worker_observed(|_| ())
}

/// Like [`run_worker`]; `observe` is called with the bytes of each file before it is read.
#[must_use]
pub fn run_worker_observed(observe: impl FnMut(&[u8])) -> ExitCode {
    match serve(observe) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Nobody may be listening any more; then there is nobody to tell.
            let _ = writeln!(io::stderr(), "the reader worker ends: {error}");
            ExitCode::FAILURE
        }
    }
}

fn serve(mut observe: impl FnMut(&[u8])) -> Result<(), FrameError> {
    let mut output = claim_output()?;
    frames::write(&mut output, &Answer::Greeting(GREETING.to_owned()), &[])?;
    let mut engine = DocumentEngine::default();
    for (order, bytes) in orders() {
        match order {
            Order::Setup(setup) => {
                limits::apply(setup.memory_bytes)?;
                engine = DocumentEngine::new(setup);
            }
            Order::Read(order) => {
                let mut send = |answer: &Answer, pixels: &[u8]| frames::write(&mut output, answer, pixels);
                let work = AssertUnwindSafe(|| {
                    observe(&bytes);
                    engine.read(&bytes, &order, &mut send)
                });
                let last = catch_unwind(work).unwrap_or_else(|_| {
                    Ok(Answer::Failed(Failure::Unreadable("its structure defeats the parser".to_owned())))
                })?;
                frames::write(&mut output, &last, &[])?;
            }
        }
    }
    Ok(())
}

/// Takes the standard output for the frames alone: whatever a library prints goes to the standard error.
fn claim_output() -> io::Result<File> {
    let output = rustix::io::dup(io::stdout())?;
    rustix::stdio::dup2_stdout(io::stderr())?;
    Ok(File::from(output))
}

/// The orders as they come. A thread of its own reads them, so that the end of the input ends the process
/// even in the middle of a file.
fn orders() -> Receiver<(Order, Vec<u8>)> {
    let (sender, receiver) = sync_channel(1);
    std::thread::spawn(move || take_orders(&sender));
    receiver
}

fn take_orders(sender: &SyncSender<(Order, Vec<u8>)>) {
    let mut input = io::stdin().lock();
    while let Ok(Some(order)) = frames::read(&mut input, u64::MAX) {
        if sender.send(order).is_err() {
            break;
        }
    }
    std::process::exit(0);
}
