//! Documents that go for good, and the bytes that nobody needs any more.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use fieldmark_domain::blob::Sha256;
use fieldmark_domain::document::DocumentId;
use fieldmark_domain::event::Event;
use fieldmark_domain::job::JobId;
use fieldmark_domain::ports::{Erased, RepositoryError};
use fieldmark_domain::scope::Scope;
use jiff::Timestamp;

use super::super::super::{Connection, dialect};
use super::super::scoped::permits;
use super::super::writing::{add_event, tell_ends};
use super::create::lock_bytes;
use crate::faults::Fault;
use crate::notifications::{Channel, naming};
use crate::rows::document::digest;
use crate::schema::{blob_erasures, documents, jobs};
use crate::types::{Id, Moment};

/// What is left to be done, and the jobs that went with the document.
pub(super) async fn erase(
    connection: &mut Connection,
    scope: &Scope,
    id: DocumentId,
    version: u64,
    event: &Event,
) -> Result<(Erased, Vec<JobId>), Fault> {
    let row = Id(id.0);
    let found: Option<(Id, Vec<u8>)> = documents::table
        .filter(documents::id.eq(row))
        .filter(permits(scope, documents::owner_id))
        .select((documents::owner_id, documents::sha256))
        .first(connection)
        .await
        .optional()?;
    let (owner, bytes) = found.ok_or(Fault::Absent)?;
    let sha256 = digest(&bytes)?;
    lock_bytes(connection, &sha256).await?;
    let of_document = jobs::table.filter(jobs::document_id.eq(row));
    let gone_jobs = diesel::delete(of_document).returning(jobs::id).get_results(connection).await?;
    let gone_jobs = tell_ends(connection, gone_jobs).await?;
    // Pages, labels and their history go with it.
    let version = i64::try_from(version).map_err(Fault::broken)?;
    let of_version = documents::id.eq(row).and(documents::version.eq(version));
    let gone = diesel::delete(documents::table).filter(of_version).execute(connection).await?;
    if gone == 0 {
        return Err(RepositoryError::Stale.into());
    }
    let is_last = !is_needed(connection, &bytes).await?;
    if is_last {
        list_erasure(connection, bytes, owner, event).await?;
    }
    add_event(connection, event).await?;
    dialect::note_erasure(connection, event.at).await?;
    dialect::notify(connection, Channel::Documents, &naming(row)).await?;
    Ok((Erased { sha256, is_last }, gone_jobs))
}

/// Whether any document of any owner, deleted or not, has these bytes: bytes belong to all owners.
async fn is_needed(connection: &mut Connection, bytes: &[u8]) -> Result<bool, Fault> {
    let same = documents::table.filter(documents::sha256.eq(bytes.to_vec()));
    Ok(diesel::select(diesel::dsl::exists(same)).get_result(connection).await?)
}

async fn list_erasure(
    connection: &mut Connection,
    bytes: Vec<u8>,
    owner: Id,
    event: &Event,
) -> Result<(), Fault> {
    let listed = (
        blob_erasures::sha256.eq(bytes),
        blob_erasures::owner_id.eq(owner),
        blob_erasures::created_at.eq(Moment::from(event.at)),
    );
    diesel::insert_into(blob_erasures::table)
        .values(listed)
        .on_conflict_do_nothing()
        .execute(connection)
        .await?;
    Ok(())
}

pub(super) async fn erasures(
    connection: &mut Connection,
    scope: &Scope,
    limit: u32,
) -> Result<Vec<Sha256>, Fault> {
    let digests: Vec<Vec<u8>> = blob_erasures::table
        .filter(permits(scope, blob_erasures::owner_id))
        .order((blob_erasures::created_at, blob_erasures::sha256))
        .limit(limit.into())
        .select(blob_erasures::sha256)
        .load(connection)
        .await?;
    digests.iter().map(|bytes| digest(bytes)).collect()
}

/// One statement, so that of many who want the same bytes one is given them.
pub(super) async fn claim(
    connection: &mut Connection,
    scope: &Scope,
    sha256: &Sha256,
    now: Timestamp,
    until: Timestamp,
) -> Result<bool, Fault> {
    let is_free = blob_erasures::claimed_until
        .is_null()
        .or(blob_erasures::claimed_until.lt(Moment::from(now)).assume_not_null());
    let claimed = diesel::update(blob_erasures::table)
        .filter(blob_erasures::sha256.eq(sha256.0.to_vec()))
        .filter(permits(scope, blob_erasures::owner_id))
        .filter(is_free)
        .set(blob_erasures::claimed_until.eq(Some(Moment::from(until))))
        .execute(connection)
        .await?;
    Ok(claimed > 0)
}

pub(super) async fn erasure_done(
    connection: &mut Connection,
    scope: &Scope,
    sha256: &Sha256,
) -> Result<(), Fault> {
    diesel::delete(blob_erasures::table)
        .filter(blob_erasures::sha256.eq(sha256.0.to_vec()))
        .filter(permits(scope, blob_erasures::owner_id))
        .execute(connection)
        .await?;
    Ok(())
}
