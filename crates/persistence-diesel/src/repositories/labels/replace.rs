//! What reading a document gave, kept with the end of the job that read it.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use fieldmark_domain::document::Document;
use fieldmark_domain::job::JobStatus;
use fieldmark_domain::label::StoredLabel;
use fieldmark_domain::ports::{ReadLabels, RepositoryError};
use fieldmark_domain::scope::Scope;

use super::super::super::Connection;
use super::super::documents::{first_of, lock_of};
use super::super::scoped::permits;
use super::super::writing::{add_event, change_document, tell_end};
use super::read::is_there;
use super::write::{add_changes, add_labels, change_findings, change_label, stale};
use crate::faults::Fault;
use crate::schema::{jobs, labels};
use crate::types::{Id, Moment};

pub(super) async fn replace(
    connection: &mut Connection,
    scope: &Scope,
    read: &ReadLabels,
) -> Result<(), Fault> {
    if let Some(invoice) = &read.identity {
        lock_of(connection, read.document.owner, invoice).await?;
    }
    end_job(connection, scope, read).await?;
    let document = change(connection, scope, &read.document).await.map_err(gone_is_stale)?;
    refuse_other_first(connection, scope, read, &document).await?;
    change_findings(connection, document.id, &read.findings).await?;
    change_labels(connection, &document, read).await?;
    add_changes(connection, &read.changes).await?;
    add_event(connection, &read.event).await?;
    // Last, so that who hears of the end has heard of the document before.
    tell_end(connection, Id(read.lease.job.0)).await
}

/// A deleted document has no readings, whatever its version.
async fn change(connection: &mut Connection, scope: &Scope, document: &Document) -> Result<Document, Fault> {
    is_there(connection, scope, document.id).await?;
    change_document(connection, scope, document).await
}

fn gone_is_stale(fault: Fault) -> Fault {
    if matches!(fault, Fault::Absent) { stale() } else { fault }
}

/// The job has succeeded, if the lease is still the one that it was given out with.
async fn end_job(connection: &mut Connection, scope: &Scope, read: &ReadLabels) -> Result<(), Fault> {
    let ended = diesel::update(jobs::table)
        .filter(jobs::id.eq(Id(read.lease.job.0)))
        .filter(jobs::lease_token.eq(Id(read.lease.token)))
        .filter(jobs::status.eq(JobStatus::Running.name()))
        .filter(jobs::document_id.eq(Id(read.document.id.0)))
        .filter(permits(scope, jobs::owner_id))
        .set((
            jobs::status.eq(JobStatus::Succeeded.name()),
            jobs::progress.eq(1.0_f32),
            jobs::error_code.eq(None::<String>),
            jobs::error_message.eq(None::<String>),
            jobs::lease_token.eq(None::<Id>),
            jobs::lease_until.eq(None::<Moment>),
            jobs::finished_at.eq(Some(Moment::from(read.document.updated_at))),
        ))
        .execute(connection)
        .await?;
    if ended == 0 {
        return Err(RepositoryError::LeaseLost.into());
    }
    Ok(())
}

async fn refuse_other_first(
    connection: &mut Connection,
    scope: &Scope,
    read: &ReadLabels,
    document: &Document,
) -> Result<(), Fault> {
    let Some(invoice) = &read.identity else { return Ok(()) };
    let first = first_of(connection, scope, invoice, document.id).await?;
    let named = document.outcome.as_ref().and_then(|outcome| outcome.repeats);
    if first == named { Ok(()) } else { Err(RepositoryError::RepeatsChanged.into()) }
}

/// Those that are no more go first: a new one may have the field of an old one.
async fn change_labels(
    connection: &mut Connection,
    document: &Document,
    read: &ReadLabels,
) -> Result<(), Fault> {
    let removed: Vec<Id> = read.removed.iter().map(|label| Id(label.0)).collect();
    diesel::delete(labels::table)
        .filter(labels::document_id.eq(Id(document.id.0)))
        .filter(labels::id.eq_any(removed))
        .execute(connection)
        .await?;
    let (new, known): (Vec<&StoredLabel>, Vec<&StoredLabel>) =
        read.labels.iter().partition(|stored| stored.version == 0);
    for stored in known {
        if !change_label(connection, document, stored, stored.version.saturating_add(1)).await? {
            return Err(stale());
        }
    }
    add_labels(connection, document, &new).await
}
