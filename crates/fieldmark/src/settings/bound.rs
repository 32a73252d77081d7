//! The ranges of settings: checked, and named in the messages and in `docs/settings.md`.

use std::fmt;
use std::time::Duration;

use super::Unacceptable;

/// The values that a setting accepts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Bound {
    /// From the first to the second, both included.
    Between(f64, f64),
    /// More than 0.
    AboveZero,
    /// This number or more.
    AtLeast(u32),
    /// A duration of so many seconds or more.
    AtLeastSeconds(u32),
}

impl fmt::Display for Bound {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Between(least, most) => write!(formatter, "{least} to {most}"),
            Self::AboveZero => formatter.write_str("above 0"),
            Self::AtLeast(least) => write!(formatter, "at least {least}"),
            Self::AtLeastSeconds(least) => write!(formatter, "at least {least}s"),
        }
    }
}

impl Bound {
    /// Whether a value is within the range. One that is not set always is.
    ///
    /// # Errors
    /// A sentence with the range, under the name of the key.
    pub fn check(self, key: &str, value: &impl Measured) -> Result<(), Unacceptable> {
        let is_within = value.measured().is_none_or(|size| match self {
            Self::Between(least, most) => (least..=most).contains(&size),
            Self::AboveZero => size > 0.0,
            Self::AtLeast(least) | Self::AtLeastSeconds(least) => size >= f64::from(least),
        });
        if is_within { Ok(()) } else { Err(Unacceptable::new(key, format!("must be {self}"))) }
    }
}

/// A value with a size: a number, or a duration in seconds.
pub trait Measured {
    /// The size; `None` if the value is not set.
    fn measured(&self) -> Option<f64>;
}

macro_rules! measured {
    ($($type:ty),+) => {
        $(impl Measured for $type {
            fn measured(&self) -> Option<f64> {
                Some(*self as f64)
            }
        })+
    };
}

measured!(u32, u64, usize);

/// A float of fewer digits keeps them: 0.995 is not 0.99500000477.
impl Measured for f32 {
    fn measured(&self) -> Option<f64> {
        self.to_string().parse().ok()
    }
}

impl Measured for Duration {
    fn measured(&self) -> Option<f64> {
        Some(self.as_secs_f64())
    }
}

impl<T: Measured> Measured for Option<T> {
    fn measured(&self) -> Option<f64> {
        self.as_ref().and_then(Measured::measured)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(bound: Bound, value: &impl Measured) -> Option<String> {
        bound.check("x.y", value).err().map(|refused| refused.to_string())
    }

    #[test]
    fn a_value_out_of_its_range_is_refused_with_the_range() {
        let count = Bound::Between(1.0, 256.0);
        assert_eq!(refusal(count, &256_usize), None);
        assert_eq!(refusal(count, &257_usize).as_deref(), Some("`x.y` must be 1 to 256"));
        assert_eq!(refusal(count, &Some(0_u32)).as_deref(), Some("`x.y` must be 1 to 256"));
        assert_eq!(refusal(count, &None::<u64>), None);
        assert_eq!(refusal(Bound::AboveZero, &Duration::ZERO).as_deref(), Some("`x.y` must be above 0"));
        assert_eq!(refusal(Bound::AboveZero, &Duration::from_millis(1)), None);
        let second = Bound::AtLeastSeconds(1);
        assert_eq!(
            refusal(second, &Duration::from_millis(999)).as_deref(),
            Some("`x.y` must be at least 1s")
        );
    }

    #[test]
    fn the_ends_of_a_range_of_floats_belong_to_it() {
        let share = Bound::Between(0.5, 0.995);
        assert_eq!(refusal(share, &0.995_f32), None);
        assert_eq!(refusal(share, &0.5_f32), None);
        assert_eq!(refusal(share, &0.996_f32).as_deref(), Some("`x.y` must be 0.5 to 0.995"));
    }

    #[test]
    fn a_number_that_is_none_is_refused() {
        assert!(refusal(Bound::Between(0.0, 1.0), &f32::NAN).is_some());
    }
}
