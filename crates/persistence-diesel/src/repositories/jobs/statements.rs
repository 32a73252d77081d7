//! The statements about jobs.

use diesel::prelude::*;
use diesel::result::QueryResult;
use diesel_async::RunQueryDsl;
use fieldmark_domain::job::{JobId, JobQuery, JobStatus, Lease};
use fieldmark_domain::ports::Claim;
use fieldmark_domain::scope::Scope;
use jiff::Timestamp;

use super::super::super::{Connection, dialect};
use super::super::scoped::{self, permits};
use crate::rows::job::JobRow;
use crate::schema::jobs;
use crate::types::{Id, Moment};

/// One statement, so that nobody takes the job between looking and taking. It skips jobs that others are taking.
pub(super) async fn claim(
    connection: &mut Connection,
    scope: &Scope,
    claim: &Claim,
) -> QueryResult<Option<JobRow>> {
    let waiting = diesel::alias!(jobs as waiting);
    let next = waiting
        .filter(waiting.field(jobs::status).eq(JobStatus::Queued.name()))
        .filter(waiting.field(jobs::run_at).le(Moment::from(claim.now)))
        .filter(permits(scope, waiting.field(jobs::owner_id)))
        .order((waiting.field(jobs::priority).desc(), waiting.field(jobs::run_at), waiting.field(jobs::id)))
        .select(waiting.field(jobs::id));
    let next = dialect::skipping_locked!(next).single_value();
    diesel::update(jobs::table.filter(jobs::id.nullable().eq(next)))
        .set((
            jobs::status.eq(JobStatus::Running.name()),
            jobs::attempts.eq(jobs::attempts + 1),
            jobs::progress.eq(0.0),
            jobs::worker.eq(&claim.worker),
            jobs::lease_token.eq(Id(claim.token)),
            jobs::lease_until.eq(Moment::from(claim.until)),
            jobs::started_at.eq(Moment::from(claim.now)),
        ))
        .returning(JobRow::as_returning())
        .get_result(connection)
        .await
        .optional()
}

/// Whether the job shall end; nothing when the lease is lost.
pub(super) async fn renew(
    connection: &mut Connection,
    scope: &Scope,
    lease: &Lease,
    until: Timestamp,
    progress: f32,
) -> QueryResult<Option<bool>> {
    let held = jobs::table
        .filter(jobs::id.eq(Id(lease.job.0)))
        .filter(jobs::lease_token.eq(Id(lease.token)))
        .filter(jobs::status.eq(JobStatus::Running.name()))
        .filter(permits(scope, jobs::owner_id));
    diesel::update(held)
        .set((jobs::lease_until.eq(Moment::from(until)), jobs::progress.eq(progress)))
        .returning(jobs::cancel_requested)
        .get_result(connection)
        .await
        .optional()
}

/// A job that nobody else changes until the transaction ends.
pub(crate) async fn lock(
    connection: &mut Connection,
    scope: &Scope,
    id: JobId,
) -> QueryResult<Option<JobRow>> {
    let job = jobs::table.filter(jobs::id.eq(Id(id.0))).filter(permits(scope, jobs::owner_id));
    dialect::locked!(job.select(JobRow::as_select())).first(connection).await.optional()
}

/// Makes a job's row what it is here.
pub(crate) async fn write(connection: &mut Connection, row: &JobRow) -> QueryResult<()> {
    diesel::update(row).set(row).execute(connection).await.map(|_| ())
}

pub(super) async fn lost(
    connection: &mut Connection,
    scope: &Scope,
    before: Timestamp,
    limit: u32,
) -> QueryResult<Vec<JobRow>> {
    jobs::table
        .filter(permits(scope, jobs::owner_id))
        .filter(jobs::status.eq(JobStatus::Running.name()))
        .filter(jobs::lease_until.lt(Moment::from(before)))
        .order((jobs::lease_until, jobs::id))
        .limit(i64::from(limit))
        .select(JobRow::as_select())
        .load(connection)
        .await
}

pub(super) async fn find(
    connection: &mut Connection,
    scope: &Scope,
    id: JobId,
) -> QueryResult<Option<JobRow>> {
    let found = jobs::table.filter(jobs::id.eq(Id(id.0))).filter(permits(scope, jobs::owner_id));
    found.select(JobRow::as_select()).first(connection).await.optional()
}

/// A part of those that fit, and how many fit, wherever the part begins; how many it has where that does not matter.
pub(super) async fn list(
    connection: &mut Connection,
    scope: &Scope,
    query: &JobQuery,
) -> QueryResult<(Vec<JobRow>, i64)> {
    let total = match query.without_total {
        true => None,
        false => Some(fitting(scope, query).count().get_result(connection).await?),
    };
    let items: Vec<JobRow> = following(fitting(scope, query), query)
        .order((jobs::created_at.desc(), jobs::id.desc()))
        .limit(i64::from(query.window.limit))
        .offset(i64::try_from(query.window.offset).unwrap_or(i64::MAX))
        .select(JobRow::as_select())
        .load(connection)
        .await?;
    let count = i64::try_from(items.len()).unwrap_or(i64::MAX);
    Ok((items, total.unwrap_or(count)))
}

/// Those that come after the place from which the query goes on.
fn following(
    found: jobs::BoxedQuery<'static, scoped::Backend>,
    query: &JobQuery,
) -> jobs::BoxedQuery<'static, scoped::Backend> {
    let Some((moment, id)) = query.after else { return found };
    let (moment, id) = (Moment::from(moment), Id(id.0));
    found.filter(jobs::created_at.le(moment)).filter(jobs::created_at.lt(moment).or(jobs::id.lt(id)))
}

/// How many there are of each status that there is.
pub(super) async fn counts(connection: &mut Connection, scope: &Scope) -> QueryResult<Vec<(String, i64)>> {
    jobs::table
        .filter(permits(scope, jobs::owner_id))
        .group_by(jobs::status)
        .select((jobs::status, diesel::dsl::count_star()))
        .load(connection)
        .await
}

fn fitting(scope: &Scope, query: &JobQuery) -> jobs::BoxedQuery<'static, scoped::Backend> {
    let mut fitting = scoped::jobs(scope);
    if !query.statuses.is_empty() {
        let names: Vec<&'static str> = query.statuses.iter().map(|status| status.name()).collect();
        fitting = fitting.filter(jobs::status.eq_any(names));
    }
    if let Some(document) = query.document {
        fitting = fitting.filter(jobs::document_id.eq(Id(document.0)));
    }
    fitting
}
