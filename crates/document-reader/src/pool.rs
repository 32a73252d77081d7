//! The pool of worker processes: which files wait, which workers are busy, which are idle.

use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use async_trait::async_trait;
use fieldmark_domain::content::DocumentContent;
use fieldmark_domain::media_type::MediaType;
use fieldmark_domain::ports::{DocumentReader, ReadError, ReadRequest};
use tokio::sync::Semaphore;

use crate::cage_report::CageReport;
use crate::first_bytes;
use crate::measurements::{self, Counted};
use crate::options::{OptionsError, ReaderOptions};
use crate::worker_process::WorkerProcess;

/// Reads files in worker processes: a bounded number in parallel, and a bounded number waiting.
///
/// Workers are started on demand and reused for later files. All reads must run on one tokio
/// runtime with its I/O and time drivers enabled. Dropping the future of a read kills its worker.
/// Dropping the pool kills the idle workers.
#[derive(Debug)]
pub struct WorkerPool {
    options: ReaderOptions,
    /// One permit for each file in the pool, waiting or being read.
    places: Semaphore,
    /// One permit for each worker that may run.
    turns: Semaphore,
    idle: Mutex<Vec<WorkerProcess>>,
}

impl WorkerPool {
    /// Creates a pool without starting a worker.
    ///
    /// # Errors
    /// When an option is out of its range.
    pub fn new(options: ReaderOptions) -> Result<Self, OptionsError> {
        options.validate()?;
        measurements::describe();
        Ok(Self {
            places: Semaphore::new(options.workers + options.queue),
            turns: Semaphore::new(options.workers),
            idle: Mutex::new(Vec::with_capacity(options.workers)),
            options,
        })
    }

    /// The pool's options.
    #[must_use]
    pub const fn options(&self) -> &ReaderOptions {
        &self.options
    }

    /// Starts one worker before the first file arrives, so that its start overlaps with other work.
    ///
    /// # Errors
    /// [`ReadError::Unavailable`] when the worker program does not start, or when called outside a
    /// tokio runtime.
    pub fn warm_up(&self) -> Result<(), ReadError> {
        let worker = self.take_worker()?;
        self.keep(worker);
        Ok(())
    }

    /// Reports the restrictions on a worker and tests them from inside: it tries to open files and
    /// sockets and to start a program. Uses a new worker and ends it afterwards.
    ///
    /// # Errors
    /// [`ReadError::Unavailable`] when the worker does not start or does not answer in time. A
    /// missing restriction is not an error: the report contains it.
    pub async fn inspect(&self) -> Result<CageReport, ReadError> {
        let _turn = self.turns.acquire().await.map_err(|_| ReadError::Overloaded)?;
        WorkerProcess::start(&self.options)?.inspect(&self.options).await
    }

    /// The process identifiers of the idle workers.
    #[must_use]
    pub fn idle_workers(&self) -> Vec<u32> {
        self.lock_idle().iter().filter_map(WorkerProcess::id).collect()
    }

    fn take_worker(&self) -> Result<WorkerProcess, ReadError> {
        loop {
            let Some(mut worker) = self.lock_idle().pop() else {
                return WorkerProcess::start(&self.options);
            };
            // A worker that ended while idle, or uses too much memory, is replaced; no file caused
            // that.
            if worker.is_fit(&self.options) {
                return Ok(worker);
            }
        }
    }

    fn keep(&self, worker: WorkerProcess) {
        self.lock_idle().push(worker);
    }

    fn lock_idle(&self) -> std::sync::MutexGuard<'_, Vec<WorkerProcess>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl DocumentReader for WorkerPool {
    async fn read(&self, request: ReadRequest) -> Result<DocumentContent, ReadError> {
        first_bytes::check(&request.bytes, self.options.max_file_bytes)?;
        let _place = self.places.try_acquire().map_err(|_| {
            measurements::refused();
            ReadError::Overloaded
        })?;
        let waiting = Counted::waiting();
        // The semaphore is never closed while the pool lives.
        let _turn = self.turns.acquire().await.map_err(|_| ReadError::Overloaded)?;
        drop(waiting);
        let _busy = Counted::busy();
        let mut worker = self.take_worker()?;
        let began = Instant::now();
        let answer = worker.read(&request, &self.options).await;
        measurements::read(began.elapsed());
        let answer = answer?;
        // A worker without its library never gets one; a new worker may.
        if !matches!(answer, Err(ReadError::Unavailable { .. })) {
            self.keep(worker);
        }
        answer
    }

    fn media_type(&self, bytes: &[u8]) -> Result<MediaType, ReadError> {
        first_bytes::media_type(bytes)
    }
}
