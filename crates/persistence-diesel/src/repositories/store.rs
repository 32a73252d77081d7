//! The way to the database: a bounded pool of connections, and work on one of them from beginning to end.
//!
//! Work that is given up in the middle, because its future is dropped, takes its connection with it: the connection is
//! closed, whereby the database rolls back what was begun, and is never lent again. Knows no table.

use std::sync::Arc;
use std::time::Duration;

use diesel::result::QueryResult;
use diesel_async::async_connection_wrapper::AsyncConnectionWrapper;
use diesel_async::pooled_connection::deadpool::{Object, Pool, PoolError};
use diesel_async::pooled_connection::{AsyncDieselConnectionManager, ManagerConfig, PoolableConnection as _};
use diesel_async::pooled_connection::{RecyclingMethod, SetupCallback};
use diesel_async::{AsyncConnection, TransactionManager as _};
use fieldmark_domain::ports::RepositoryError;
use tokio::sync::{Mutex, OwnedMutexGuard};
use tokio::time::timeout;

use super::super::{Connection, Home, dialect};
use crate::access::Access;
use crate::database::{Connections, DatabaseOptions};
use crate::faults::{Fault, of_connecting, refusal};
use crate::signals::SharedSignals;

/// The statements of one transaction: a closure over its connection, whose future may move between
/// threads. Closures cannot say so of themselves, which is why this trait names their future.
pub(crate) trait Statements<'c, T>: FnOnce(&'c mut Connection) -> Self::Running {
    /// The future.
    type Running: Future<Output = Result<T, Fault>> + Send;
}

impl<'c, T, F, R> Statements<'c, T> for F
where
    F: FnOnce(&'c mut Connection) -> R,
    R: Future<Output = Result<T, Fault>> + Send,
{
    type Running = R;
}

type Transactions = <Connection as AsyncConnection>::TransactionManager;

/// A pool of connections to one database.
#[derive(Clone)]
pub(crate) struct Store {
    pool: Pool<Connection>,
    patience: Duration,
    /// Where only one can write at a time, writers of this process wait here, in the order in which they came.
    turns: Option<Arc<Mutex<()>>>,
    signals: Arc<SharedSignals>,
    home: Arc<Home>,
}

impl Store {
    /// A pool of connections that are set up by `establish`, none of them there yet.
    pub(crate) fn new(
        options: &DatabaseOptions,
        establish: SetupCallback<Connection>,
        signals: SharedSignals,
        home: Arc<Home>,
    ) -> Result<Self, RepositoryError> {
        let mut config = ManagerConfig::default();
        config.custom_setup = establish;
        // Broken connections are told without a question to the server, and one that fails is not lent again.
        config.recycling_method = RecyclingMethod::Fast;
        let manager = AsyncDieselConnectionManager::new_with_config(String::new(), config);
        let size = usize::try_from(options.max_connections.max(1)).unwrap_or(usize::MAX);
        let pool = Pool::builder(manager).max_size(size).build();
        let pool = pool.map_err(|error| RepositoryError::Failed { reason: error.to_string() })?;
        let turns = dialect::ONE_WRITER_AT_A_TIME.then(Arc::default);
        Ok(Self { pool, patience: options.acquire_timeout, turns, signals: Arc::new(signals), home })
    }

    /// What is told of its changes.
    pub(crate) fn signals(&self) -> &SharedSignals {
        &self.signals
    }

    /// Where the database is.
    pub(crate) fn home(&self) -> &Home {
        &self.home
    }

    /// Opens connections until there are so many, which then stay until they break.
    pub(crate) async fn warm_up(&self, count: u32) -> Result<(), RepositoryError> {
        let mut open = Vec::new();
        for _ in 0..count {
            open.push(self.lend().await?);
        }
        Ok(())
    }

    /// How the connections are used.
    pub(crate) fn connections(&self) -> Connections {
        let status = self.pool.status();
        let busy = status.size.saturating_sub(status.available);
        Connections { busy, idle: status.available, waiting: status.waiting }
    }

    /// Runs statements in one transaction, which is committed when they succeed and rolled back
    /// when they do not.
    pub(crate) async fn run<T, F>(&self, access: Access, statements: F) -> Result<T, RepositoryError>
    where
        F: for<'c> AsyncFnOnce(&'c mut Connection) -> Result<T, Fault> + for<'c> Statements<'c, T> + Send,
    {
        let mut work = self.begin(access).await?;
        let outcome = statements(work.connection()?).await;
        work.end(outcome).await
    }

    /// The same, with `None` where the statements find that something is not there.
    pub(crate) async fn run_if_there<T, F>(
        &self,
        access: Access,
        statements: F,
    ) -> Result<Option<T>, RepositoryError>
    where
        F: for<'c> AsyncFnOnce(&'c mut Connection) -> Result<T, Fault> + for<'c> Statements<'c, T> + Send,
    {
        let mut work = self.begin(access).await?;
        let outcome = statements(work.connection()?).await;
        work.end_if_there(outcome).await
    }

    /// Runs a transaction that makes room, and again with the reserve's room when the disk is full.
    pub(crate) async fn with_reserve<T, Attempt>(
        &self,
        attempt: impl Fn() -> Attempt + Send + Sync,
    ) -> Result<T, RepositoryError>
    where
        Attempt: Future<Output = Result<T, RepositoryError>> + Send,
    {
        match attempt().await {
            Err(RepositoryError::OutOfSpace) if dialect::spend_reserve(&self.home) => attempt().await,
            answer => answer,
        }
    }

    /// Begins work. Nothing is written to a file that has lost its name, and nothing new is kept
    /// without the room that erasing needs.
    pub(crate) async fn begin(&self, access: Access) -> Result<Work, RepositoryError> {
        if access == Access::Keep {
            dialect::check_room(&self.home)?;
        }
        let turn = match &self.turns {
            Some(turns) if access.writes() => Some(self.in_time(turns.clone().lock_owned()).await?),
            _ => None,
        };
        let lent = Some(self.lend().await?);
        if access.writes() {
            dialect::check_place(&self.home)?;
        }
        let mut work = Work { lent, access, turn };
        dialect::begin(work.connection()?, access).await.map_err(|error| refusal(&error))?;
        Ok(work)
    }

    async fn lend(&self) -> Result<Object<Connection>, RepositoryError> {
        match self.lent().await {
            // The first connection to a file makes files beside it, without which nothing can be erased.
            Err(RepositoryError::OutOfSpace) if dialect::spend_reserve(&self.home) => self.lent().await,
            lent => lent,
        }
    }

    async fn lent(&self) -> Result<Object<Connection>, RepositoryError> {
        self.in_time(self.pool.get()).await?.map_err(|error| match error {
            PoolError::Backend(error) => of_connecting(error.to_string()),
            other => RepositoryError::Failed { reason: other.to_string() },
        })
    }

    async fn in_time<T>(&self, wait: impl Future<Output = T>) -> Result<T, RepositoryError> {
        timeout(self.patience, wait).await.map_err(|_| {
            let reason = format!("no connection to it was free for {} s", self.patience.as_secs_f32());
            RepositoryError::Unavailable { reason }
        })
    }
}

/// Work on a connection, which is the work's alone until it ends.
pub(crate) struct Work {
    lent: Option<Object<Connection>>,
    access: Access,
    turn: Option<OwnedMutexGuard<()>>,
}

impl Work {
    /// The connection.
    pub(crate) fn connection(&mut self) -> Result<&mut Connection, RepositoryError> {
        let lent = self.lent.as_deref_mut();
        lent.ok_or_else(|| RepositoryError::Failed { reason: "the work has ended".to_owned() })
    }

    /// Commits what was done, or rolls it back when it was broken off.
    pub(crate) async fn end<T>(mut self, outcome: Result<T, Fault>) -> Result<T, RepositoryError> {
        match outcome {
            Ok(value) => {
                self.commit().await.map_err(|error| refusal(&error))?;
                self.give_back();
                Ok(value)
            }
            Err(fault) => {
                let is_whole = self.roll_back().await.is_ok();
                if is_whole {
                    self.give_back();
                }
                Err(match fault.into_error() {
                    // Whatever the server said, it is gone.
                    RepositoryError::Failed { reason } if !is_whole => {
                        RepositoryError::Unavailable { reason }
                    }
                    error => error,
                })
            }
        }
    }

    /// The same, with `None` for what is not there.
    async fn end_if_there<T>(self, outcome: Result<T, Fault>) -> Result<Option<T>, RepositoryError> {
        if matches!(outcome, Err(Fault::Absent)) {
            let _nothing = self.end(outcome).await;
            return Ok(None);
        }
        self.end(outcome).await.map(Some)
    }

    /// Lets synchronous code have the connection, in a thread where it may wait.
    pub(crate) async fn in_thread<T: Send + 'static>(
        &mut self,
        task: impl FnOnce(&mut AsyncConnectionWrapper<Object<Connection>>) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Fault> {
        let Some(lent) = self.lent.take() else { return Err(Fault::broken("the work has ended")) };
        let thread = tokio::task::spawn_blocking(move || {
            let mut connection = AsyncConnectionWrapper::from(lent);
            let outcome = task(&mut connection);
            (connection.into_inner(), outcome)
        });
        let (lent, outcome) = thread.await.map_err(Fault::broken)?;
        self.lent = Some(lent);
        outcome
    }

    async fn commit(&mut self) -> QueryResult<()> {
        match self.lent.as_deref_mut() {
            Some(connection) if !self.access.is_one_statement() => {
                Transactions::commit_transaction(connection).await
            }
            _ => Ok(()),
        }
    }

    async fn roll_back(&mut self) -> QueryResult<()> {
        let Some(connection) = self.lent.as_deref_mut() else { return Ok(()) };
        if !self.access.is_one_statement() {
            return Transactions::rollback_transaction(connection).await;
        }
        if connection.is_broken() { Err(diesel::result::Error::BrokenTransactionManager) } else { Ok(()) }
    }

    fn give_back(mut self) {
        drop(self.lent.take());
        drop(self.turn.take());
    }
}

impl Drop for Work {
    fn drop(&mut self) {
        if let Some(lent) = self.lent.take() {
            drop(Object::take(lent));
        }
    }
}
