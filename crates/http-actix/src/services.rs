//! What the routes need: use cases, and the bounds of what may be asked.

use std::collections::BTreeMap;
use std::num::NonZero;
use std::path::PathBuf;
use std::sync::Arc;
use std::thread::available_parallelism;
use std::time::Duration;

use fieldmark_domain::commands::{ExtractDocument, ReceiveDocument};
use fieldmark_domain::job::{Job, JobId};
use fieldmark_domain::ports::{DocumentReader, PagePainter};
use fieldmark_domain::scope::Scope;
use fieldmark_domain::use_case_error::UseCaseError;
use fieldmark_domain::use_cases::UseCases;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};

use crate::client::Network;
use crate::health::Dependency;
use crate::outgoing::encodings::MEMORY_FOR_ENCODING;
use crate::pace::Pace;
use crate::problem::Problem;
use crate::telemetry::Telemetry;

/// The use cases behind the routes, and how they may be used.
pub struct Services {
    /// The use cases on documents, labels and jobs.
    pub use_cases: UseCases,
    /// The use case that reads a file at once.
    pub extract: ExtractDocument,
    /// Draws labels on pages.
    pub painter: Arc<dyn PagePainter>,
    /// Who may ask.
    pub access: Access,
    /// How much may be asked.
    pub limits: Limits,
    /// What must be there before requests can be answered.
    pub dependencies: Vec<Arc<dyn Dependency>>,
    /// Prints the measures.
    pub telemetry: Telemetry,
    /// What this program was built from.
    pub built_from: BuiltFrom,
    /// The device on which the model runs, for instance `cpu`.
    pub device: String,
    /// Requests that may be at work at once.
    pub admission: Admission,
    /// Becomes true when the service is to stop: nobody waits for jobs any more.
    pub stopping: watch::Receiver<bool>,
}

/// Who may ask.
#[derive(Clone, Default)]
pub struct Access {
    /// The one credential, a bearer token (RFC 6750); `None` lets everybody on this machine ask.
    pub token: Option<String>,
    /// Origins whose web pages may ask, beside the service's own.
    pub cors_origins: Vec<String>,
    /// Proxies that say truly for whom they ask.
    pub trusted_proxies: Vec<Network>,
}

impl std::fmt::Debug for Access {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let token = self.token.as_ref().map(|_| "…");
        formatter
            .debug_struct("Access")
            .field("token", &token)
            .field("cors_origins", &self.cors_origins)
            .field("trusted_proxies", &self.trusted_proxies)
            .finish()
    }
}

/// How much may be asked.
#[derive(Debug, Clone)]
pub struct Limits {
    /// The largest file, in bytes.
    pub file_bytes: u64,
    /// The largest body, in bytes; several files may come in one.
    pub body_bytes: u64,
    /// How long a body may take to come in.
    pub body_time: Duration,
    /// How fast a body comes in at least.
    pub body_pace: Pace,
    /// How many `/infer` requests are at work at once; those above are refused.
    pub inferences: usize,
    /// How many uploads are at work at once; those above are refused.
    pub uploads: usize,
    /// How many files are sent at once; those above are refused.
    pub downloads: usize,
    /// How many pictures are drawn and sent at once; those above are refused.
    pub pictures: usize,
    /// How many bytes of large answers wait in memory for their clients at once; those above are refused.
    pub answer_bytes: usize,
    /// After so long `/infer` answers with the job that goes on.
    pub infer_deadline: Duration,
    /// The longest that a request for a job waits for its end.
    pub longest_wait: Duration,
    /// The folder in which uploads lie while they come in.
    pub upload_folder: PathBuf,
    /// How many bytes stay free on the disk of that folder; uploads that would take them are refused.
    pub min_free_bytes: u64,
}

/// What this program was built from.
#[derive(Debug, Clone, Default)]
pub struct BuiltFrom {
    /// The version.
    pub version: String,
    /// Commit, target, profile, devices: by name.
    pub details: BTreeMap<String, String>,
}

/// How often a request that waits for a job looks whether the service is to stop. A query to the
/// database is never broken off for it: that would cost its connection.
const SHUTDOWN_POLL: Duration = Duration::from_millis(500);

/// Pictures that are drawn at once, where there are so many processor cores.
const MOST_DRAWINGS: usize = 4;

/// Exports that are written at once: each holds a part of the documents, and asks the database all the time.
const EXPORTS: usize = 4;

/// Requests that may be at work at once. A place is held until it is dropped.
#[derive(Debug)]
pub struct Admission {
    inferences: Arc<Semaphore>,
    uploads: Arc<Semaphore>,
    downloads: Arc<Semaphore>,
    pictures: Arc<Semaphore>,
    exports: Arc<Semaphore>,
    drawings: Arc<Semaphore>,
    /// Memory for large answers, a place for each kibibyte.
    memory: Arc<Semaphore>,
    most_memory: u32,
}

impl Admission {
    /// After the limits.
    #[must_use]
    pub fn new(limits: &Limits) -> Self {
        let places = |count| Arc::new(Semaphore::new(count));
        let most_memory = kibibytes(limits.answer_bytes);
        Self {
            inferences: places(limits.inferences),
            uploads: places(limits.uploads),
            downloads: places(limits.downloads),
            pictures: places(limits.pictures),
            exports: places(EXPORTS),
            drawings: places(available_parallelism().map_or(1, NonZero::get).min(MOST_DRAWINGS)),
            memory: places(most_memory as usize),
            most_memory,
        }
    }

    /// A place among the inferences.
    ///
    /// # Errors
    /// `overloaded`, at once.
    pub fn inference(&self) -> Result<OwnedSemaphorePermit, Problem> {
        admitted(&self.inferences, 1, "files")
    }

    /// A place among the uploads.
    ///
    /// # Errors
    /// `overloaded`, at once.
    pub fn upload(&self) -> Result<OwnedSemaphorePermit, Problem> {
        admitted(&self.uploads, 1, "uploads")
    }

    /// A place among the files that are sent.
    ///
    /// # Errors
    /// `overloaded`, at once.
    pub fn download(&self) -> Result<OwnedSemaphorePermit, Problem> {
        admitted(&self.downloads, 1, "downloads")
    }

    /// A place among the pictures.
    ///
    /// # Errors
    /// `overloaded`, at once.
    pub fn picture(&self) -> Result<OwnedSemaphorePermit, Problem> {
        admitted(&self.pictures, 1, "pictures")
    }

    /// Memory for a large answer of so many bytes, and for what encodes it. One that is larger than all the memory
    /// that answers may have takes all of it.
    ///
    /// # Errors
    /// `overloaded`, at once.
    pub fn answer(&self, bytes: usize) -> Result<OwnedSemaphorePermit, Problem> {
        let memory = kibibytes(bytes.saturating_add(MEMORY_FOR_ENCODING));
        admitted(&self.memory, memory.min(self.most_memory), "answers")
    }

    /// Leave to draw a picture, which takes some tens of MiB while it is drawn: waits for it.
    pub async fn drawing(&self) -> Option<OwnedSemaphorePermit> {
        // The semaphore is never closed.
        Arc::clone(&self.drawings).acquire_owned().await.ok()
    }

    /// A place among the exports.
    ///
    /// # Errors
    /// `overloaded`, at once.
    pub fn export(&self) -> Result<OwnedSemaphorePermit, Problem> {
        admitted(&self.exports, 1, "exports")
    }
}

/// Bytes in whole kibibytes, 1 or more.
fn kibibytes(bytes: usize) -> u32 {
    u32::try_from(bytes.div_ceil(1024)).unwrap_or(u32::MAX).max(1)
}

fn admitted(
    places: &Arc<Semaphore>,
    count: u32,
    what: &'static str,
) -> Result<OwnedSemaphorePermit, Problem> {
    Arc::clone(places).try_acquire_many_owned(count).map_err(|_| {
        metrics::counter!("fieldmark_http_refused_total", "what" => what).increment(1);
        Problem::overloaded(what)
    })
}

impl Services {
    /// A job once it is over; as it is after so long, or when the service is to stop.
    ///
    /// # Errors
    /// Those of [`fieldmark_domain::queries::WaitForJob`].
    pub async fn wait_for_job(
        &self,
        scope: &Scope,
        id: JobId,
        longest: Duration,
    ) -> Result<Job, UseCaseError> {
        let wait = self.use_cases.wait_for_job();
        let mut left = longest;
        loop {
            let some = left.min(SHUTDOWN_POLL);
            left = left.saturating_sub(some);
            let job = wait.execute(scope, id, some).await?;
            if job.status.is_over() || left.is_zero() || *self.stopping.borrow() {
                return Ok(job);
            }
        }
    }

    /// The use case that receives files.
    #[must_use]
    pub fn receive_document(&self) -> ReceiveDocument {
        self.use_cases.receive_document(self.reader())
    }

    /// What reads files.
    #[must_use]
    pub fn reader(&self) -> Arc<dyn DocumentReader> {
        Arc::clone(&self.extract.reader)
    }
}
