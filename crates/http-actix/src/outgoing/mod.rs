//! Answers on their way out: files in pieces, large answers within a bound of memory, each in an encoding with an entity
//! tag of its own, and connections that end when their client takes an answer too slowly.
//!
//! Knows nothing of what the answers hold.

pub mod encodings;
mod large;
mod pace;
mod pieces;
mod range;

pub use encodings::{ENCODED_ALREADY, distinguish};
pub use large::{Compiled, hold};
pub use pace::{Paced, Patience};
pub use pieces::{PIECE, nothing_of, pieces};
pub use range::{PartOfFile, Wanted};
