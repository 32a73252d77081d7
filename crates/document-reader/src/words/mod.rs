//! Turns the characters of a page into words, and judges the quality of the page's text.
//!
//! Pure: works on character records, and knows neither pdfium nor files.

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
