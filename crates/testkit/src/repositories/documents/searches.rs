//! Documents that are looked for by what they say.

use fieldmark_domain::document::{
    Description, Document, DocumentId, DocumentQuery, FieldCondition, FieldMatch,
};
use fieldmark_domain::field::Field;
use fieldmark_domain::label::LabelAct;

use super::Shelf;
use super::lists::{ids, list};
use crate::breach::{Breach, is_there, promised_same, succeeds};
use crate::repositories::Repositories;
use crate::repositories::sample::moment;

/// File name, supplier and number of each document.
const SAMPLES: [(&str, &str, &str); 5] = [
    ("100%.pdf", "Ångström & Söner AB", "F_1"),
    ("1000.pdf", "ångpanna", "Fx1"),
    ("100_a.pdf", "Angora GmbH", "F-2024-17"),
    ("scan.pdf", "STRASSE Straße", "100"),
    ("Ω.pdf", "Ωmega\u{10ffff}", "0"),
];

pub(super) async fn keep_their_promises(repositories: &Repositories) -> Result<(), Breach> {
    let shelf = Shelf::new(repositories);
    let mut kept = Vec::new();
    for (at, (filename, supplier, number)) in (1..).zip(SAMPLES) {
        let description = Description::of_file(filename);
        let document = Document { description, ..shelf.owner.document(moment(-at)) };
        let id = shelf.keep(document).await?.id;
        shelf.say(id, Field::SupplierName, supplier).await?;
        shelf.say(id, Field::InvoiceNumber, number).await?;
        kept.push(id);
    }
    texts_begin_so(&shelf, &kept).await?;
    labels_say_so(&shelf, &kept).await?;
    deleted_labels_say_nothing(&shelf, &kept).await
}

async fn finds(
    shelf: &Shelf<'_>,
    promise: &'static str,
    query: DocumentQuery,
    wanted: &[DocumentId],
) -> Result<(), Breach> {
    let listing = list(shelf, &query).await?;
    promised_same(promise, &ids(&listing), &wanted.to_vec())?;
    promised_same(
        "what is found is counted",
        &listing.total,
        &u64::try_from(wanted.len()).unwrap_or_default(),
    )
}

fn chosen(kept: &[DocumentId], wanted: &[usize]) -> Vec<DocumentId> {
    wanted.iter().filter_map(|at| kept.get(*at).copied()).collect()
}

async fn texts_begin_so(shelf: &Shelf<'_>, kept: &[DocumentId]) -> Result<(), Breach> {
    let cases: [(&'static str, &str, &[usize]); 10] = [
        ("a file name, a supplier or a number begins so", "100", &[0, 1, 2, 3]),
        ("a percent sign is one", "100%", &[0]),
        ("an underscore is one", "100_", &[2]),
        ("in numbers, too", "f_", &[0]),
        ("case does not matter, outside ASCII either", "ÅNG", &[0, 1]),
        ("letters with marks are letters of their own", "ang", &[2]),
        ("the beginning may be the whole", "STRASSE straße", &[3]),
        ("the last letter of all may follow", "ωmega", &[4]),
        ("nothing is found in the middle", "mega", &[]),
        ("white space is no condition", "  ", &[0, 1, 2, 3, 4]),
    ];
    for (promise, text, wanted) in cases {
        let query = DocumentQuery { text: Some(text.to_owned()), ..DocumentQuery::default() };
        finds(shelf, promise, query, &chosen(kept, wanted)).await?;
    }
    Ok(())
}

fn condition(field: Field, matches: FieldMatch) -> DocumentQuery {
    DocumentQuery { fields: vec![FieldCondition { field, matches }], ..DocumentQuery::default() }
}

async fn labels_say_so(shelf: &Shelf<'_>, kept: &[DocumentId]) -> Result<(), Breach> {
    use FieldMatch::{BeginsWith, Is};
    let cases: [(&'static str, Field, FieldMatch, &[usize]); 6] = [
        ("a label says the same", Field::InvoiceNumber, Is("f-2024-17".to_owned()), &[2]),
        ("and not more", Field::InvoiceNumber, Is("f-2024".to_owned()), &[]),
        ("nor does an underscore stand for a letter", Field::InvoiceNumber, Is("f_1".to_owned()), &[0]),
        ("a label begins so", Field::SupplierName, BeginsWith("ång".to_owned()), &[0, 1]),
        ("the field is the wanted one", Field::SupplierName, BeginsWith("f".to_owned()), &[]),
        (
            "an empty beginning is a label that is there",
            Field::InvoiceNumber,
            BeginsWith(String::new()),
            &[0, 1, 2, 3, 4],
        ),
    ];
    for (promise, field, matches, wanted) in cases {
        finds(shelf, promise, condition(field, matches), &chosen(kept, wanted)).await?;
    }
    let mut both = condition(Field::SupplierName, BeginsWith("ång".to_owned()));
    both.fields.extend(condition(Field::InvoiceNumber, Is("fx1".to_owned())).fields);
    finds(shelf, "every condition holds", both, &chosen(kept, &[1])).await
}

async fn deleted_labels_say_nothing(shelf: &Shelf<'_>, kept: &[DocumentId]) -> Result<(), Breach> {
    let Some(id) = kept.first().copied() else { return Ok(()) };
    let labels = shelf.repositories.labels.list(&shelf.scope(), id).await;
    let labels = succeeds("labels are listed", labels)?.unwrap_or_default();
    let number = labels.into_iter().find(|stored| stored.label.field == Field::InvoiceNumber);
    let mut number = is_there("the sample has a number", number)?;
    number.deleted_at = Some(moment(9));
    let edit = shelf.owner.edit(&shelf.found(id).await?, LabelAct::Deleted, None, number, moment(9));
    succeeds("a label is deleted", shelf.repositories.labels.save(&shelf.scope(), &edit).await)?;
    let query = condition(Field::InvoiceNumber, FieldMatch::Is("f_1".to_owned()));
    finds(shelf, "a deleted label says nothing", query, &[]).await?;
    let query = DocumentQuery { text: Some("f_1".to_owned()), ..DocumentQuery::default() };
    finds(shelf, "wherever it is looked for", query, &[]).await
}
