//! What the command prints of files, in the shapes that the service gives.

#[cfg(test)]
pub mod samples;

pub use fieldmark_report::*;
