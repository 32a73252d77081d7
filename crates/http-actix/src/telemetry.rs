//! The measures of the process, printed as Prometheus reads them.

use std::sync::Arc;

use metrics::{Unit, describe_counter, describe_gauge, describe_histogram};
use metrics_exporter_prometheus::{BuildError, PrometheusBuilder, PrometheusHandle};

/// Upper bounds of durations, in seconds.
const SECONDS: [f64; 13] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 20.0];
/// Upper bounds of sizes of batches, in pages.
const PAGES: [f64; 7] = [1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0];

/// Prints what was measured.
#[derive(Clone)]
pub struct Telemetry {
    handle: PrometheusHandle,
    /// Called before each print: sets measures that are looked up, not counted.
    look: Arc<dyn Fn() + Send + Sync>,
}

/// Why nothing is measured.
#[derive(Debug, thiserror::Error)]
#[error("measuring cannot begin: {0}")]
pub struct TelemetryError(#[from] BuildError);

impl Telemetry {
    /// Measures from now on, in the whole process; once in its life, before anything begins that is measured.
    ///
    /// # Errors
    /// [`TelemetryError`] when something measures already.
    pub fn start() -> Result<Self, TelemetryError> {
        let handle = builder()?.install_recorder()?;
        describe();
        Ok(Self { handle, look: Arc::new(|| {}) })
    }

    /// The same, with something that sets measures which are looked up each time they are printed.
    #[must_use]
    pub fn looking_up(self, look: impl Fn() + Send + Sync + 'static) -> Self {
        Self { look: Arc::new(look), ..self }
    }

    /// Measures that nothing feeds: for tests, many of which run in one process.
    ///
    /// # Errors
    /// [`TelemetryError`] never; the signature is that of [`Telemetry::start`].
    pub fn detached() -> Result<Self, TelemetryError> {
        Ok(Self { handle: builder()?.build_recorder().handle(), look: Arc::new(|| {}) })
    }

    /// Sorts what was measured into its buckets: without it, durations pile up until somebody asks for them.
    pub fn keep_up(&self) {
        self.handle.run_upkeep();
    }

    /// Everything that was measured, in Prometheus' text format 0.0.4.
    #[must_use]
    pub fn print(&self) -> String {
        (self.look)();
        self.keep_up();
        self.handle.render()
    }
}

fn builder() -> Result<PrometheusBuilder, BuildError> {
    use metrics_exporter_prometheus::Matcher;
    PrometheusBuilder::new()
        .set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), &SECONDS)?
        .set_buckets_for_metric(Matcher::Suffix("_pages".to_owned()), &PAGES)
}

fn describe() {
    describe_counter!(
        "fieldmark_http_requests_total",
        "Requests by method, route and status; 499: the client left"
    );
    describe_histogram!(
        "fieldmark_http_request_seconds",
        Unit::Seconds,
        "From a request's head to its answer's"
    );
    describe_gauge!("fieldmark_http_requests_in_flight", "Requests that are being answered");
    describe_counter!("fieldmark_http_refused_total", "Requests refused because too many were at work");
    describe_counter!("fieldmark_http_unread_total", "Requests that could not be read as HTTP, by status");
    describe_gauge!("fieldmark_http_connections", "Connections that are open");
    describe_gauge!("fieldmark_http_connections_limit", "Connections that may be open");
    describe_counter!(
        "fieldmark_http_connections_closed_total",
        "Connections that the service closed to make room or because they waited too long, by reason"
    );
    describe_gauge!("fieldmark_open_files", "Descriptors that the process has open: files, sockets, pipes");
    describe_gauge!("fieldmark_open_files_limit", "Descriptors that the process may have open");
    describe_counter!(
        "fieldmark_http_cut_off_total",
        "Connections cut off because their client took an answer too slowly"
    );
    describe_gauge!("fieldmark_jobs", "Jobs by status");
    describe_gauge!("fieldmark_detection_queue_pages", "Pages that wait for the model");
    describe_histogram!("fieldmark_detection_batch_pages", "Pages that the model saw at once");
    describe_histogram!("fieldmark_detection_seconds", Unit::Seconds, "The model's time for a batch");
    describe_counter!(
        "fieldmark_detection_dropped_total",
        "Pages not looked at because their caller had left"
    );
    describe_counter!(
        "fieldmark_detection_refused_total",
        "Requests refused because the queue of pages was full"
    );
    describe_counter!("fieldmark_reader_workers_started_total", "Reading processes started");
    describe_counter!("fieldmark_reader_workers_ended_total", "Reading processes ended, by reason");
    describe_gauge!("fieldmark_reader_waiting", "Files that wait for a reading process");
    describe_gauge!("fieldmark_reader_busy", "Files that are being read");
    describe_histogram!("fieldmark_reader_seconds", Unit::Seconds, "The time to read a file into words");
    describe_counter!("fieldmark_reader_refused_total", "Files refused because too many were waiting");
    describe_counter!("fieldmark_cache_hits_total", "Documents found in memory");
    describe_counter!("fieldmark_cache_misses_total", "Documents looked up in the database");
    describe_gauge!("fieldmark_database_connections", "Connections to the database, by state");
    describe_counter!("fieldmark_storage_attempts_total", "Attempts at the store of documents, by outcome");
    describe_counter!(
        "fieldmark_storage_verified_total",
        "Stored files compared with their digests, by outcome"
    );
    describe_gauge!(
        "fieldmark_storage_breaker",
        "The circuit breaker of the store of documents: 1 for its state"
    );
}
