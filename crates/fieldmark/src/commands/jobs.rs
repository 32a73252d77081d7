//! `fieldmark jobs`: lists jobs, cancels them, has them tried again.

use fieldmark_domain::job::{Job, JobQuery};
use fieldmark_domain::queries::ListJobs;
use fieldmark_domain::use_case_error::UseCaseError;
use fieldmark_report::JobReport;

use super::each::{self, Part, with_store};
use crate::arguments::{JobAction, JobsArguments};
use crate::exit_status::ExitStatus;
use crate::settings::Settings;
use crate::store::LOCAL;

/// Lists jobs, or changes those that are named.
///
/// # Errors
/// When the store cannot be opened or standard output does not take what is printed.
pub fn run(settings: &Settings, arguments: JobsArguments) -> anyhow::Result<ExitStatus> {
    with_store(settings, async |store| {
        let use_cases = store.use_cases;
        let print = arguments.list.print;
        let report = |job: Result<Job, UseCaseError>| job.map(|job| JobReport::from(&job));
        match arguments.action {
            None => list(&use_cases.list_jobs(), arguments).await,
            Some(JobAction::Show(ids)) => {
                let show = use_cases.show_job();
                each::of(ids.ids, print, async |id| report(show.execute(&LOCAL, id).await)).await
            }
            Some(JobAction::Cancel(ids)) => {
                let cancel = use_cases.cancel_job();
                each::of(ids.ids, print, async |id| report(cancel.execute(&LOCAL, id).await)).await
            }
            Some(JobAction::Retry(ids)) => {
                let retry = use_cases.retry_job();
                each::of(ids.ids, print, async |id| report(retry.execute(&LOCAL, id).await)).await
            }
        }
    })
}

async fn list(list: &ListJobs, arguments: JobsArguments) -> anyhow::Result<ExitStatus> {
    let JobsArguments { status: statuses, document, list: printed, .. } = arguments;
    let without_total = !each::wants_total(printed.print);
    let mut query = JobQuery { statuses, document, without_total, ..JobQuery::default() };
    each::listed(&"jobs", &printed, async |window| {
        query.window = window;
        let found = list.execute(&LOCAL, &query).await?;
        query.after = found.items.last().map(|last| (last.created_at, last.id)).or(query.after);
        let is_last = found.items.len() < window.limit as usize;
        let rows = found.items.iter().map(JobReport::from).collect();
        Ok(Part { rows, total: found.total, is_last })
    })
    .await
}
