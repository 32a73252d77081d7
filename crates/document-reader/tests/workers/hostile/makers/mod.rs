//! Makers of files: PDFs object by object, right or wrong, and streams that are larger than they look.

pub mod deflated;
pub mod sketch;
