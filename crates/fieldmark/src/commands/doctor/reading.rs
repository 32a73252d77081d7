//! libpdfium, and a process that reads a page with it.

use std::time::Instant;

use fieldmark_document_reader::{OptionsError, ReaderOptions, WorkerPool};
use fieldmark_domain::content::DocumentContent;
use fieldmark_domain::ports::{DocumentReader as _, ReadError, ReadRequest};

use super::finding::Finding;

const GROUP: &str = "reading";
const LIBRARY: &str = "libpdfium";
const WORKER: &str = "worker";
/// As the library's own message says.
const WAY_TO_GET_IT: &str = "put libpdfium beside the program, or name it in the setting `reader.pdfium`; in a clone of \
                             the repository `cargo xtask pdfium` gets it";
/// The one word of [`PAGE`].
const WORD: &str = "Fieldmark";
/// A page with one word.
const PAGE: &str = "\
    %PDF-1.4\n\
    1 0 obj\n\
    << /Type /Catalog /Pages 2 0 R >>\n\
    endobj\n\
    2 0 obj\n\
    << /Type /Pages /Kids [3 0 R] /Count 1 >>\n\
    endobj\n\
    3 0 obj\n\
    << /Type /Page /Parent 2 0 R /MediaBox [0 0 200 100] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>\n\
    endobj\n\
    4 0 obj\n\
    << /Length 38 >>\n\
    stream\n\
    BT /F 12 Tf 20 50 Td (Fieldmark) Tj ET\n\
    endstream\n\
    endobj\n\
    5 0 obj\n\
    << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>\n\
    endobj\n\
    xref\n\
    0 6\n\
    0000000000 65535 f \n\
    0000000009 00000 n \n\
    0000000058 00000 n \n\
    0000000115 00000 n \n\
    0000000240 00000 n \n\
    0000000328 00000 n \n\
    trailer\n\
    << /Size 6 /Root 1 0 R >>\n\
    startxref\n\
    398\n\
    %%EOF\n";

/// Whether the library is there, and whether a worker starts, loads it and reads.
pub async fn look(options: &ReaderOptions) -> Vec<Finding> {
    let place = match options.library() {
        Ok(place) => place.display().to_string(),
        Err(error) => {
            let library = Finding::missing(GROUP, LIBRARY, error.to_string()).mended_by(WAY_TO_GET_IT);
            return vec![library, Finding::missing(GROUP, WORKER, "not tried without libpdfium")];
        }
    };
    let start = Instant::now();
    let read = match WorkerPool::new(options.clone()) {
        Ok(pool) => pool.read(ReadRequest::new(PAGE.as_bytes().to_vec())).await,
        Err(error) => return vec![Finding::good(GROUP, LIBRARY, place), refused(&error)],
    };
    match read {
        Ok(document) => {
            let milliseconds = start.elapsed().as_millis();
            vec![Finding::good(GROUP, LIBRARY, format!("{place}, loads")), judged(&document, milliseconds)]
        }
        Err(error @ ReadError::Unavailable { .. }) => vec![
            Finding::missing(GROUP, LIBRARY, format!("{place}: {error}")).mended_by(WAY_TO_GET_IT),
            Finding::missing(GROUP, WORKER, "none that can read"),
        ],
        Err(error) => {
            vec![Finding::good(GROUP, LIBRARY, place), Finding::missing(GROUP, WORKER, error.to_string())]
        }
    }
}

fn refused(error: &OptionsError) -> Finding {
    Finding::missing(GROUP, WORKER, error.to_string()).mended_by("change the setting")
}

fn judged(document: &DocumentContent, milliseconds: u128) -> Finding {
    let is_read = document.pages.iter().flat_map(|page| &page.words).any(|word| word.text == WORD);
    if is_read {
        Finding::good(GROUP, WORKER, format!("started and read a page in {milliseconds} ms"))
    } else {
        Finding::missing(GROUP, WORKER, "started and did not find the word on a page")
            .mended_by(WAY_TO_GET_IT)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_is_well_formed() {
        let document = lopdf::Document::load_mem(PAGE.as_bytes()).unwrap();
        assert_eq!(document.get_pages().len(), 1);
        assert!(document.extract_text(&[1]).unwrap().contains(WORD));
    }
}
