//! The program of a worker process: reads orders from its standard input and writes answers to its
//! standard output.
//!
//! It ends when its input ends, even in the middle of a file, so a worker never outlives its
//! reader. It closes the outer cage, loads libpdfium, and closes the inner cage, before it reads a
//! file.
//!
//! It has two threads: one receives orders, the other reads files, on a stack of fixed size.

mod attachments;
mod cage;
mod characters;
mod document;
pub(crate) mod electronic_invoice;
mod library_file;
mod page;
mod picture;
mod structure;
mod text_string;
mod word_budget;

use std::fs::File;
use std::io::{self, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use crate::frames::{self, FrameError};
use crate::messages::{Answer, Failure, GREETING, Order};
use crate::reading_stack;
use cage::{Cage, Inherited, OuterCage};
use document::DocumentEngine;
use library_file::LibraryFile;

/// Runs a worker until its standard input ends, which ends the process. A program that is started
/// as a worker calls only this; the worker's settings come through the pipe.
#[must_use]
pub fn run_worker() -> ExitCode {
    run_worker_observed(|_| ())
}

/// Like [`run_worker`]; `observe` is called with the bytes of each file before it is read.
#[must_use]
pub fn run_worker_observed(observe: impl FnMut(&[u8]) + Send) -> ExitCode {
    conclude(serve(observe))
}

fn conclude(served: Result<(), FrameError>) -> ExitCode {
    match served {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // The reader may be gone; then the message has no receiver.
            let _ = writeln!(io::stderr(), "the reader worker ends: {error}");
            ExitCode::FAILURE
        }
    }
}

fn serve(observe: impl FnMut(&[u8]) + Send) -> Result<(), FrameError> {
    let inherited = Inherited::look();
    let mut output = claim_output()?;
    frames::write(&mut output, &Answer::Greeting(GREETING.to_owned()), &[])?;
    // Only this thread receives the first order: the cage must close around all threads.
    let Some((Order::Setup(setup), _)) = frames::read(&mut io::stdin().lock(), 0)? else {
        return Ok(());
    };
    let library = setup.library.clone().map(PathBuf::from).and_then(LibraryFile::open);
    let outer = OuterCage::close(setup.memory_bytes, inherited, library.as_ref().ok());
    let (orders, taken) = sync_channel(1);
    let (own_cage, own_cage_of_taker) = sync_channel(1);
    let read = move || {
        let engine = DocumentEngine::new(setup, &library);
        drop(library);
        let other_thread = own_cage_of_taker.recv().unwrap_or_else(|error| Err(error.to_string()));
        let cage = outer.close_inner(other_thread);
        let served = follow_orders(&mut output, engine, &cage, &taken, observe);
        // The other thread is blocked waiting for an order, so end the whole process.
        std::process::exit(i32::from(conclude(served) != ExitCode::SUCCESS))
    };
    thread::scope(|scope| {
        thread::Builder::new()
            .name("reading".to_owned())
            .stack_size(reading_stack::BYTES)
            .spawn_scoped(scope, read)?;
        // This thread loads nothing. It shares memory with the other thread and must be restricted
        // as well.
        let _ = own_cage.send(cage::close_inner_of_thread());
        take_orders(&orders)
    })
}

fn follow_orders(
    output: &mut File,
    engine: DocumentEngine,
    cage: &Cage,
    orders: &Receiver<(Order, Vec<u8>)>,
    mut observe: impl FnMut(&[u8]),
) -> Result<(), FrameError> {
    for (order, bytes) in orders {
        match order {
            // Only one setup is allowed.
            Order::Setup(_) => return Ok(()),
            Order::Inspect => frames::write(output, &Answer::Cage(cage.report()), &[])?,
            Order::Read(order) => {
                let mut send = |answer: &Answer, pixels: &[u8]| frames::write(output, answer, pixels);
                let work = AssertUnwindSafe(|| {
                    observe(&bytes);
                    engine.read(&bytes, &order, &mut send)
                });
                let last = catch_unwind(work).unwrap_or_else(|_| {
                    Ok(Answer::Failed(Failure::Unreadable(
                        "the parser cannot handle its structure".to_owned(),
                    )))
                })?;
                frames::write(output, &last, &[])?;
            }
        }
    }
    Ok(())
}

/// Reserves the standard output for frames: whatever a library prints goes to the standard error.
fn claim_output() -> io::Result<File> {
    let output = rustix::io::dup(io::stdout())?;
    rustix::stdio::dup2_stdout(io::stderr())?;
    Ok(File::from(output))
}

/// Receives orders as they arrive, so that the end of the input ends the process even in the middle
/// of a file.
fn take_orders(sender: &SyncSender<(Order, Vec<u8>)>) -> ! {
    let mut input = io::stdin().lock();
    while let Ok(Some(order)) = frames::read(&mut input, u64::MAX) {
        if sender.send(order).is_err() {
            break;
        }
    }
    std::process::exit(0);
}
