//! Builders of test files: PDFs object by object, right or wrong, and streams that inflate to a
//! large size.

pub mod deflated;
pub mod sketch;
