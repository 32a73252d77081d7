//! The wiring of what is kept: settings in, use cases on a database and a store of bytes out.

use std::sync::Arc;

use anyhow::Context as _;
use fieldmark_domain::clock::SystemClock;
use fieldmark_domain::commands::Retention;
use fieldmark_domain::ports::Clock;
use fieldmark_domain::scope::{OwnerId, Scope};
use fieldmark_domain::use_cases::{Ports, UseCaseOptions, UseCases};
use fieldmark_persistence_diesel::{CacheOptions, Database, DatabaseOptions, DocumentCache};
use fieldmark_storage_objects::{ObjectStorage, S3Options, StorageOptions};

use crate::settings::{DatabaseSettings, Settings, StorageSettings};

/// Everything that is kept, and the use cases on it.
#[derive(Clone)]
pub struct Store {
    /// The use cases, as the settings have them.
    pub use_cases: UseCases,
    /// What is kept in memory of documents; `None` for nothing.
    pub cache: Option<Arc<DocumentCache>>,
    /// The database itself, for its health and upkeep.
    pub database: Database,
    /// The store of bytes itself, for its health.
    pub storage: Arc<ObjectStorage>,
}

/// Whose documents the command works with.
pub const LOCAL: Scope = Scope::owner(OwnerId::LOCAL);

impl Store {
    /// Opens what the settings name, and brings the database's tables up to date.
    ///
    /// # Errors
    /// When the database or the store of bytes cannot be opened.
    pub async fn open(settings: &Settings) -> anyhow::Result<Self> {
        let database = database(settings).await?;
        database.migrate_up().await.context("the database's tables cannot be brought up to date")?;
        let cache = &settings.cache;
        let (repositories, cache) = if cache.entries > 0 {
            let options = CacheOptions { entries: cache.entries, ttl: cache.ttl };
            let (repositories, cache) = database.cached_repositories(options);
            (repositories, Some(cache))
        } else {
            (database.repositories(), None)
        };
        let clock: Arc<dyn Clock> = Arc::new(SystemClock::new());
        let storage = storage(settings, clock.clone())?;
        let ports = Ports { repositories, blobs: storage.clone(), clock };
        Ok(Self { use_cases: UseCases { ports, options: options(settings) }, cache, database, storage })
    }
}

/// What use cases need of the settings.
fn options(settings: &Settings) -> UseCaseOptions {
    let kept = settings.jobs.retention;
    UseCaseOptions {
        max_file_bytes: settings.reader.max_file_bytes,
        reading: settings.detection.reading(),
        max_attempts: settings.jobs.max_attempts,
        limits: settings.jobs.limits(),
        retry: settings.jobs.retry(),
        retention: Retention { documents: kept, events: kept, ..Retention::default() },
        verify_rate: settings.storage.verify_rate,
        ..UseCaseOptions::default()
    }
}

/// The database that the settings name, its tables as they are.
///
/// # Errors
/// When it cannot be opened.
pub async fn database(settings: &Settings) -> anyhow::Result<Database> {
    let DatabaseSettings { min_connections, max_connections, acquire_timeout, .. } = settings.database;
    let options = DatabaseOptions {
        url: settings.database.address(&settings.data_dir),
        min_connections,
        max_connections,
        acquire_timeout,
        min_free_bytes: settings.storage.min_free_bytes,
    };
    Database::connect(&options).await.context("the database cannot be opened")
}

/// The store of bytes that the settings name.
///
/// # Errors
/// When it cannot be opened.
pub fn storage(settings: &Settings, clock: Arc<dyn Clock>) -> anyhow::Result<Arc<ObjectStorage>> {
    let StorageSettings {
        endpoint, region, access_key_id, secret_access_key, allow_http, path_style, ..
    } = settings.storage.clone();
    let s3 = S3Options {
        endpoint,
        region,
        access_key_id: access_key_id.as_deref().map(Into::into),
        secret_access_key: secret_access_key.as_ref().map(|key| key.reveal().into()),
        allow_http,
        path_style,
        ..S3Options::default()
    };
    let min_free_bytes = settings.storage.min_free_bytes;
    let address = settings.storage.address(&settings.data_dir);
    let options = StorageOptions { s3, min_free_bytes, ..StorageOptions::new(address) };
    let storage = ObjectStorage::open(&options, clock).context("the store of documents cannot be opened")?;
    Ok(Arc::new(storage))
}
