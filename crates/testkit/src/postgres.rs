//! An ephemeral PostgreSQL for tests: made by the test program, gone when the test program is.
//!
//! [`Cluster::shared`] serves all tests of one program, each with a [`Schema`] of its own; a test that stops the
//! database takes a [`Cluster::start`] of its own. Knows the server's programs and no driver. Tests that need it fail
//! when the programs are missing; they are never skipped.

use std::path::PathBuf;
use std::sync::{Mutex, OnceLock, PoisonError};

mod programs;
mod schema;
mod supervisor;

pub use schema::Schema;

use programs::Programs;
use supervisor::Supervisor;

/// Why there is no PostgreSQL to test with.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ClusterError {
    /// Its programs are nowhere.
    #[error("PostgreSQL's programs are neither in PATH nor in {}: run `cargo xtask test`, or `apt-get install postgresql`", .looked_in.display())]
    Missing {
        /// Where versions of it are looked for, beside PATH.
        looked_in: PathBuf,
    },
    /// It is there and does not do what it should.
    #[error("PostgreSQL does not {wish}: {reason}")]
    Broken {
        /// What it should have done.
        wish: &'static str,
        /// What came instead.
        reason: String,
    },
}

/// A server with its files in a temporary folder, reached through a socket there. When it is dropped, or the
/// program that started it ends in whatever way, the server stops and the folder goes.
#[derive(Debug)]
pub struct Cluster {
    programs: Programs,
    folder: String,
    supervisor: Mutex<Supervisor>,
}

impl Cluster {
    /// The cluster of this test program, started by whoever asks first.
    ///
    /// # Errors
    /// [`ClusterError`], the same to all who ask.
    pub fn shared() -> Result<&'static Self, ClusterError> {
        static SHARED: OnceLock<Result<Cluster, ClusterError>> = OnceLock::new();
        SHARED.get_or_init(Self::start).as_ref().map_err(Clone::clone)
    }

    /// A cluster of one's own. Takes about a second.
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

    /// Stops the server: its clients are thrown out, and nobody can connect. What is committed stays.
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

    fn ask(&self, wish: &'static str) -> Result<(), ClusterError> {
        self.supervisor.lock().unwrap_or_else(PoisonError::into_inner).ask(wish)
    }
}

#[cfg(test)]
mod tests;
