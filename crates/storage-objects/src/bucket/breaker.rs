//! The circuit breaker: after a number of failures in a row, calls are refused for a while, then
//! one trial call is made.
//!
//! Knows the outcome of attempts and the time; knows nothing of S3. It is our own because existing
//! breakers lack one of three properties: the state can be read, a single attempt is let through
//! after the wait, and the time comes from the injected clock. Working around that would be longer
//! than this file.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use fieldmark_domain::ports::Clock;

/// The state of a circuit breaker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BreakerState {
    /// Calls are made.
    Closed,
    /// Calls are refused at once.
    Open,
    /// One trial call is running or will be the next; all others are refused.
    HalfOpen,
}

impl BreakerState {
    /// Every state.
    pub const ALL: [Self; 3] = [Self::Closed, Self::Open, Self::HalfOpen];

    /// The stable name, for instance `half_open`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Closed => "closed",
            Self::Open => "open",
            Self::HalfOpen => "half_open",
        }
    }
}

/// Counts failures in a row over all calls to one server.
pub struct Breaker {
    clock: Arc<dyn Clock>,
    failures_to_open: u32,
    open_for: Duration,
    circuit: Mutex<Circuit>,
}

#[derive(Debug, Clone, Copy)]
enum Circuit {
    Closed { failures: u32 },
    Open { until: Duration },
    Trial,
}

/// The permission for one attempt. It does not count if it is dropped without an outcome (its
/// caller has left).
pub struct Permit<'a> {
    breaker: &'a Breaker,
    is_trial: bool,
    is_settled: bool,
}

impl Breaker {
    /// A closed breaker.
    pub fn new(clock: Arc<dyn Clock>, failures_to_open: u32, open_for: Duration) -> Self {
        let failures_to_open = failures_to_open.max(1);
        Self { clock, failures_to_open, open_for, circuit: Mutex::new(Circuit::Closed { failures: 0 }) }
    }

    /// The current state.
    pub fn state(&self) -> BreakerState {
        match *self.circuit() {
            Circuit::Closed { .. } => BreakerState::Closed,
            Circuit::Open { until } if self.clock.monotonic() < until => BreakerState::Open,
            Circuit::Open { .. } | Circuit::Trial => BreakerState::HalfOpen,
        }
    }

    /// The permission for an attempt now; `None` when it must not be made.
    pub fn permit(&self) -> Option<Permit<'_>> {
        let now = self.clock.monotonic();
        let mut circuit = self.circuit();
        let is_trial = match *circuit {
            Circuit::Closed { .. } => false,
            Circuit::Open { until } if until <= now => {
                *circuit = Circuit::Trial;
                true
            }
            Circuit::Open { .. } | Circuit::Trial => return None,
        };
        Some(Permit { breaker: self, is_trial, is_settled: false })
    }

    /// A panic in another thread cannot leave an invalid state: each assignment is a whole state.
    fn circuit(&self) -> MutexGuard<'_, Circuit> {
        self.circuit.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn open(&self, circuit: &mut Circuit) {
        tracing::warn!(open_for = ?self.open_for, "the storage's circuit breaker opened");
        *circuit = Circuit::Open { until: self.clock.monotonic() + self.open_for };
    }
}

impl Permit<'_> {
    /// The server answered.
    pub fn succeeded(mut self) {
        self.is_settled = true;
        let mut circuit = self.breaker.circuit();
        // The result of an attempt from before the circuit opened is outdated.
        if self.is_trial {
            tracing::info!("the storage's circuit breaker closed");
        }
        if self.is_trial || matches!(*circuit, Circuit::Closed { .. }) {
            *circuit = Circuit::Closed { failures: 0 };
        }
    }

    /// The server did not answer, or returned a server error.
    pub fn failed(mut self) {
        self.is_settled = true;
        let mut circuit = self.breaker.circuit();
        match *circuit {
            Circuit::Trial if self.is_trial => self.breaker.open(&mut circuit),
            Circuit::Closed { failures } if failures + 1 >= self.breaker.failures_to_open => {
                self.breaker.open(&mut circuit);
            }
            Circuit::Closed { failures } => *circuit = Circuit::Closed { failures: failures + 1 },
            Circuit::Open { .. } | Circuit::Trial => {}
        }
    }
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        if self.is_trial && !self.is_settled {
            // The next call is the trial.
            *self.breaker.circuit() = Circuit::Open { until: self.breaker.clock.monotonic() };
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU64, Ordering};

    use super::*;

    struct Seconds(AtomicU64);

    impl Clock for Seconds {
        fn now(&self) -> jiff::Timestamp {
            jiff::Timestamp::UNIX_EPOCH
        }

        fn monotonic(&self) -> Duration {
            Duration::from_secs(self.0.load(Ordering::Relaxed))
        }
    }

    fn breaker() -> (Arc<Seconds>, Breaker) {
        let clock = Arc::new(Seconds(AtomicU64::new(100)));
        let breaker = Breaker::new(Arc::clone(&clock) as Arc<dyn Clock>, 3, Duration::from_secs(10));
        (clock, breaker)
    }

    fn fail(breaker: &Breaker, times: usize) {
        for _ in 0..times {
            breaker.permit().unwrap().failed();
        }
    }

    #[test]
    fn failures_in_a_row_open_it() {
        let (_, breaker) = breaker();
        fail(&breaker, 2);
        breaker.permit().unwrap().succeeded();
        fail(&breaker, 2);
        assert_eq!(breaker.state(), BreakerState::Closed);
        fail(&breaker, 1);
        assert_eq!(breaker.state(), BreakerState::Open);
        assert!(breaker.permit().is_none());
    }

    #[test]
    fn after_a_while_one_call_tries_and_closes_it() {
        let (clock, breaker) = breaker();
        fail(&breaker, 3);
        clock.0.store(110, Ordering::Relaxed);
        assert_eq!(breaker.state(), BreakerState::HalfOpen);
        let trial = breaker.permit().unwrap();
        assert!(breaker.permit().is_none(), "one at a time");
        trial.succeeded();
        assert_eq!(breaker.state(), BreakerState::Closed);
        fail(&breaker, 2);
        assert_eq!(breaker.state(), BreakerState::Closed, "the count begins anew");
    }

    #[test]
    fn a_trial_that_fails_opens_it_again() {
        let (clock, breaker) = breaker();
        fail(&breaker, 3);
        clock.0.store(110, Ordering::Relaxed);
        fail(&breaker, 1);
        assert_eq!(breaker.state(), BreakerState::Open);
        clock.0.store(119, Ordering::Relaxed);
        assert!(breaker.permit().is_none());
        clock.0.store(120, Ordering::Relaxed);
        assert!(breaker.permit().is_some());
    }

    #[test]
    fn an_abandoned_trial_allows_another_one() {
        let (clock, breaker) = breaker();
        fail(&breaker, 3);
        clock.0.store(110, Ordering::Relaxed);
        drop(breaker.permit().unwrap());
        breaker.permit().unwrap().succeeded();
        assert_eq!(breaker.state(), BreakerState::Closed);
    }

    #[test]
    fn what_began_before_it_opened_does_not_count_afterwards() {
        let (clock, breaker) = breaker();
        let (one, other) = (breaker.permit().unwrap(), breaker.permit().unwrap());
        fail(&breaker, 3);
        one.succeeded();
        assert_eq!(breaker.state(), BreakerState::Open);
        clock.0.store(110, Ordering::Relaxed);
        let trial = breaker.permit().unwrap();
        other.failed();
        trial.succeeded();
        assert_eq!(breaker.state(), BreakerState::Closed);
    }
}
