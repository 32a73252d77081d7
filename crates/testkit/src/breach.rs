//! What a suite answers when an adapter does not keep a promise of its port.

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
