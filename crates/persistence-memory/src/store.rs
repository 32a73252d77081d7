//! The lock around everything that is kept, and who is woken by a change.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use fieldmark_domain::ports::RepositoryError;
use tokio::sync::Notify;
use tokio::time::timeout;

use crate::options::MemoryOptions;
use crate::state::State;

/// The longest wait for a job: the moment from which a job may be begun comes without a change.
const LONGEST_WAIT_FOR_JOBS: Duration = Duration::from_secs(1);

/// One memory, shared by all of its ports.
pub(crate) struct Store {
    state: Mutex<State>,
    jobs: Notify,
    ends: Notify,
}

impl Store {
    pub(crate) fn new(options: MemoryOptions) -> Self {
        Self { state: Mutex::new(State::new(options)), jobs: Notify::new(), ends: Notify::new() }
    }

    /// Looks at what is kept.
    pub(crate) fn read<T>(&self, look: impl FnOnce(&State) -> T) -> T {
        look(&self.state())
    }

    /// Changes what is kept, and wakes those who wait for such a change. A change that is refused must have written
    /// nothing.
    pub(crate) fn write<T>(
        &self,
        change: impl FnOnce(&mut State) -> Result<T, RepositoryError>,
    ) -> Result<T, RepositoryError> {
        let mut state = self.state();
        let outcome = change(&mut state);
        let news = state.take_news();
        drop(state);
        if news.job_waits {
            self.jobs.notify_waiters();
        }
        if news.job_ended {
            self.ends.notify_waiters();
        }
        outcome
    }

    /// Returns when a job waits, or after so long.
    pub(crate) async fn wait_for_job(&self, longest: Duration) {
        // Either way the caller looks.
        let _woken = timeout(longest.min(LONGEST_WAIT_FOR_JOBS), self.jobs.notified()).await;
    }

    /// Returns when any job is over or gone, or after so long.
    pub(crate) async fn wait_for_end(&self, longest: Duration) {
        // Either way the caller looks.
        let _woken = timeout(longest, self.ends.notified()).await;
    }

    /// What a panic left behind is whole: a change writes after everything that may fail.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
