//! The result of a suite for an adapter that breaks a promise of its port.

use std::fmt::Debug;

/// A broken promise.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("promised: {promise}; found: {found}")]
pub struct Breach {
    /// The promise in the port's documentation.
    pub promise: &'static str,
    /// What the adapter did instead.
    pub found: String,
}

/// Returns an error unless the promise is kept; `found` is called only then.
pub(crate) fn promised(
    promise: &'static str,
    kept: bool,
    found: impl FnOnce() -> String,
) -> Result<(), Breach> {
    if kept { Ok(()) } else { Err(Breach { promise, found: found() }) }
}

/// Returns an error unless both are equal.
pub(crate) fn promised_same<T: PartialEq + Debug>(
    promise: &'static str,
    found: &T,
    wanted: &T,
) -> Result<(), Breach> {
    promised(promise, found == wanted, || format!("{found:?} for {wanted:?}"))
}

/// The result of a call that must not fail.
pub(crate) fn succeeds<T, E: Debug>(promise: &'static str, answer: Result<T, E>) -> Result<T, Breach> {
    answer.map_err(|error| Breach { promise, found: format!("{error:?}") })
}

/// A value that must exist.
pub(crate) fn is_there<T>(promise: &'static str, answer: Option<T>) -> Result<T, Breach> {
    answer.ok_or_else(|| Breach { promise, found: "nothing".to_owned() })
}
