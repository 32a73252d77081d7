//! The layout model on Candle: it reads a page as words with places and says which words are which field.
//!
//! [`LayoutDetector`] implements the domain's [`FieldDetector`](fieldmark_domain::ports::FieldDetector);
//! [`features`] and [`classes`] are shared with the generator of training data.

pub mod classes;
pub mod features;

mod batch;
mod description;
mod detector;
mod device;
mod model;
mod spans;
mod weights;

pub use detector::LayoutDetector;
pub use device::{Device, DeviceError};
pub use spans::WordProbabilities;
pub use weights::{LoadError, ModelFiles};
