//! Documents that change, with their jobs and events.

use fieldmark_domain::document::Document;
use fieldmark_domain::ports::{DocumentUpdate, JobsChange, RepositoryError};
use fieldmark_domain::scope::Scope;

use crate::kept::KeptJob;
use crate::state::State;

/// The document as it is kept; `None` when it is not there.
pub(super) fn update(
    state: &mut State,
    scope: &Scope,
    update: &DocumentUpdate,
) -> Result<Option<Document>, RepositoryError> {
    let Some(changed) = state.changed(scope, &update.document)? else { return Ok(None) };
    if let JobsChange::Add(job) = &update.jobs {
        state.check_job(job, &update.document)?;
    }
    state.check_events(&update.events)?;
    let document = changed.document.clone();
    state.put_document(changed);
    match &update.jobs {
        JobsChange::Keep => {}
        JobsChange::Add(job) => state.add_job(job),
        JobsChange::Cancel => cancel_jobs(state, scope, &document),
    }
    update.events.iter().for_each(|event| state.add_event(event));
    Ok(Some(document))
}

fn cancel_jobs(state: &mut State, scope: &Scope, document: &Document) {
    let is_open = |kept: &&KeptJob| {
        kept.job.document == document.id && scope.permits(kept.job.owner) && !kept.job.status.is_over()
    };
    let open: Vec<KeptJob> = state.jobs.values().filter(is_open).cloned().collect();
    for mut kept in open {
        kept.job.cancel(document.updated_at);
        state.put_job(kept);
    }
}
