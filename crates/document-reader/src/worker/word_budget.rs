//! Limits the number of words of a whole document.

use fieldmark_domain::page::{Page, TextLayer, TextVerdict};

/// Maximum number of words of a document: forty of the fullest invoice pages. The later steps
/// process all words of all pages and keep them in memory.
const MAX_WORDS: usize = 60_000;

/// The words that the remaining pages may have.
#[derive(Debug)]
pub struct WordBudget {
    left: usize,
}

impl Default for WordBudget {
    fn default() -> Self {
        Self { left: MAX_WORDS }
    }
}

impl WordBudget {
    /// Subtracts the page's words. The first page that exceeds the remaining words loses all its
    /// words, as do all later pages with words; each records the reason.
    pub fn charge(&mut self, page: &mut Page) {
        let count = page.words.len();
        if let Some(left) = self.left.checked_sub(count) {
            self.left = left;
            return;
        }
        self.left = 0;
        page.words = Vec::new();
        let reason = format!(
            "No more than {MAX_WORDS} words of a document are read; the {count} of this page are left out."
        );
        page.text_layer = TextLayer { verdict: TextVerdict::None, reasons: vec![reason] };
    }
}

#[cfg(test)]
mod tests {
    use fieldmark_domain::geometry::BoundingBox;
    use fieldmark_domain::page::{PageSize, Word};

    use super::*;

    fn page(count: usize) -> Page {
        let word = Word { text: "a".to_owned(), bounds: BoundingBox::default(), font_size: 9.0 };
        Page {
            number: 1,
            size: PageSize { width_pt: 595.0, height_pt: 842.0 },
            words: vec![word; count],
            text_layer: TextLayer { verdict: TextVerdict::Good, reasons: Vec::new() },
            raster: None,
        }
    }

    #[test]
    fn pages_after_the_last_word_come_without_words_and_say_so() {
        let mut budget = WordBudget::default();
        let mut charged = |count: usize| {
            let mut page = page(count);
            budget.charge(&mut page);
            page
        };
        assert_eq!(charged(MAX_WORDS - 10).words.len(), MAX_WORDS - 10);
        assert_eq!(charged(10).words.len(), 10, "the last words are given");
        assert_eq!(charged(0), page(0), "a page without words loses none");
        let without = charged(7);
        assert!(without.words.is_empty());
        assert_eq!(without.text_layer.verdict, TextVerdict::None);
        assert!(without.text_layer.reasons[0].contains("the 7 of this page are left out"));
    }

    #[test]
    fn a_small_page_after_one_that_was_too_large_loses_its_words_too() {
        let mut budget = WordBudget { left: 5 };
        for count in [6, 1] {
            let mut page = page(count);
            budget.charge(&mut page);
            assert!(page.words.is_empty());
        }
    }
}
