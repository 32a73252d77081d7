//! Where documents are kept: the database and the store of bytes, as the settings name them.

use std::sync::Arc;

use fieldmark_domain::clock::SystemClock;
use fieldmark_domain::ports::{BlobError, FileAudit};
use fieldmark_persistence_diesel::{Database, Inspection};
use fieldmark_storage_objects::ObjectStorage;

use super::finding::{Finding, State};
use crate::agreement::Agreement;
use crate::settings::Settings;
use crate::store;

const GROUP: &str = "keeping";
const AGREEMENT: &str = "agreement";

/// Opens what is there and changes no row: a database that was never used is not made. Opening one
/// makes its log and its reserve, as every command does.
pub async fn look(settings: &Settings) -> Vec<Finding> {
    let (database, audit) = look_at_database(settings).await;
    let (storage, opened) = look_at_storage(settings).await;
    let is_usable = database.state != State::Missing;
    let mut findings = vec![database, storage];
    match (audit, opened) {
        (Some(audit), opened) => findings.extend(compare(audit, opened.as_ref()).await),
        (None, Some(storage)) if is_usable => findings.extend(without_documents(&storage).await),
        (None, _) => {}
    }
    findings
}

/// Which files documents need, where the database can be asked, beside the finding.
async fn look_at_database(settings: &Settings) -> (Finding, Option<Arc<dyn FileAudit>>) {
    if settings.database.url.is_none() && !settings.data_dir.join("fieldmark.db").exists() {
        let detail = found(settings, "not there yet; the first document makes it");
        return (Finding::good(GROUP, "database", detail), None);
    }
    match store::database(settings).await {
        Ok(database) => look_at_tables(settings, &database).await,
        Err(error) => (faulty(settings, &format!("{error:#}")), None),
    }
}

async fn look_at_tables(settings: &Settings, database: &Database) -> (Finding, Option<Arc<dyn FileAudit>>) {
    match database.migration_status().await {
        Ok(migrations) if !migrations.unknown.is_empty() => {
            let finding = missing(settings, "it was made by a newer version")
                .mended_by("run the newer version, or let that one do `fieldmark migrate down`");
            (finding, None)
        }
        Ok(migrations) if migrations.pending.is_empty() => {
            (inspected(settings, database).await, Some(database.repositories().file_audit))
        }
        Ok(migrations) => {
            let detail = found(settings, &format!("opens, {} migrations to do", migrations.pending.len()));
            let remedy = "the next subcommand that uses it does them; so does `fieldmark migrate up`";
            (Finding::doubtful(GROUP, "database", detail).mended_by(remedy), None)
        }
        Err(error) => (faulty(settings, &error.to_string()), None),
    }
}

/// The database's own check.
async fn inspected(settings: &Settings, database: &Database) -> Finding {
    match database.inspect().await {
        Ok(Inspection::Sound) => {
            Finding::good(GROUP, "database", found(settings, "sound, its tables are up to date"))
        }
        Ok(Inspection::Outdated) => {
            let detail = "sound, and made by a version that did not overwrite what it deleted";
            Finding::doubtful(GROUP, "database", found(settings, detail))
                .mended_by("`fieldmark migrate up` rewrites the file once")
        }
        Ok(Inspection::TooLarge { bytes }) => {
            let detail = format!("opens, its tables are up to date; its {bytes} bytes were not checked");
            Finding::good(GROUP, "database", found(settings, &detail))
        }
        Ok(Inspection::Damaged { what }) => {
            faulty(settings, &format!("database disk image is malformed: {what}"))
        }
        Err(error) => faulty(settings, &error.to_string()),
    }
}

/// A database that cannot be used, with what fits the fault.
fn faulty(settings: &Settings, reason: &str) -> Finding {
    let says = |words: &[&str]| words.iter().any(|word| reason.contains(word));
    let is_server = named(settings) == "PostgreSQL";
    let remedy = if says(&["is full", "No space left", "disk I/O error"]) {
        "make room on its disk; `fieldmark documents erase` and `purge` work on a full one"
    } else if says(&["malformed", "not a database"]) {
        "stop the service, and put a backup in the place of the file"
    } else if is_server && says(&["password", "authentication", "role", "ermission denied"]) {
        "user, password and rights in the setting `database.url`"
    } else if is_server {
        "see that the server runs and can be reached, and that `database.url` names it"
    } else {
        "the setting `database.url`; without it a file in the data folder is used"
    };
    missing(settings, reason).mended_by(remedy)
}

fn missing(settings: &Settings, detail: &str) -> Finding {
    Finding::missing(GROUP, "database", found(settings, detail))
}

fn found(settings: &Settings, detail: &str) -> String {
    format!("{}: {detail}", named(settings))
}

/// The database for people: never with its password.
fn named(settings: &Settings) -> &'static str {
    match settings.database.url.as_ref().map(|url| url.reveal().starts_with("postgres")) {
        Some(true) => "PostgreSQL",
        _ => "SQLite",
    }
}

/// The store, where it can be used, beside the finding.
async fn look_at_storage(settings: &Settings) -> (Finding, Option<Arc<ObjectStorage>>) {
    let address = settings.storage.shown_address(&settings.data_dir);
    if settings.storage.url.is_none() && !settings.data_dir.join("documents").exists() {
        let detail = format!("{address}: not there yet; the first document makes it");
        return (Finding::good(GROUP, "documents", detail), None);
    }
    match checked(settings).await {
        Ok(storage) => (Finding::good(GROUP, "documents", format!("{address}: takes files")), Some(storage)),
        Err(error) => {
            let remedy = match error.downcast_ref() {
                Some(BlobError::OutOfSpace { .. }) => {
                    "make room on the disk; `storage.min_free_bytes` says how much is to stay free, and `fieldmark documents \
                     erase` works all the same"
                }
                Some(BlobError::Unavailable { .. }) => "see that its disk or its server is there",
                _ => "the settings of `storage`; without them a folder in the data folder is used",
            };
            (Finding::missing(GROUP, "documents", format!("{address}: {error:#}")).mended_by(remedy), None)
        }
    }
}

async fn checked(settings: &Settings) -> anyhow::Result<Arc<ObjectStorage>> {
    let storage = store::storage(settings, Arc::new(SystemClock::new()))?;
    storage.check().await?;
    Ok(storage)
}

/// A database that is new beside a store that is not: one was lost, or they do not belong together.
async fn without_documents(storage: &ObjectStorage) -> Option<Finding> {
    let holds_files = storage.holds_anything().await.unwrap_or_default();
    holds_files.then(|| disagreement(&Agreement::NoDocuments))
}

fn disagreement(agreement: &Agreement) -> Finding {
    Finding::missing(GROUP, AGREEMENT, agreement.trouble().unwrap_or_default()).mended_by(agreement.advice())
}

/// Some documents, and whether their files are there. Without a store all of them are missing.
async fn compare(audit: Arc<dyn FileAudit>, storage: Option<&Arc<ObjectStorage>>) -> Option<Finding> {
    let agreement = match storage {
        Some(storage) => Agreement::of(audit, storage).await,
        None => Agreement::without_files(&*audit).await,
    };
    Some(match agreement {
        Ok(Agreement::Whole { documents: 0 }) => return None,
        Ok(Agreement::Whole { documents }) => Finding::good(
            GROUP,
            AGREEMENT,
            format!("the files of the latest {documents} documents are there"),
        ),
        Ok(agreement) => disagreement(&agreement),
        Err(error) => Finding::missing(GROUP, AGREEMENT, format!("{error:#}")),
    })
}
