//! The options of the storage. Reads neither files nor, by itself, the environment.

use std::fmt;
use std::time::Duration;

/// The place of the storage, and its limits.
#[derive(Debug, Clone)]
pub struct StorageOptions {
    /// `file:///absolute/folder`, `file:relative/folder` (relative to the working folder) or
    /// `s3://bucket/prefix`; the prefix is optional.
    pub url: String,
    /// Settings for `s3://…`.
    pub s3: S3Options,
    /// Free space to keep on a folder's disk, in bytes: with less, nothing is stored, so that
    /// erasing on the same disk still has space.
    pub min_free_bytes: u64,
}

impl StorageOptions {
    /// A place with the environment and the defaults for everything else.
    #[must_use]
    pub fn new(url: impl Into<String>) -> Self {
        Self { url: url.into(), s3: S3Options::default(), min_free_bytes: 0 }
    }
}

/// How to reach a bucket. A value of `None` is taken from the environment, as other S3 programs do
/// (`AWS_REGION`, `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_ENDPOINT_URL`,
/// `AWS_ALLOW_HTTP`, …); credentials finally from the role of the machine or container.
#[derive(Debug, Clone, Default)]
pub struct S3Options {
    /// The server's address, for servers other than Amazon's: `https://s3.example.com`.
    pub endpoint: Option<String>,
    /// The region; by default `us-east-1`.
    pub region: Option<String>,
    /// The id of the key.
    pub access_key_id: Option<Secret>,
    /// The secret key.
    pub secret_access_key: Option<Secret>,
    /// The session token of a temporary key.
    pub session_token: Option<Secret>,
    /// Whether an endpoint without TLS is accepted; by default not.
    pub allow_http: Option<bool>,
    /// Whether the bucket is in the path (`https://server/bucket/…`, the default) or in the host
    /// name.
    pub path_style: Option<bool>,
    /// Time limits and retries.
    pub limits: S3Limits,
}

/// Limits of calls to a bucket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct S3Limits {
    /// Time limit for connecting, including name resolution and TLS.
    pub connect_timeout: Duration,
    /// Time limit for one attempt, from its start to the last byte.
    pub attempt_timeout: Duration,
    /// Maximum number of attempts of one call, including the first; at least 1 is made.
    pub attempts: usize,
    /// Approximate wait before the second attempt; each further wait is twice as long. Jitter adds
    /// up to the same time again.
    pub first_wait: Duration,
    /// The longest wait, without jitter.
    pub longest_wait: Duration,
    /// The circuit breaker opens after this number of attempts in a row that fail because of the
    /// server or the network; at least 1.
    pub failures_to_open: u32,
    /// How long an open circuit breaker refuses calls before a trial call.
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
