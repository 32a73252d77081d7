//! What must be there before requests can be answered.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use fieldmark_domain::ports::Clock;
use tokio::sync::Mutex;

/// How long an answer holds.
const HOLDS: Duration = Duration::from_secs(1);

/// Something without which requests cannot be answered.
#[async_trait]
pub trait Dependency: Send + Sync {
    /// Its stable name, for instance `database`.
    fn name(&self) -> &'static str;

    /// Whether it can be used now.
    ///
    /// # Errors
    /// Why not, for the operator.
    async fn check(&self) -> Result<(), String>;
}

/// A dependency that is looked at once a second at most, however often it is asked for: looking at
/// one may write to a disk.
pub struct Remembered {
    dependency: Arc<dyn Dependency>,
    clock: Arc<dyn Clock>,
    /// When it was looked at, and the answer.
    last: Mutex<Option<(Duration, Result<(), String>)>>,
}

impl Remembered {
    /// Nothing is known yet.
    #[must_use]
    pub fn new(dependency: Arc<dyn Dependency>, clock: Arc<dyn Clock>) -> Self {
        Self { dependency, clock, last: Mutex::new(None) }
    }
}

#[async_trait]
impl Dependency for Remembered {
    fn name(&self) -> &'static str {
        self.dependency.name()
    }

    /// Who asks while another one looks waits for the same answer.
    async fn check(&self) -> Result<(), String> {
        let mut last = self.last.lock().await;
        if let Some((at, answer)) = last.as_ref()
            && self.clock.monotonic() < *at + HOLDS
        {
            return answer.clone();
        }
        let answer = self.dependency.check().await;
        *last = Some((self.clock.monotonic(), answer.clone()));
        answer
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU64, Ordering};

    use super::*;

    /// Counts how often it is looked at, and fails after the first time.
    #[derive(Default)]
    struct Counted(AtomicU64);

    #[async_trait]
    impl Dependency for Counted {
        fn name(&self) -> &'static str {
            "counted"
        }

        async fn check(&self) -> Result<(), String> {
            tokio::task::yield_now().await;
            if self.0.fetch_add(1, Ordering::Relaxed) == 0 { Ok(()) } else { Err("gone".to_owned()) }
        }
    }

    struct Milliseconds(AtomicU64);

    impl Clock for Milliseconds {
        fn now(&self) -> jiff::Timestamp {
            jiff::Timestamp::UNIX_EPOCH
        }

        fn monotonic(&self) -> Duration {
            Duration::from_millis(self.0.load(Ordering::Relaxed))
        }
    }

    #[actix_web::test]
    async fn many_who_ask_within_a_second_get_one_look() {
        let counted = Arc::new(Counted::default());
        let clock = Arc::new(Milliseconds(AtomicU64::new(5000)));
        let remembered = Remembered::new(Arc::<Counted>::clone(&counted), Arc::<Milliseconds>::clone(&clock));
        let asked = futures_util::future::join_all((0..50).map(|_| remembered.check())).await;
        assert!(asked.iter().all(Result::is_ok));
        clock.0.store(5999, Ordering::Relaxed);
        assert_eq!(remembered.check().await, Ok(()));
        assert_eq!(counted.0.load(Ordering::Relaxed), 1);
        clock.0.store(6000, Ordering::Relaxed);
        assert_eq!(remembered.check().await, Err("gone".to_owned()));
        assert_eq!(counted.0.load(Ordering::Relaxed), 2);
    }
}
