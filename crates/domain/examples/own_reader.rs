//! A reader of one's own: plain text, set in a fixed pitch, one line below the other.
//!
//! `cargo run -p fieldmark-domain --example own_reader`

use fieldmark_domain::async_trait::async_trait;
use fieldmark_domain::content::DocumentContent;
use fieldmark_domain::geometry::BoundingBox;
use fieldmark_domain::layout::PageLayout;
use fieldmark_domain::media_type::MediaType;
use fieldmark_domain::page::{Page, PageSize, Word};
use fieldmark_domain::ports::{DocumentReader, ReadError, ReadRequest};

/// Takes a file for plain text. A reader of PDFs is held to `fieldmark_testkit::document_reader`.
struct PlainTextReader;

#[async_trait]
impl DocumentReader for PlainTextReader {
    async fn read(&self, request: ReadRequest) -> Result<DocumentContent, ReadError> {
        if request.bytes.is_empty() {
            return Err(ReadError::Empty);
        }
        let text = std::str::from_utf8(&request.bytes)
            .map_err(|error| ReadError::Unreadable { reason: error.to_string() })?;
        let words = text.lines().enumerate().flat_map(|(row, line)| words_of(row, line)).collect();
        let mut content = DocumentContent::of_pages(vec![Page::of_words(1, PageSize::A4, words)]);
        content.pages.retain(|page| request.only_page.is_none_or(|number| page.number == number));
        Ok(content)
    }

    /// Plain text is read and never kept: a kept document is a PDF or an e-invoice.
    fn media_type(&self, bytes: &[u8]) -> Result<MediaType, ReadError> {
        if bytes.is_empty() {
            return Err(ReadError::Empty);
        }
        Err(ReadError::UnsupportedMediaType { found: "plain text".to_owned() })
    }
}

/// The words of a line, in boxes of a hundredth of the page's width for each letter.
fn words_of(row: usize, line: &str) -> Vec<Word> {
    let mut column = 0;
    let mut words = Vec::new();
    for text in line.split(' ') {
        let width = text.chars().count();
        if width > 0 {
            let bounds = BoundingBox {
                left: 0.05 + 0.01 * column as f32,
                top: 0.05 + 0.02 * row as f32,
                width: 0.01 * width as f32,
                height: 0.014,
            };
            words.push(Word { text: text.to_owned(), bounds, font_size: 11.0 });
        }
        column += width + 1;
    }
    words
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let invoice = "Harbour Books Ltd\n\nInvoice   2024-117\nTotal     £1,250.00\n";
    let content = PlainTextReader.read(ReadRequest::new(invoice.as_bytes())).await?;
    let mut report = String::new();
    for page in &content.pages {
        let layout = PageLayout::of(&page.words, page.size);
        for (number, line) in layout.lines.iter().enumerate() {
            let words: Vec<&str> =
                line.iter().filter_map(|index| Some(page.words.get(*index)?.text.as_str())).collect();
            report.push_str(&format!("page {}, line {}: {}\n", page.number, number + 1, words.join(" | ")));
        }
    }
    for (name, bytes) in [("no bytes", &b""[..]), ("Latin-1", b"Sm\xf6rg\xe5sbord")] {
        if let Err(error) = PlainTextReader.read(ReadRequest::new(bytes)).await {
            report.push_str(&format!("{name}: {} ({error})\n", error.code()));
        }
    }
    std::io::Write::write_all(&mut std::io::stdout(), report.as_bytes())?;
    Ok(())
}
