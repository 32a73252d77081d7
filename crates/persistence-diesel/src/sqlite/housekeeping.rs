//! Maintenance of a database's file: empties the log after an erasure, returns free pages to the
//! disk, removes copies of erased rows, and checks that the file on the disk is a database.

use std::time::Duration;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer, Text};
use diesel::{QueryableByName, SqliteConnection, sql_query};
use diesel_async::{RunQueryDsl, SimpleAsyncConnection as _};
use fieldmark_domain::ports::RepositoryError;

use super::connection::address;
use super::dialect::ERASURE;
use super::{Connection, Store};
use crate::access::Access;
use crate::database::{Inspection, Rewriting};
use crate::faults::Fault;
use crate::schema::upkeep;
use crate::types::Moment;

/// How long emptying the log waits for readers, in milliseconds. Writing is blocked meanwhile.
const WAIT_FOR_READERS: i32 = 500;
/// How many free pages are returned to the disk at once: 4 MiB.
const PAGES_AT_ONCE: u32 = 1024;
/// Maximum size of a file that is rewritten during operation, in bytes: writing is blocked
/// meanwhile, for some seconds.
const MAX_REWRITTEN_BYTES: i64 = 64 * 1024 * 1024;
/// Maximum size of a file that is checked as a whole, in bytes.
const MAX_INSPECTED_BYTES: i64 = 2 * 1024 * 1024 * 1024;
/// The pauses before each attempt to read the file, because a checkpoint may be writing it.
const READ_PAUSES: [Duration; 3] = [Duration::ZERO, Duration::from_millis(30), Duration::from_millis(100)];

/// How long a session waits for a lock, in milliseconds.
#[derive(QueryableByName)]
struct Patience {
    #[diesel(sql_type = Integer)]
    timeout: i32,
}

/// The result of a checkpoint.
#[derive(QueryableByName)]
struct Checkpoint {
    #[diesel(sql_type = Integer)]
    busy: i32,
}

/// The size of a file and its pages.
#[derive(QueryableByName)]
struct Shape {
    #[diesel(sql_type = BigInt)]
    bytes: i64,
    #[diesel(sql_type = BigInt)]
    free_pages: i64,
    /// 0 for a file that keeps its free pages until it is rewritten.
    #[diesel(sql_type = BigInt)]
    auto_vacuum: i64,
}

/// The first fault found by SQLite's own check, or `ok`.
#[derive(QueryableByName)]
struct Verdict {
    #[diesel(sql_type = Text)]
    quick_check: String,
}

impl Store {
    /// Empties the write-ahead log, which contains old states of pages. Active readers may prevent
    /// it; [`Self::keep_up`] tries again.
    pub(crate) async fn empty_log(&self) {
        match self.try_to_empty_log().await {
            Ok(true) => {}
            Ok(false) => tracing::info!("readers keep the database's log; it is emptied later"),
            Err(error) => tracing::warn!("the database's log is not emptied: {error}"),
        }
    }

    async fn try_to_empty_log(&self) -> Result<bool, RepositoryError> {
        self.run(Access::OneChange, async |connection| emptied(connection).await).await
    }

    /// The periodic maintenance, a bounded part of it.
    pub(crate) async fn keep_up(&self) -> Result<Rewriting, RepositoryError> {
        self.home().make_reserve();
        // First the steps that need no disk space.
        self.empty_log().await;
        self.give_pages_back().await?;
        self.forget_erased(MAX_REWRITTEN_BYTES).await
    }

    async fn give_pages_back(&self) -> Result<(), RepositoryError> {
        self.run(Access::OneChange, async |connection| {
            let shape = shape(connection).await?;
            if shape.free_pages > 0 && shape.auto_vacuum != 0 {
                let vacuum = format!("PRAGMA incremental_vacuum({PAGES_AT_ONCE})");
                connection.batch_execute(&vacuum).await?;
            }
            Ok(())
        })
        .await
    }

    /// Rewrites the file if something was erased since the last rewriting and the file has at most
    /// `largest` bytes.
    pub(crate) async fn forget_erased(&self, largest: i64) -> Result<Rewriting, RepositoryError> {
        let last = self.run(Access::OneStatement, async |connection| {
            let last = upkeep::table.filter(upkeep::name.eq(ERASURE)).select(upkeep::moment);
            Ok(last.first::<Moment>(connection).await.optional()?)
        });
        let Some(last) = last.await? else { return Ok(Rewriting::NotNeeded) };
        let shape = self.shape().await?;
        if shape.bytes > largest {
            return Ok(Rewriting::TooLarge { bytes: shape.bytes });
        }
        self.rewrite(shape.bytes).await?;
        // What was erased meanwhile has a later moment.
        let forget = self.run(Access::OneChange, async |connection| {
            let done = upkeep::table.filter(upkeep::name.eq(ERASURE)).filter(upkeep::moment.eq(last));
            Ok(diesel::delete(done).execute(connection).await?)
        });
        forget.await?;
        self.empty_log().await;
        Ok(Rewriting::Done)
    }

    /// Rewrites a file from a version that did not return pages or overwrite deleted rows.
    pub(crate) async fn modernise(&self) -> Result<bool, RepositoryError> {
        let shape = self.shape().await?;
        let is_old = shape.auto_vacuum == 0;
        if is_old {
            self.rewrite(shape.bytes).await?;
            self.empty_log().await;
        }
        Ok(is_old)
    }

    /// Rewrites the whole file of `bytes` bytes with only the existing rows: first to memory, or
    /// for a large file to an unnamed file in SQLite's temporary folder (`SQLITE_TMPDIR`,
    /// `/var/tmp`), then to the log, then in place.
    async fn rewrite(&self, bytes: i64) -> Result<(), RepositoryError> {
        self.home().check_room_for(u64::try_from(bytes).unwrap_or(0).saturating_mul(2))?;
        self.run(Access::OneChange, async |connection| {
            rewritten(connection, bytes <= MAX_REWRITTEN_BYTES).await
        })
        .await
    }

    async fn shape(&self) -> Result<Shape, RepositoryError> {
        self.run(Access::OneStatement, async |connection| shape(connection).await).await
    }

    /// Checks the whole file, unless it is very large.
    pub(crate) async fn inspect(&self) -> Result<Inspection, RepositoryError> {
        let Shape { bytes, auto_vacuum, .. } = self.shape().await?;
        if bytes > MAX_INSPECTED_BYTES {
            return Ok(Inspection::TooLarge { bytes });
        }
        let checked = self.run(Access::OneStatement, async |connection| {
            Ok(sql_query("PRAGMA quick_check(1)").get_result::<Verdict>(connection).await?)
        });
        let Verdict { quick_check } = checked.await?;
        Ok(match quick_check.as_str() {
            "ok" if auto_vacuum == 0 => Inspection::Outdated,
            "ok" => Inspection::Sound,
            _ => Inspection::Damaged { what: quick_check },
        })
    }

    /// Checks that the file on the disk is a database of the size that it declares. Sessions read
    /// pages that are cached in memory; this reads the file itself, without the log, in a session
    /// that takes no lock.
    pub(crate) async fn check_disk(&self) -> Result<(), RepositoryError> {
        let file = self.home();
        file.check_size()?;
        let address = address(file.path(), "mode=ro&immutable=1");
        let mut outcome = Ok(());
        for pause in READ_PAUSES {
            tokio::time::sleep(pause).await;
            let address = address.clone();
            let looking = tokio::task::spawn_blocking(move || look_at_file(&address)).await;
            outcome = looking.unwrap_or_else(|error| Err(error.to_string()));
            if outcome.is_ok() {
                break;
            }
        }
        outcome.map_err(|reason| {
            let reason = format!("the file {} is damaged: {reason}", file.path().display());
            RepositoryError::Failed { reason }
        })
    }
}

async fn rewritten(connection: &mut Connection, in_memory: bool) -> Result<(), Fault> {
    let place = |name| format!("PRAGMA temp_store = {name}");
    if in_memory {
        connection.batch_execute(&place("MEMORY")).await?;
    }
    let outcome = connection.batch_execute("VACUUM").await;
    connection.batch_execute(&place("DEFAULT")).await?;
    Ok(outcome?)
}

/// Whether the log is empty now.
async fn emptied(connection: &mut Connection) -> Result<bool, Fault> {
    let waiting = |milliseconds| format!("PRAGMA busy_timeout = {milliseconds}");
    let Patience { timeout } = sql_query("PRAGMA busy_timeout").get_result(connection).await?;
    connection.batch_execute(&waiting(WAIT_FOR_READERS)).await?;
    let checkpoint = sql_query("PRAGMA wal_checkpoint(TRUNCATE)").get_result::<Checkpoint>(connection).await;
    connection.batch_execute(&waiting(timeout)).await?;
    Ok(checkpoint?.busy == 0)
}

async fn shape(connection: &mut Connection) -> Result<Shape, Fault> {
    let measures = "SELECT page_count * page_size AS bytes, freelist_count AS free_pages, auto_vacuum \
         FROM pragma_page_count, pragma_page_size, pragma_freelist_count, pragma_auto_vacuum";
    Ok(sql_query(measures).get_result(connection).await?)
}

fn look_at_file(address: &str) -> Result<(), String> {
    let mut session =
        <SqliteConnection as diesel::Connection>::establish(address).map_err(|error| error.to_string())?;
    let tables = diesel::RunQueryDsl::execute(sql_query("SELECT count(*) FROM sqlite_schema"), &mut session);
    tables.map(|_| ()).map_err(|error| error.to_string())
}
