//! Settings: what the command may be told by file and environment, and where it looks for them.
//!
//! The file that `--config` or `FIELDMARK_CONFIG` names, or else `fieldmark/fieldmark.toml` in the user's folder
//! for settings (`~/.config`), or else in `/etc`; then the `.env` beside that file; then the environment on top:
//! `FIELDMARK_` and the names with `__` between levels, for instance `FIELDMARK_READER__TIMEOUT=30s`. What merely
//! lies in the current folder is not read. A file that somebody else can change is refused, and so are unknown
//! keys; errors name the key and its source, never a value.
//! Options of the command line stand above all of them and are no business of this module.

mod bound;
mod cache;
mod database;
mod described;
mod detection;
mod dot_env;
mod duration;
mod effective;
mod http;
mod jobs;
mod log;
mod page;
mod places;
mod reader;
mod refusal;
mod secret;
mod sources;
mod storage;
mod toml_file;
mod variables;

use std::fmt;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

pub use cache::CacheSettings;
pub use database::DatabaseSettings;
use described::{Kind as _, Setting};
pub use detection::DetectionSettings;
pub use effective::{Effective, effective};
pub use http::HttpSettings;
pub use jobs::JobSettings;
pub use log::{LogFormat, LogSettings};
pub use page::markdown;
pub use reader::ReaderSettings;
pub use refusal::SettingsError;
pub use secret::Secret;
pub use sources::{SettingsFiles, examine, load};
pub use storage::StorageSettings;

/// What `data_dir` does.
macro_rules! data_dir {
    () => {
        "The folder of Fieldmark's own files, relative to the current folder. If it is absolute, \
         libpdfium may be there, too."
    };
}

/// Every setting, with its default.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    #[doc = data_dir!()]
    pub data_dir: PathBuf,
    /// The service over HTTP.
    pub http: HttpSettings,
    /// Where documents, labels and jobs are kept.
    pub database: DatabaseSettings,
    /// Where the bytes of documents are kept.
    pub storage: StorageSettings,
    /// How jobs are done.
    pub jobs: JobSettings,
    /// What is kept in memory of documents that were read.
    pub cache: CacheSettings,
    /// The model and where it runs.
    pub detection: DetectionSettings,
    /// The reading of PDFs and its limits.
    pub reader: ReaderSettings,
    /// What is said on standard error.
    pub log: LogSettings,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            data_dir: PathBuf::from("data"),
            http: HttpSettings::default(),
            database: DatabaseSettings::default(),
            storage: StorageSettings::default(),
            jobs: JobSettings::default(),
            cache: CacheSettings::default(),
            detection: DetectionSettings::default(),
            reader: ReaderSettings::default(),
            log: LogSettings::default(),
        }
    }
}

impl Settings {
    /// Every setting, section by section.
    pub fn described() -> Vec<Setting> {
        let data_dir = Setting {
            key: "data_dir".to_owned(),
            kind: PathBuf::KIND,
            unit: None,
            bound: None,
            otherwise: None,
            meaning: data_dir!().to_owned(),
        };
        let sections = [
            HttpSettings::described(),
            DatabaseSettings::described(),
            StorageSettings::described(),
            JobSettings::described(),
            CacheSettings::described(),
            DetectionSettings::described(),
            ReaderSettings::described(),
            LogSettings::described(),
        ];
        std::iter::once(data_dir).chain(sections.into_iter().flatten()).collect()
    }

    /// Whether every value is one that can be worked with.
    ///
    /// # Errors
    /// The first value that is not, by the name of its key.
    pub fn validate(&self) -> Result<(), Unacceptable> {
        if self.data_dir.as_os_str().is_empty() {
            return Err(Unacceptable::new("data_dir", "must name a folder"));
        }
        self.http.validate()?;
        self.database.validate()?;
        self.storage.validate()?;
        self.jobs.validate()?;
        self.cache.validate()?;
        self.detection.validate()?;
        self.reader.validate()?;
        self.log.validate()
    }
}

/// A value of the right type that cannot be worked with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unacceptable {
    /// The key, for instance `reader.timeout`.
    pub key: String,
    /// What is wrong with the value.
    pub reason: String,
}

impl Unacceptable {
    /// The value of this key is not acceptable, for this reason.
    pub fn new(key: impl Into<String>, reason: impl Into<String>) -> Self {
        Self { key: key.into(), reason: reason.into() }
    }
}

impl fmt::Display for Unacceptable {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "`{}` {}", self.key, self.reason)
    }
}
