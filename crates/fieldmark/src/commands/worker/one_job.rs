//! One job under its lease: done, renewed meanwhile, broken off when it must be.

use std::sync::Arc;
use std::time::Duration;

use fieldmark_domain::commands::{
    BreakOffJob, ExtractDocument, JobOutcome, LeaseState, ProcessDocument, RenewLease, SettleJob,
};
use fieldmark_domain::job::{ClaimedJob, Job, JobEnd, JobLimits, Progress};
use fieldmark_domain::use_case_error::UseCaseError;
use fieldmark_domain::use_cases::UseCases;
use tokio::task::JoinHandle;
use tokio::time::{Instant, MissedTickBehavior, timeout};
use tracing::Instrument as _;

use super::stop::Stop;

/// A lease is renewed so many times before it would run out.
const RENEWALS: u32 = 3;
/// The end of an interrupted job is waited for so long.
const SETTLING: Duration = Duration::from_secs(10);
/// The longest time between two renewals, with which progress is noted and a cancellation noticed.
const MAX_HEARTBEAT: Duration = Duration::from_secs(5);

/// Does one job at a time.
#[derive(Clone)]
pub struct OneJob {
    process: ProcessDocument,
    renew: RenewLease,
    settle: SettleJob,
    break_off: BreakOffJob,
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
    /// Does jobs by these use cases, and reads files as `extract` does.
    pub fn new(use_cases: &UseCases, extract: ExtractDocument) -> Self {
        Self {
            process: use_cases.process_document(extract),
            renew: use_cases.renew_lease(),
            settle: use_cases.settle_job(),
            break_off: use_cases.break_off_job(),
            limits: use_cases.options.limits,
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
        log(&claimed, &outcome);
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
        let period = (self.limits.lease / RENEWALS).min(MAX_HEARTBEAT);
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
                    Ok(LeaseState::CancelRequested) => self.settle.execute(claimed, JobEnd::Cancelled).await,
                    _ => self.settle.execute(claimed, JobEnd::Released).await,
                }
            }
            Interruption::Cancel => self.settle.execute(claimed, JobEnd::Cancelled).await,
            Interruption::HardLimit => self.break_off.execute(claimed).await,
            Interruption::LeaseLost => Ok(JobOutcome::LeaseLost),
        }
    }
}

fn log(claimed: &ClaimedJob, outcome: &Result<JobOutcome, UseCaseError>) {
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
