//! Reads an object of the bucket in pieces, each with its own call: no connection waits for a slow
//! reader.

use std::ops::Range;
use std::sync::Arc;

use async_trait::async_trait;
use fieldmark_domain::ports::BlobError;
use object_store::ObjectStoreExt;
use object_store::aws::AmazonS3;
use object_store::path::Path;

use super::calls::Calls;
use crate::pieces::Source;

/// An object that existed when it was opened.
pub struct Reading {
    pub store: AmazonS3,
    pub calls: Arc<Calls>,
    pub key: Path,
}

#[async_trait]
impl Source for Reading {
    /// A call takes some hundredths of a second, however few bytes it returns.
    const PIECE: u64 = 512 << 10;

    async fn read(&self, range: Range<u64>) -> Result<Vec<u8>, BlobError> {
        let bytes = self.calls.call(|| self.store.get_range(&self.key, range.clone())).await?;
        Ok(bytes.into())
    }

    fn name(&self) -> String {
        self.calls.about(&self.key)
    }
}
