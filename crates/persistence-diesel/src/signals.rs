//! What is told within this process: that a job waits, that one is over, that a document changed. Who tells is the
//! business of `postgres::listener` on PostgreSQL, and of the repositories themselves.

use std::ops::Deref;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use fieldmark_domain::document::DocumentId;
use fieldmark_domain::job::JobId;
use tokio::sync::Notify;
use tokio::task::AbortHandle;
use tokio::time::timeout;

use crate::cache::DocumentCache;

mod ends;

use ends::Ends;

/// One database's signals.
#[derive(Debug)]
pub(crate) struct Signals {
    jobs: Notify,
    ends: Ends,
    audience: Mutex<Audience>,
}

/// Who is told of documents.
#[derive(Debug)]
struct Audience {
    caches: Vec<Weak<DocumentCache>>,
    /// Whether changes by other processes would be told, but are not at present.
    is_deaf: bool,
}

/// Signals as repositories share them: who gives them from outside ends when the last repository goes.
#[derive(Debug)]
pub(crate) struct SharedSignals {
    signals: Arc<Signals>,
    teller: Option<AbortHandle>,
}

impl SharedSignals {
    /// Signals that nobody outside this process gives.
    pub(crate) fn within_this_process() -> Self {
        Self { signals: Arc::new(Signals::new(false)), teller: None }
    }

    /// Signals that a task gives, as soon as it calls [`Signals::hear_again`].
    pub(crate) fn told_by<T>(task: impl FnOnce(Arc<Signals>) -> T) -> Self
    where
        T: Future<Output = ()> + Send + 'static,
    {
        let signals = Arc::new(Signals::new(true));
        let teller = tokio::spawn(task(Arc::clone(&signals)));
        Self { signals, teller: Some(teller.abort_handle()) }
    }
}

impl Deref for SharedSignals {
    type Target = Signals;

    fn deref(&self) -> &Signals {
        &self.signals
    }
}

impl Drop for SharedSignals {
    fn drop(&mut self) {
        if let Some(teller) = &self.teller {
            teller.abort();
        }
    }
}

impl Signals {
    fn new(is_deaf: bool) -> Self {
        let audience = Mutex::new(Audience { caches: Vec::new(), is_deaf });
        Self { jobs: Notify::new(), ends: Ends::default(), audience }
    }

    /// A job waits, perhaps.
    pub(crate) fn job_waits(&self) {
        self.jobs.notify_waiters();
    }

    /// Returns when a job waits, or after so long.
    pub(crate) async fn wait_for_job(&self, longest: Duration) {
        // Either way the caller looks.
        let _woken = timeout(longest, self.jobs.notified()).await;
    }

    /// A job is over, or gone.
    pub(crate) fn job_ended(&self, job: JobId) {
        self.ends.tell(job);
    }

    /// Some job is over, and which one was not told.
    pub(crate) fn any_job_ended(&self) {
        self.ends.tell_all();
    }

    /// Returns when a job is over, or after so long.
    pub(crate) async fn wait_for_end(&self, job: JobId, longest: Duration) {
        // Either way the caller looks.
        let _woken = timeout(longest, self.ends.wait(job)).await;
    }

    /// From now on a cache is told, until it is gone.
    pub(crate) fn attach(&self, cache: &Arc<DocumentCache>) {
        let mut audience = self.audience();
        if audience.is_deaf {
            cache.turn_deaf();
        }
        audience.caches.retain(|cache| cache.strong_count() > 0);
        audience.caches.push(Arc::downgrade(cache));
    }

    pub(crate) fn document_changed(&self, id: DocumentId) {
        self.audience().each(|cache| cache.forget(id));
    }

    /// Some document changed, and which one was not told.
    pub(crate) fn any_document_changed(&self) {
        self.audience().each(DocumentCache::forget_all);
    }

    /// Changes by other processes are not told for a while.
    pub(crate) fn turn_deaf(&self) {
        let mut audience = self.audience();
        audience.is_deaf = true;
        audience.each(DocumentCache::turn_deaf);
    }

    /// They are told again. What happened meanwhile was not: there may be jobs, and others may be over.
    pub(crate) fn hear_again(&self) {
        let mut audience = self.audience();
        audience.is_deaf = false;
        audience.each(DocumentCache::hear_again);
        drop(audience);
        self.job_waits();
        self.any_job_ended();
    }

    fn audience(&self) -> MutexGuard<'_, Audience> {
        self.audience.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Audience {
    fn each(&self, tell: impl Fn(&DocumentCache)) {
        self.caches.iter().filter_map(Weak::upgrade).for_each(|cache| tell(&cache));
    }
}
