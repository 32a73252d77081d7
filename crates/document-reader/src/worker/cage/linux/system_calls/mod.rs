//! The filter of system calls (seccomp): the kernel refuses calls that reading a PDF does not need.
//!
//! The filter lists forbidden calls and allows the rest; a forbidden call returns an error instead
//! of ending the process. A list of allowed calls would be tighter, but it changes with every
//! version of the C library, of libpdfium and of Rust's runtime, and a missing entry would fail on
//! good invoices on machines that we never see. Three measures cover what the list of forbidden
//! calls misses. Calls that are newer than the list do not exist in the worker, as in an older
//! kernel. The second set of numbers of some x86-64 kernels (x32) is closed too, and the third (32
//! bits) ends the process. Landlock, the resource limits and the missing privileges apply below the
//! filter.

#[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
mod filter;
#[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
mod forbidden;
#[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
mod run;

#[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
pub use filter::{close, guard, refuse_opening};

/// Does nothing: the call numbers are those of another architecture.
#[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
pub fn close() -> Result<(), String> {
    Err(unknown_architecture())
}

/// Does nothing, for the same reason.
#[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
pub fn refuse_opening() -> Result<(), String> {
    Err(unknown_architecture())
}

/// Does nothing, for the same reason.
#[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
pub fn guard(_inherited: &[i32]) -> Result<(), String> {
    Err(unknown_architecture())
}

#[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
fn unknown_architecture() -> String {
    format!("the system calls of {} are not known here", std::env::consts::ARCH)
}
