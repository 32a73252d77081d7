//! One job under its lease: done, renewed meanwhile, broken off when it must be.

use std::sync::Arc;
use std::time::Duration;

use fieldmark_domain::commands::{
    BreakOffJob, EndCancelledJob, ExtractDocument, JobOutcome, LeaseState, ProcessDocument, ReleaseJob,
    RenewLease,
};
use fieldmark_domain::job::{ClaimedJob, Job, JobLimits, Progress};
use fieldmark_domain::use_case_error::UseCaseError;
use tokio::task::JoinHandle;
use tokio::time::{Instant, MissedTickBehavior, timeout};
use tracing::Instrument as _;

use super::stop::Stop;
use crate::settings::Settings;
use crate::store::Store;

/// A lease is renewed so many times before it would run out.
const RENEWALS: u32 = 3;
/// The end of an interrupted job is waited for so long.
const SETTLING: Duration = Duration::from_secs(10);
/// Progress is noted and cancellation heard of at least so often.
const LONGEST_SILENCE: Duration = Duration::from_secs(5);

/// Does one job at a time.
#[derive(Clone)]
pub struct OneJob {
    process: ProcessDocument,
    renew: RenewLease,
    release: ReleaseJob,
    break_off: BreakOffJob,
    end_cancelled: EndCancelledJob,
    limits: JobLimits,
}

/// Why a job's work is not waited for any longer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Interruption {
    /// The worker stops.
    Stop,
    /// Somebody wants the job to end.
    Cancel,
    /// It takes too long.
    HardLimit,
    /// The lease is another's, or ran out while it could not be renewed.
    LeaseLost,
}

impl OneJob {
    /// After the settings.
    pub fn new(settings: &Settings, store: &Store, extract: ExtractDocument) -> Self {
        let Store { documents, labels, jobs, blobs, clock, .. } = store.clone();
        let (limits, retry) = (settings.jobs.limits(), settings.jobs.retry());
        Self {
            renew: RenewLease { jobs: jobs.clone(), clock: clock.clone(), limits },
            release: ReleaseJob { jobs: jobs.clone(), documents: documents.clone(), clock: clock.clone() },
            break_off: BreakOffJob {
                jobs: jobs.clone(),
                documents: documents.clone(),
                clock: clock.clone(),
                retry,
                limits,
            },
            end_cancelled: EndCancelledJob {
                jobs: jobs.clone(),
                documents: documents.clone(),
                clock: clock.clone(),
            },
            process: ProcessDocument {
                extract,
                documents,
                labels,
                jobs,
                blobs,
                clock,
                retry,
                options: settings.detection.reading(),
                electronic_invoices: true,
                soft_limit: Some(limits.soft),
            },
            limits,
        }
    }

    /// Does a job. However it ends, it is settled or its lease runs out.
    pub async fn run(&self, claimed: ClaimedJob, stop: &mut Stop) {
        tracing::debug!(job = %claimed.job.id, document = %claimed.job.document, attempt = claimed.job.attempts, "begun");
        let progress = Arc::new(Progress::default());
        let mut work = self.begin(&claimed, &progress);
        let outcome = tokio::select! {
            ended = &mut work => ended.unwrap_or_else(|error| {
                tracing::error!(job = %claimed.job.id, "doing a job broke: {error}");
                Ok(JobOutcome::LeaseLost)
            }),
            interruption = self.interruption(&claimed, &progress, stop) => {
                work.abort();
                let settled = timeout(SETTLING, self.interrupt(&claimed, interruption)).await;
                // A page that is being looked at is looked at to its end; the slot is free after it.
                let _ended = timeout(SETTLING, &mut work).await;
                // Without an answer the lease runs out, and the job is another's.
                settled.unwrap_or(Ok(JobOutcome::LeaseLost))
            }
        };
        tell(&claimed, &outcome);
    }

    fn begin(
        &self,
        claimed: &ClaimedJob,
        progress: &Arc<Progress>,
    ) -> JoinHandle<Result<JobOutcome, UseCaseError>> {
        let (process, claimed, progress) = (self.process.clone(), claimed.clone(), Arc::clone(progress));
        let Job { id, document, owner, .. } = claimed.job.clone();
        let span = tracing::error_span!("job", job = %id, %document, owner = %owner.0);
        tokio::spawn(async move { process.execute(&claimed, &progress).await }.instrument(span))
    }

    /// Renews the lease until there is a reason to break the work off.
    async fn interruption(&self, claimed: &ClaimedJob, progress: &Progress, stop: &mut Stop) -> Interruption {
        let period = (self.limits.lease / RENEWALS).min(LONGEST_SILENCE);
        let mut beat = tokio::time::interval_at(Instant::now() + period, period);
        beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let hard_limit = tokio::time::sleep(self.limits.hard);
        tokio::pin!(hard_limit);
        let mut held_until = Instant::now() + self.limits.lease;
        loop {
            tokio::select! {
                () = stop.wanted() => return Interruption::Stop,
                () = &mut hard_limit => return Interruption::HardLimit,
                () = tokio::time::sleep_until(held_until) => return Interruption::LeaseLost,
                _ = beat.tick() => {
                    let asked = Instant::now();
                    match timeout(period, self.renew.execute(&claimed.lease, progress.share())).await {
                        Ok(Ok(LeaseState::Held)) => held_until = asked + self.limits.lease,
                        Ok(Ok(LeaseState::CancelRequested)) => return Interruption::Cancel,
                        Ok(Ok(LeaseState::Lost)) => return Interruption::LeaseLost,
                        Ok(Err(error)) => tracing::warn!(job = %claimed.job.id, "the lease cannot be renewed: {error}"),
                        Err(_) => tracing::warn!(job = %claimed.job.id, "the lease cannot be renewed: no answer"),
                    }
                }
            }
        }
    }

    async fn interrupt(
        &self,
        claimed: &ClaimedJob,
        interruption: Interruption,
    ) -> Result<JobOutcome, UseCaseError> {
        match interruption {
            Interruption::Stop => {
                // Somebody may have wanted it to end since the lease was renewed last.
                match self.renew.execute(&claimed.lease, 0.0).await {
                    Ok(LeaseState::CancelRequested) => self.end_cancelled.execute(claimed).await,
                    _ => self.release.execute(claimed).await,
                }
            }
            Interruption::Cancel => self.end_cancelled.execute(claimed).await,
            Interruption::HardLimit => self.break_off.execute(claimed).await,
            Interruption::LeaseLost => Ok(JobOutcome::LeaseLost),
        }
    }
}

fn tell(claimed: &ClaimedJob, outcome: &Result<JobOutcome, UseCaseError>) {
    let (job, document) = (claimed.job.id, claimed.job.document);
    match outcome {
        Ok(JobOutcome::Succeeded) => tracing::info!(%job, %document, "processed"),
        Ok(JobOutcome::Ended(end)) => tracing::info!(%job, %document, end = %end.status(), "not processed"),
        Ok(JobOutcome::LeaseLost) => tracing::warn!(%job, %document, "the job went to another worker"),
        Err(error) => {
            tracing::warn!(%job, %document, "the job's end cannot be kept: {error}; it is tried again")
        }
    }
}
