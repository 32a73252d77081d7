//! SQL types whose representation differs between the databases, so that one schema serves both.

mod identifier;
mod moment;

pub use identifier::{Id, Identifier};
pub use moment::{Instant, Moment};
