//! The pages of a document as pictures: their sizes in pixels.

use fieldmark_domain::extraction::Findings;
use fieldmark_domain::page::PageSize;

/// The rows of a page's picture, as the service gives them when nobody says how many.
pub const ROWS: u32 = 1200;

/// The sizes of a document's pages, by number.
#[derive(Debug, Clone, Default)]
pub struct PageSizes(Vec<(u32, PageSize)>);

impl PageSizes {
    /// As they were read.
    pub fn of(findings: Option<&Findings>) -> Self {
        let pages = findings.map(|findings| findings.pages.as_slice()).unwrap_or_default();
        Self(pages.iter().map(|page| (page.number, page.size)).collect())
    }

    /// The columns and rows of a page's picture; `None` for a page that was not read.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a page is some thousand pixels wide"
    )]
    pub fn pixels(&self, page: u32) -> Option<(u32, u32)> {
        let (_, size) = self.0.iter().find(|(number, _)| *number == page)?;
        let columns = (size.width_pt / size.height_pt.max(1.0) * ROWS as f32).round();
        Some(((columns as u32).max(1), ROWS))
    }
}
