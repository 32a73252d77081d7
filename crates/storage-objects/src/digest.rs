//! The digest of bytes on a blocking thread, and the key of a digest.

use std::sync::Arc;

use fieldmark_domain::blob::Sha256;
use fieldmark_domain::ports::BlobError;

/// The digest of bytes on a blocking thread, because a large file takes a tenth of a second.
pub async fn of_shared(bytes: &Arc<[u8]>) -> Result<Sha256, BlobError> {
    let bytes = Arc::clone(bytes);
    blocking(move || Ok(Sha256::of(&bytes))).await
}

/// Two levels of 256 folders, so that no folder becomes too large for file systems to list quickly.
pub fn key(sha256: &Sha256) -> String {
    let Sha256([first, second, ..]) = sha256;
    format!("{first:02x}/{second:02x}/{sha256}")
}

/// Runs blocking work on its own thread. The work runs to its end even if the caller leaves.
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
