//! Documents.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use fieldmark_domain::document::{Document, DocumentId};
use fieldmark_domain::ports::RepositoryError;
use fieldmark_domain::scope::Scope;

use super::super::Connection;
use super::store::Store;
use crate::access::Access;
use crate::faults::Fault;
use crate::rows::document::DocumentRow;
use crate::schema::documents;
use crate::types::Id;

/// The documents of one database.
pub(crate) struct Documents {
    store: Store,
}

impl Documents {
    pub(crate) const fn new(store: Store) -> Self {
        Self { store }
    }

    pub(crate) async fn find(
        &self,
        scope: &Scope,
        id: DocumentId,
    ) -> Result<Option<Document>, RepositoryError> {
        let mut work = self.store.begin(Access::OneStatement).await?;
        let outcome = find(work.connection()?, scope, id).await;
        work.end_if_there(outcome).await
    }
}

async fn find(connection: &mut Connection, scope: &Scope, id: DocumentId) -> Result<Document, Fault> {
    let row: Option<DocumentRow> = super::scoped::documents(scope)
        .filter(documents::id.eq(Id(id.0)))
        .filter(documents::deleted_at.is_null())
        .select(DocumentRow::as_select())
        .first(connection)
        .await
        .optional()?;
    row.ok_or(Fault::Absent)?.into_document()
}
