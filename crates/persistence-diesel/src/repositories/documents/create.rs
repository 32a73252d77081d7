//! Documents that come in, once for the same bytes and once for the same request.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use fieldmark_domain::blob::Sha256;
use fieldmark_domain::document::Document;
use fieldmark_domain::ports::{Created, IdempotencyKey, NewDocument};
use fieldmark_domain::scope::Scope;
use jiff::Timestamp;

use super::super::super::{Connection, dialect};
use super::super::scoped::permits;
use super::super::writing::{add_event, add_job};
use crate::faults::Fault;
use crate::notifications::{Channel, naming};
use crate::rows::document::{DocumentRow, WrittenDocument};
use crate::schema::{blob_erasures, documents, idempotency_keys};
use crate::types::{Id, Moment};

/// Whoever writes a document of some bytes, or says that they have none any more, waits here for the others.
pub(super) async fn lock_bytes(connection: &mut Connection, sha256: &Sha256) -> Result<(), Fault> {
    Ok(dialect::lock(connection, &format!("fieldmark bytes {sha256}")).await?)
}

pub(super) async fn create(
    connection: &mut Connection,
    scope: &Scope,
    new: &NewDocument,
) -> Result<Created, Fault> {
    let document = &new.document;
    if !scope.permits(document.owner) {
        return Err(Fault::broken("a document was to be made for an owner outside the scope"));
    }
    lock_bytes(connection, &document.sha256).await?;
    if let Some(answer) = answer_of_key(connection, document, new.idempotency.as_ref()).await? {
        return Ok(answer);
    }
    if let Some(existing) = with_same_bytes(connection, document).await? {
        return Ok(Created::Existing(Box::new(existing)));
    }
    if are_being_erased(connection, &document.sha256).await? {
        return Ok(Created::BytesErased);
    }
    insert(connection, new).await?;
    Ok(Created::New)
}

async fn insert(connection: &mut Connection, new: &NewDocument) -> Result<(), Fault> {
    let document = &new.document;
    let written = WrittenDocument::of(document, document.version)?;
    diesel::insert_into(documents::table).values(written).execute(connection).await?;
    if let Some(key) = &new.idempotency {
        remember(connection, document, key).await?;
    }
    if let Some(job) = &new.job {
        add_job(connection, job).await?;
    }
    add_event(connection, &new.event).await?;
    dialect::notify(connection, Channel::Documents, &naming(Id(document.id.0))).await?;
    Ok(())
}

/// What was answered when the key was used before; `None` when it was not, or when its document is deleted.
async fn answer_of_key(
    connection: &mut Connection,
    document: &Document,
    key: Option<&IdempotencyKey>,
) -> Result<Option<Created>, Fault> {
    let Some(key) = key else { return Ok(None) };
    dialect::lock(connection, &format!("fieldmark key {} {}", document.owner.0, key.key)).await?;
    let used: Option<(Vec<u8>, DocumentRow)> = idempotency_keys::table
        .inner_join(documents::table.on(documents::id.eq(idempotency_keys::document_id)))
        .filter(idempotency_keys::owner_id.eq(Id(document.owner.0)))
        .filter(idempotency_keys::key.eq(&key.key))
        .select((idempotency_keys::request, DocumentRow::as_select()))
        .first(connection)
        .await
        .optional()?;
    let Some((request, row)) = used else { return Ok(None) };
    if request != key.request.0 {
        return Ok(Some(Created::KeyReused));
    }
    let existing = row.into_document()?;
    Ok(existing.deleted_at.is_none().then(|| Created::Existing(Box::new(existing))))
}

async fn with_same_bytes(
    connection: &mut Connection,
    document: &Document,
) -> Result<Option<Document>, Fault> {
    let row: Option<DocumentRow> = documents::table
        .filter(documents::owner_id.eq(Id(document.owner.0)))
        .filter(documents::sha256.eq(document.sha256.0.as_slice()))
        .filter(documents::deleted_at.is_null())
        .select(DocumentRow::as_select())
        .first(connection)
        .await
        .optional()?;
    row.map(DocumentRow::into_document).transpose()
}

/// Whether bytes are to go, whoever had them last: bytes belong to all owners.
async fn are_being_erased(connection: &mut Connection, sha256: &Sha256) -> Result<bool, Fault> {
    let erasure = blob_erasures::table.filter(blob_erasures::sha256.eq(sha256.0.to_vec()));
    Ok(diesel::select(diesel::dsl::exists(erasure)).get_result(connection).await?)
}

/// A key whose document was deleted begins anew.
async fn remember(
    connection: &mut Connection,
    document: &Document,
    key: &IdempotencyKey,
) -> Result<(), Fault> {
    let used = (
        idempotency_keys::request.eq(key.request.0.to_vec()),
        idempotency_keys::document_id.eq(Id(document.id.0)),
        idempotency_keys::created_at.eq(Moment::from(document.created_at)),
    );
    let row =
        (idempotency_keys::owner_id.eq(Id(document.owner.0)), idempotency_keys::key.eq(key.key.clone()));
    diesel::insert_into(idempotency_keys::table)
        .values((row, used.clone()))
        .on_conflict((idempotency_keys::owner_id, idempotency_keys::key))
        .do_update()
        .set(used)
        .execute(connection)
        .await?;
    Ok(())
}

pub(super) async fn forget_keys(
    connection: &mut Connection,
    scope: &Scope,
    before: Timestamp,
) -> Result<u64, Fault> {
    let forgotten = diesel::delete(idempotency_keys::table)
        .filter(idempotency_keys::created_at.lt(Moment::from(before)))
        .filter(permits(scope, idempotency_keys::owner_id))
        .execute(connection)
        .await?;
    u64::try_from(forgotten).map_err(Fault::broken)
}
