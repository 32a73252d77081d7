//! SQL types that each database has in its own way, so that one schema serves both.

mod identifier;
mod moment;

pub use identifier::{Id, Identifier};
pub use moment::{Instant, Moment};
