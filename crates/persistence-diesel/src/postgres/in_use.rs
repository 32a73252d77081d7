//! A session on the server that holds a lock for as long as a service works on the database. Knows
//! no table.

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

/// The lock's name: each schema has one of its own, because locks belong to the whole database.
const KEY: &str = "hashtextextended('fieldmark in use ' || current_schema(), 0)";
/// How often the session is asked for a sign of life.
const SIGN_OF_LIFE: Duration = Duration::from_secs(15);
/// How long to wait before a session that broke is begun anew.
const RECONNECTION: RetryPolicy =
    RetryPolicy { first: Duration::from_millis(200), cap: Duration::from_secs(5) };

/// Whether the lock was free.
#[derive(QueryableByName)]
struct Locked {
    #[diesel(sql_type = Bool)]
    locked: bool,
}

/// Begins to hold the lock, shared with other services, and goes on until the task is aborted.
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
                sleep(SIGN_OF_LIFE).await;
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

/// Locks the database against services that begin, until the transaction ends. Answers whether none
/// is at work.
pub(crate) async fn alone(connection: &mut AsyncPgConnection) -> QueryResult<bool> {
    let lock = sql_query(format!("SELECT pg_try_advisory_xact_lock({KEY}) AS locked"));
    let Locked { locked } = lock.get_result(connection).await?;
    Ok(locked)
}
