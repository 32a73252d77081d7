//! Synthetic invoices with exact labels, for training and tests: never part of a server.

pub mod lexicon;
pub mod page;
pub mod pdf;
pub mod typeface;
