//! The labels of a document.

use fieldmark_domain::document::DocumentId;
use fieldmark_domain::field::Field;
use fieldmark_domain::label::StoredLabel;

use super::Bench;
use crate::breach::{Breach, is_there, promised_same};
use crate::repositories::full::full_labels;
use crate::repositories::sample::fresh_id;
use fieldmark_domain::ports::Repositories;

pub(super) async fn keep_their_promises(repositories: &Repositories) -> Result<(), Breach> {
    labels_come_with_all_that_they_have(repositories).await?;
    deleted_labels_are_among_them(repositories).await?;
    what_is_not_there_has_no_labels(repositories).await
}

async fn labels_come_with_all_that_they_have(repositories: &Repositories) -> Result<(), Breach> {
    let bench = Bench::new(repositories);
    let labels = full_labels()?.into_iter().rev().collect();
    let (document, kept) = bench.keep_labelled(0, labels, None).await?;
    let listed = bench.labels_of(document.id).await?;
    let fields: Vec<Field> = listed.iter().map(|stored| stored.label.field).collect();
    promised_same("labels are in the order of all fields", &fields, &Field::ALL.to_vec())?;
    let wanted: Vec<StoredLabel> = kept.into_iter().rev().collect();
    promised_same("labels come back with their candidates as they were", &listed, &wanted)
}

async fn deleted_labels_are_among_them(repositories: &Repositories) -> Result<(), Breach> {
    let bench = Bench::new(repositories);
    let labels = full_labels()?.into_iter().take(3).collect();
    let (mut document, mut kept) = bench.keep_labelled(0, labels, None).await?;
    let second = is_there("labels are kept", kept.get_mut(1))?;
    *second = bench.delete_label(&mut document, second).await?;
    promised_same("deleted labels are among them", &bench.labels_of(document.id).await?, &kept)
}

async fn what_is_not_there_has_no_labels(repositories: &Repositories) -> Result<(), Breach> {
    let bench = Bench::new(repositories);
    let empty = bench.keep_at(0).await?;
    promised_same("a document may have no labels", &bench.labels_of(empty.id).await?, &Vec::new())?;
    let labels = full_labels()?.into_iter().take(1).collect();
    let (document, _) = bench.keep_labelled(0, labels, None).await?;
    let gone = bench.delete(document, 20).await?;
    for id in [gone.id, DocumentId(fresh_id())] {
        let labels = bench.labels().list(&bench.scope(), id).await;
        promised_same("no document, no labels", &labels, &Ok(None))?;
    }
    Ok(())
}
