//! The filter of system calls (seccomp): what no reading of a PDF needs is refused by the kernel.
//!
//! A list of what is forbidden, the rest allowed, and refusal rather than death. A list of what is allowed
//! would be tighter, but it changes with every version of the C library, of libpdfium and of Rust's
//! runtime, and what it forgets costs good invoices on machines that we never see. What a list of
//! forbidden calls forgets is met in three ways: calls that are newer than the list do not exist in here,
//! as in an older kernel; the second set of numbers that some x86-64 kernels have (x32) is closed too, and
//! the third (32 bits) ends the process; and beneath the filter stand Landlock, the limits and the
//! missing privileges.

#[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
mod filter;
#[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
mod forbidden;
#[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
mod run;

#[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
pub use filter::{close, guard, refuse_opening};

/// Nothing: the numbers of the calls are another architecture's.
#[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
pub fn close() -> Result<(), String> {
    Err(unknown_architecture())
}

/// Nothing, for the same reason.
#[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
pub fn refuse_opening() -> Result<(), String> {
    Err(unknown_architecture())
}

/// Nothing, for the same reason.
#[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
pub fn guard(_inherited: &[i32]) -> Result<(), String> {
    Err(unknown_architecture())
}

#[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
fn unknown_architecture() -> String {
    format!("the system calls of {} are not known here", std::env::consts::ARCH)
}
