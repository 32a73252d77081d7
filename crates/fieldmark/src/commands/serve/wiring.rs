//! From settings and adapters to what the routes need.

use std::collections::BTreeMap;
use std::fs;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use fieldmark_http_actix::{Access, Admission, BuiltFrom, Limits, Pace, Services, Telemetry};
use fieldmark_page_pictures::PngPainter;
use tokio::sync::watch;

use super::dependencies;
use crate::engine::Reading;
use crate::settings::Settings;
use crate::store::Store;

/// The longest that a request for a job waits for its end.
const LONGEST_WAIT: Duration = Duration::from_secs(60);
/// The folder in the data folder in which uploads lie while they come in.
const UPLOADS: &str = "uploads";

/// What the routes need.
///
/// # Errors
/// When the folder for uploads cannot be made.
pub fn services(
    settings: &Settings,
    device: Option<&str>,
    store: &Store,
    reading: &Reading,
    telemetry: Telemetry,
    stopping: watch::Receiver<bool>,
) -> anyhow::Result<Services> {
    let limits = limits(settings)?;
    Ok(Services {
        use_cases: store.use_cases.clone(),
        extract: reading.extract.clone(),
        painter: Arc::new(PngPainter),
        access: Access {
            token: settings.http.token.as_ref().map(|token| token.reveal().trim().to_owned()),
            cors_origins: settings.http.cors_origins.clone(),
            trusted_proxies: settings.http.networks(),
        },
        admission: Admission::new(&limits),
        limits,
        dependencies: dependencies::of(settings, store)?,
        telemetry: telemetry.looking_up(dependencies::measures(store)),
        built_from: built_from(),
        stopping,
        device: device.unwrap_or(&settings.detection.device).to_owned(),
    })
}

fn limits(settings: &Settings) -> anyhow::Result<Limits> {
    let upload_folder = settings.data_dir.join(UPLOADS);
    fs::create_dir_all(&upload_folder)
        .with_context(|| format!("cannot make the folder {}", upload_folder.display()))?;
    Ok(Limits {
        file_bytes: settings.reader.max_file_bytes,
        body_bytes: settings.http.max_body_bytes,
        body_time: settings.http.body_timeout,
        body_pace: Pace::default(),
        inferences: settings.http.max_inferences,
        uploads: settings.http.max_uploads,
        downloads: settings.http.max_downloads,
        pictures: settings.http.max_pictures,
        answer_bytes: settings.http.max_answer_bytes,
        infer_deadline: settings.http.infer_deadline,
        longest_wait: LONGEST_WAIT,
        upload_folder,
        min_free_bytes: settings.storage.min_free_bytes,
    })
}

fn built_from() -> BuiltFrom {
    let details = [
        ("commit", env!("FIELDMARK_BUILT_COMMIT")),
        ("target", env!("FIELDMARK_BUILT_TARGET")),
        ("profile", env!("FIELDMARK_BUILT_PROFILE")),
        ("devices", env!("FIELDMARK_BUILT_DEVICES")),
    ];
    let details: BTreeMap<String, String> =
        details.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    BuiltFrom { version: env!("CARGO_PKG_VERSION").to_owned(), details }
}
