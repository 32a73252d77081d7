//! Moments: `timestamptz` on PostgreSQL; on SQLite microseconds since 1970 as an integer, which
//! sorts by time.

use std::io::Write as _;

use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::expression::AsExpression;
use diesel::pg::{Pg, PgValue};
use diesel::query_builder::QueryId;
use diesel::serialize::{self, IsNull, Output, ToSql};
use diesel::sql_types::{BigInt, SqlType};
use diesel::sqlite::{Sqlite, SqliteValue};
use jiff::Timestamp;

/// Microseconds from 1970-01-01 to 2000-01-01, PostgreSQL's epoch.
const POSTGRES_EPOCH: i64 = 946_684_800_000_000;

/// The SQL type of a column with a moment.
#[derive(Debug, Clone, Copy, SqlType, QueryId)]
#[diesel(postgres_type(oid = 1184, array_oid = 1185))]
#[diesel(sqlite_type(name = "Long"))]
pub struct Instant;

/// A moment as it is stored, truncated to microseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, AsExpression, FromSqlRow)]
#[diesel(sql_type = Instant)]
pub struct Moment(i64);

impl From<Timestamp> for Moment {
    fn from(moment: Timestamp) -> Self {
        Self(moment.as_microsecond())
    }
}

impl From<Moment> for Timestamp {
    /// PostgreSQL can store moments outside the range of a timestamp; this program never writes
    /// one.
    fn from(moment: Moment) -> Self {
        let nearest = if moment.0 < 0 { Self::MIN } else { Self::MAX };
        Self::from_microsecond(moment.0).unwrap_or(nearest)
    }
}

impl ToSql<Instant, Pg> for Moment {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        out.write_all(&(self.0 - POSTGRES_EPOCH).to_be_bytes())?;
        Ok(IsNull::No)
    }
}

impl FromSql<Instant, Pg> for Moment {
    fn from_sql(value: PgValue<'_>) -> deserialize::Result<Self> {
        let since_epoch = i64::from_be_bytes(value.as_bytes().try_into()?);
        Ok(Self(since_epoch.saturating_add(POSTGRES_EPOCH)))
    }
}

impl ToSql<Instant, Sqlite> for Moment {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
        out.set_value(self.0);
        Ok(IsNull::No)
    }
}

impl FromSql<Instant, Sqlite> for Moment {
    fn from_sql(value: SqliteValue<'_, '_, '_>) -> deserialize::Result<Self> {
        Ok(Self(<i64 as FromSql<BigInt, Sqlite>>::from_sql(value)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_kept_to_the_microsecond() {
        let moment: Timestamp = "2026-11-21T14:03:29.123456789Z".parse().unwrap();
        let kept: Timestamp = Moment::from(moment).into();
        assert_eq!(kept.to_string(), "2026-11-21T14:03:29.123456Z");
        assert_eq!(Timestamp::from(Moment::from(kept)), kept);
    }
}
