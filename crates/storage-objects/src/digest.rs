//! The digest of bytes away from the caller's thread, and the key of a digest.

use std::sync::Arc;

use fieldmark_domain::blob::Sha256;
use fieldmark_domain::ports::BlobError;

/// The digest of bytes, away from the threads that others wait for: a large file takes a tenth of a second.
pub async fn of_shared(bytes: &Arc<[u8]>) -> Result<Sha256, BlobError> {
    let bytes = Arc::clone(bytes);
    blocking(move || Ok(Sha256::of(&bytes))).await
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
    fn a_key_has_two_levels_of_folders() {
        let sha256 = Sha256::of(b"abc");
        assert_eq!(key(&sha256), format!("ba/78/{sha256}"));
    }
}
