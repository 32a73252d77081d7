//! Listing jobs.

use fieldmark_domain::job::{Job, JobId, JobQuery, JobStatus, NewJob};
use fieldmark_domain::listing::{Listing, Window};
use fieldmark_domain::ports::{DocumentUpdate, JobsChange};

use super::Bench;
use crate::breach::{Breach, promised, promised_same, succeeds};
use crate::repositories::sample::{SampleOwner, fresh_id, moment};
use fieldmark_domain::ports::Repositories;

pub(super) async fn keep_their_promises(repositories: &Repositories) -> Result<(), Breach> {
    let bench = Bench::new(repositories);
    let mut ids = Vec::new();
    for seconds in [30, 10, 20, 20, 40] {
        ids.push(bench.add_at(seconds).await?.id);
    }
    let newest_first: Vec<JobId> = [4, 0, 3, 2, 1].iter().filter_map(|at| ids.get(*at).copied()).collect();
    windows_cut_the_newest_first(&bench, &newest_first).await?;
    what_comes_after_a_job_goes_on_from_it(&bench, &newest_first).await?;
    only_those_of_a_status_are_listed(&bench, &newest_first).await?;
    only_those_of_a_document_are_listed(&bench).await?;
    let others = bench.jobs().list(&SampleOwner::fresh().scope(), &JobQuery::default()).await;
    let none = Listing { items: Vec::new(), total: 0 };
    promised_same("another owner's jobs are not listed", &others, &Ok(none))
}

async fn list(bench: &Bench<'_>, query: JobQuery) -> Result<Listing<Job>, Breach> {
    succeeds("jobs are listed", bench.jobs().list(&bench.scope(), &query).await)
}

fn ids(listing: &Listing<Job>) -> Vec<JobId> {
    listing.items.iter().map(|job| job.id).collect()
}

async fn windows_cut_the_newest_first(bench: &Bench<'_>, newest_first: &[JobId]) -> Result<(), Breach> {
    for (limit, offset) in [(20, 0), (2, 0), (2, 1), (3, 3), (5, 9)] {
        let window = Window { limit, offset };
        let listing = list(bench, JobQuery { window, ..JobQuery::default() }).await?;
        let left_out = usize::try_from(offset).unwrap_or(usize::MAX);
        let shown = usize::try_from(limit).unwrap_or(usize::MAX);
        let wanted: Vec<JobId> = newest_first.iter().copied().skip(left_out).take(shown).collect();
        promised_same("a window cuts the newest first", &ids(&listing), &wanted)?;
        promised_same("all are counted, wherever the window is", &listing.total, &5)?;
    }
    Ok(())
}

/// Two of the five were created at the same moment, and a page ends between them.
async fn what_comes_after_a_job_goes_on_from_it(
    bench: &Bench<'_>,
    newest_first: &[JobId],
) -> Result<(), Breach> {
    let window = Window { limit: 3, offset: 0 };
    let mut query = JobQuery { window, without_total: true, ..JobQuery::default() };
    let mut met = Vec::new();
    for count in [3, 2, 0] {
        let part = list(bench, query.clone()).await?;
        promised_same("without a total a list counts its items", &part.total, &count)?;
        met.extend(ids(&part));
        query.after = part.items.last().map(|last| (last.created_at, last.id)).or(query.after);
    }
    promised_same("each job comes once", &met, &newest_first.to_vec())
}

/// The oldest job is claimed.
async fn only_those_of_a_status_are_listed(bench: &Bench<'_>, newest_first: &[JobId]) -> Result<(), Breach> {
    bench.claim_at(100).await?;
    let oldest: Vec<JobId> = newest_first.last().copied().into_iter().collect();
    let of = |statuses: &[JobStatus]| JobQuery { statuses: statuses.to_vec(), ..JobQuery::default() };
    let running = list(bench, of(&[JobStatus::Running])).await?;
    promised_same("those of a status are listed", &(ids(&running), running.total), &(oldest, 1))?;
    let waiting = list(bench, of(&[JobStatus::Queued, JobStatus::Dead])).await?;
    promised("those of any of several statuses are listed", waiting.total == 4, || format!("{waiting:?}"))?;
    let dead = list(bench, of(&[JobStatus::Dead])).await?;
    promised("no others are listed", dead.items.is_empty() && dead.total == 0, || format!("{dead:?}"))
}

async fn only_those_of_a_document_are_listed(bench: &Bench<'_>) -> Result<(), Breach> {
    let first = bench.add_at(50).await?;
    let document = bench.document(first.document).await?;
    let second = NewJob { id: JobId(fresh_id()), created_at: moment(60), ..first.clone() };
    let update = DocumentUpdate { document, jobs: JobsChange::Add(second.clone()), events: Vec::new() };
    let kept = bench.repositories.documents.update(&bench.scope(), &update).await;
    succeeds("a document gets another job", kept)?;
    let query = JobQuery { document: Some(first.document), ..JobQuery::default() };
    let listing = list(bench, query).await?;
    promised_same("a document's jobs are listed", &ids(&listing), &vec![second.id, first.id])?;
    promised_same("and counted", &listing.total, &2)
}
