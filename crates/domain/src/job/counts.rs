//! How many jobs have come how far.

use super::JobStatus;

/// How many jobs have each status.
///
/// ```
/// use fieldmark_domain::job::{JobCounts, JobStatus};
///
/// let mut counts = JobCounts { running: 2, ..JobCounts::default() };
/// counts.set(JobStatus::Queued, 5);
/// assert_eq!(counts.of(JobStatus::Queued) + counts.of(JobStatus::Running), 7);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct JobCounts {
    /// Wait for a worker or for their next attempt.
    pub queued: u64,
    /// Are with a worker.
    pub running: u64,
    /// Are done.
    pub succeeded: u64,
    /// Cannot be done.
    pub failed: u64,
    /// Were cancelled.
    pub cancelled: u64,
    /// Have used up their attempts.
    pub dead: u64,
}

impl JobCounts {
    /// How many have a status.
    #[must_use]
    pub const fn of(&self, status: JobStatus) -> u64 {
        match status {
            JobStatus::Queued => self.queued,
            JobStatus::Running => self.running,
            JobStatus::Succeeded => self.succeeded,
            JobStatus::Failed => self.failed,
            JobStatus::Cancelled => self.cancelled,
            JobStatus::Dead => self.dead,
        }
    }

    /// So many have a status.
    pub const fn set(&mut self, status: JobStatus, count: u64) {
        *match status {
            JobStatus::Queued => &mut self.queued,
            JobStatus::Running => &mut self.running,
            JobStatus::Succeeded => &mut self.succeeded,
            JobStatus::Failed => &mut self.failed,
            JobStatus::Cancelled => &mut self.cancelled,
            JobStatus::Dead => &mut self.dead,
        } = count;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_status_has_a_count_of_its_own() {
        let mut counts = JobCounts::default();
        for (status, count) in JobStatus::ALL.into_iter().zip(1..) {
            counts.set(status, count);
        }
        let kept = JobStatus::ALL.map(|status| counts.of(status));
        assert_eq!(kept, [1, 2, 3, 4, 5, 6]);
        let named = JobCounts { queued: 1, running: 2, succeeded: 3, failed: 4, cancelled: 5, dead: 6 };
        assert_eq!(counts, named);
    }
}
