//! A file of which nothing is kept.

use std::sync::Arc;
use std::time::Duration;

use actix_web::web;
use fieldmark_domain::commands::ExtractRequest;
use fieldmark_domain::reading::ReadingOptions;
use fieldmark_report::ExtractionReport;
use sha2::{Digest as _, Sha256};
use tokio::time::timeout;

use super::{InferenceReport, Inferred, Wishes};
use crate::problem::{Code, Problem};
use crate::services::Services;
use crate::upload::UploadedFile;

/// Reads the file within the time that is left.
pub(super) async fn infer(
    services: &Services,
    wishes: &Wishes,
    file: UploadedFile,
    password: Option<String>,
    left: Duration,
) -> Result<Inferred, Problem> {
    let bytes = file.into_bytes().await?;
    let hashed = Arc::clone(&bytes);
    let sha256 = web::block(move || format!("{:x}", Sha256::digest(&hashed))).await;
    let request = ExtractRequest {
        sha256: sha256.ok(),
        password,
        // The answer itself takes some time, too.
        deadline: Some(left.mul_f32(0.8)),
        options: ReadingOptions {
            threshold: wishes.threshold.unwrap_or(services.use_cases.options.reading.threshold),
            with_candidates: wishes.with_candidates,
            ..services.use_cases.options.reading
        },
        ..ExtractRequest::new(bytes)
    };
    let late = |_| {
        Problem::new(
            Code::DeadlineExceeded,
            "the file was not read in time; with store=true the work would go on",
        )
    };
    let extracted = timeout(left, services.extract.execute(request)).await.map_err(late)??;
    let extraction = ExtractionReport::new(&extracted.extraction, wishes.with_candidates);
    Ok(Inferred::Read(Box::new(InferenceReport { id: None, status: None, extraction })))
}
