//! From the characters of a page to its words, and what the page's text is worth.
//!
//! Pure: knows records of characters, and neither pdfium nor any file.

mod character;
mod grouping;
mod orientation;
mod overprint;
mod page_frame;
mod page_text;
mod spelling;
mod tracking;
mod verdict;

#[cfg(test)]
mod tests;

pub use character::{Character, Edges, Paint};
pub use page_frame::{PageFrame, QuarterTurns};
pub use page_text::read;
pub use verdict::{Surroundings, judge};
