//! The wiring of what is kept: settings in, repositories and bytes behind their ports out.

use std::sync::Arc;

use anyhow::Context as _;
use fieldmark_domain::clock::SystemClock;
use fieldmark_domain::ports::{
    BlobStore, Clock, DocumentRepository, FileAudit, JobQueue, LabelRepository, Outbox,
};
use fieldmark_domain::scope::{OwnerId, Scope};
use fieldmark_persistence_diesel::{CacheOptions, Database, DatabaseOptions, DocumentCache, Ports};
use fieldmark_storage_objects::{ObjectStorage, S3Options, StorageOptions};

use crate::settings::{DatabaseSettings, Settings, StorageSettings};

/// Everything that is kept, behind its ports.
#[derive(Clone)]
pub struct Store {
    /// Documents.
    pub documents: Arc<dyn DocumentRepository>,
    /// Labels.
    pub labels: Arc<dyn LabelRepository>,
    /// Jobs.
    pub jobs: Arc<dyn JobQueue>,
    /// Events.
    pub outbox: Arc<dyn Outbox>,
    /// Which files documents need.
    pub file_audit: Arc<dyn FileAudit>,
    /// The bytes of documents.
    pub blobs: Arc<dyn BlobStore>,
    /// What is kept in memory of documents; `None` for nothing.
    pub cache: Option<Arc<DocumentCache>>,
    /// The database itself, for who asks how it does.
    pub database: Database,
    /// The store of bytes itself, for the same.
    pub storage: Arc<ObjectStorage>,
    /// The machine's clock.
    pub clock: Arc<dyn Clock>,
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
        let cache = (cache.entries > 0).then_some(CacheOptions { entries: cache.entries, ttl: cache.ttl });
        let Ports { documents, labels, jobs, outbox, file_audit, cache } = database.ports(cache);
        let clock: Arc<dyn Clock> = Arc::new(SystemClock::new());
        let storage = storage(settings, clock.clone())?;
        let blobs = storage.clone();
        Ok(Self { documents, labels, jobs, outbox, file_audit, blobs, cache, database, storage, clock })
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
