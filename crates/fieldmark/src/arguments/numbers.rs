//! Numbers of the command line, with messages that say which ones are taken.

use std::str::FromStr;

/// A whole number from 0.
///
/// # Errors
/// What would be one, for people.
pub fn whole(text: &str) -> Result<u64, String> {
    number(text, "a whole number from 0")
}

/// A whole number from 1.
///
/// # Errors
/// What would be one, for people.
pub fn positive(text: &str) -> Result<u64, String> {
    number(text, "a whole number from 1").and_then(|number| match number {
        0 => Err(must_be("a whole number from 1")),
        number => Ok(number),
    })
}

/// A number from 0 to 1.
///
/// # Errors
/// What would be one, for people.
pub fn share(text: &str) -> Result<f32, String> {
    const EXPECTED: &str = "a number from 0 to 1";
    number(text, EXPECTED)
        .and_then(|share| if (0.0..=1.0).contains(&share) { Ok(share) } else { Err(must_be(EXPECTED)) })
}

/// How urgent a job is.
///
/// # Errors
/// What would be one, for people.
pub fn priority(text: &str) -> Result<i16, String> {
    number(text, "a whole number from -32768 to 32767")
}

/// A number of its type.
///
/// # Errors
/// That it must be `expected`.
pub fn number<N: FromStr>(text: &str, expected: &str) -> Result<N, String> {
    text.parse().map_err(|_| must_be(expected))
}

fn must_be(expected: &str) -> String {
    format!("must be {expected}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_number_is_told_what_is_one() {
        assert_eq!((whole("0"), positive("17")), (Ok(0), Ok(17)));
        for wrong in ["-1", "x", "", "1.5", "99999999999999999999999"] {
            assert_eq!(whole(wrong), Err("must be a whole number from 0".to_owned()));
        }
        assert_eq!(positive("0"), Err("must be a whole number from 1".to_owned()));
    }
}
