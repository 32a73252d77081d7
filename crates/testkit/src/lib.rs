//! What the tests of several crates share: one conformance suite for each port, and fixtures.
//!
//! A suite takes an adapter behind its port and checks the promises in the port's documentation. It
//! returns the first [`Breach`], so that an adapter's test is one line:
//!
//! ```
//! # use async_trait::async_trait;
//! # use fieldmark_domain::detection::Detection;
//! # use fieldmark_domain::page::Page;
//! # use fieldmark_domain::ports::{DetectError, DetectorIdentity, FieldDetector, Needs};
//! # struct Silent;
//! # #[async_trait]
//! # impl FieldDetector for Silent {
//! #     fn identity(&self) -> DetectorIdentity {
//! #         DetectorIdentity { name: "silent".to_owned(), sha256: String::new() }
//! #     }
//! #     fn needs(&self) -> Needs { Needs::default() }
//! #     async fn detect(&self, pages: &[Page]) -> Result<Vec<Vec<Detection>>, DetectError> {
//! #         Ok(vec![Vec::new(); pages.len()])
//! #     }
//! # }
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), fieldmark_testkit::Breach> {
//! # let detector = Silent;
//! fieldmark_testkit::field_detector::keeps_its_promises(&detector).await
//! # }
//! ```

pub mod blob_store;
mod breach;
pub mod document_reader;
pub mod e_invoices;
pub mod field_detector;
pub mod page_painter;
pub mod pages;
pub mod pdf_sketch;
pub mod pdfium;
pub mod postgres;
pub mod python;
pub mod repositories;
pub mod s3;
pub mod sketch_reader;

pub use breach::Breach;
