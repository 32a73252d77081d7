//! The files that documents need, and how far their verification has come.

use async_trait::async_trait;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use fieldmark_domain::document::DocumentId;
use fieldmark_domain::ports::{AuditTurn, DocumentFile, FileAudit, RepositoryError};
use fieldmark_domain::scope::Scope;
use jiff::Timestamp;
use uuid::Uuid;

use super::super::{Connection, dialect};
use super::scoped::permits;
use super::store::Store;
use crate::access::Access;
use crate::faults::Fault;
use crate::rows::document::digest;
use crate::schema::{documents, upkeep};
use crate::types::{Id, Moment};

/// The row that says how far the verification has come and when it goes on.
const VERIFICATION: &str = "verification";
/// How many files a turn has at most.
const FILES: i64 = 500;

/// The files of one database.
pub(crate) struct Files {
    store: Store,
}

impl Files {
    pub(crate) const fn new(store: Store) -> Self {
        Self { store }
    }
}

#[async_trait]
impl FileAudit for Files {
    async fn latest(&self, scope: &Scope, limit: u32) -> Result<Vec<DocumentFile>, RepositoryError> {
        self.store.run(Access::OneStatement, async |connection| latest(connection, scope, limit).await).await
    }

    async fn take(&self, scope: &Scope, turn: &AuditTurn) -> Result<Vec<DocumentFile>, RepositoryError> {
        self.store.run(Access::Write, async |connection| take(connection, scope, turn).await).await
    }

    async fn is_kept(&self, scope: &Scope, document: DocumentId) -> Result<bool, RepositoryError> {
        self.store
            .run(Access::OneStatement, async |connection| is_kept(connection, scope, document).await)
            .await
    }
}

async fn is_kept(connection: &mut Connection, scope: &Scope, document: DocumentId) -> Result<bool, Fault> {
    let kept =
        documents::table.filter(documents::id.eq(Id(document.0))).filter(permits(scope, documents::owner_id));
    Ok(diesel::select(diesel::dsl::exists(kept)).get_result(connection).await?)
}

type FileRow = (Id, Vec<u8>, i64);

fn file((id, sha256, size): FileRow) -> Result<DocumentFile, Fault> {
    let size = u64::try_from(size).map_err(Fault::broken)?;
    Ok(DocumentFile { document: DocumentId(id.0), sha256: digest(&sha256)?, size })
}

async fn latest(connection: &mut Connection, scope: &Scope, limit: u32) -> Result<Vec<DocumentFile>, Fault> {
    let rows: Vec<FileRow> = documents::table
        .filter(permits(scope, documents::owner_id))
        .order(documents::id.desc())
        .limit(limit.into())
        .select((documents::id, documents::sha256, documents::size))
        .load(connection)
        .await?;
    rows.into_iter().map(file).collect()
}

async fn take(
    connection: &mut Connection,
    scope: &Scope,
    turn: &AuditTurn,
) -> Result<Vec<DocumentFile>, Fault> {
    dialect::lock(connection, "fieldmark verification").await?;
    let place: Option<(Option<Id>, Moment)> = upkeep::table
        .filter(upkeep::name.eq(VERIFICATION))
        .select((upkeep::position, upkeep::moment))
        .first(connection)
        .await
        .optional()?;
    if place.is_some_and(|(_, next)| turn.now < Timestamp::from(next)) {
        return Ok(Vec::new());
    }
    let after = place.and_then(|(position, _)| position);
    let files = turn.share(following(connection, scope, after).await?);
    let position = files.last().map(|file| Id(file.document.0));
    go_on_at(connection, position, turn.next(&files)).await?;
    Ok(files)
}

async fn following(
    connection: &mut Connection,
    scope: &Scope,
    after: Option<Id>,
) -> Result<Vec<DocumentFile>, Fault> {
    let rows: Vec<FileRow> = documents::table
        .filter(documents::id.gt(after.unwrap_or(Id(Uuid::nil()))))
        .filter(permits(scope, documents::owner_id))
        .order(documents::id)
        .limit(FILES)
        .select((documents::id, documents::sha256, documents::size))
        .load(connection)
        .await?;
    rows.into_iter().map(file).collect()
}

async fn go_on_at(connection: &mut Connection, position: Option<Id>, next: Timestamp) -> Result<(), Fault> {
    let place = (upkeep::position.eq(position), upkeep::moment.eq(Moment::from(next)));
    diesel::insert_into(upkeep::table)
        .values((upkeep::name.eq(VERIFICATION), place))
        .on_conflict(upkeep::name)
        .do_update()
        .set(place)
        .execute(connection)
        .await?;
    Ok(())
}
