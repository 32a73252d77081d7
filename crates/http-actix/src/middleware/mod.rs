//! What happens around every request: it gets an id, a line in the log and its measures, what failed gets its envelope,
//! and every answer the headers that keep browsers careful.

mod context;
mod headers;

pub use context::around;
