//! Finding the first document of an invoice.

use fieldmark_domain::document::{Document, DocumentId, Outcome, search_key};
use fieldmark_domain::field::Field;
use fieldmark_domain::ports::InvoiceIdentity;
use fieldmark_domain::scope::Scope;

use super::Bench;
use crate::breach::{Breach, is_there, promised_same, succeeds};
use crate::repositories::labelled::plain_label;
use crate::repositories::readings::outcome;
use fieldmark_domain::ports::Repositories;

pub(super) async fn keep_their_promises(repositories: &Repositories) -> Result<(), Breach> {
    the_oldest_is_the_first(repositories).await?;
    one_that_repeats_another_is_no_first(repositories).await?;
    one_thing_of_the_supplier_is_enough(repositories).await?;
    deleted_labels_do_not_count(repositories).await?;
    others_documents_are_never_the_first(repositories).await
}

const NUMBER: &str = "INV-20417";

/// An invoice with the sample's number and this supplier.
fn invoice(supplier: &[(Field, &str)]) -> InvoiceIdentity {
    let supplier = supplier.iter().map(|(field, text)| (*field, search_key(text))).collect();
    InvoiceIdentity { number: search_key(NUMBER), supplier }
}

fn of_ekholm() -> InvoiceIdentity {
    invoice(&[(Field::SupplierName, "Ekholm AB")])
}

/// A document with the sample's number and this supplier.
async fn copy(bench: &Bench<'_>, seconds: i64, supplier: &[(Field, &str)]) -> Result<Document, Breach> {
    let mut labels = vec![plain_label(Field::InvoiceNumber, NUMBER)?];
    for (field, text) in supplier {
        labels.push(plain_label(*field, text)?);
    }
    Ok(bench.keep_labelled(seconds, labels, None).await?.0)
}

async fn copy_of_ekholm(bench: &Bench<'_>, seconds: i64) -> Result<Document, Breach> {
    copy(bench, seconds, &[(Field::SupplierName, "EKHOLM ab")]).await
}

async fn first(
    bench: &Bench<'_>,
    invoice: &InvoiceIdentity,
    except: DocumentId,
) -> Result<Option<DocumentId>, Breach> {
    first_in(bench, bench.scope(), invoice, except).await
}

async fn first_in(
    bench: &Bench<'_>,
    scope: Scope,
    invoice: &InvoiceIdentity,
    except: DocumentId,
) -> Result<Option<DocumentId>, Breach> {
    let found = bench.repositories.documents.first_of(&scope, invoice, except).await;
    succeeds("the first of an invoice is looked for", found)
}

async fn the_oldest_is_the_first(repositories: &Repositories) -> Result<(), Breach> {
    let bench = Bench::new(repositories);
    let (second, oldest) = (copy_of_ekholm(&bench, 20).await?, copy_of_ekholm(&bench, 10).await?);
    let third = copy_of_ekholm(&bench, 20).await?;
    let found = first(&bench, &of_ekholm(), third.id).await?;
    promised_same("the oldest is the first", &found, &Some(oldest.id))?;
    let found = first(&bench, &of_ekholm(), oldest.id).await?;
    promised_same("none is the first before itself; of equals the id decides", &found, &Some(second.id))?;
    bench.delete(oldest, 50).await?;
    let found = first(&bench, &of_ekholm(), third.id).await?;
    promised_same("a deleted one is not the first", &found, &Some(second.id))?;
    bench.delete(second, 50).await?;
    promised_same("a single document repeats none", &first(&bench, &of_ekholm(), third.id).await?, &None)
}

async fn one_that_repeats_another_is_no_first(repositories: &Repositories) -> Result<(), Breach> {
    let bench = Bench::new(repositories);
    let (oldest, second) = (copy_of_ekholm(&bench, 10).await?, copy_of_ekholm(&bench, 20).await?);
    let repeats = Some(Outcome { repeats: Some(oldest.id), ..outcome() });
    let second = bench.change(Document { outcome: repeats, ..second }).await?;
    let found = first(&bench, &of_ekholm(), oldest.id).await?;
    promised_same("one that repeats another is no first", &found, &None)?;
    let third = copy_of_ekholm(&bench, 30).await?;
    let found = first(&bench, &of_ekholm(), oldest.id).await?;
    promised_same("a document that repeats none may be the first", &found, &Some(third.id))?;
    bench.delete(oldest, 50).await?;
    let found = first(&bench, &of_ekholm(), third.id).await?;
    promised_same("one that repeats a removed document may be the first, too", &found, &Some(second.id))
}

async fn one_thing_of_the_supplier_is_enough(repositories: &Repositories) -> Result<(), Breach> {
    let bench = Bench::new(repositories);
    let (name, iban) = (Field::SupplierName, Field::SupplierIban);
    let (ours, theirs) = ("DE89370400440532013000", "GB82WEST12345698765432");
    let kept = copy(&bench, 10, &[(name, "Ekholm AB"), (iban, ours)]).await?;
    let other = bench.keep_at(20).await?.id;
    let by_number = plain_label(Field::OrderNumber, NUMBER)?;
    bench.keep_labelled(5, vec![by_number, plain_label(name, "Ekholm AB")?], None).await?;
    for (supplier, wanted) in [
        (vec![(name, "Ekholm AB"), (iban, theirs)], Some(kept.id)),
        (vec![(Field::SupplierVatId, "SE556036079301"), (iban, ours)], Some(kept.id)),
        (vec![(name, "Lind AB"), (iban, theirs)], None),
        (vec![(Field::CustomerName, "Ekholm AB")], None),
        (vec![(name, "Ekholm")], None),
        (vec![], None),
    ] {
        let found = first(&bench, &invoice(&supplier), other).await?;
        promised_same("one thing of the supplier in common is enough, none is not", &found, &wanted)?;
    }
    let numbered = InvoiceIdentity { number: "inv-2041".to_owned(), ..of_ekholm() };
    promised_same("another number is another invoice", &first(&bench, &numbered, other).await?, &None)
}

async fn deleted_labels_do_not_count(repositories: &Repositories) -> Result<(), Breach> {
    for place in [0, 1] {
        let bench = Bench::new(repositories);
        let labels =
            vec![plain_label(Field::InvoiceNumber, NUMBER)?, plain_label(Field::SupplierName, "Ekholm AB")?];
        let (mut document, kept) = bench.keep_labelled(10, labels, None).await?;
        let other = bench.keep_at(20).await?.id;
        let found = first(&bench, &of_ekholm(), other).await?;
        promised_same("labels identify the first", &found, &Some(document.id))?;
        bench.delete_label(&mut document, is_there("labels are kept", kept.get(place))?).await?;
        promised_same("deleted labels do not", &first(&bench, &of_ekholm(), other).await?, &None)?;
    }
    Ok(())
}

async fn others_documents_are_never_the_first(repositories: &Repositories) -> Result<(), Breach> {
    let (bench, other) = (Bench::new(repositories), Bench::new(repositories));
    copy_of_ekholm(&other, 10).await?;
    let mine = copy_of_ekholm(&bench, 20).await?;
    let found = first(&bench, &of_ekholm(), mine.id).await?;
    promised_same("another owner's document is never the first", &found, &None)?;
    let everything = Scope::of_everything();
    let found = first_in(&bench, everything, &of_ekholm(), mine.id).await?;
    promised_same("in any owner's scope", &found, &None)?;
    let second = copy_of_ekholm(&bench, 30).await?;
    let found = first_in(&bench, everything, &of_ekholm(), second.id).await?;
    promised_same("the scope of all owners finds the owner's first", &found, &Some(mine.id))
}
