//! What a suite answers when an adapter does not keep a promise of its port.

use std::fmt::Debug;

/// A promise that was not kept.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("promised: {promise}; found: {found}")]
pub struct Breach {
    /// What the port's documentation promises.
    pub promise: &'static str,
    /// What the adapter did.
    pub found: String,
}

/// Nothing when the promise is kept; `found` is asked only when it is not.
pub(crate) fn promised(
    promise: &'static str,
    kept: bool,
    found: impl FnOnce() -> String,
) -> Result<(), Breach> {
    if kept { Ok(()) } else { Err(Breach { promise, found: found() }) }
}

/// Nothing when both are the same.
pub(crate) fn promised_same<T: PartialEq + Debug>(
    promise: &'static str,
    found: &T,
    wanted: &T,
) -> Result<(), Breach> {
    promised(promise, found == wanted, || format!("{found:?} for {wanted:?}"))
}

/// What a call gave that must not fail.
pub(crate) fn succeeds<T, E: Debug>(promise: &'static str, answer: Result<T, E>) -> Result<T, Breach> {
    answer.map_err(|error| Breach { promise, found: format!("{error:?}") })
}

/// What must be there.
pub(crate) fn is_there<T>(promise: &'static str, answer: Option<T>) -> Result<T, Breach> {
    answer.ok_or_else(|| Breach { promise, found: "nothing".to_owned() })
}
