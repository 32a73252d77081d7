//! Expected results for published numbers and printed forms, in long tables: one file for each
//! kind.

mod any_digit;
mod dates;
mod organisations;
mod references;
mod vat_ids;
