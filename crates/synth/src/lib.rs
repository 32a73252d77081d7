//! Synthetic invoices with exact labels, and mutated files, for training and tests: never part of a
//! server.
//! server.

mod blocks;
pub mod campaign;
mod canvas;
mod composer;
pub mod corpus;
mod dates;
mod facts;
mod families;
mod generator;
mod hard_cases;
mod identifiers;
pub mod lexicon;
pub mod locale;
mod look;
mod money;
pub mod mutation;
pub mod page;
mod parties;
pub mod pdf;
mod random;
pub mod reading_noise;
pub mod shards;
pub mod typeface;

pub use families::LayoutFamily;
pub use generator::{Generator, SyntheticInvoice, TaxRate};
pub use hard_cases::HardCase;
pub use locale::Locale;
