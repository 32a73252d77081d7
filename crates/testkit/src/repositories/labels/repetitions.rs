//! Readings of a repeated invoice: the document that they name as the first must still be the
//! first.

use std::sync::Arc;

use fieldmark_domain::document::{DocumentId, search_key};
use fieldmark_domain::field::Field;
use fieldmark_domain::ports::{InvoiceIdentity, ReadLabels, RepositoryError};
use tokio::task::JoinSet;

use super::{Bench, is_refused};
use crate::breach::{Breach, promised_same, succeeds};
use crate::repositories::labelled::plain_label;
use crate::repositories::readings::unsaved;
use crate::repositories::sample::moment;
use fieldmark_domain::ports::Repositories;

/// How many copies of an invoice are read at once.
const CONCURRENT: usize = 6;

pub(super) async fn keep_their_promises(repositories: &Repositories) -> Result<(), Breach> {
    a_first_that_has_come_is_named(repositories).await?;
    a_first_that_has_gone_is_not_named(repositories).await?;
    what_is_known_by_nothing_repeats_nothing(repositories).await?;
    of_many_at_once_one_is_the_first(repositories).await
}

/// A reading of the sample's invoice that names the first document.
async fn copy(bench: &Bench<'_>, seconds: i64, repeats: Option<DocumentId>) -> Result<ReadLabels, Breach> {
    let held = bench.running_at(seconds).await?;
    let document = bench.document(held.job.document).await?;
    let reading = bench.owner.reading(held.lease, document, moment(seconds + 5));
    let mut reading = succeeds("a document is read", reading)?;
    let supplier = plain_label(Field::SupplierName, "Ekholm AB")?;
    reading.labels.push(unsaved(reading.document.id, supplier, moment(seconds + 5)));
    reading.identity = Some(InvoiceIdentity {
        number: search_key("INV-20417"),
        supplier: vec![(Field::SupplierName, search_key("Ekholm AB"))],
    });
    Ok(repeating(reading, repeats))
}

fn repeating(mut reading: ReadLabels, repeats: Option<DocumentId>) -> ReadLabels {
    if let Some(outcome) = &mut reading.document.outcome {
        outcome.repeats = repeats;
    }
    reading
}

/// Checks that the reading is refused and writes nothing, and that it is stored when it names the
/// right document.
async fn is_kept_only_as(
    bench: &Bench<'_>,
    wrong: ReadLabels,
    right: Option<DocumentId>,
) -> Result<(), Breach> {
    let id = wrong.document.id;
    let before = bench.whole(id).await?;
    let answer = bench.replace(&wrong).await;
    is_refused("the first of an invoice is the one that is named", answer, &RepositoryError::RepeatsChanged)?;
    promised_same("everything is as it was", &bench.whole(id).await?, &before)?;
    succeeds("a reading that names the first is kept", bench.replace(&repeating(wrong, right)).await)?;
    let found = bench.document(id).await?.outcome.and_then(|outcome| outcome.repeats);
    promised_same("the first is named", &found, &right)
}

async fn a_first_that_has_come_is_named(repositories: &Repositories) -> Result<(), Breach> {
    let bench = Bench::new(repositories);
    let (first, second) = (copy(&bench, 0, None).await?, copy(&bench, 10, None).await?);
    succeeds("a reading that repeats none is stored", bench.replace(&first).await)?;
    is_kept_only_as(&bench, second, Some(first.document.id)).await
}

async fn a_first_that_has_gone_is_not_named(repositories: &Repositories) -> Result<(), Breach> {
    let bench = Bench::new(repositories);
    let first = copy(&bench, 0, None).await?;
    succeeds("a reading that repeats none is stored", bench.replace(&first).await)?;
    let second = copy(&bench, 10, Some(first.document.id)).await?;
    let kept = bench.document(first.document.id).await?;
    bench.delete(kept, 20).await?;
    is_kept_only_as(&bench, second, None).await
}

async fn what_is_known_by_nothing_repeats_nothing(repositories: &Repositories) -> Result<(), Breach> {
    let bench = Bench::new(repositories);
    for seconds in [0, 10] {
        let reading = ReadLabels { identity: None, ..copy(&bench, seconds, None).await? };
        succeeds("what is known by nothing repeats nothing", bench.replace(&reading).await)?;
    }
    Ok(())
}

async fn of_many_at_once_one_is_the_first(repositories: &Repositories) -> Result<(), Breach> {
    let bench = Bench::new(repositories);
    let mut crowd = JoinSet::new();
    for _ in 0..CONCURRENT {
        let reading = copy(&bench, 0, None).await?;
        let (labels, scope) = (Arc::clone(&repositories.labels), bench.scope());
        crowd.spawn(async move { labels.replace(&scope, &reading).await });
    }
    let answers = crowd.join_all().await;
    let first = answers.iter().filter(|answer| answer.is_ok()).count();
    let told = answers.iter().filter(|answer| **answer == Err(RepositoryError::RepeatsChanged)).count();
    promised_same(
        "of many at once one is the first, and the others name it",
        &(first, told),
        &(1, CONCURRENT - 1),
    )
}
