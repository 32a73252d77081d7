//! What may be said about where bytes are kept. Reads no file and, by itself, no environment.

use std::fmt;
use std::time::Duration;

/// Where bytes are kept.
#[derive(Debug, Clone)]
pub struct StorageOptions {
    /// `file:///absolute/folder`, `file:relative/folder` (from the working folder) or `s3://bucket/prefix`; the
    /// prefix may be missing.
    pub url: String,
    /// Settings for `s3://…`.
    pub s3: S3Options,
    /// What stays free on a folder's disk, in bytes: with less nothing is kept, so that others on
    /// the same disk have room to erase something.
    pub min_free_bytes: u64,
}

impl StorageOptions {
    /// A place with everything else left to the environment and the defaults.
    #[must_use]
    pub fn new(url: impl Into<String>) -> Self {
        Self { url: url.into(), s3: S3Options::default(), min_free_bytes: 0 }
    }
}

/// How to reach a bucket. What is `None` is taken from the environment as other programs for S3 do (`AWS_REGION`,
/// `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_ENDPOINT_URL`, `AWS_ALLOW_HTTP`, …), credentials at last from
/// the machine's or container's role.
#[derive(Debug, Clone, Default)]
pub struct S3Options {
    /// The server's address, for other servers than Amazon's: `https://s3.example.com`.
    pub endpoint: Option<String>,
    /// The region; `us-east-1` where nothing says otherwise.
    pub region: Option<String>,
    /// The name of the key.
    pub access_key_id: Option<Secret>,
    /// The key.
    pub secret_access_key: Option<Secret>,
    /// The token that goes with a key for a time.
    pub session_token: Option<Secret>,
    /// Whether an endpoint without TLS is accepted; it is not unless somebody says so.
    pub allow_http: Option<bool>,
    /// Whether the bucket stands in the path (`https://server/bucket/…`, the default) or in the host's name.
    pub path_style: Option<bool>,
    /// How long and how often.
    pub limits: S3Limits,
}

/// Bounds on calls to a bucket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct S3Limits {
    /// For a connection to stand, the name resolved and TLS agreed.
    pub connect_timeout: Duration,
    /// For one attempt from its start to the last byte.
    pub attempt_timeout: Duration,
    /// Attempts at one call, the first included; at least 1 is made.
    pub attempts: usize,
    /// About how long the second attempt waits; each further wait is twice as long. Jitter adds up to as much again.
    pub first_wait: Duration,
    /// No wait is longer, jitter apart.
    pub longest_wait: Duration,
    /// So many attempts in a row that fail by the server's or the network's fault open the circuit breaker; at
    /// least 1.
    pub failures_to_open: u32,
    /// How long an open circuit breaker refuses calls before it lets one try.
    pub open_for: Duration,
}

impl Default for S3Limits {
    fn default() -> Self {
        Self {
            connect_timeout: Duration::from_secs(5),
            attempt_timeout: Duration::from_secs(60),
            attempts: 4,
            first_wait: Duration::from_millis(200),
            longest_wait: Duration::from_secs(5),
            failures_to_open: 8,
            open_for: Duration::from_secs(15),
        }
    }
}

/// Text that is never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    pub(crate) fn reveal(&self) -> &str {
        &self.0
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Secret(hidden)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_not_printed() {
        let mut options = StorageOptions::new("s3://documents");
        options.s3.access_key_id = Some("the-name".into());
        options.s3.secret_access_key = Some("the-key".into());
        options.s3.session_token = Some("the-token".to_owned().into());
        let printed = format!("{options:?} {options:#?}");
        for secret in ["the-name", "the-key", "the-token"] {
            assert!(!printed.contains(secret), "{printed}");
        }
        assert!(printed.contains("s3://documents"), "{printed}");
    }
}
