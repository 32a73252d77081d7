//! What several repositories write: documents that change, jobs and events that come with a change. Always within the
//! transaction of the caller.
//!
//! Transactions that take rows of several tables take jobs first, then documents, then labels: whoever keeps to that
//! order waits for others and never locks up with them.

use diesel::prelude::*;
use diesel::result::{DatabaseErrorKind, Error};
use diesel_async::RunQueryDsl;
use fieldmark_domain::document::{Document, DocumentId};
use fieldmark_domain::event::Event;
use fieldmark_domain::job::{JobId, NewJob};
use fieldmark_domain::ports::RepositoryError;
use fieldmark_domain::scope::Scope;

use super::super::{Connection, dialect};
use super::scoped::permits;
use crate::faults::Fault;
use crate::notifications::{Channel, naming};
use crate::rows::document::{DocumentRow, WrittenDocument};
use crate::rows::event::EventRow;
use crate::rows::job::NewJobRow;
use crate::schema::{documents, events, jobs};
use crate::types::Id;

/// Puts a document, deleted or not, in the place of what it was, and counts it up.
pub(crate) async fn change_document(
    connection: &mut Connection,
    scope: &Scope,
    document: &Document,
) -> Result<Document, Fault> {
    let id = Id(document.id.0);
    let written = WrittenDocument::of(document, document.version.saturating_add(1))?;
    let version = i64::try_from(document.version).map_err(Fault::broken)?;
    let changed: Result<Option<DocumentRow>, Error> = diesel::update(documents::table)
        .filter(documents::id.eq(id))
        .filter(documents::version.eq(version))
        .filter(permits(scope, documents::owner_id))
        .set(written)
        .returning(DocumentRow::as_returning())
        .get_result(connection)
        .await
        .optional();
    match changed {
        Ok(Some(row)) => {
            dialect::notify(connection, Channel::Documents, &naming(id)).await?;
            row.into_document()
        }
        Ok(None) => Err(missing_or_stale(connection, scope, document.id).await?),
        // No other index of documents is unique but that of ids, which do not change.
        Err(Error::DatabaseError(DatabaseErrorKind::UniqueViolation, _)) => {
            Err(RepositoryError::DocumentExists.into())
        }
        Err(error) => Err(error.into()),
    }
}

/// Why a document was not found with the version that it was to have.
async fn missing_or_stale(
    connection: &mut Connection,
    scope: &Scope,
    id: DocumentId,
) -> Result<Fault, Fault> {
    let there =
        documents::table.filter(documents::id.eq(Id(id.0))).filter(permits(scope, documents::owner_id));
    let is_there: bool = diesel::select(diesel::dsl::exists(there)).get_result(connection).await?;
    Ok(if is_there { RepositoryError::Stale.into() } else { Fault::Absent })
}

/// One more job waits.
pub(crate) async fn add_job(connection: &mut Connection, job: &NewJob) -> Result<(), Fault> {
    diesel::insert_into(jobs::table).values(NewJobRow::from(job)).execute(connection).await?;
    dialect::notify(connection, Channel::Jobs, "").await?;
    Ok(())
}

/// A job is over or goes.
pub(crate) async fn tell_end(connection: &mut Connection, job: Id) -> Result<(), Fault> {
    Ok(dialect::notify(connection, Channel::EndedJobs, &naming(job)).await?)
}

/// Some jobs are over or go. Answers which, for those of this process who wait.
pub(crate) async fn tell_ends(connection: &mut Connection, jobs: Vec<Id>) -> Result<Vec<JobId>, Fault> {
    for job in &jobs {
        tell_end(connection, *job).await?;
    }
    Ok(jobs.into_iter().map(|job| JobId(job.0)).collect())
}

/// Something happened.
pub(crate) async fn add_event(connection: &mut Connection, event: &Event) -> Result<(), Fault> {
    diesel::insert_into(events::table).values(EventRow::of(event)?).execute(connection).await?;
    Ok(())
}
