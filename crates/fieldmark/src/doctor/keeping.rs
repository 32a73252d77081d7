//! Where documents are kept: the database and the store of bytes, as the settings name them.

use std::sync::Arc;

use super::finding::Finding;
use crate::engine::SystemClock;
use crate::settings::Settings;
use crate::store;

const GROUP: &str = "keeping";

/// Opens what is there and changes nothing: a database that was never used is not made.
pub async fn look(settings: &Settings) -> Vec<Finding> {
    vec![look_at_database(settings).await, look_at_storage(settings)]
}

async fn look_at_database(settings: &Settings) -> Finding {
    let found = |detail: &str| format!("{}: {detail}", named(settings));
    if settings.database.url.is_none() && !settings.data_dir.join("fieldmark.db").exists() {
        return Finding::good(GROUP, "database", found("not there yet; the first document makes it"));
    }
    let status = async { anyhow::Ok(store::database(settings).await?.migration_status().await?) }.await;
    match status {
        Ok(migrations) if !migrations.unknown.is_empty() => {
            Finding::missing(GROUP, "database", found("it was made by a newer version"))
                .mended_by("run the newer version, or let that one do `fieldmark migrate down`")
        }
        Ok(migrations) => match migrations.pending.len() {
            0 => Finding::good(GROUP, "database", found("opens, its tables are up to date")),
            count => Finding::doubtful(GROUP, "database", found(&format!("opens, {count} migrations to do")))
                .mended_by("the next subcommand that uses it does them; so does `fieldmark migrate up`"),
        },
        Err(error) => Finding::missing(GROUP, "database", found(&format!("{error:#}")))
            .mended_by("the setting `database.url`; without it a file in the data folder is used"),
    }
}

/// The database for people: never with its password.
fn named(settings: &Settings) -> &'static str {
    match settings.database.url.as_ref().map(|url| url.reveal().starts_with("postgres")) {
        Some(true) => "PostgreSQL",
        _ => "SQLite",
    }
}

fn look_at_storage(settings: &Settings) -> Finding {
    let address = settings.storage.shown_address(&settings.data_dir);
    match settings.storage.url {
        None if !settings.data_dir.join("documents").exists() => Finding::good(
            GROUP,
            "documents",
            format!("{address}: not there yet; the first document makes it"),
        ),
        _ => match store::storage(settings, Arc::new(SystemClock::new())) {
            Ok(_) => Finding::good(GROUP, "documents", format!("{address}: opens")),
            Err(error) => Finding::missing(GROUP, "documents", format!("{address}: {error:#}"))
                .mended_by("the settings of `storage`; without them a folder in the data folder is used"),
        },
    }
}
