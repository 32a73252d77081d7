//! The bytes of a document, known by their digest.

use std::fmt;
use std::str::FromStr;

/// The SHA-256 of a file (FIPS 180-4), by which its bytes are found. Prints as 64 lower-case hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Sha256(pub [u8; 32]);

#[cfg(feature = "sha2")]
impl Sha256 {
    /// The digest of bytes, which takes about a second for each gigabyte. Needs the feature `sha2`.
    ///
    /// ```
    /// use fieldmark_domain::blob::Sha256;
    ///
    /// let sha256 = Sha256::of(b"abc");
    /// assert!(sha256.to_string().starts_with("ba7816bf8f01cfea"));
    /// assert_eq!(sha256.to_string().parse(), Ok(sha256));
    /// ```
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self(<sha2::Sha256 as sha2::Digest>::digest(bytes).into())
    }
}

/// Text that is no SHA-256 in hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a SHA-256 in 64 hexadecimal digits")]
pub struct ParseSha256Error;

impl FromStr for Sha256 {
    type Err = ParseSha256Error;

    fn from_str(text: &str) -> Result<Self, ParseSha256Error> {
        let digits = text.as_bytes();
        if digits.len() != 64 {
            return Err(ParseSha256Error);
        }
        let mut bytes = [0; 32];
        for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
            *byte = pair
                .iter()
                .try_fold(0, |sum, digit| Some(sum * 16 + nibble(*digit)?))
                .ok_or(ParseSha256Error)?;
        }
        Ok(Self(bytes))
    }
}

const fn nibble(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        b'A'..=b'F' => Some(digit - b'A' + 10),
        _ => None,
    }
}

impl fmt::Display for Sha256 {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(formatter, "{byte:02x}"))
    }
}

impl fmt::Debug for Sha256 {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Sha256({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_reads_back_from_its_print() {
        let mut bytes = [0; 32];
        for (value, byte) in (0..).step_by(7).zip(&mut bytes) {
            *byte = value;
        }
        let printed = Sha256(bytes).to_string();
        assert_eq!(printed.len(), 64);
        assert_eq!(printed.parse(), Ok(Sha256(bytes)));
        assert_eq!(printed.to_uppercase().parse(), Ok(Sha256(bytes)));
    }

    #[test]
    fn anything_else_is_refused() {
        for text in ["", "00", &"0".repeat(63), &"g".repeat(64), &"é".repeat(32)] {
            assert_eq!(text.parse::<Sha256>(), Err(ParseSha256Error), "{text}");
        }
    }
}
