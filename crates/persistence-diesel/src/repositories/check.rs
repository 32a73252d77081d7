//! Whether the database can be used now.

use diesel::dsl::exists;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use fieldmark_domain::ports::RepositoryError;

use super::store::Store;
use crate::access::Access;
use crate::faults::Fault;
use crate::schema::jobs;

impl Store {
    /// Asks for something that it has to read from a table: SQLite would answer a sum without its file. Whose the row
    /// is does not matter, because nothing of it is told.
    pub(crate) async fn check(&self) -> Result<(), RepositoryError> {
        let mut work = self.begin(Access::OneStatement).await?;
        let outcome =
            diesel::select(exists(jobs::table.select(jobs::id))).get_result::<bool>(work.connection()?).await;
        work.end(outcome.map(|_any| ()).map_err(Fault::from)).await
    }
}
