//! The address of each route: the one place where it is written.
//!
//! `app.rs` registers the routes under these patterns, the attributes of the handlers give them to
//! the OpenAPI document. Patterns of things that answers link to come from the report crate, with
//! the links themselves. What is below [`VERSION_ONE`] is written without that prefix.

pub use fieldmark_report::addresses::{
    DOCUMENT, JOB, LABEL, PAGE, VERSION_ONE, of_document, of_job, of_label, of_page,
};

/// Addresses without a version, which are those of the version that a header names.
pub const API: &str = "/api";

/// Extraction while the client waits.
pub const INFER: &str = "/infer";
/// The kept documents.
pub const DOCUMENTS: &str = "/documents";
/// Restores a deleted document.
pub const RESTORE: &str = "/documents/{document}/restore";
/// Processes a document again.
pub const PROCESS: &str = "/documents/{document}/process";
/// Approves a document.
pub const APPROVE: &str = "/documents/{document}/approve";
/// Rejects a document.
pub const REJECT: &str = "/documents/{document}/reject";
/// The history of a document's labels.
pub const HISTORY: &str = "/documents/{document}/history";
/// The bytes of a document.
pub const FILE: &str = "/documents/{document}/file";
/// The labels of a document.
pub const LABELS: &str = "/documents/{document}/labels";
/// The jobs.
pub const JOBS: &str = "/jobs";
/// Queues a dead job again.
pub const RETRY: &str = "/jobs/{job}/retry";
/// The labels of many documents as a stream.
pub const EXPORTED_LABELS: &str = "/exports/labels";
/// The model and the fields.
pub const MODELS: &str = "/models";

/// Whether the process runs.
pub const LIVE: &str = "/health/live";
/// Whether the service can work.
pub const READY: &str = "/health/ready";
/// What the program was built from.
pub const VERSION: &str = "/version";
/// The measures, for Prometheus.
pub const METRICS: &str = "/metrics";
/// The OpenAPI document.
pub const OPENAPI: &str = "/openapi.json";
/// The page that shows the OpenAPI document.
pub const DOCS: &str = "/docs";
/// A file of that page.
pub const DOCS_FILE: &str = "/docs/{file:.*}";
