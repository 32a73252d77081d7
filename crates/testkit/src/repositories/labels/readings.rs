//! What jobs read, kept with their end.

use fieldmark_domain::document::{Document, DocumentId, Outcome};
use fieldmark_domain::event::Occurrence;
use fieldmark_domain::field::Field;
use fieldmark_domain::job::{ClaimedJob, JobStatus, Lease};
use fieldmark_domain::label::{LabelAct, StoredLabel};
use fieldmark_domain::ports::{Claim, InvoiceIdentity, ReadLabels, RepositoryError};

use super::super::documents::Shelf;
use super::super::fixtures::{change, findings, label, outcome};
use crate::breach::{Breach, is_there, promised_same, succeeds};
use crate::repositories::Repositories;
use crate::repositories::sample::{fresh_id, moment};

pub(super) async fn keep_their_promises(repositories: &Repositories) -> Result<(), Breach> {
    all_of_it_is_kept(&Shelf::new(repositories)).await?;
    reading_again_changes_what_was_there(&Shelf::new(repositories)).await?;
    a_lost_lease_keeps_nothing(&Shelf::new(repositories)).await?;
    a_stale_document_keeps_nothing(&Shelf::new(repositories)).await?;
    the_first_of_an_invoice_is_named(&Shelf::new(repositories)).await?;
    of_two_at_once_one_is_the_first(&Shelf::new(repositories)).await
}

/// A document with a job that a worker has.
async fn claimed(shelf: &Shelf<'_>, seconds: i64) -> Result<(Document, ClaimedJob), Breach> {
    let new = shelf.owner.incoming(moment(seconds));
    shelf.create(&new).await?;
    Ok((new.document, claim(shelf).await?))
}

async fn claim(shelf: &Shelf<'_>) -> Result<ClaimedJob, Breach> {
    let wish = Claim { worker: "worker".to_owned(), token: fresh_id(), now: moment(100), until: moment(160) };
    let claimed = shelf.repositories.jobs.claim(&shelf.scope(), &wish).await;
    is_there("a job that waits is given out", succeeds("a claim is answered", claimed)?)
}

/// What reading gave: these labels, all of them new.
fn reading(
    shelf: &Shelf<'_>,
    document: &Document,
    lease: Lease,
    said: &[(Field, &str)],
) -> Result<ReadLabels, Breach> {
    let mut read = document.clone();
    succeeds("a queued document may be read", read.finish(outcome(), moment(110)))?;
    let labels: Result<Vec<StoredLabel>, Breach> =
        said.iter().map(|(field, text)| label(document, *field, text, moment(110))).collect();
    let labels = labels?;
    let occurrence = Occurrence::DocumentProcessed { decision: "review".to_owned() };
    Ok(ReadLabels {
        lease,
        document: read,
        findings: findings()?,
        removed: Vec::new(),
        changes: labels.iter().map(|label| change(LabelAct::Read, None, label, moment(110))).collect(),
        labels,
        identity: None,
        event: shelf.owner.event(document.id, occurrence, moment(110)),
    })
}

async fn replace(shelf: &Shelf<'_>, read: &ReadLabels) -> Result<(), RepositoryError> {
    shelf.repositories.labels.replace(&shelf.scope(), read).await
}

async fn all_of_it_is_kept(shelf: &Shelf<'_>) -> Result<(), Breach> {
    let (document, claimed) = claimed(shelf, 1).await?;
    let said = [(Field::SupplierName, "Lind AB"), (Field::InvoiceNumber, "17")];
    let read = reading(shelf, &document, claimed.lease, &said)?;
    succeeds("what was read is kept", replace(shelf, &read).await)?;
    let shown = shelf.documents().show(&shelf.scope(), document.id).await;
    let shown = is_there("it is shown", succeeds("it is shown", shown)?)?;
    let wanted = Document { version: 2, ..read.document.clone() };
    promised_same("the document is as it shall be, counted up", &shown.document, &wanted)?;
    promised_same("everything beside the labels is kept", &shown.findings, &Some(read.findings.clone()))?;
    let mut wanted: Vec<StoredLabel> =
        read.labels.iter().map(|label| StoredLabel { version: 1, ..label.clone() }).collect();
    wanted.reverse();
    promised_same("labels are kept, in the order of fields", &shown.labels, &wanted)?;
    let job = shelf.repositories.jobs.find(&shelf.scope(), claimed.job.id).await;
    let job = is_there("the job is found", succeeds("the job is found", job)?)?;
    let end = (job.status, job.progress.to_bits(), job.finished_at);
    let wanted = (JobStatus::Succeeded, 1.0_f32.to_bits(), Some(moment(110)));
    promised_same("the job has succeeded", &end, &wanted)?;
    let events = succeeds("events are found", shelf.repositories.outbox.pending(&shelf.scope(), 9).await)?;
    promised_same("the event is told", &events.last(), &Some(&read.event))?;
    let again = replace(shelf, &read).await;
    promised_same("a job that is over keeps nothing more", &again, &Err(RepositoryError::LeaseLost))
}

async fn reading_again_changes_what_was_there(shelf: &Shelf<'_>) -> Result<(), Breach> {
    let (document, first) = claimed(shelf, 1).await?;
    let said = [(Field::InvoiceNumber, "17"), (Field::TotalGross, "1"), (Field::TotalNet, "1")];
    let read = reading(shelf, &document, first.lease, &said)?;
    succeeds("what was read is kept", replace(shelf, &read).await)?;
    let mut document = shelf.found(document.id).await?;
    succeeds("a processed document may be read again", document.queue(moment(120)))?;
    let update = fieldmark_domain::ports::DocumentUpdate {
        jobs: fieldmark_domain::ports::JobsChange::Add(shelf.owner.job(&document)),
        document,
        events: Vec::new(),
    };
    let queued = shelf.documents().update(&shelf.scope(), &update).await;
    let document = is_there("it waits again", succeeds("it waits again", queued)?)?;
    let second = claim(shelf).await?;
    let kept = shelf.repositories.labels.list(&shelf.scope(), document.id).await;
    let kept = is_there("labels are listed", succeeds("labels are listed", kept)?)?;
    let mut again = reading(shelf, &document, second.lease, &[(Field::TotalGross, "2")])?;
    let known = kept.iter().filter(|stored| stored.label.field == Field::InvoiceNumber).cloned();
    again.labels.extend(known);
    let replaced = kept.iter().filter(|stored| stored.label.field != Field::InvoiceNumber);
    again.removed = replaced.map(|stored| stored.id).collect();
    succeeds("what was read again is kept", replace(shelf, &again).await)?;
    let found = shelf.repositories.labels.list(&shelf.scope(), document.id).await;
    let found = is_there("labels are listed", succeeds("labels are listed", found)?)?;
    let found: Vec<_> = found.iter().map(|stored| (stored.label.field, stored.version)).collect();
    let wanted = vec![(Field::InvoiceNumber, 2), (Field::TotalGross, 1)];
    promised_same("labels are replaced, kept and removed", &found, &wanted)
}

async fn keeps_nothing(shelf: &Shelf<'_>, read: &ReadLabels, wanted: RepositoryError) -> Result<(), Breach> {
    let id = read.document.id;
    let before = shelf.documents().show(&shelf.scope(), id).await;
    let events = shelf.repositories.outbox.pending(&shelf.scope(), 100).await;
    promised_same("what cannot be kept is refused", &replace(shelf, read).await, &Err(wanted))?;
    let after = shelf.documents().show(&shelf.scope(), id).await;
    promised_same("and nothing of it is kept", &after, &before)?;
    let told = shelf.repositories.outbox.pending(&shelf.scope(), 100).await;
    promised_same("nor told", &told, &events)
}

async fn a_lost_lease_keeps_nothing(shelf: &Shelf<'_>) -> Result<(), Breach> {
    let (document, claimed) = claimed(shelf, 1).await?;
    let mut read = reading(shelf, &document, claimed.lease, &[(Field::InvoiceNumber, "17")])?;
    read.lease.token = fresh_id();
    keeps_nothing(shelf, &read, RepositoryError::LeaseLost).await?;
    let stranger = Shelf::new(shelf.repositories);
    read.lease = claimed.lease;
    let refused = replace(&stranger, &read).await;
    promised_same("another owner's job is not there", &refused, &Err(RepositoryError::LeaseLost))?;
    succeeds("its own is", replace(shelf, &read).await)
}

async fn a_stale_document_keeps_nothing(shelf: &Shelf<'_>) -> Result<(), Breach> {
    let (document, claimed) = claimed(shelf, 1).await?;
    let read = reading(shelf, &document, claimed.lease, &[(Field::InvoiceNumber, "17")])?;
    let changed = shelf.change(document).await?;
    keeps_nothing(shelf, &read, RepositoryError::Stale).await?;
    let read = reading(shelf, &changed, claimed.lease, &[(Field::InvoiceNumber, "17")])?;
    succeeds("the job is still the worker's", replace(shelf, &read).await)
}

fn lind() -> InvoiceIdentity {
    let supplier = vec![(Field::SupplierName, "lind ab".to_owned())];
    InvoiceIdentity { number: "17".to_owned(), supplier }
}

async fn invoice(shelf: &Shelf<'_>, seconds: i64) -> Result<ReadLabels, Breach> {
    let (document, claimed) = claimed(shelf, seconds).await?;
    let said = [(Field::SupplierName, "Lind AB"), (Field::InvoiceNumber, "17")];
    Ok(ReadLabels { identity: Some(lind()), ..reading(shelf, &document, claimed.lease, &said)? })
}

fn repeating(read: ReadLabels, repeats: Option<DocumentId>) -> ReadLabels {
    let outcome = Some(Outcome { repeats, ..outcome() });
    ReadLabels { document: Document { outcome, ..read.document }, ..read }
}

async fn the_first_of_an_invoice_is_named(shelf: &Shelf<'_>) -> Result<(), Breach> {
    let first = invoice(shelf, 1).await?;
    let wrong = repeating(first.clone(), Some(DocumentId(fresh_id())));
    keeps_nothing(shelf, &wrong, RepositoryError::RepeatsChanged).await?;
    succeeds("a first document is kept", replace(shelf, &first).await)?;
    let second = invoice(shelf, 2).await?;
    keeps_nothing(shelf, &second, RepositoryError::RepeatsChanged).await?;
    let second = repeating(second, Some(first.document.id));
    succeeds("one that names the first is kept", replace(shelf, &second).await)
}

async fn of_two_at_once_one_is_the_first(shelf: &Shelf<'_>) -> Result<(), Breach> {
    let (one, other) = (invoice(shelf, 1).await?, invoice(shelf, 2).await?);
    let (one, other) = tokio::join!(replace(shelf, &one), replace(shelf, &other));
    let refused = [one, other].into_iter().filter(|answer| *answer == Err(RepositoryError::RepeatsChanged));
    promised_same("of two that are read at once, one is the first", &refused.count(), &1)
}
