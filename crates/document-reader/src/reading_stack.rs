//! The stack of a worker's reading thread. The PDF libraries recurse into a file's structure, in
//! some places as deeply as the file is nested. The possible depth must not depend on `ulimit -s`.

/// Size of the stack in bytes. It is reserved at once, in addition to the worker's memory limit;
/// only the used part is in main memory. pdfium takes 75 to 400 bytes per level of the trees that
/// it follows without a bound.
pub const BYTES: usize = 64 * 1024 * 1024;

/// The message of Rust's runtime before it aborts on a stack overflow.
pub const EXHAUSTED: &str = "has overflowed its stack";
