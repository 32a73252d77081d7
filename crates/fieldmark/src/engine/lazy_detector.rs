//! A layout detector that loads while the first file is being read.

use std::panic::catch_unwind;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use fieldmark_detection_candle::{Device, LayoutDetector};
use fieldmark_domain::detection::Detection;
use fieldmark_domain::page::Page;
use fieldmark_domain::ports::{DetectError, DetectorIdentity, FieldDetector, Needs};

use super::backtrace::without_backtrace;

/// The layout model, there or on its way.
///
/// Detecting waits for it, on a thread of the runtime that is given up for blocking meanwhile.
pub struct LazyDetector {
    detector: OnceLock<Result<LayoutDetector, String>>,
}

impl LazyDetector {
    /// Starts loading the model of a folder, or the one that is compiled in.
    pub fn start(model: Option<PathBuf>, device: Device) -> Arc<Self> {
        let lazy = Arc::new(Self { detector: OnceLock::new() });
        let loading = Arc::clone(&lazy);
        std::thread::spawn(move || {
            // Whoever waits must be answered, even if loading panics.
            let loaded = catch_unwind(|| load(model, device));
            let loaded = loaded.unwrap_or_else(|_| Err("the model's loading panicked".to_owned()));
            loading.detector.get_or_init(|| loaded);
        });
        lazy
    }

    /// Waits for the model. Blocks the thread.
    ///
    /// # Errors
    /// When the model cannot be loaded: why, for people.
    pub fn wait(&self) -> Result<&LayoutDetector, &str> {
        self.detector.wait().as_ref().map_err(String::as_str)
    }
}

fn load(model: Option<PathBuf>, device: Device) -> Result<LayoutDetector, String> {
    let loaded = match model {
        Some(folder) => LayoutDetector::load(&folder, device),
        None => LayoutDetector::bundled(device),
    };
    loaded.map_err(|error| without_backtrace(&format!("{:#}", anyhow::Error::new(error))))
}

impl FieldDetector for LazyDetector {
    fn identity(&self) -> DetectorIdentity {
        let unknown = || DetectorIdentity { name: String::new(), sha256: String::new() };
        self.wait().map_or_else(|_| unknown(), FieldDetector::identity)
    }

    /// What a layout model wants: it must be said before the model is there.
    fn needs(&self) -> Needs {
        Needs { words: true, raster_height: None }
    }

    fn detect(&self, pages: &[Page]) -> Result<Vec<Vec<Detection>>, DetectError> {
        tokio::task::block_in_place(|| match self.wait() {
            Ok(detector) => detector.detect(pages),
            Err(reason) => Err(DetectError::Failed { reason: reason.to_owned() }),
        })
    }
}
