//! The stack on which a worker reads. The libraries go down into a file's structure by calling themselves, at
//! some places as deep as the file says: how deep that may be must not depend on `ulimit -s`.

/// Bytes of the stack. It is taken at once, beside the memory that a worker may have; only what is used of it
/// is in main memory. pdfium takes 75 to 400 bytes for a level of the trees that it follows without a bound.
pub const BYTES: usize = 64 * 1024 * 1024;

/// What Rust's runtime says before it aborts a thread that needs more.
pub const EXHAUSTED: &str = "has overflowed its stack";
