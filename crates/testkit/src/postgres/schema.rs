//! A separate schema for each test.

use std::sync::atomic::{AtomicU32, Ordering};

use super::ClusterError;
use super::programs::Programs;

/// A schema. Dropping this value drops the schema with everything in it.
#[derive(Debug)]
pub struct Schema {
    programs: Programs,
    cluster: String,
    name: String,
}

impl Schema {
    pub(super) fn create(programs: Programs, cluster: String) -> Result<Self, ClusterError> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("test_{}", COUNT.fetch_add(1, Ordering::Relaxed));
        programs.execute(&cluster, &format!("CREATE SCHEMA {name}"))?;
        Ok(Self { programs, cluster, name })
    }

    /// The address of the database with this schema instead of `public`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("{}&options=-csearch_path%3D{}", self.cluster, self.name)
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl Drop for Schema {
    fn drop(&mut self) {
        // A test may have stopped the server. Its files are removed anyway.
        let _dropped = self.programs.execute(&self.cluster, &format!("DROP SCHEMA {} CASCADE", self.name));
    }
}
