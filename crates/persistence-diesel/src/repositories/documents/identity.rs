//! By what two documents are known as the same invoice, looked for among an owner's labels.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use fieldmark_domain::document::DocumentId;
use fieldmark_domain::field::Field;
use fieldmark_domain::ports::InvoiceIdentity;
use fieldmark_domain::scope::{OwnerId, Scope};

use super::super::super::{Connection, dialect};
use super::super::scoped::{self, Backend};
use crate::faults::Fault;
use crate::schema::{documents, labels};
use crate::types::Id;

diesel::alias!(documents as earlier: Earlier);

/// Whoever says that a document is the first of its invoice, or repeats another one, waits here for the others.
pub(crate) async fn lock_of(
    connection: &mut Connection,
    owner: OwnerId,
    invoice: &InvoiceIdentity,
) -> Result<(), Fault> {
    Ok(dialect::lock(connection, &format!("fieldmark invoice {} {}", owner.0, invoice.number)).await?)
}

/// The first document of an invoice, other than the excepted one, and of the same owner whatever the scope.
pub(crate) async fn first_of(
    connection: &mut Connection,
    scope: &Scope,
    invoice: &InvoiceIdentity,
    except: DocumentId,
) -> Result<Option<DocumentId>, Fault> {
    let Some(owner) = owner_of(connection, scope, except).await? else { return Ok(None) };
    let Some(of_supplier) = with_one_of(owner, &invoice.supplier) else { return Ok(None) };
    let numbered = scoped::labels(&Scope::owner(owner))
        .filter(labels::field.eq(Field::InvoiceNumber.name()))
        .filter(labels::search_key.eq(invoice.number.clone()));
    let repeated = earlier
        .filter(earlier.field(documents::id).nullable().eq(documents::repeats))
        .filter(earlier.field(documents::deleted_at).is_null())
        .select(earlier.field(documents::id));
    let first: Option<Id> = documents::table
        .filter(documents::id.ne(Id(except.0)))
        .filter(documents::deleted_at.is_null())
        .filter(documents::id.eq_any(numbered.select(labels::document_id)))
        .filter(documents::id.eq_any(of_supplier.select(labels::document_id)))
        .filter(diesel::dsl::not(diesel::dsl::exists(repeated)))
        .order((documents::created_at, documents::id))
        .select(documents::id)
        .first(connection)
        .await
        .optional()?;
    Ok(first.map(|id| DocumentId(id.0)))
}

async fn owner_of(
    connection: &mut Connection,
    scope: &Scope,
    document: DocumentId,
) -> Result<Option<OwnerId>, Fault> {
    if let Some(owner) = scope.only() {
        return Ok(Some(owner));
    }
    let owner = documents::table.find(Id(document.0)).select(documents::owner_id);
    let owner: Option<Id> = owner.first(connection).await.optional()?;
    Ok(owner.map(|owner| OwnerId(owner.0)))
}

/// Labels that say one of these; `None` when there is nothing to say.
fn with_one_of(owner: OwnerId, known: &[(Field, String)]) -> Option<labels::BoxedQuery<'static, Backend>> {
    let says = |(field, key): &(Field, String)| {
        labels::field.eq(field.name()).and(labels::search_key.eq(key.clone()))
    };
    let (one, others) = known.split_first()?;
    let begun = labels::table.into_boxed().filter(says(one));
    let any = others.iter().fold(begun, |found, other| found.or_filter(says(other)));
    Some(any.filter(labels::owner_id.eq(Id(owner.0))).filter(labels::deleted_at.is_null()))
}
