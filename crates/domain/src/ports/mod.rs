//! What the domain asks of the outside world, one file per port.
//!
//! Each is a trait behind `Arc<dyn …>`; the feature `mock` adds `Mock…` types made by mockall.

mod clock;
mod document_reader;
mod field_detector;

pub use clock::Clock;
pub use document_reader::{DocumentReader, ReadError, ReadRequest};
pub use field_detector::{DetectError, DetectorIdentity, FieldDetector, Needs};

#[cfg(any(test, feature = "mock"))]
pub use clock::MockClock;
#[cfg(any(test, feature = "mock"))]
pub use document_reader::MockDocumentReader;
#[cfg(any(test, feature = "mock"))]
pub use field_detector::MockFieldDetector;
