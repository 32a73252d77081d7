//! Documents that change, with their jobs and events.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use fieldmark_domain::document::Document;
use fieldmark_domain::job::{JobId, JobStatus};
use fieldmark_domain::ports::{DocumentUpdate, JobsChange};
use fieldmark_domain::scope::Scope;

use super::super::super::Connection;
use super::super::scoped::permits;
use super::super::writing::{add_event, add_job, change_document, tell_ends};
use super::create::lock_bytes;
use crate::faults::Fault;
use crate::schema::jobs;
use crate::types::{Id, Moment};

/// The document as it is then, and the jobs that are over with it.
pub(super) async fn update(
    connection: &mut Connection,
    scope: &Scope,
    update: &DocumentUpdate,
) -> Result<(Document, Vec<JobId>), Fault> {
    if update.document.deleted_at.is_none() {
        // It may come back beside another with the same bytes.
        lock_bytes(connection, &update.document.sha256).await?;
    }
    let ended = if update.jobs == JobsChange::Cancel {
        cancel_jobs(connection, scope, &update.document).await?
    } else {
        Vec::new()
    };
    let changed = change_document(connection, scope, &update.document).await?;
    if let JobsChange::Add(job) = &update.jobs {
        add_job(connection, job).await?;
    }
    for event in &update.events {
        add_event(connection, event).await?;
    }
    Ok((changed, ended))
}

async fn cancel_jobs(
    connection: &mut Connection,
    scope: &Scope,
    document: &Document,
) -> Result<Vec<JobId>, Fault> {
    let of_document = || jobs::document_id.eq(Id(document.id.0)).and(permits(scope, jobs::owner_id));
    let ended: Vec<Id> = diesel::update(jobs::table)
        .filter(of_document())
        .filter(jobs::status.eq(JobStatus::Queued.name()))
        .set((
            jobs::status.eq(JobStatus::Cancelled.name()),
            jobs::finished_at.eq(Some(Moment::from(document.updated_at))),
        ))
        .returning(jobs::id)
        .get_results(connection)
        .await?;
    diesel::update(jobs::table)
        .filter(of_document())
        .filter(jobs::status.eq(JobStatus::Running.name()))
        .set(jobs::cancel_requested.eq(true))
        .execute(connection)
        .await?;
    tell_ends(connection, ended).await
}
