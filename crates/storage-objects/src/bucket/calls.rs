//! Calls to a bucket: each attempt has a time limit, transient faults are retried after a wait, and
//! the circuit breaker is asked before every attempt.

use std::future::Future;
use std::sync::Arc;

use backon::{ExponentialBuilder, Retryable};
use fieldmark_domain::ports::Clock;
use object_store::path::Path;

use super::breaker::{Breaker, BreakerState};
use super::fault::Fault;
use crate::attempts::Outcome;
use crate::options::S3Limits;

/// The access to one bucket.
pub struct Calls {
    place: String,
    limits: S3Limits,
    breaker: Breaker,
}

/// Why an attempt has no result.
enum Refused {
    ByFault(Fault),
    ByBreaker,
}

impl Calls {
    /// `place` names the bucket in every error.
    pub fn new(place: String, limits: S3Limits, clock: Arc<dyn Clock>) -> Self {
        let breaker = Breaker::new(clock, limits.failures_to_open, limits.open_for);
        Self { place, limits, breaker }
    }

    /// The state of the circuit breaker.
    pub fn breaker_state(&self) -> BreakerState {
        self.breaker.state()
    }

    /// An object's name for the operator.
    pub fn about(&self, key: &Path) -> String {
        format!("{}: {key}", self.place)
    }

    /// Makes attempts until one does not fail with a transient fault, or the maximum number is
    /// reached.
    pub async fn call<T, F>(&self, mut attempt: impl FnMut() -> F) -> Result<T, Fault>
    where
        F: Future<Output = object_store::Result<T>>,
    {
        let mut last_fault = None;
        let outcome = (|| self.attempt(attempt()))
            .retry(self.waits())
            .when(|refused| matches!(refused, Refused::ByFault(fault) if fault.is_transient()))
            .notify(|refused, wait| {
                if let Refused::ByFault(fault) = refused {
                    tracing::warn!(place = %self.place, ?fault, ?wait, "a call to the storage is retried");
                    last_fault = Some(fault.clone());
                }
            })
            .await;
        outcome.map_err(|refused| match refused {
            Refused::ByFault(fault) => fault.at(&self.place),
            Refused::ByBreaker => last_fault.unwrap_or_else(open_circuit).at(&self.place),
        })
    }

    async fn attempt<T>(&self, attempt: impl Future<Output = object_store::Result<T>>) -> Result<T, Refused> {
        let Some(permit) = self.breaker.permit() else {
            Outcome::HeldBack.count();
            return Err(Refused::ByBreaker);
        };
        let timeout = self.limits.attempt_timeout;
        let outcome = match tokio::time::timeout(timeout, attempt).await {
            Ok(outcome) => outcome.map_err(|error| Fault::of(&error)),
            Err(_) => {
                Err(Fault::Unavailable(format!("no complete answer within {} s", timeout.as_secs_f64())))
            }
        };
        outcome_of(&outcome).count();
        match outcome {
            Err(fault) if fault.is_transient() => {
                permit.failed();
                Err(Refused::ByFault(fault))
            }
            outcome => {
                permit.succeeded();
                outcome.map_err(Refused::ByFault)
            }
        }
    }

    fn waits(&self) -> ExponentialBuilder {
        ExponentialBuilder::default()
            .with_min_delay(self.limits.first_wait)
            .with_max_delay(self.limits.longest_wait)
            .with_max_times(self.limits.attempts.saturating_sub(1))
            .with_jitter()
    }
}

const fn outcome_of<T>(attempt: &Result<T, Fault>) -> Outcome {
    match attempt {
        Ok(_) | Err(Fault::NoObject) => Outcome::Succeeded,
        Err(Fault::Unavailable(_)) => Outcome::Failed,
        Err(Fault::OutOfSpace(_) | Fault::Failed(_)) => Outcome::Refused,
    }
}

fn open_circuit() -> Fault {
    Fault::Unavailable("it failed many times in a row and is not called for a while".to_owned())
}
