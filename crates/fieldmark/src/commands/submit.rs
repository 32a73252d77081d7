//! `fieldmark submit`: files in, kept documents and queued jobs out.

use std::io;

use anyhow::Context as _;
use fieldmark_domain::commands::{Processing, ReceiveDocument, ReceiveDocumentRequest, ReceivedDocument};
use fieldmark_domain::document::{Failure, Metadata};
use fieldmark_domain::job::Priority;
use fieldmark_domain::spreadsheet::Cells;
use fieldmark_report::ErrorReport;
use serde::Serialize;

use super::each::with_store;
use crate::arguments::SubmitArguments;
use crate::engine;
use crate::exit_status::{ExitStatus, Unwritten};
use crate::inputs::{self, Input};
use crate::output::list::{ListPrinter, Row};
use crate::output::rows::error_cells;
use crate::progress::Progress;
use crate::settings::Settings;
use crate::store::{LOCAL, Store};

/// Keeps the named files and queues them.
///
/// # Errors
/// When nothing was begun: nothing to keep, no store; and when standard output does not take what is printed.
pub fn run(settings: &Settings, arguments: &SubmitArguments) -> anyhow::Result<ExitStatus> {
    let inputs = inputs::collect(&arguments.inputs, true);
    anyhow::ensure!(!inputs.is_empty(), "there is nothing to keep: no PDF in the folders that were named");
    anyhow::ensure!(
        arguments.idempotency_key.is_none() || inputs.len() == 1,
        "--idempotency-key is for one file: {} were named",
        inputs.len()
    );
    with_store(settings, async |store| {
        let submission = Submission::new(settings, arguments, &store)?;
        let progress = Progress::over(inputs.len());
        let mut printer = ListPrinter::new(arguments.print);
        let mut status = ExitStatus::AllWell;
        for input in &inputs {
            let row = submission.row(input).await;
            if row.error.is_some() {
                status = ExitStatus::SomeFailed;
            }
            progress.advance(|| unless_nobody_reads(printer.write(vec![row])))?;
        }
        progress.finish();
        unless_nobody_reads(printer.finish(None))?;
        Ok(status)
    })
}

/// Files are kept whether anybody reads on or not (`| head`).
fn unless_nobody_reads(written: io::Result<()>) -> anyhow::Result<()> {
    match written {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => written.context(Unwritten),
    }
}

/// What became of a file.
#[derive(Debug, Serialize)]
struct SubmittedFile {
    /// The file as it was named or found.
    file: String,
    /// Its document's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    document_id: Option<String>,
    /// The id of the job that will read it or reads it now; absent when it was read or failed
    /// before, or is only kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    job_id: Option<String>,
    /// How far the document has come.
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<&'static str>,
    /// Whether the same bytes had come in before.
    #[serde(skip_serializing_if = "Option::is_none")]
    was_there: Option<bool>,
    /// Why it is not kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<ErrorReport>,
}

impl Row for SubmittedFile {
    const HEADINGS: &'static [&'static str] = &["file", "document", "job", "status"];

    const COLUMNS: &'static [&'static str] =
        &["file", "document_id", "job_id", "status", "was_there", "error", "error_message"];

    fn cells(&self) -> Vec<String> {
        let status = match (&self.error, self.was_there) {
            (Some(error), _) => format!("✗ {}", error.code),
            (None, Some(true)) => format!("{} (was there)", self.status.unwrap_or_default()),
            (None, _) => self.status.unwrap_or_default().to_owned(),
        };
        let or_dash = |id: &Option<String>| id.clone().unwrap_or_else(|| "–".to_owned());
        vec![self.file.clone(), or_dash(&self.document_id), or_dash(&self.job_id), status]
    }

    fn record(&self, cells: Cells) -> Vec<String> {
        let [error, error_message] = error_cells(self.error.as_ref(), cells);
        vec![
            cells.text(&self.file).into_owned(),
            self.document_id.clone().unwrap_or_default(),
            self.job_id.clone().unwrap_or_default(),
            self.status.unwrap_or_default().to_owned(),
            self.was_there.map(|was_there| was_there.to_string()).unwrap_or_default(),
            error,
            error_message,
        ]
    }
}

/// How files are kept.
struct Submission {
    receive: ReceiveDocument,
    arguments: Request,
}

/// What is the same for all files.
struct Request {
    tags: Vec<String>,
    metadata: Metadata,
    process: Option<Processing>,
    idempotency_key: Option<String>,
}

impl Submission {
    fn new(settings: &Settings, arguments: &SubmitArguments, store: &Store) -> anyhow::Result<Self> {
        let processing = Processing { priority: Priority(arguments.priority), retry_failed: false };
        Ok(Self {
            receive: store.use_cases.receive_document(engine::reader(settings)?),
            arguments: Request {
                tags: arguments.notes.tags.clone(),
                metadata: arguments.notes.metadata(),
                process: (!arguments.no_process).then_some(processing),
                idempotency_key: arguments.idempotency_key.clone(),
            },
        })
    }

    async fn row(&self, input: &Input) -> SubmittedFile {
        let file = input.path().to_string_lossy().into_owned();
        match self.receive(input).await {
            Ok(received) => SubmittedFile {
                file,
                document_id: Some(received.document.id.to_string()),
                job_id: received.job.map(|job| job.to_string()),
                status: Some(received.document.status.name()),
                was_there: Some(received.was_there),
                error: None,
            },
            Err(failure) => SubmittedFile {
                file,
                document_id: None,
                job_id: None,
                status: None,
                was_there: None,
                error: Some(ErrorReport::from(&failure)),
            },
        }
    }

    async fn receive(&self, input: &Input) -> Result<ReceivedDocument, Failure> {
        let path = match input {
            Input::File(path) => path,
            Input::Unreachable { code, message, .. } => {
                return Err(Failure { code: (*code).to_owned(), message: message.clone() });
            }
        };
        let Request { tags, metadata, process, idempotency_key } = &self.arguments;
        let longest = self.receive.max_file_bytes;
        let bytes = tokio::task::block_in_place(|| inputs::load(path, longest))?;
        let request = ReceiveDocumentRequest {
            bytes: bytes.into(),
            filename: path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
            tags: tags.clone(),
            metadata: metadata.clone(),
            process: *process,
            idempotency_key: idempotency_key.clone(),
        };
        let received = self.receive.execute(&LOCAL, &request).await;
        received.map_err(|error| Failure { code: error.code().to_owned(), message: error.to_string() })
    }
}
