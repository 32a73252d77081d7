//! Signals within this process: a job may be available, a job has ended, a document has changed.
//! They are sent by `postgres::listener` on PostgreSQL, and by the repositories themselves.

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

/// The signals of one database.
#[derive(Debug)]
pub(crate) struct Signals {
    jobs: Notify,
    ends: Ends,
    audience: Mutex<Audience>,
}

/// The caches that are notified of document changes.
#[derive(Debug)]
struct Audience {
    caches: Vec<Weak<DocumentCache>>,
    /// Whether notifications of other processes' changes are interrupted.
    is_suspended: bool,
}

/// Signals as repositories share them: the task that sends external signals ends when the last
/// repository is dropped.
#[derive(Debug)]
pub(crate) struct SharedSignals {
    signals: Arc<Signals>,
    teller: Option<AbortHandle>,
}

impl SharedSignals {
    /// Signals without an external source.
    pub(crate) fn within_this_process() -> Self {
        Self { signals: Arc::new(Signals::new(false)), teller: None }
    }

    /// Signals from a task, as soon as it calls [`Signals::resume`].
    pub(crate) fn fed_by<T>(task: impl FnOnce(Arc<Signals>) -> T) -> Self
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
    fn new(is_suspended: bool) -> Self {
        let audience = Mutex::new(Audience { caches: Vec::new(), is_suspended });
        Self { jobs: Notify::new(), ends: Ends::default(), audience }
    }

    /// A job may be available.
    pub(crate) fn job_waits(&self) {
        self.jobs.notify_waiters();
    }

    /// Returns when a job may be available, or after `longest`.
    pub(crate) async fn wait_for_job(&self, longest: Duration) {
        // The caller checks in both cases.
        let _woken = timeout(longest, self.jobs.notified()).await;
    }

    /// A job has ended or was removed.
    pub(crate) fn job_ended(&self, job: JobId) {
        self.ends.notify(job);
    }

    /// Some job has ended, but it is unknown which.
    pub(crate) fn any_job_ended(&self) {
        self.ends.notify_all();
    }

    /// Returns when the job has ended, or after `longest`.
    pub(crate) async fn wait_for_end(&self, job: JobId, longest: Duration) {
        // The caller checks in both cases.
        let _woken = timeout(longest, self.ends.wait(job)).await;
    }

    /// Notifies this cache from now on, until it is dropped.
    pub(crate) fn attach(&self, cache: &Arc<DocumentCache>) {
        let mut audience = self.audience();
        if audience.is_suspended {
            cache.suspend();
        }
        audience.caches.retain(|cache| cache.strong_count() > 0);
        audience.caches.push(Arc::downgrade(cache));
    }

    pub(crate) fn document_changed(&self, id: DocumentId) {
        self.audience().each(|cache| cache.forget(id));
    }

    /// Some document has changed, but it is unknown which.
    pub(crate) fn any_document_changed(&self) {
        self.audience().each(DocumentCache::forget_all);
    }

    /// Notifications of other processes' changes are interrupted.
    pub(crate) fn suspend(&self) {
        let mut audience = self.audience();
        audience.is_suspended = true;
        audience.each(DocumentCache::suspend);
    }

    /// Notifications arrive again. Those in between were lost: there may be jobs, and others may have ended.
    pub(crate) fn resume(&self) {
        let mut audience = self.audience();
        audience.is_suspended = false;
        audience.each(DocumentCache::resume);
        drop(audience);
        self.job_waits();
        self.any_job_ended();
    }

    fn audience(&self) -> MutexGuard<'_, Audience> {
        self.audience.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Audience {
    fn each(&self, act: impl Fn(&DocumentCache)) {
        self.caches.iter().filter_map(Weak::upgrade).for_each(|cache| act(&cache));
    }
}
