//! The wiring: settings and options in, an engine that reads files out.
//!
//! Here alone the adapters meet the domain's use case.

mod annotate;
mod backtrace;
mod batch;
mod lazy_detector;
mod reader;
mod reader_on_runtime;

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use fieldmark_detection_candle::Device;
use fieldmark_document_reader::{ReaderOptions, WorkerPool};
use fieldmark_domain::clock::SystemClock;
use fieldmark_domain::commands::{ExtractDocument, ExtractRequest, Extracted};
use fieldmark_domain::document::Failure;
use fieldmark_domain::ports::DocumentReader;
use fieldmark_domain::reading::ReadingOptions;
use fieldmark_report::{ExtractionReport, FileReport, Outcome};
use sha2::{Digest as _, Sha256};
use tokio::runtime::{Handle, Runtime};
use tokio::task::JoinError;

use crate::arguments::EngineArguments;
use crate::inputs::{self, Input};
use crate::progress::Progress;
use crate::settings::Settings;
use annotate::PictureName;
pub use annotate::PictureNames;
use backtrace::without_backtrace;
pub use lazy_detector::LazyDetector;
pub use reader::{options as reader_options, run_as_worker};
use reader_on_runtime::ReaderOnRuntime;

/// What is wanted of each document beside its fields.
#[derive(Debug, Clone, Default)]
pub struct Wishes {
    /// The password of encrypted files.
    pub password: Option<String>,
    /// Whether the other candidates of each field are wanted.
    pub with_candidates: bool,
}

/// Reads files.
pub struct Engine {
    extract: ExtractDocument,
    detector: Arc<LazyDetector>,
    max_file_bytes: u64,
    options: ReadingOptions,
    electronic_invoices: bool,
    deadline: Duration,
    password: Option<String>,
    jobs: NonZeroUsize,
}

/// The use case that reads documents, and the model that it waits for.
pub struct Reading {
    /// The use case.
    pub extract: ExtractDocument,
    detector: Arc<LazyDetector>,
}

/// The pool of reading processes alone, as the settings have it; none is started before the first file.
///
/// # Errors
/// When the reader's options cannot be worked with.
pub fn reader(settings: &Settings) -> anyhow::Result<Arc<WorkerPool>> {
    reader::pool(reader::options(settings, NonZeroUsize::MIN)?)
}

impl Reading {
    /// Reads after the settings, so many documents at once; on this device if one is named. The model begins to load.
    /// Files are read on the runtime of whoever extracts, which must always be the same one.
    ///
    /// # Errors
    /// When the reader's or the detector's options cannot be worked with.
    pub fn start(settings: &Settings, device: Option<&str>, jobs: NonZeroUsize) -> anyhow::Result<Self> {
        let reader = reader::pool(reader::options(settings, jobs)?)?;
        Self::with_reader(settings, device, jobs, reader)
    }

    /// As [`Reading::start`], with all files read on this runtime: whoever extracts may be on any other one. So many
    /// further documents may wait without being turned away.
    ///
    /// # Errors
    /// When the reader's or the detector's options cannot be worked with.
    pub fn start_on(
        settings: &Settings,
        device: Option<&str>,
        jobs: NonZeroUsize,
        waiting: usize,
        runtime: &Handle,
    ) -> anyhow::Result<Self> {
        let options = reader::options(settings, jobs)?;
        let all = jobs.saturating_add(waiting);
        let pool = reader::pool(ReaderOptions { queue: options.queue.max(all.get()), ..options })?;
        let reader = ReaderOnRuntime::new(pool, runtime.clone());
        // Of the pages, those of jobs alone have places of their own: other callers are told when the queue is full.
        Self::with_reader(settings, device, jobs, Arc::new(reader))
    }

    fn with_reader(
        settings: &Settings,
        device: Option<&str>,
        jobs: NonZeroUsize,
        reader: Arc<dyn DocumentReader>,
    ) -> anyhow::Result<Self> {
        let detection = &settings.detection;
        let device: Device = device.unwrap_or(&detection.device).parse().context("detection.device")?;
        let detector =
            LazyDetector::start(detection.model.clone(), device, detection.queue_options(device, jobs));
        let clock = Arc::new(SystemClock::new());
        Ok(Self { extract: ExtractDocument { reader, detector: detector.clone(), clock }, detector })
    }

    /// Waits until the model is there; without it nothing can be read.
    pub fn wait_for_model(&self) -> anyhow::Result<()> {
        model_of(&self.detector)
    }
}

fn model_of(detector: &LazyDetector) -> anyhow::Result<()> {
    match detector.wait() {
        Ok(_) => Ok(()),
        Err(reason) => anyhow::bail!("the model cannot be loaded: {reason}"),
    }
}

/// One file's result, and what else went wrong.
#[derive(Debug)]
pub struct Answer {
    /// The result.
    pub report: FileReport,
    /// Why pictures of a file that was read are missing.
    pub complaint: Option<String>,
}

impl Answer {
    fn failed(file: &Path, code: &str, message: &str) -> Self {
        Self { report: FileReport::failed(file.to_string_lossy(), code, message), complaint: None }
    }

    /// A fault of the program must not take the other files with it.
    fn of_a_panic(file: &Path, error: &JoinError) -> Self {
        tracing::error!("reading {} panicked: {error}", file.display());
        Self::failed(file, "internal_error", "the program failed on this file")
    }
}

impl Engine {
    /// An engine after the settings and, above them, the options. The model begins to load.
    ///
    /// # Errors
    /// When the reader's options cannot be worked with.
    pub fn start(settings: &Settings, arguments: &EngineArguments, wishes: Wishes) -> anyhow::Result<Self> {
        let jobs = arguments.jobs.unwrap_or_else(cores);
        let Reading { extract, detector } = Reading::start(settings, arguments.device.as_deref(), jobs)?;
        let threshold = arguments.threshold.unwrap_or(settings.detection.threshold);
        Ok(Self {
            extract,
            detector,
            max_file_bytes: settings.reader.max_file_bytes,
            options: ReadingOptions {
                threshold,
                with_candidates: wishes.with_candidates,
                ..settings.detection.reading()
            },
            electronic_invoices: !arguments.no_xml,
            deadline: settings.detection.deadline,
            password: wishes.password,
            jobs,
        })
    }

    /// Reads all inputs and hands each answer to `take`, in the order of the inputs.
    ///
    /// # Errors
    /// When there is no runtime or no model, and the first error of `take`.
    pub fn read_all(
        self,
        inputs: Vec<Input>,
        mut pictures: Option<PictureNames>,
        mut take: impl FnMut(Answer) -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        let progress = Progress::over(inputs.len());
        let files: Vec<PathBuf> = inputs.iter().map(|input| input.path().to_owned()).collect();
        let mut files = files.into_iter();
        let (jobs, engine) = (self.jobs, Arc::new(self));
        let process = |input: Input| {
            let engine = Arc::clone(&engine);
            let pictures = pictures.as_mut().map(|names| names.claim(input.path()));
            async move { engine.answer(&input, pictures).await }
        };
        let take = |answer: Result<Answer, JoinError>| {
            let file = files.next().unwrap_or_default();
            engine.wait_for_model()?;
            progress.advance(|| take(answer.unwrap_or_else(|error| Answer::of_a_panic(&file, &error))))
        };
        let runtime = runtime(jobs)?;
        let taken = runtime.block_on(batch::run(inputs, jobs, process, take));
        progress.finish();
        taken
    }

    /// Waits until the model is there; without it nothing can be read.
    pub fn wait_for_model(&self) -> anyhow::Result<()> {
        model_of(&self.detector)
    }

    /// Reads one input and draws its pages under this name, if there is one.
    async fn answer(&self, input: &Input, pictures: Option<PictureName>) -> Answer {
        let path = match input {
            Input::File(path) => path,
            Input::Unreachable { path, code, message } => return Answer::failed(path, code, message),
        };
        match self.extract(path, pictures.is_some()).await {
            Ok(extracted) => self.answer_read(path, &extracted, pictures.as_ref()),
            Err(Failure { code, message }) => Answer::failed(path, &code, &message),
        }
    }

    fn answer_read(&self, path: &Path, extracted: &Extracted, pictures: Option<&PictureName>) -> Answer {
        let read = ExtractionReport::new(&extracted.extraction, self.options.with_candidates);
        let (pages, labels) = (&extracted.document.pages, &extracted.extraction.labels);
        let drawn =
            pictures.map(|pictures| tokio::task::block_in_place(|| annotate::save(pages, labels, pictures)));
        let complaint = drawn
            .and_then(Result::err)
            .map(|error| format!("{}: the pages cannot be drawn: {error:#}", path.display()));
        let outcome = Outcome::Read(Box::new(read));
        Answer { report: FileReport { file: path.to_string_lossy().into(), outcome }, complaint }
    }

    async fn extract(&self, path: &Path, with_raster: bool) -> Result<Extracted, Failure> {
        let (bytes, sha256) = tokio::task::block_in_place(|| {
            let bytes = inputs::load(path, self.max_file_bytes)?;
            let sha256 = format!("{:x}", Sha256::digest(&bytes));
            Ok::<_, Failure>((bytes, sha256))
        })?;
        let request = ExtractRequest {
            bytes: bytes.into(),
            password: self.password.clone(),
            sha256: Some(sha256),
            electronic_invoices: self.electronic_invoices,
            deadline: Some(self.deadline),
            raster_height: with_raster.then_some(annotate::RASTER_HEIGHT),
            progress: None,
            options: self.options,
        };
        self.extract.execute(request).await.map_err(|error| Failure {
            code: error.code().to_owned(),
            message: without_backtrace(&error.to_string()),
        })
    }
}

/// A thread for each document, and one more so that reading goes on while all of them draw or choose values.
/// Detection has threads of its own.
pub fn runtime(jobs: NonZeroUsize) -> anyhow::Result<Runtime> {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(jobs.get().saturating_add(1))
        .enable_all()
        .build()
        .context("the runtime cannot be started")
}

/// Documents that are read at once when nobody says how many.
pub fn cores() -> NonZeroUsize {
    std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN)
}
