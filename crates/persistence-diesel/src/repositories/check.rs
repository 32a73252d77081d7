//! Whether the database can be used now.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use fieldmark_domain::ports::RepositoryError;
use jiff::Timestamp;

use super::super::Connection;
use super::store::Store;
use crate::access::Access;
use crate::faults::Fault;
use crate::schema::{jobs, upkeep};
use crate::types::{Id, Moment};

/// The row that is written and read back.
const READINESS: &str = "readiness";

impl Store {
    /// Writes a row and reads it back, as far as there is room, and reads a table: a database that
    /// answers may be one that cannot write. Whose the jobs are does not matter, because nothing of
    /// them is answered.
    pub(crate) async fn check(&self, now: Timestamp) -> Result<(), RepositoryError> {
        self.run(Access::Keep, async |connection| write_and_read(connection, now).await).await?;
        self.check_disk().await
    }
}

async fn write_and_read(connection: &mut Connection, now: Timestamp) -> Result<(), Fault> {
    let moment = Moment::from(now);
    let _first: Option<Id> = jobs::table.select(jobs::id).first(connection).await.optional()?;
    diesel::insert_into(upkeep::table)
        .values((upkeep::name.eq(READINESS), upkeep::moment.eq(moment)))
        .on_conflict(upkeep::name)
        .do_update()
        .set(upkeep::moment.eq(moment))
        .execute(connection)
        .await?;
    let written = upkeep::table.filter(upkeep::name.eq(READINESS)).select(upkeep::moment);
    let read: Moment = written.first(connection).await?;
    if read == moment { Ok(()) } else { Err(Fault::broken("a row that was written reads otherwise")) }
}
