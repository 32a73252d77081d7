//! A layout detector that loads while the first file is being read.

use std::panic::catch_unwind;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use async_trait::async_trait;
use fieldmark_detection_candle::{DetectionQueue, Device, LayoutDetector, QueueOptions};
use fieldmark_domain::detection::Detection;
use fieldmark_domain::page::Page;
use fieldmark_domain::ports::{DetectError, DetectorIdentity, FieldDetector, Needs};
use tokio::sync::watch;

use super::backtrace::without_backtrace;

/// The layout model behind its queue, there or on its way. Detecting waits for it, on any runtime and without blocking
/// a thread of it.
pub struct LazyDetector {
    /// As the model's description has it, which is read before its weights are.
    identity: DetectorIdentity,
    detector: OnceLock<Result<DetectionQueue, String>>,
    is_settled: watch::Sender<bool>,
}

impl LazyDetector {
    /// Starts loading the model of a folder, or the one that is compiled in.
    pub fn start(model: Option<PathBuf>, device: Device, options: QueueOptions) -> Arc<Self> {
        // A description that cannot be read is an error of the loading, which tells of it.
        let identity = LayoutDetector::identity_of(model.as_deref())
            .unwrap_or_else(|_| DetectorIdentity { name: String::new(), sha256: String::new() });
        let is_settled = watch::Sender::new(false);
        let lazy = Arc::new(Self { identity, detector: OnceLock::new(), is_settled });
        let loading = Arc::clone(&lazy);
        std::thread::spawn(move || {
            // Whoever waits must be answered, even if loading panics.
            let loaded = catch_unwind(|| load(model, device, &options));
            let loaded = loaded.unwrap_or_else(|_| Err("the model's loading panicked".to_owned()));
            loading.detector.get_or_init(|| loaded);
            loading.is_settled.send_replace(true);
        });
        lazy
    }

    /// Waits for the model. Blocks the thread.
    ///
    /// # Errors
    /// When the model cannot be loaded: why, for people.
    pub fn wait(&self) -> Result<&DetectionQueue, &str> {
        self.detector.wait().as_ref().map_err(String::as_str)
    }

    /// Waits for the model, and for nothing else.
    async fn loaded(&self) -> Result<&DetectionQueue, &str> {
        // The sender lives as long as this does: there is no other end of waiting.
        let _ = self.is_settled.subscribe().wait_for(|is_settled| *is_settled).await;
        // What is settled is there: this does not block.
        self.wait()
    }
}

fn load(model: Option<PathBuf>, device: Device, options: &QueueOptions) -> Result<DetectionQueue, String> {
    let told = |error: anyhow::Error| without_backtrace(&format!("{error:#}"));
    let loaded = match model {
        Some(folder) => LayoutDetector::load(&folder, device),
        None => LayoutDetector::bundled(device),
    };
    let loaded = loaded.map_err(|error| told(error.into()))?;
    DetectionQueue::start(loaded, options).map_err(|error| told(error.into()))
}

#[async_trait]
impl FieldDetector for LazyDetector {
    fn identity(&self) -> DetectorIdentity {
        self.identity.clone()
    }

    /// What a layout model wants: it must be said before the model is there.
    fn needs(&self) -> Needs {
        LayoutDetector::NEEDS
    }

    async fn detect(&self, pages: &[Page]) -> Result<Vec<Vec<Detection>>, DetectError> {
        match self.loaded().await {
            Ok(queue) => queue.detect(pages).await,
            Err(reason) => Err(DetectError::Failed { reason: reason.to_owned() }),
        }
    }
}

#[cfg(test)]
mod tests {
    use fieldmark_testkit::pages;

    use super::*;

    fn start(model: Option<PathBuf>) -> Arc<LazyDetector> {
        LazyDetector::start(model, Device::Cpu, QueueOptions::of(Device::Cpu))
    }

    /// On a runtime with one thread, where whatever blocks it stops everything.
    #[tokio::test]
    async fn detecting_waits_for_the_model_without_blocking() {
        let detector = start(None);
        let invoice = [pages::invoice(1)];
        let (found, ()) = tokio::join!(detector.detect(&invoice), tokio::task::yield_now());
        assert_eq!(found.unwrap().len(), 1);
    }

    #[test]
    fn the_model_is_named_before_it_is_there_and_the_same_afterwards() {
        let detector = start(None);
        let named = detector.identity();
        assert_eq!(Ok(named), detector.wait().map(FieldDetector::identity));
    }

    #[tokio::test]
    async fn a_model_that_does_not_load_fails_whoever_waits() {
        let detector = start(Some(PathBuf::from("no-such-folder")));
        match detector.detect(&[pages::invoice(1)]).await {
            Err(DetectError::Failed { reason }) => assert!(reason.contains("no-such-folder"), "{reason}"),
            other => panic!("{other:?}"),
        }
        assert!(detector.wait().is_err());
    }
}
