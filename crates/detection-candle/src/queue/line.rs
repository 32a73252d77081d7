//! The line of pages that wait for a lane, with an exact bound.
//!
//! Knows who waits and who has left; what is done with a page is the lane's business.

use std::collections::VecDeque;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use fieldmark_domain::detection::Detection;
use fieldmark_domain::page::Page;
use fieldmark_domain::ports::DetectError;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};

use super::measurements;

/// What a caller gets for one page.
pub type Answer = Result<Vec<Detection>, DetectError>;

/// A page that waits, and whoever waits for its answer.
pub struct WaitingPage {
    /// What is to be looked at.
    pub page: Page,
    /// Where its detections go.
    pub caller: oneshot::Sender<Answer>,
    /// Given back when the page leaves the line.
    _place: OwnedSemaphorePermit,
}

impl WaitingPage {
    /// A page with its place in the line.
    pub const fn new(page: Page, caller: oneshot::Sender<Answer>, place: OwnedSemaphorePermit) -> Self {
        Self { page, caller, _place: place }
    }
}

/// Pages in the order in which they came.
pub struct Line {
    /// How many pages may wait.
    bound: usize,
    /// One permit for each page that may still come.
    places: Arc<Semaphore>,
    state: Mutex<State>,
    changed: Condvar,
}

/// What lanes and callers share.
#[derive(Default)]
pub(super) struct State {
    pub(super) waiting: VecDeque<WaitingPage>,
    pub(super) idle_lanes: usize,
    pub(super) is_closed: bool,
}

impl Line {
    /// A line in which so many pages may wait.
    pub fn new(bound: usize) -> Self {
        let places = Arc::new(Semaphore::new(bound));
        Self { bound, places, state: Mutex::default(), changed: Condvar::new() }
    }

    /// Lines all of these pages up, or none; never waits. No page is looked at or made before it has its place.
    /// The answers come in the pages' order.
    ///
    /// # Errors
    /// [`DetectError::Overloaded`] when there is no place for all of them.
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

    /// Waits for pages and takes a batch of them, at most so many, from the front. Those whose callers have left are
    /// dropped. `None` when the line is closed. Blocks the thread.
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

    /// Sends the lanes home. Pages that wait are dropped.
    pub fn close(&self) {
        let mut state = self.lock();
        state.is_closed = true;
        state.waiting.clear();
        measurements::queued(0);
        drop(state);
        self.changed.notify_all();
    }

    /// Places for so many pages; when there are too few, those are taken from whoever has left.
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
    /// A lane's share of what waits: lanes with nothing to do get the rest.
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
