//! The queue of pages that wait for a thread, with an exact bound.
//!
//! Knows which callers wait and which have left; the threads process the pages.

use std::collections::VecDeque;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use fieldmark_domain::detection::Detection;
use fieldmark_domain::page::Page;
use fieldmark_domain::ports::DetectError;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};

use super::measurements;

/// The result for one page.
pub type Answer = Result<Vec<Detection>, DetectError>;

/// A waiting page and the caller of its result.
pub struct WaitingPage {
    /// The page to process.
    pub page: Page,
    /// Where its detections are sent.
    pub caller: oneshot::Sender<Answer>,
    /// The permit is released when the page leaves the queue.
    _place: OwnedSemaphorePermit,
}

impl WaitingPage {
    /// A page with its permit.
    pub const fn new(page: Page, caller: oneshot::Sender<Answer>, place: OwnedSemaphorePermit) -> Self {
        Self { page, caller, _place: place }
    }
}

/// Pages in order of arrival.
pub struct Line {
    /// Maximum number of waiting pages.
    bound: usize,
    /// One permit for each page that may still be added.
    places: Arc<Semaphore>,
    state: Mutex<State>,
    changed: Condvar,
}

/// The state shared by threads and callers.
#[derive(Default)]
pub(super) struct State {
    pub(super) waiting: VecDeque<WaitingPage>,
    pub(super) idle_lanes: usize,
    pub(super) is_closed: bool,
}

impl Line {
    /// A queue for this number of waiting pages.
    pub fn new(bound: usize) -> Self {
        let places = Arc::new(Semaphore::new(bound));
        Self { bound, places, state: Mutex::default(), changed: Condvar::new() }
    }

    /// Adds all of these pages or none; never waits. A page is created only after its permit is
    /// taken. The results are in the pages' order.
    ///
    /// # Errors
    /// [`DetectError::Overloaded`] when there is not enough space for all of them.
    pub fn enter(
        &self,
        pages: impl ExactSizeIterator<Item = Page>,
    ) -> Result<Vec<oneshot::Receiver<Answer>>, DetectError> {
        if pages.len() == 0 {
            return Ok(Vec::new());
        }
        let mut places = self.places_for(pages.len())?;
        let (waiting, answers): (Vec<WaitingPage>, Vec<_>) = pages
            .zip(std::iter::from_fn(|| places.split(1)))
            .map(|(page, place)| {
                let (caller, answer) = oneshot::channel();
                (WaitingPage::new(page, caller, place), answer)
            })
            .unzip();
        let mut state = self.lock();
        state.waiting.extend(waiting);
        measurements::queued(state.waiting.len());
        drop(state);
        self.changed.notify_all();
        Ok(answers)
    }

    /// Waits for pages and takes up to `batch` of them from the front. Pages whose callers have
    /// left are dropped. `None` when the queue is closed. Blocks the thread.
    pub fn take(&self, batch: usize) -> Option<Vec<WaitingPage>> {
        let mut state = self.lock();
        while !state.is_closed {
            let taken = state.take(batch);
            measurements::queued(state.waiting.len());
            if !taken.is_empty() {
                return Some(taken);
            }
            state.idle_lanes += 1;
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
            state.idle_lanes -= 1;
        }
        None
    }

    /// Closes the queue, which ends the threads. Waiting pages are dropped.
    pub fn close(&self) {
        let mut state = self.lock();
        state.is_closed = true;
        state.waiting.clear();
        measurements::queued(0);
        drop(state);
        self.changed.notify_all();
    }

    /// Permits for this number of pages; if there are too few, pages whose callers have left are
    /// dropped first.
    fn places_for(&self, pages: usize) -> Result<OwnedSemaphorePermit, DetectError> {
        let refused = |_| {
            measurements::refused();
            DetectError::Overloaded
        };
        let wanted = u32::try_from(pages.min(self.bound + 1)).unwrap_or(u32::MAX);
        let acquire = || Arc::clone(&self.places).try_acquire_many_owned(wanted);
        acquire().or_else(|_| {
            self.sweep();
            acquire().map_err(refused)
        })
    }

    /// Drops the pages whose callers have left.
    fn sweep(&self) {
        let mut state = self.lock();
        let before = state.waiting.len();
        state.waiting.retain(|waiting| !waiting.caller.is_closed());
        measurements::dropped(before - state.waiting.len());
        measurements::queued(state.waiting.len());
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// A thread's share of the waiting pages: idle threads get the rest.
    pub(super) fn take(&mut self, batch: usize) -> Vec<WaitingPage> {
        let share = self.waiting.len().div_ceil(self.idle_lanes + 1).min(batch);
        let mut taken = Vec::with_capacity(share);
        let mut left = 0;
        while taken.len() < share
            && let Some(waiting) = self.waiting.pop_front()
        {
            if waiting.caller.is_closed() {
                left += 1;
            } else {
                taken.push(waiting);
            }
        }
        measurements::dropped(left);
        taken
    }
}
