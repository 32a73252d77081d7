//! A temporary PostgreSQL server for tests: started by the test program, removed when the test
//! program ends.
//!
//! [`Cluster::shared`] serves all tests of one program, each with its own [`Schema`]; a test that
//! stops the database starts its own with [`Cluster::start`]. Knows the server's programs but no
//! driver. Tests that need PostgreSQL fail when the programs are missing; they are never skipped.

use std::path::PathBuf;
use std::sync::{Mutex, OnceLock, PoisonError};

mod programs;
mod schema;
mod supervisor;

pub use schema::Schema;

use programs::Programs;
use supervisor::Supervisor;

/// Why PostgreSQL is not available for tests.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ClusterError {
    /// The programs were not found.
    #[error("PostgreSQL's programs are neither in PATH nor in {}: run `cargo xtask test`, or `apt-get install postgresql`", .looked_in.display())]
    Missing {
        /// The folder of versions that was searched in addition to PATH.
        looked_in: PathBuf,
    },
    /// An operation failed.
    #[error("PostgreSQL failed to {operation}: {reason}")]
    Broken {
        /// The operation.
        operation: &'static str,
        /// The error.
        reason: String,
    },
}

/// A server with its files in a temporary folder and a socket there. When it is dropped, or the
/// program that started it ends for any reason, the server stops and the folder is removed.
#[derive(Debug)]
pub struct Cluster {
    programs: Programs,
    folder: String,
    supervisor: Mutex<Supervisor>,
}

impl Cluster {
    /// The cluster of this test program, started at the first call.
    ///
    /// # Errors
    /// [`ClusterError`], the same for all callers.
    pub fn shared() -> Result<&'static Self, ClusterError> {
        static SHARED: OnceLock<Result<Cluster, ClusterError>> = OnceLock::new();
        SHARED.get_or_init(Self::start).as_ref().map_err(Clone::clone)
    }

    /// Starts a separate cluster. Takes about a second.
    ///
    /// # Errors
    /// [`ClusterError`].
    pub fn start() -> Result<Self, ClusterError> {
        let programs = Programs::find()?;
        let (supervisor, folder) = Supervisor::start(&programs)?;
        let cluster = Self { programs, folder, supervisor: Mutex::new(supervisor) };
        cluster.resume()?;
        Ok(cluster)
    }

    /// Stops the server: its clients are disconnected, and no new ones can connect. Committed data
    /// stays.
    ///
    /// # Errors
    /// [`ClusterError::Broken`].
    pub fn stop(&self) -> Result<(), ClusterError> {
        self.ask("stop")
    }

    /// Starts the server after [`Self::stop`], at the same address, and returns when it answers.
    ///
    /// # Errors
    /// [`ClusterError::Broken`].
    pub fn resume(&self) -> Result<(), ClusterError> {
        self.ask("start")
    }

    /// A new, empty schema.
    ///
    /// # Errors
    /// [`ClusterError::Broken`].
    pub fn schema(&self) -> Result<Schema, ClusterError> {
        Schema::create(self.programs.clone(), self.url())
    }

    /// The address of the database `postgres` for its superuser.
    #[must_use]
    pub fn url(&self) -> String {
        format!("postgres://postgres@{}/postgres?sslmode=disable", self.folder.replace('/', "%2F"))
    }

    fn ask(&self, operation: &'static str) -> Result<(), ClusterError> {
        self.supervisor.lock().unwrap_or_else(PoisonError::into_inner).ask(operation)
    }
}

#[cfg(test)]
mod tests;
