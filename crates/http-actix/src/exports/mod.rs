//! Labels of many documents as a stream: from walking through the documents to the bytes of a format.
//!
//! Memory holds the documents of one part of the list, whatever the export's size.

mod coco;
pub mod csv;
pub mod json_lines;
mod pages;
mod walk;
mod yolo;

use bytes::Bytes;
use fieldmark_domain::document::Document;
use fieldmark_domain::label::StoredLabel;
use futures_util::Stream;
use futures_util::stream::poll_fn;
use tokio::sync::mpsc;

use crate::problem::Problem;

pub use coco::Coco;
pub use csv::Csv;
pub use json_lines::JsonLines;
use pages::PageSizes;
pub use pages::ROWS;
pub use walk::Walk;
pub use yolo::Yolo;

/// Pieces on their way to the client: few, so that a slow client slows the export.
const PIECES: usize = 4;

/// A document on its way into an export.
pub struct Exported<'a> {
    document: &'a Document,
    labels: &'a [StoredLabel],
    /// The sizes of its pages, for formats that want them.
    pages: PageSizes,
}

/// Writes a format.
pub trait Writes: Send {
    /// Whether the sizes of pages are wanted.
    fn wants_pages(&self) -> bool {
        false
    }

    /// What stands before the first document.
    ///
    /// # Errors
    /// Those of writing.
    fn begin(&mut self) -> std::io::Result<Vec<u8>> {
        Ok(Vec::new())
    }

    /// What a document adds.
    ///
    /// # Errors
    /// Those of writing.
    fn document(&mut self, exported: &Exported<'_>) -> std::io::Result<Vec<u8>>;

    /// What stands after the last document, in pieces: the next one each time, `None` after the last.
    ///
    /// # Errors
    /// Those of writing.
    fn end(&mut self) -> std::io::Result<Option<Vec<u8>>> {
        Ok(None)
    }
}

/// Where pieces go.
pub type Pieces = mpsc::Sender<Result<Bytes, Problem>>;

/// A way for pieces, and the body that they make.
pub fn stream() -> (Pieces, impl Stream<Item = Result<Bytes, Problem>>) {
    let (sender, mut receiver) = mpsc::channel(PIECES);
    (sender, poll_fn(move |context| receiver.poll_recv(context)))
}
