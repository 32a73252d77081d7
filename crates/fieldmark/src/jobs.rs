//! `fieldmark jobs`: lists jobs, cancels them, has them tried again.

use fieldmark_domain::commands::{CancelJob, RetryJob};
use fieldmark_domain::job::{Job, JobQuery};
use fieldmark_domain::listing::Window;
use fieldmark_domain::queries::{ListJobs, ShowJob};
use fieldmark_domain::use_case_error::UseCaseError;

use crate::arguments::{JobAction, JobsArguments};
use crate::each::{self, with_store};
use crate::exit_status::ExitStatus;
use crate::report::JobReport;
use crate::settings::Settings;
use crate::store::{LOCAL, Store};

/// Lists jobs, or changes those that are named.
///
/// # Errors
/// When the store cannot be opened or standard output does not take what is printed.
pub fn run(settings: &Settings, arguments: JobsArguments) -> anyhow::Result<ExitStatus> {
    with_store(settings, async |store| {
        let Store { documents, jobs, clock, .. } = store;
        let format = arguments.list.format;
        let report = |job: Result<Job, UseCaseError>| job.map(|job| JobReport::from(&job));
        match arguments.action {
            None => list(&ListJobs { jobs }, arguments).await,
            Some(JobAction::Show(ids)) => {
                let show = ShowJob { jobs };
                each::of(ids.ids, format, async |id| report(show.execute(&LOCAL, id).await)).await
            }
            Some(JobAction::Cancel(ids)) => {
                let cancel = CancelJob { jobs, documents, clock };
                each::of(ids.ids, format, async |id| report(cancel.execute(&LOCAL, id).await)).await
            }
            Some(JobAction::Retry(ids)) => {
                let retry = RetryJob { jobs, documents, clock };
                each::of(ids.ids, format, async |id| report(retry.execute(&LOCAL, id).await)).await
            }
        }
    })
}

async fn list(list: &ListJobs, arguments: JobsArguments) -> anyhow::Result<ExitStatus> {
    let window = Window { limit: arguments.list.limit, offset: arguments.list.offset };
    let query = JobQuery { statuses: arguments.status, document: arguments.document, window };
    match list.execute(&LOCAL, &query).await {
        Ok(found) => {
            let rows: Vec<JobReport> = found.items.iter().map(JobReport::from).collect();
            each::printed(&rows, Some(found.total), arguments.list.format)?;
            Ok(ExitStatus::AllWell)
        }
        Err(error) => {
            each::refuse(&"jobs", &error);
            Ok(ExitStatus::SomeFailed)
        }
    }
}
