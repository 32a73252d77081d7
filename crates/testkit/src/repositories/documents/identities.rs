//! Documents that are the same invoice.

use fieldmark_domain::document::{Document, DocumentId, Outcome};
use fieldmark_domain::field::Field;
use fieldmark_domain::ports::InvoiceIdentity;
use fieldmark_domain::scope::Scope;

use super::Shelf;
use crate::breach::{Breach, promised_same, succeeds};
use crate::repositories::Repositories;
use crate::repositories::fixtures::outcome;

pub(super) async fn keep_their_promises(repositories: &Repositories) -> Result<(), Breach> {
    the_first_is_found(&Shelf::new(repositories), &Shelf::new(repositories)).await
}

fn identity(number: &str, supplier: &[(Field, &str)]) -> InvoiceIdentity {
    let supplier = supplier.iter().map(|(field, key)| (*field, (*key).to_owned())).collect();
    InvoiceIdentity { number: number.to_owned(), supplier }
}

async fn invoice(shelf: &Shelf<'_>, at: i64, number: &str, supplier: &str) -> Result<DocumentId, Breach> {
    let id = shelf.add(at).await?.id;
    shelf.say(id, Field::InvoiceNumber, number).await?;
    shelf.say(id, Field::SupplierName, supplier).await?;
    Ok(id)
}

async fn the_first_is_found(shelf: &Shelf<'_>, other: &Shelf<'_>) -> Result<(), Breach> {
    invoice(other, 0, "17", "Lind AB").await?;
    let oldest = invoice(shelf, 1, "17", "LIND ab").await?;
    let second = invoice(shelf, 2, "17", "Lind AB").await?;
    invoice(shelf, 0, "17", "Ek AB").await?;
    invoice(shelf, 0, "18", "Lind AB").await?;
    let third = shelf.add(3).await?.id;
    let lind = identity("17", &[(Field::SupplierVatId, "se556677889901"), (Field::SupplierName, "lind ab")]);
    let (one, all) = (shelf.scope(), Scope::of_everything());
    for scope in [one, all] {
        let first = |invoice, except| {
            let documents = shelf.documents();
            async move { succeeds("the first is looked for", documents.first_of(&scope, invoice, except).await) }
        };
        promised_same("the oldest of the owner's is the first", &first(&lind, third).await?, &Some(oldest))?;
        promised_same("a document is not its own first", &first(&lind, oldest).await?, &Some(second))?;
        let number_alone = identity("17", &[]);
        promised_same("a number alone is no invoice", &first(&number_alone, third).await?, &None)?;
        let unknown = identity("17", &[(Field::SupplierVatId, "lind ab")]);
        promised_same("what is known must be of the field", &first(&unknown, third).await?, &None)?;
    }
    repeated(shelf, oldest, second, &lind, third).await
}

/// The older one was read later, and repeats the other.
async fn repeated(
    shelf: &Shelf<'_>,
    oldest: DocumentId,
    second: DocumentId,
    lind: &InvoiceIdentity,
    third: DocumentId,
) -> Result<(), Breach> {
    let read = Outcome { repeats: Some(second), ..outcome() };
    let document = shelf.found(oldest).await?;
    shelf.change(Document { outcome: Some(read), ..document }).await?;
    let first = || async { shelf.documents().first_of(&shelf.scope(), lind, third).await };
    promised_same("one that repeats another is not the first", &first().await, &Ok(Some(second)))?;
    let mut deleted = shelf.found(second).await?;
    deleted.delete(super::moment(9));
    shelf.change(deleted).await?;
    promised_same("unless that is gone", &first().await, &Ok(Some(oldest)))
}
