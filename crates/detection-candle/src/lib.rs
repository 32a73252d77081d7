//! The layout model on Candle: from a page's words and their positions, it computes which words are
//! which field.
//!
//! [`LayoutDetector`] computes on its caller's thread; [`DetectionQueue`] owns one and implements
//! the domain's [`FieldDetector`](fieldmark_domain::ports::FieldDetector) for many callers at once.
//! [`features`] and [`classes`] are shared with the generator of training data.

pub mod classes;
pub mod features;

mod batch;
mod blocks;
mod description;
mod detector;
mod device;
mod load_error;
mod model;
mod page_model;
mod queue;
mod spans;
mod weights;

pub use detector::LayoutDetector;
pub use device::{Device, DeviceError};
pub use load_error::LoadError;
pub use model::Logits;
pub use page_model::PageModel;
pub use queue::{DetectionQueue, OptionsError, QueueError, QueueOptions};
pub use spans::PageProbabilities;
pub use weights::ModelFiles;
