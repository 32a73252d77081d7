//! The result of reading a document, stored together with the end of the reading job.

use fieldmark_domain::document::Document;
use fieldmark_domain::field::Field;
use fieldmark_domain::job::{ClaimedJob, Job, JobStatus};
use fieldmark_domain::label::{LabelAct, LabelChange, LabelState, StoredLabel};
use fieldmark_domain::ports::{DocumentUpdate, JobsChange, ReadLabels, RepositoryError};
use fieldmark_domain::scope::Scope;

use super::{Bench, Whole};
use crate::breach::{Breach, is_there, promised, promised_same, succeeds};
use crate::repositories::full::{full_findings, full_label, full_labels, full_outcome};
use crate::repositories::labelled::plain_label;
use crate::repositories::readings::{read, unsaved};
use crate::repositories::sample::moment;
use fieldmark_domain::ports::Repositories;

pub(super) async fn keep_their_promises(repositories: &Repositories) -> Result<(), Breach> {
    a_reading_is_kept_with_the_end_of_its_job(repositories).await?;
    a_reading_may_find_nothing(repositories).await?;
    a_second_reading_takes_the_place_of_the_first(repositories).await
}

impl Bench<'_> {
    /// A reading of a document by a running job, with a value in every property.
    pub(super) async fn full_reading(&self, held: &ClaimedJob) -> Result<ReadLabels, Breach> {
        let document = self.document(held.job.document).await?;
        let mut reading =
            succeeds("a document is read", self.owner.reading(held.lease, document, moment(30)))?;
        reading.document.outcome = Some(full_outcome(None)?);
        reading.findings = full_findings()?;
        let document = reading.document.id;
        reading.labels =
            full_labels()?.into_iter().map(|label| unsaved(document, label, moment(30))).collect();
        reading.changes = reading.labels.iter().map(|label| read(label, moment(30))).collect();
        Ok(reading)
    }

    pub(super) async fn replace(&self, reading: &ReadLabels) -> Result<(), RepositoryError> {
        self.replace_in(self.scope(), reading).await
    }

    pub(super) async fn replace_in(&self, scope: Scope, reading: &ReadLabels) -> Result<(), RepositoryError> {
        self.labels().replace(&scope, reading).await
    }

    /// Starts a job of a document that was read before.
    pub(super) async fn running_again(&self, document: Document) -> Result<ClaimedJob, Breach> {
        let job = self.owner.job(&document);
        let update = DocumentUpdate { document, jobs: JobsChange::Add(job), events: Vec::new() };
        let changed = self.repositories.documents.update(&self.scope(), &update).await;
        succeeds("a document gets another job", changed)?;
        is_there("a queued job can be claimed", self.claim_at(1000).await?)
    }
}

/// The label as stored: with the next version.
fn kept(label: &StoredLabel) -> StoredLabel {
    StoredLabel { version: label.version + 1, ..label.clone() }
}

/// Checks that everything in a reading was written, and that its job has succeeded.
fn is_written(
    before: &Whole,
    after: &Whole,
    reading: &ReadLabels,
    labels: &[StoredLabel],
) -> Result<(), Breach> {
    super::is_changed(&after.document, &reading.document)?;
    promised_same("labels are as they shall be", &after.labels.as_slice(), &labels)?;
    promised_same("findings are as they shall be", &after.findings.as_ref(), &Some(&reading.findings))?;
    let mut history: Vec<LabelChange> = reading.changes.iter().rev().cloned().collect();
    history.extend(before.history.items.iter().cloned());
    promised_same("the history contains it", &after.history.items, &history)?;
    promised_same("the event is written with it", &after.events.last(), &Some(&reading.event))?;
    promised_same("no other event is written", &after.events.len(), &(before.events.len() + 1))
}

/// Checks that the job has ended with full progress.
fn has_succeeded(held: &ClaimedJob, job: &Job) -> Result<(), Breach> {
    let wanted =
        Job { status: JobStatus::Succeeded, progress: 1.0, finished_at: job.finished_at, ..held.job.clone() };
    promised_same("the job has succeeded", job, &wanted)?;
    promised("it has its time of the end", job.finished_at.is_some(), || format!("{job:?}"))
}

async fn a_reading_is_kept_with_the_end_of_its_job(repositories: &Repositories) -> Result<(), Breach> {
    let bench = Bench::new(repositories);
    let held = bench.running_at(0).await?;
    let before = bench.whole(held.job.document).await?;
    let reading = bench.full_reading(&held).await?;
    succeeds("a reading is kept", bench.replace(&reading).await)?;
    let labels: Vec<StoredLabel> = reading.labels.iter().map(kept).collect();
    is_written(&before, &bench.whole(held.job.document).await?, &reading, &labels)?;
    has_succeeded(&held, &bench.job(held.job.id).await?)?;
    promised_same("it cannot be claimed again", &bench.claim_at(10_000).await?, &None)
}

async fn a_reading_may_find_nothing(repositories: &Repositories) -> Result<(), Breach> {
    let bench = Bench::new(repositories);
    let held = bench.running_at(0).await?;
    let before = bench.whole(held.job.document).await?;
    let full = bench.full_reading(&held).await?;
    let reading = ReadLabels { labels: Vec::new(), changes: Vec::new(), ..full };
    succeeds("a reading without labels is kept", bench.replace(&reading).await)?;
    is_written(&before, &bench.whole(held.job.document).await?, &reading, &[])?;
    has_succeeded(&held, &bench.job(held.job.id).await?)
}

async fn a_second_reading_takes_the_place_of_the_first(repositories: &Repositories) -> Result<(), Breach> {
    let bench = Bench::new(repositories);
    let labels = [Field::InvoiceNumber, Field::InvoiceDate, Field::SupplierName].map(full_label);
    let labels: Result<Vec<_>, Breach> = labels.into_iter().collect();
    let (document, first) = bench.keep_labelled(0, labels?, Some(full_findings()?)).await?;
    let [number, date, supplier] = first.as_slice() else {
        return is_there("labels are kept", None);
    };
    let mut queued = document;
    succeeds("a document may be read again", queued.queue(moment(20)))?;
    let held = bench.running_again(queued).await?;
    let before = bench.whole(held.job.document).await?;
    let full = bench.full_reading(&held).await?;
    let changed = StoredLabel { label: plain_label(Field::InvoiceNumber, "INV-9")?, ..number.clone() };
    // Replaces the deleted one.
    let new = unsaved(held.job.document, plain_label(Field::InvoiceDate, "2025-01-31")?, moment(30));
    let gone = LabelChange {
        act: LabelAct::Deleted,
        before: Some(LabelState::from(&date.label)),
        after: None,
        ..read(date, moment(30))
    };
    let reading = ReadLabels {
        changes: vec![gone, read(&changed, moment(30)), read(&new, moment(30))],
        labels: vec![changed.clone(), new.clone()],
        removed: vec![date.id],
        findings: fieldmark_domain::extraction::Findings { pages: Vec::new(), ..full.findings },
        ..full
    };
    succeeds("a second reading is kept", bench.replace(&reading).await)?;
    let labels = [kept(&changed), kept(&new), supplier.clone()];
    is_written(&before, &bench.whole(held.job.document).await?, &reading, &labels)?;
    has_succeeded(&held, &bench.job(held.job.id).await?)
}
