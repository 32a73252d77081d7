//! Jobs: looked at, waited for, cancelled, tried again.

use std::time::Duration;

use actix_web::HttpRequest;
use fieldmark_domain::document::DocumentId;
use fieldmark_domain::job::{JobQuery, JobStatus};
use fieldmark_report::JobReport;
use fieldmark_report::names::JobStatusName;
use uuid::Uuid;

use super::documents::listed;
use super::{Answered, State};
use crate::addresses;
use crate::caller::Caller;
use crate::envelope::{Answer, Envelope, ListEnvelope};
use crate::identifiers::InJob;
use crate::parameters::Parameters;

/// Jobs, the newest first.
#[utoipa::path(
    get, path = addresses::JOBS, tag = "jobs", operation_id = "list_jobs",
    params(
        ("status" = Option<Vec<JobStatusName>>, Query, description = "One of these statuses; several with commas between", style = Form, explode = false, min_items = 1),
        ("document_id" = Option<Uuid>, Query, description = "Those of this document alone"),
        ("limit" = Option<u32>, Query, description = "How many at once", minimum = 1, maximum = 100),
        ("offset" = Option<u64>, Query, description = "How many of the first ones to leave out"),
    ),
    responses((status = 200, description = "A part of the list", body = ListEnvelope<Vec<JobReport>>))
)]
pub async fn list(request: HttpRequest, caller: Caller, services: State) -> Answered<Vec<JobReport>> {
    let mut parameters = Parameters::of(&request);
    let statuses = listed(&mut parameters, "status", &JobStatus::ALL.map(JobStatus::name));
    let document = parameters.parsed::<Uuid>("document_id", "an id").map(DocumentId);
    let window = parameters.window();
    parameters.finish()?;
    let query = JobQuery { statuses, document, window, ..JobQuery::default() };
    let listing = services.use_cases.list_jobs().execute(&caller.scope, &query).await?;
    Ok(Answer::list(&listing, window, |job| JobReport::from(job)))
}

/// One job; with `wait` as soon as it is over, at the latest after so many seconds.
#[utoipa::path(
    get, path = addresses::JOB, tag = "jobs", operation_id = "show_job",
    params(
        ("job" = Uuid, Path, description = "The job's id"),
        ("wait" = Option<u32>, Query, description = "For how many seconds its end is waited for", minimum = 0, maximum = 60),
    ),
    responses((status = 200, description = "The job", body = Envelope<JobReport>))
)]
pub async fn show(
    request: HttpRequest,
    caller: Caller,
    InJob(id): InJob,
    services: State,
) -> Answered<JobReport> {
    let mut parameters = Parameters::of(&request);
    let longest = services.limits.longest_wait.as_secs();
    let wait = parameters.accepted("wait", &format!("0 to {longest}"), |wait: &u64| *wait <= longest);
    parameters.finish()?;
    let longest = Duration::from_secs(wait.unwrap_or_default());
    let job = services.wait_for_job(&caller.scope, id, longest).await?;
    Ok(Answer::ok(JobReport::from(&job)))
}

/// Cancels a job: one that waits at once, one that runs as soon as its worker hears of it.
#[utoipa::path(
    delete, path = addresses::JOB, tag = "jobs", operation_id = "cancel_job",
    params(("job" = Uuid, Path, description = "The job's id")),
    responses((status = 200, description = "The job as it is then", body = Envelope<JobReport>))
)]
pub async fn cancel(
    request: HttpRequest,
    caller: Caller,
    InJob(id): InJob,
    services: State,
) -> Answered<JobReport> {
    Parameters::of(&request).finish()?;
    let job = services.use_cases.cancel_job().execute(&caller.scope, id).await?;
    Ok(Answer::ok(JobReport::from(&job)))
}

/// Has a job that failed, is dead or was cancelled tried again.
#[utoipa::path(
    post, path = addresses::RETRY, tag = "jobs", operation_id = "retry_job",
    params(("job" = Uuid, Path, description = "The job's id")),
    responses((status = 202, description = "The job, which waits again", body = Envelope<JobReport>))
)]
pub async fn retry(
    request: HttpRequest,
    caller: Caller,
    InJob(id): InJob,
    services: State,
) -> Answered<JobReport> {
    Parameters::of(&request).finish()?;
    let job = services.use_cases.retry_job().execute(&caller.scope, id).await?;
    Ok(Answer::accepted(JobReport::from(&job), &addresses::of_job(id)))
}
