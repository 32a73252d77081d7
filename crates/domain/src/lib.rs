//! The domain of Fieldmark: what an invoice's fields are, how their values are written and checked,
//! and how detected spans become chosen values. No I/O, no driver, no format: the outside world is
//! behind the traits of [`ports`].
//!
//! # Reading a document
//!
//! [`commands::ExtractDocument`] is the use case: a [`ports::DocumentReader`] makes pages of words of a
//! file, a [`ports::FieldDetector`] finds spans on them, and [`reading::read_fields`] chooses a value for
//! each [`field::Field`]. Adapters for PDF files and a trained detector are crates of their own; a service
//! may bring its own ones: `docs/embedding.md` shows how, `examples/` has one of each.
//!
//! The last step is a pure function. Here the detector is a person who points at one word:
//!
//! ```
//! use fieldmark_domain::detection::{Detection, SpanClass};
//! use fieldmark_domain::content::DocumentContent;
//! use fieldmark_domain::field::Field;
//! use fieldmark_domain::geometry::BoundingBox;
//! use fieldmark_domain::page::{Page, PageSize, Word};
//! use fieldmark_domain::reading::{ReadingOptions, read_fields};
//!
//! let bounds = BoundingBox { left: 0.7, top: 0.6, width: 0.1, height: 0.012 };
//! let word = Word { text: "€1.250,00".to_owned(), bounds, font_size: 10.0 };
//! let page = Page::of_words(1, PageSize::A4, vec![word]);
//! let detection =
//!     Detection { class: SpanClass::Value(Field::TotalGross), score: 0.95, bounds, words: vec![0] };
//! let document = DocumentContent::of_pages(vec![page]);
//!
//! let reading = read_fields(&document, &[vec![detection]], &ReadingOptions::default());
//! let gross = reading.labels.iter().find(|label| label.field == Field::TotalGross).unwrap();
//! assert_eq!(gross.value.to_string(), "1250.00");
//! assert_eq!(gross.currency.map(|currency| currency.code()), Some("EUR"));
//! ```
//!
//! # Keeping documents
//!
//! Whoever keeps documents calls the other use cases: [`commands`] for all that changes something, from
//! [`commands::ReceiveDocument`] to [`commands::PurgeDeleted`], and [`queries`] for all that only looks. Each is a
//! struct of the ports that it needs, with one method `execute`, whose first parameter says whose things it may see
//! ([`scope::Scope`]) unless it works for everybody, as the runner of jobs does. All fail with one
//! [`use_case_error::UseCaseError`], whose codes are stable.
//!
//! A worker claims a job ([`commands::ClaimJob`]), renews its lease while it works
//! ([`commands::RenewLease`]), and does the work with [`commands::ProcessDocument`], which ends the
//! job, too. [`commands::SettleJob`] ends a job otherwise, [`commands::BreakOffJob`] one that takes
//! too long, and [`commands::RecoverLostJobs`] those of workers that died.
//!
//! [`use_cases::UseCases`] builds all of them from one set of ports and options. A service that
//! needs few of them builds those by themselves.
//!
//! # Other crates' types
//!
//! Ids are [`uuid`]'s, moments and dates [`jiff`]'s, numbers [`rust_decimal`]'s, and the ports are traits of
//! [`async_trait`](mod@async_trait). These crates are exported here, so that an adapter names the versions that the
//! domain was built with and needs no dependency of its own on them.
//!
//! # Values
//!
//! [`values`] has one type per kind of field, parsed on construction; its `Display` is the normal form.
//! What fails its check digits is kept and said:
//!
//! ```
//! use fieldmark_domain::values::Iban;
//!
//! let iban = Iban::parse("IBAN: SE45 5000 0000 0583 9825 7466").unwrap();
//! assert_eq!(iban.to_string(), "SE4550000000058398257466");
//! assert!(iban.is_valid());
//! ```

/// The page for those who embed the domain: its code compiles and runs.
#[cfg(doctest)]
#[doc = include_str!("../../../docs/embedding.md")]
struct Embedding;

#[doc(no_inline)]
pub use {async_trait, jiff, rust_decimal, uuid};

pub mod blob;
pub mod check;
pub mod clock;
pub mod commands;
pub mod content;
pub mod detection;
pub mod document;
pub mod electronic_invoice;
pub mod event;
pub mod extraction;
pub mod field;
pub mod geometry;
pub mod hidden;
pub mod identity;
pub mod job;
pub mod label;
pub mod layout;
pub mod listing;
pub mod media_type;
pub mod page;
pub mod ports;
pub mod queries;
pub mod reading;
mod repetition;
#[cfg(any(test, feature = "mock"))]
pub mod samples;
pub mod scope;
pub mod spreadsheet;
pub mod use_case_error;
pub mod use_cases;
pub mod values;
