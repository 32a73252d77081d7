//! Reads PDF files into pages of words, boxes and pictures: the adapter behind the domain's
//! [`DocumentReader`](fieldmark_domain::ports::DocumentReader).
//!
//! A user's file is parsed only in worker processes; the calling process looks at its first bytes
//! and its size. A file that crashes a worker, makes it hang or makes it use too much memory
//! affects only that worker and that read. The crate has two halves, of one release and usually of
//! one executable:
//!
//! * [`WorkerPool`] in the serving process starts workers on demand and sends them files over
//!   pipes;
//! * [`run_worker`] is the whole program of a worker. A program that serves as its own worker calls
//!   it when it is started with the arguments in [`ReaderOptions`]:
//!
//! ```no_run
//! use fieldmark_document_reader::{ReaderOptions, WorkerPool, run_worker};
//! use fieldmark_domain::ports::{DocumentReader, ReadRequest};
//!
//! # async fn read() -> Result<(), Box<dyn std::error::Error>> {
//! let options = ReaderOptions {
//!     worker_program: std::env::current_exe()?,
//!     worker_arguments: vec!["reader-worker".into()],
//!     ..ReaderOptions::default()
//! };
//! let reader = WorkerPool::new(options)?;
//! let document = reader.read(ReadRequest::new(std::fs::read("invoice.pdf")?)).await?;
//! # Ok(())
//! # }
//! # fn main() -> std::process::ExitCode {
//! if std::env::args().nth(1).as_deref() == Some("reader-worker") {
//!     return run_worker();
//! }
//! # std::process::ExitCode::SUCCESS
//! # }
//! ```
//!
//! A worker applies restrictions to itself (its cage) before it loads libpdfium and before it reads
//! a file. [`WorkerPool::inspect`] reports which of them are active on this machine. [`Trust`]
//! decides which library may be loaded.
//!
//! Unix only: memory and open files are limited by POSIX resource limits, and memory is watched
//! through `/proc` where it exists.

mod cage_report;
mod environment;
mod first_bytes;
mod fonts;
mod frames;
#[cfg(feature = "fuzzing")]
pub mod fuzzing;
mod library;
mod measurements;
mod messages;
mod options;
mod pool;
mod process_memory;
mod reading_stack;
mod trust;
mod words;
mod worker;
mod worker_end;
mod worker_process;

pub use cage_report::{Attempt, CageReport, EscapeAttempt, Hold, HoldName, HoldState, Outcome};
pub use fonts::FONT_FOLDERS;
pub use options::{OptionsError, ReaderOptions};
pub use pool::WorkerPool;
pub use trust::{Trust, TrustError, Writers};
pub use worker::{run_worker, run_worker_observed};
