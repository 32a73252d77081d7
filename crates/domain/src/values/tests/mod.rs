//! What published numbers and printed forms must come to, in long tables: one file for each kind.

mod any_digit;
mod dates;
mod organisations;
mod references;
mod vat_ids;
