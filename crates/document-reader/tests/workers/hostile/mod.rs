//! Malicious files, all generated here: each is answered within the reader's limits, and the file
//! after it is read normally.

mod attachments;
mod bombs;
mod case;
pub mod depths;
mod encryption;
mod fonts;
mod invoices;
mod lies;
mod loops;
mod makers;
mod page_sizes;
mod page_trees;
mod pictures;
mod strings;
mod text;
mod truncation;
mod xref;

use libtest_mimic::Trial;

use case::Case;
pub use loops::of_fields as loops_of_fields;

pub fn trials() -> Vec<Trial> {
    let cases = [
        attachments::cases(),
        bombs::cases(),
        encryption::cases(),
        fonts::cases(),
        invoices::cases(),
        lies::cases(),
        loops::cases(),
        page_sizes::cases(),
        page_trees::cases(),
        pictures::cases(),
        text::cases(),
        xref::cases(),
    ];
    let others = [makers::deflated::trials(), strings::trials(), truncation::trials()];
    cases.into_iter().flatten().map(Case::into_trial).chain(others.into_iter().flatten()).collect()
}
