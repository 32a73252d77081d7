//! Pages with exactly a given number of words, for measuring times.

use fieldmark_domain::page::PageSize;

use crate::SyntheticInvoice;
use crate::page::SyntheticPage;

/// The invoice with its pages joined into one, cut after this number of words; `None` when it has
/// fewer.
pub(super) fn to_words(invoice: &SyntheticInvoice, words: usize) -> Option<SyntheticInvoice> {
    let mut all = SyntheticPage {
        size: PageSize { width_pt: 0.0, height_pt: 0.0 },
        words: Vec::new(),
        drawings: Vec::new(),
    };
    for page in &invoice.pages {
        let above = all.size.height_pt;
        all.words.extend(page.words.iter().map(|word| {
            let mut word = word.clone();
            word.baseline += above;
            word
        }));
        all.size.width_pt = all.size.width_pt.max(page.size.width_pt);
        all.size.height_pt += page.size.height_pt;
    }
    if all.words.len() < words {
        return None;
    }
    all.words.sort_by(|one, other| one.baseline.total_cmp(&other.baseline));
    all.words.truncate(words);
    Some(SyntheticInvoice { pages: vec![all], ..invoice.clone() })
}
