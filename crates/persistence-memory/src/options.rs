//! How much is kept.

/// How much is kept. A method that would keep more is refused as out of space; erasures are never refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MemoryOptions {
    /// How many documents, deleted ones among them.
    pub documents: usize,
    /// How many events, published or not, until [`Outbox::prune`](fieldmark_domain::ports::Outbox::prune) forgets them.
    pub events: usize,
    /// How many bytes of files.
    pub file_bytes: u64,
}

impl Default for MemoryOptions {
    /// 10,000 documents, 1,000,000 events, 1 GiB of files.
    fn default() -> Self {
        Self { documents: 10_000, events: 1_000_000, file_bytes: 1 << 30 }
    }
}
