//! A session on the server that keeps a lock for as long as a service uses the database. Knows no
//! table.

use std::time::Duration;

use diesel::sql_types::Bool;
use diesel::{ConnectionError, ConnectionResult, QueryResult, QueryableByName, sql_query};
use diesel_async::{AsyncPgConnection, RunQueryDsl as _};
use fieldmark_domain::job::RetryPolicy;
use tokio::task::AbortHandle;
use tokio::time::sleep;
use tokio_postgres::Config;

use super::connection;
use crate::database::ConnectError;

/// The lock's name: one per schema, because locks belong to the whole database.
const KEY: &str = "hashtextextended('fieldmark in use ' || current_schema(), 0)";
/// How often the session is probed.
const PROBE_INTERVAL: Duration = Duration::from_secs(15);
/// How long to wait before a broken session is opened again.
const RECONNECTION: RetryPolicy =
    RetryPolicy { first: Duration::from_millis(200), cap: Duration::from_secs(5) };

/// Whether the lock was free.
#[derive(QueryableByName)]
struct Locked {
    #[diesel(sql_type = Bool)]
    locked: bool,
}

/// Takes the lock, shared with other services, and keeps it until the task is aborted.
pub(crate) async fn hold(mut config: Config) -> Result<AbortHandle, ConnectError> {
    config.application_name("fieldmark in use");
    let mut session = shared(&config).await.map_err(|error| ConnectError::Unreachable {
        place: connection::place(&config),
        reason: error.to_string(),
    })?;
    let keeper = tokio::spawn(async move {
        let mut failures = 0;
        loop {
            while sql_query("SELECT 1").execute(&mut session).await.is_ok() {
                failures = 0;
                sleep(PROBE_INTERVAL).await;
            }
            session = loop {
                failures += 1;
                sleep(RECONNECTION.wait_after(failures, u64::from(failures))).await;
                match shared(&config).await {
                    Ok(session) => break session,
                    Err(error) => tracing::debug!(%error, "the hold on the database is not back yet"),
                }
            };
        }
    });
    Ok(keeper.abort_handle())
}

async fn shared(config: &Config) -> ConnectionResult<AsyncPgConnection> {
    let mut session: AsyncPgConnection = connection::establish(config).await?;
    let lock = sql_query(format!("SELECT pg_advisory_lock_shared({KEY})"));
    lock.execute(&mut session).await.map_err(ConnectionError::CouldntSetupConfiguration)?;
    Ok(session)
}

/// Locks the database against new services until the transaction ends. Returns whether no service
/// uses it.
pub(crate) async fn alone(connection: &mut AsyncPgConnection) -> QueryResult<bool> {
    let lock = sql_query(format!("SELECT pg_try_advisory_xact_lock({KEY}) AS locked"));
    let Locked { locked } = lock.get_result(connection).await?;
    Ok(locked)
}
