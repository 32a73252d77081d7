//! A length of time as people write it: `20s`, `1m 30s`, `500ms`, or a bare number of seconds.

use std::fmt;
use std::time::Duration;

use jiff::SignedDuration;
use serde::de::{Error, Visitor};
use serde::{Deserializer, Serializer};

/// Writes a duration as `20s`.
pub fn serialize<S: Serializer>(duration: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
    let signed = SignedDuration::try_from(*duration).map_err(serde::ser::Error::custom)?;
    serializer.collect_str(&format_args!("{signed:#}"))
}

/// Reads a duration of either notation; negative ones are refused.
pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Duration, D::Error> {
    deserializer.deserialize_any(DurationVisitor)
}

struct DurationVisitor;

impl Visitor<'_> for DurationVisitor {
    type Value = Duration;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a duration such as \"20s\" or a number of seconds")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Duration, E> {
        let duration: SignedDuration = text
            .parse()
            .map_err(|_| E::custom(format!("`{text}` is not a duration such as \"20s\" or \"1m 30s\"")))?;
        Duration::try_from(duration).map_err(|_| E::custom(format!("`{text}` is negative")))
    }

    fn visit_u64<E: Error>(self, seconds: u64) -> Result<Duration, E> {
        Ok(Duration::from_secs(seconds))
    }

    fn visit_i64<E: Error>(self, seconds: i64) -> Result<Duration, E> {
        u64::try_from(seconds)
            .map(Duration::from_secs)
            .map_err(|_| E::custom(format!("{seconds} s is negative")))
    }

    fn visit_f64<E: Error>(self, seconds: f64) -> Result<Duration, E> {
        Duration::try_from_secs_f64(seconds).map_err(|error| E::custom(error.to_string()))
    }
}
