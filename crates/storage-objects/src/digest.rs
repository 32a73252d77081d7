//! From bytes to the digest by which they are found, and from a digest to its key.

use std::sync::Arc;

use fieldmark_domain::blob::Sha256;
use fieldmark_domain::ports::BlobError;
use sha2::Digest;

/// The SHA-256 of bytes (FIPS 180-4).
pub fn of(bytes: &[u8]) -> Sha256 {
    Sha256(sha2::Sha256::digest(bytes).into())
}

/// The same, away from the threads that others wait for: a large file takes a tenth of a second.
pub async fn of_shared(bytes: &Arc<[u8]>) -> Result<Sha256, BlobError> {
    let bytes = Arc::clone(bytes);
    blocking(move || Ok(of(&bytes))).await
}

/// Two levels of 256 folders, so that no folder grows beyond what file systems list quickly.
pub fn key(sha256: &Sha256) -> String {
    let Sha256([first, second, ..]) = sha256;
    format!("{first:02x}/{second:02x}/{sha256}")
}

/// Runs what blocks on a thread made for it. The work goes on to its end when nobody waits for it any more.
pub async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, BlobError> + Send + 'static,
) -> Result<T, BlobError> {
    tokio::task::spawn_blocking(work)
        .await
        .unwrap_or_else(|error| Err(BlobError::Failed { reason: error.to_string() }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digest_is_that_of_the_standard() {
        let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(of(b"abc").to_string(), expected);
        assert_eq!(key(&of(b"abc")), format!("ba/78/{expected}"));
    }
}
