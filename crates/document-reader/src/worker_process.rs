//! One worker as its reader sees it: a child process, its pipes, and its messages.
//!
//! Knows nothing of other workers and of queues; the pool manages those.

use std::process::Stdio;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use fieldmark_domain::content::DocumentContent;
use fieldmark_domain::media_type::MediaType;
use fieldmark_domain::page::{GrayRaster, Page};
use fieldmark_domain::ports::{ReadError, ReadRequest};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::process::{Child, ChildStderr, ChildStdin, ChildStdout, Command};
use tokio::task::JoinHandle;

use crate::cage_report::CageReport;
use crate::environment;
use crate::frames::{self, Allowance, FrameError};
use crate::library;
use crate::measurements;
use crate::messages::{Answer, Finish, GREETING, LibraryPath, Order, ReadOrder, Setup};
use crate::options::ReaderOptions;
use crate::process_memory::ProcessMemory;
use crate::worker_end::{ABANDONED, DISMISSED, ENDED_IDLE, ExitTrace, RETIRED, WorkerEnd};

/// How often a busy worker's memory is checked.
const WATCH_INTERVAL: Duration = Duration::from_millis(20);
/// How long to wait for the exit status and the rest of the standard error of a worker that closed
/// its pipe. They contain the reason of its end, which may arrive late on a busy machine.
const EXIT_TIMEOUT: Duration = Duration::from_secs(5);
/// How many bytes of a worker's standard error are kept.
const STDERR_TAIL_BYTES: usize = 2000;
/// The longest line of a worker's standard error that is logged in one piece, in bytes.
const LOGGED_LINE_BYTES: u64 = 1000;
/// Maximum size of all messages of an answer in bytes. The maximum number of words of a document
/// takes a tenth of it, and the names of its attachments as much; in memory a word is at most three
/// times as large.
const ANSWER_BYTES: u64 = 32 * 1024 * 1024;
/// A worker is replaced after this many files, in case its libraries leak memory.
const FILES_PER_WORKER: u32 = 500;

/// A worker process. Dropping it kills the process.
#[derive(Debug)]
pub struct WorkerProcess {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    stderr_tail: Arc<Mutex<String>>,
    listener: JoinHandle<()>,
    greeted: bool,
    files_read: u32,
    peak_data: u64,
    /// The reason for the metrics if it is dropped now.
    end_reason: &'static str,
}

impl Drop for WorkerProcess {
    fn drop(&mut self) {
        measurements::ended(self.end_reason);
    }
}

impl WorkerProcess {
    /// Starts a worker. It sends its greeting and gets its setup when the first file comes.
    pub fn start(options: &ReaderOptions) -> Result<Self, ReadError> {
        let unavailable = |reason: String| ReadError::Unavailable { reason };
        if tokio::runtime::Handle::try_current().is_err() {
            return Err(unavailable("workers can only be started within a tokio runtime".to_owned()));
        }
        let needed = std::env::vars_os().filter(|(name, _)| environment::is_needed(name));
        let mut child = Command::new(environment::located(&options.worker_program))
            .args(&options.worker_arguments)
            .env_clear()
            .envs(needed)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .map_err(|error| {
                unavailable(format!("{} does not start: {error}", options.worker_program.display()))
            })?;
        let (Some(input), Some(output), Some(errors)) =
            (child.stdin.take(), child.stdout.take(), child.stderr.take())
        else {
            return Err(unavailable("a worker started without its pipes".to_owned()));
        };
        let stderr_tail = Arc::new(Mutex::new(String::new()));
        let listener = tokio::spawn(listen(errors, Arc::clone(&stderr_tail)));
        tracing::debug!(process = child.id(), "a reader worker started");
        measurements::started();
        Ok(Self {
            child,
            input,
            output: BufReader::new(output),
            stderr_tail,
            listener,
            greeted: false,
            files_read: 0,
            peak_data: 0,
            end_reason: DISMISSED,
        })
    }

    /// Its process identifier; `None` when it has ended.
    pub fn id(&self) -> Option<u32> {
        self.child.id()
    }

    /// Whether it can read another file: it runs, has not read too many files and does not use too
    /// much memory.
    pub fn is_fit(&mut self, options: &ReaderOptions) -> bool {
        let runs = matches!(self.child.try_wait(), Ok(None));
        let memory = self.child.id().and_then(ProcessMemory::of);
        let small = memory.is_none_or(|memory| memory.data < options.memory_bytes / 2);
        let young = self.files_read < FILES_PER_WORKER;
        self.end_reason = match (runs, small && young) {
            (false, _) => ENDED_IDLE,
            (true, false) => RETIRED,
            (true, true) => DISMISSED,
        };
        runs && small && young
    }

    /// Lets the worker read one file.
    ///
    /// # Errors
    /// The outer error means that the worker is dead or must be killed: drop it. The inner one is
    /// the worker's answer, after which it can be used again.
    pub async fn read(
        &mut self,
        request: &ReadRequest,
        options: &ReaderOptions,
    ) -> Result<Result<DocumentContent, ReadError>, ReadError> {
        self.files_read += 1;
        self.peak_data = 0;
        // If the future is dropped before the answer, the caller has left.
        self.end_reason = ABANDONED;
        let process = self.child.id();
        let mut peak_data = 0;
        let ended = tokio::select! {
            answer = self.exchange(request, options) => answer,
            () = watch_memory(process, options.memory_bytes, &mut peak_data) => {
                Err(Ended::By(WorkerEnd::MemoryLimit(options.memory_bytes)))
            }
            () = tokio::time::sleep(options.timeout) => Err(Ended::By(WorkerEnd::TimeLimit(options.timeout))),
        };
        self.peak_data = peak_data;
        match ended {
            Ok(answer) => {
                self.end_reason = DISMISSED;
                Ok(answer)
            }
            Err(ended) => Err(self.terminate(ended, options).await),
        }
    }

    async fn exchange(
        &mut self,
        request: &ReadRequest,
        options: &ReaderOptions,
    ) -> Result<Result<DocumentContent, ReadError>, Ended> {
        let order = Order::Read(ReadOrder {
            password: request.password.clone(),
            electronic_invoices: request.electronic_invoices,
            raster_height: request.raster_height,
            only_page: request.only_page,
        });
        self.give(&order, &request.bytes, options).await?;
        self.receive(request, options).await
    }

    /// Asks the worker to report its cage and to test it. Drop the worker afterwards.
    pub async fn inspect(&mut self, options: &ReaderOptions) -> Result<CageReport, ReadError> {
        let asked = tokio::time::timeout(options.timeout, self.ask_for_cage(options)).await;
        match asked.unwrap_or(Err(Ended::By(WorkerEnd::TimeLimit(options.timeout)))) {
            Ok(report) => Ok(report),
            Err(ended) => {
                let reason = self.terminate(ended, options).await.to_string();
                Err(ReadError::Unavailable { reason: format!("a worker did not report its cage: {reason}") })
            }
        }
    }

    async fn ask_for_cage(&mut self, options: &ReaderOptions) -> Result<CageReport, Ended> {
        self.give(&Order::Inspect, &[], options).await?;
        let mut allowance = Allowance::one_frame(0);
        match frames::read_async::<Answer>(&mut self.output, &mut allowance).await? {
            (Answer::Cage(report), _) => Ok(report),
            _ => Err(Ended::By(WorkerEnd::Misbehaved)),
        }
    }

    /// Sends an order; before the first one, the worker's settings are sent and its greeting is
    /// read.
    async fn give(&mut self, order: &Order, body: &[u8], options: &ReaderOptions) -> Result<(), Ended> {
        // A failed write also shows when reading: the worker has closed both pipes.
        let sent = self.send(order, body, options).await;
        if let Err(error) = &sent {
            tracing::debug!(%error, "a reader worker did not take its orders");
        }
        if !self.greeted {
            let greeting = frames::read_async::<Answer>(&mut self.output, &mut Allowance::one_frame(0)).await;
            if !matches!(greeting, Ok((Answer::Greeting(words), _)) if words == GREETING) {
                return Err(Ended::By(WorkerEnd::NeverStarted));
            }
            self.greeted = true;
        }
        Ok(())
    }

    async fn send(&mut self, order: &Order, body: &[u8], options: &ReaderOptions) -> Result<(), FrameError> {
        if !self.greeted {
            self.input.write_all(&frames::head(&Order::Setup(setup(options)), 0)?).await?;
        }
        self.input.write_all(&frames::head(order, body.len())?).await?;
        self.input.write_all(body).await?;
        Ok(self.input.flush().await?)
    }

    /// Collects pages until the worker reports that it is done. Accepts no more pages than
    /// requested and no more bytes than [`allowance`] allows, so that memory is bounded whatever
    /// the worker sends.
    async fn receive(
        &mut self,
        request: &ReadRequest,
        options: &ReaderOptions,
    ) -> Result<Result<DocumentContent, ReadError>, Ended> {
        let mut pages: Vec<Page> = Vec::new();
        let mut allowance = allowance(request, options);
        loop {
            let (answer, pixels) = frames::read_async::<Answer>(&mut self.output, &mut allowance).await?;
            match answer {
                Answer::Page { page, raster } if is_wanted(&page, pages.len(), request, options) => {
                    pages.push(with_raster(page, raster, pixels)?);
                }
                Answer::Finished(finish) if is_complete(&finish, &pages, request, options) => {
                    return Ok(Ok(document(*finish, pages)));
                }
                Answer::Failed(failure) => return Ok(Err(failure.into())),
                _ => return Err(Ended::By(WorkerEnd::Misbehaved)),
            }
        }
    }

    /// Makes sure that the worker is dead, and determines the reason.
    async fn terminate(&mut self, ended: Ended, options: &ReaderOptions) -> ReadError {
        let (status, known) = match ended {
            Ended::By(WorkerEnd::TimeLimit(_)) if !self.greeted => (None, Some(WorkerEnd::NeverStarted)),
            Ended::By(end) => {
                // A program that exits at once may still have printed a message.
                if end == WorkerEnd::NeverStarted {
                    let _ = tokio::time::timeout(EXIT_TIMEOUT, self.child.wait()).await;
                }
                (None, Some(end))
            }
            Ended::Pipe => {
                let status = tokio::time::timeout(EXIT_TIMEOUT, self.child.wait()).await;
                (status.ok().and_then(Result::ok), None)
            }
        };
        let _ = self.child.kill().await;
        let _ = tokio::time::timeout(EXIT_TIMEOUT, &mut self.listener).await;
        let stderr_tail = self.stderr_tail.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let trace = ExitTrace {
            status,
            stderr_tail: &stderr_tail,
            peak_data: self.peak_data,
            memory_bytes: options.memory_bytes,
        };
        let end = known.unwrap_or_else(|| WorkerEnd::classify(trace));
        self.end_reason = end.name();
        tracing::debug!(?end, peak_data = self.peak_data, "a reader worker ended");
        end.into_error(&stderr_tail)
    }
}

/// How an exchange ended without an answer.
enum Ended {
    /// The worker closed its pipe; the reason is not known yet.
    Pipe,
    /// The reason is known, and the worker still runs.
    By(WorkerEnd),
}

impl From<FrameError> for Ended {
    fn from(error: FrameError) -> Self {
        match error {
            FrameError::Pipe(_) => Self::Pipe,
            FrameError::TooLong { .. } | FrameError::Senseless(_) => Self::By(WorkerEnd::Misbehaved),
        }
    }
}

/// Whether another page is expected after so many.
fn is_wanted(page: &Page, before: usize, request: &ReadRequest, options: &ReaderOptions) -> bool {
    match request.only_page {
        Some(number) => page.number == number && before == 0,
        None => before < options.max_pages as usize,
    }
}

/// Whether the answer is complete: at least one page, unless the file has no requested page.
fn is_complete(finish: &Finish, pages: &[Page], request: &ReadRequest, options: &ReaderOptions) -> bool {
    let last_read = finish.page_count.min(options.max_pages);
    let is_beyond = request.only_page.is_some_and(|number| !(1..=last_read).contains(&number));
    is_beyond || !pages.is_empty() || is_invoice(finish)
}

/// Whether a file is an e-invoice without a PDF, which has no pages.
fn is_invoice(finish: &Finish) -> bool {
    finish.media_type == MediaType::Xml && !finish.electronic_invoices.is_empty()
}

fn document(finish: Finish, pages: Vec<Page>) -> DocumentContent {
    DocumentContent {
        media_type: finish.media_type,
        metadata: finish.metadata,
        pages,
        page_count: finish.page_count,
        electronic_invoices: finish.electronic_invoices,
        unread: finish.unread,
    }
}

fn setup(options: &ReaderOptions) -> Setup {
    Setup {
        library: library::find(options).map(LibraryPath::from),
        memory_bytes: options.memory_bytes,
        max_pages: options.max_pages,
        max_pixels: options.max_pixels,
    }
}

/// Maximum size of an answer: its messages, and pictures only if they were requested. All pictures
/// together are limited by the pages' pixels and by the worker's memory.
fn allowance(request: &ReadRequest, options: &ReaderOptions) -> Allowance {
    let pages = request.only_page.map_or(options.max_pages, |_| 1);
    let rasters = options.max_pixels.saturating_mul(pages.into()).min(options.memory_bytes);
    Allowance {
        message_bytes: ANSWER_BYTES,
        body_bytes: request.raster_height.map_or(0, |_| rasters),
        largest_body: options.max_pixels,
    }
}

fn with_raster(page: Page, raster: Option<(u32, u32)>, pixels: Vec<u8>) -> Result<Page, Ended> {
    let (width, height) = raster.unwrap_or((0, 0));
    if u64::from(width) * u64::from(height) != pixels.len() as u64 {
        return Err(Ended::By(WorkerEnd::Misbehaved));
    }
    Ok(Page { raster: raster.map(|_| GrayRaster { width, height, pixels }), ..page })
}

/// Returns when the process uses more than the limit. The process limits itself too, but not all
/// memory counts there, and the peak shows afterwards why it died.
async fn watch_memory(process: Option<u32>, limit: u64, peak_data: &mut u64) {
    loop {
        if let Some(memory) = process.and_then(ProcessMemory::of) {
            *peak_data = memory.data.max(*peak_data);
            if memory.resident > limit {
                return;
            }
        }
        tokio::time::sleep(WATCH_INTERVAL).await;
    }
}

/// Logs the worker's standard error, and keeps the end of it.
async fn listen(errors: ChildStderr, stderr_tail: Arc<Mutex<String>>) {
    let mut errors = BufReader::new(errors);
    let mut line = Vec::new();
    loop {
        line.clear();
        let read = (&mut errors).take(LOGGED_LINE_BYTES).read_until(b'\n', &mut line).await;
        if !matches!(read, Ok(count) if count > 0) {
            return;
        }
        let text = String::from_utf8_lossy(&line);
        tracing::debug!(line = text.trim_end(), "a reader worker wrote to its standard error");
        let mut kept = stderr_tail.lock().unwrap_or_else(PoisonError::into_inner);
        kept.push_str(&text);
        let excess = kept.len().saturating_sub(STDERR_TAIL_BYTES);
        let cut = (excess..=kept.len()).find(|&at| kept.is_char_boundary(at)).unwrap_or(0);
        kept.drain(..cut);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_count_only_when_asked_for_and_never_beyond_the_memory() {
        let plain = ReadRequest::new(Vec::new());
        let pictured = ReadRequest { raster_height: Some(100), ..plain.clone() };
        let options = ReaderOptions { max_pages: 3, max_pixels: 1000, ..ReaderOptions::default() };
        assert_eq!(allowance(&plain, &options).body_bytes, 0);
        assert_eq!(allowance(&pictured, &options).body_bytes, 3000);
        assert_eq!(allowance(&pictured, &options).largest_body, 1000);
        let one_page = ReadRequest { only_page: Some(2), ..pictured.clone() };
        assert_eq!(allowance(&one_page, &options).body_bytes, 1000);
        let options = ReaderOptions { max_pixels: 1 << 31, ..options };
        assert_eq!(allowance(&pictured, &options).body_bytes, options.memory_bytes);
        assert_eq!(allowance(&pictured, &options).message_bytes, ANSWER_BYTES);
    }
}
