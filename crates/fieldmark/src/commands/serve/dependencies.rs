//! What the service needs before it can answer, and measures that are looked up.

use std::num::NonZeroUsize;
use std::sync::Arc;

use async_trait::async_trait;
use fieldmark_document_reader::ReaderOptions;
use fieldmark_domain::ports::Clock;
use fieldmark_http_actix::health::{Dependency, Remembered};
use fieldmark_persistence_diesel::Database;
use fieldmark_storage_objects::ObjectStorage;

use crate::engine::reader_options;
use crate::open_files;
use crate::settings::Settings;
use crate::store::Store;

/// Everything that the service needs. The model is not among them: nothing is served before it is loaded.
///
/// # Errors
/// When the program does not find itself.
pub fn of(settings: &Settings, store: &Store) -> anyhow::Result<Vec<Arc<dyn Dependency>>> {
    let reader = reader_options(settings, NonZeroUsize::MIN)?;
    let clock = &store.use_cases.ports.clock;
    let all: [Arc<dyn Dependency>; 3] = [
        Arc::new(DatabaseAtHand(store.database.clone(), Arc::clone(clock))),
        Arc::new(StorageAtHand(Arc::clone(&store.storage))),
        Arc::new(ReaderAtHand(reader)),
    ];
    let remembered =
        |dependency| -> Arc<dyn Dependency> { Arc::new(Remembered::new(dependency, Arc::clone(clock))) };
    Ok(all.into_iter().map(remembered).collect())
}

/// Sets the measures that are looked up.
pub fn measures(store: &Store) -> impl Fn() + Send + Sync + 'static {
    let (database, storage) = (store.database.clone(), Arc::clone(&store.storage));
    move || {
        if let Some(open) = open_files::count() {
            metrics::gauge!("fieldmark_open_files").set(open as f64);
        }
        metrics::gauge!("fieldmark_open_files_limit").set(open_files::limit() as f64);
        database.measure();
        storage.measure();
    }
}

struct DatabaseAtHand(Database, Arc<dyn Clock>);

#[async_trait]
impl Dependency for DatabaseAtHand {
    fn name(&self) -> &'static str {
        "database"
    }

    async fn check(&self) -> Result<(), String> {
        self.0.check(self.1.now()).await.map_err(|error| error.to_string())
    }
}

struct StorageAtHand(Arc<ObjectStorage>);

#[async_trait]
impl Dependency for StorageAtHand {
    fn name(&self) -> &'static str {
        "storage"
    }

    async fn check(&self) -> Result<(), String> {
        self.0.check().await.map_err(|error| error.to_string())
    }
}

struct ReaderAtHand(ReaderOptions);

#[async_trait]
impl Dependency for ReaderAtHand {
    fn name(&self) -> &'static str {
        "reader"
    }

    async fn check(&self) -> Result<(), String> {
        self.0.library().map(|_| ()).map_err(|error| error.to_string())
    }
}
