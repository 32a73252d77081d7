//! Running migrations: all that are wanted in one transaction, one process after the other.

use diesel::migration::{Migration, MigrationSource as _, MigrationVersion};
use diesel_async::AsyncConnectionCore;
use diesel_async::async_connection_wrapper::AsyncConnectionWrapper;
use diesel_async::pooled_connection::deadpool::Object;
use diesel_migrations::MigrationHarness;
use fieldmark_domain::ports::RepositoryError;

use super::super::{Connection, dialect};
use super::store::Store;
use crate::access::Access;
use crate::faults::{Fault, refusal};
use crate::migrations::{MigrateError, MigrationStatus};

type Backend = <Connection as AsyncConnectionCore>::Backend;
type Harness = AsyncConnectionWrapper<Object<Connection>>;

/// Processes that migrate wait for each other here.
const LOCK: &str = "fieldmark migrations";

/// What becomes of tables that others may be working with.
#[derive(Clone, Copy)]
enum Tables {
    Stay,
    MayGo,
}

impl Store {
    /// Runs what has not been run, and answers with its versions.
    pub(crate) async fn migrate_up(&self) -> Result<Vec<String>, MigrateError> {
        self.migrate(Tables::Stay, |harness| names(harness.run_pending_migrations(dialect::MIGRATIONS))).await
    }

    /// Takes back the last ones that were run, as many as there are, and answers with their
    /// versions. Refused while a service is at work.
    pub(crate) async fn migrate_down(&self, steps: u32) -> Result<Vec<String>, MigrateError> {
        self.migrate(Tables::MayGo, move |harness| {
            let applied = applied(harness)?.len();
            let steps = applied.min(usize::try_from(steps).unwrap_or(usize::MAX));
            (0..steps)
                .map(|_| Ok(harness.revert_last_migration(dialect::MIGRATIONS).map_err(fault)?.to_string()))
                .collect()
        })
        .await
    }

    /// What has been run and what has not.
    pub(crate) async fn migration_status(&self) -> Result<MigrationStatus, RepositoryError> {
        let mut work = self.begin(Access::Write).await?;
        let outcome = work.in_thread(status).await;
        work.end(outcome).await
    }

    async fn migrate(
        &self,
        tables: Tables,
        change: impl FnOnce(&mut Harness) -> Result<Vec<String>, Fault> + Send + 'static,
    ) -> Result<Vec<String>, MigrateError> {
        let mut work = self.begin(Access::Write).await?;
        dialect::lock(work.connection()?, LOCK).await.map_err(|error| refusal(&error))?;
        let _alone = match tables {
            Tables::Stay => None,
            Tables::MayGo => Some(dialect::alone(work.connection()?, self.home()).await?),
        };
        let outcome = work
            .in_thread(|harness| {
                let unknown = status(harness)?.unknown;
                if unknown.is_empty() {
                    change(harness).map(Ok)
                } else {
                    Ok(Err(MigrateError::TooNew { unknown }))
                }
            })
            .await;
        work.end(outcome).await?
    }
}

fn status(harness: &mut Harness) -> Result<MigrationStatus, Fault> {
    let applied = applied(harness)?;
    let ours: Vec<Box<dyn Migration<Backend>>> = dialect::MIGRATIONS.migrations().map_err(fault)?;
    let mut ours: Vec<String> = ours.iter().map(|migration| migration.name().version().to_string()).collect();
    ours.sort();
    let (applied, unknown): (Vec<String>, Vec<String>) =
        applied.into_iter().partition(|version| ours.contains(version));
    ours.retain(|version| !applied.contains(version));
    Ok(MigrationStatus { applied, pending: ours, unknown })
}

fn applied(harness: &mut Harness) -> Result<Vec<String>, Fault> {
    let mut applied = names(harness.applied_migrations())?;
    applied.sort();
    Ok(applied)
}

fn names(versions: diesel::migration::Result<Vec<MigrationVersion<'_>>>) -> Result<Vec<String>, Fault> {
    Ok(versions.map_err(fault)?.iter().map(ToString::to_string).collect())
}

fn fault(error: Box<dyn std::error::Error + Send + Sync>) -> Fault {
    match error.downcast::<diesel::result::Error>() {
        Ok(error) => Fault::Database(*error),
        Err(other) => Fault::broken(other),
    }
}
