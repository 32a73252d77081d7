//! `fieldmark migrate`: the database's tables, brought up to date or taken back.

use std::io::Write as _;

use anyhow::Context as _;
use fieldmark_persistence_diesel::{Database, MigrationStatus};

use crate::arguments::{MigrateArguments, Migration};
use crate::engine;
use crate::exit_status::{ExitStatus, Unwritten};
use crate::settings::Settings;
use crate::store;

/// Migrates, or says how far the tables are.
///
/// # Errors
/// When the database cannot be opened, a migration fails, or standard output does not take what is printed.
pub fn run(settings: &Settings, arguments: &MigrateArguments) -> anyhow::Result<ExitStatus> {
    let runtime = engine::runtime(engine::cores())?;
    runtime.block_on(async {
        let database = store::database(settings).await?;
        match arguments.direction {
            Migration::Up => up(&database).await,
            Migration::Down { steps, yes: true } => {
                said(&database.migrate_down(steps).await?, "undone", "there is nothing to undo")
            }
            Migration::Down { yes: false, .. } => {
                anyhow::bail!("what the tables hold would be lost; say --yes to do it all the same")
            }
            Migration::Status => {
                let MigrationStatus { applied, pending, unknown } = database.migration_status().await?;
                listed(&applied, "done ")?;
                listed(&pending, "to do")?;
                listed(&unknown, "done by a newer version")?;
                Ok(ExitStatus::AllWell)
            }
        }
    })
}

/// Brings the tables up to date, and a file of an older version.
async fn up(database: &Database) -> anyhow::Result<ExitStatus> {
    let status = said(&database.migrate_up().await?, "done", "the tables are up to date")?;
    if database.modernise().await.context("the tables are up to date; the file cannot be rewritten")? {
        let rewritten = "done  the file is rewritten: nothing is in it any more that was erased before";
        writeln!(std::io::stdout(), "{rewritten}").context(Unwritten)?;
    }
    Ok(status)
}

fn said(migrations: &[String], act: &str, nothing: &str) -> anyhow::Result<ExitStatus> {
    listed(migrations, act)?;
    if migrations.is_empty() {
        writeln!(std::io::stdout(), "{nothing}").context(Unwritten)?;
    }
    Ok(ExitStatus::AllWell)
}

fn listed(migrations: &[String], state: &str) -> anyhow::Result<()> {
    let mut output = std::io::stdout();
    migrations.iter().try_for_each(|name| writeln!(output, "{state}  {name}")).context(Unwritten)
}
