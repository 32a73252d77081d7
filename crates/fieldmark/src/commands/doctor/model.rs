//! The model: which one, whether it loads, and where it computes.

use std::sync::Arc;

use fieldmark_detection_candle::Device;
use fieldmark_domain::ports::FieldDetector as _;

use super::finding::Finding;
use crate::engine::{self, LazyDetector};
use crate::settings::Settings;

const GROUP: &str = "model";

/// Begins to load the model of the settings, on a thread of its own.
///
/// # Errors
/// When the device is none, for people.
pub fn start(settings: &Settings) -> Result<Arc<LazyDetector>, String> {
    let device: Device = device(settings)?;
    let options = settings.detection.queue_options(device, engine::cores());
    Ok(LazyDetector::start(settings.detection.model.clone(), device, options))
}

fn device(settings: &Settings) -> Result<Device, String> {
    settings.detection.device.parse().map_err(|_| "the device must be `cpu` or `cuda`".to_owned())
}

/// Waits for the model and tells of it.
pub fn look(settings: &Settings, started: Result<Arc<LazyDetector>, String>) -> Vec<Finding> {
    let identity = started.and_then(|detector| {
        let loaded = detector.wait().map_err(str::to_owned)?;
        Ok(loaded.identity())
    });
    // Text that is no device is not told: settings that are refused may have anything there.
    let device = device(settings).map_or("no device", |_| settings.detection.device.as_str());
    let source = settings.detection.model.as_ref();
    let source = source.map_or_else(|| "compiled in".to_owned(), |folder| folder.display().to_string());
    vec![match identity {
        Ok(identity) => {
            let detail =
                format!("{} ({source}), loads, on {device}, sha256 {}", identity.name, identity.sha256);
            Finding::good(GROUP, "layout", detail)
        }
        Err(reason) => Finding::missing(GROUP, "layout", format!("{source}, on {device}: {reason}"))
            .mended_by(
                "without the settings `detection.model` and `detection.device` the model that is compiled in \
             runs on the processor",
            ),
    }]
}
