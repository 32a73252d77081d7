//! New ids: UUIDv7 (RFC 9562), which sort by the time of their making.

use jiff::Timestamp;
use uuid::Uuid;

/// How many bits tell the time within a millisecond (RFC 9562, 6.2, method 3).
const FRACTION_BITS: u8 = 12;

/// An id of a moment: to the quarter of a microsecond by the time, then by chance. A moment before 1970 counts as
/// the first one of 1970.
///
/// ```
/// use fieldmark_domain::identity::new_id;
///
/// let earlier = new_id("2026-03-01T10:00:00Z".parse()?);
/// let later = new_id("2026-03-01T10:00:00.001Z".parse()?);
/// assert!(earlier < later);
/// # Ok::<(), fieldmark_domain::jiff::Error>(())
/// ```
#[must_use]
pub fn new_id(now: Timestamp) -> Uuid {
    let nanoseconds = u128::try_from(now.as_nanosecond()).unwrap_or_default();
    let fraction = ((nanoseconds % 1_000_000) << FRACTION_BITS) / 1_000_000;
    let seconds = u64::try_from(nanoseconds / 1_000_000_000).unwrap_or_default();
    let rest = u32::try_from(nanoseconds % 1_000_000_000).unwrap_or_default();
    Uuid::new_v7(uuid::Timestamp::from_unix_time(seconds, rest, fraction, FRACTION_BITS))
}

/// So many ids of one moment, in their order.
#[must_use]
pub fn new_ids(now: Timestamp, count: usize) -> Vec<Uuid> {
    let mut ids: Vec<Uuid> = (0..count).map(|_| new_id(now)).collect();
    ids.sort_unstable();
    ids
}

/// A number that nobody can foretell.
pub(crate) fn chance(now: Timestamp) -> u64 {
    // The last 62 bits of the id are chance; the first two of its second half are the variant.
    new_id(now).as_u64_pair().1 << 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_sort_by_time_and_never_repeat() {
        let moment = |text: &str| text.parse::<Timestamp>().unwrap();
        let first = new_id(moment("2026-03-01T10:00:00.000001Z"));
        let second = new_id(moment("2026-03-01T10:00:00.000002Z"));
        assert!(first < second && first.get_version_num() == 7, "{first} {second}");
        assert!(second < new_id(moment("2026-03-01T10:00:00.001Z")));
        assert_ne!(first, new_id(moment("2026-03-01T10:00:00.000001Z")));
        assert_eq!(
            new_id(moment("2026-03-01T10:00:00.25Z")).get_timestamp().unwrap().to_unix().0,
            1_772_359_200
        );
        assert!(new_ids(Timestamp::UNIX_EPOCH, 50).is_sorted());
        assert_ne!(chance(Timestamp::UNIX_EPOCH), chance(Timestamp::UNIX_EPOCH));
    }
}
