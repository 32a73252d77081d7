//! Both kinds of storage keep the port's promises, with and without faults.

#![expect(clippy::unwrap_used, reason = "tests")]

#[path = "storage/bucket.rs"]
mod bucket;
#[path = "storage/clock.rs"]
mod clock;
#[path = "storage/folder.rs"]
mod folder;
#[path = "storage/gate.rs"]
mod gate;
#[path = "storage/hard_times.rs"]
mod hard_times;

/// All bytes of an opened file, and how reading ended.
async fn all(
    opened: fieldmark_domain::ports::OpenBlob,
) -> (Vec<u8>, Result<(), fieldmark_domain::ports::BlobError>) {
    let (mut pieces, mut came) = (opened.pieces, Vec::new());
    loop {
        match pieces.next().await {
            Ok(Some(piece)) => came.extend(piece),
            Ok(None) => return (came, Ok(())),
            Err(error) => return (came, Err(error)),
        }
    }
}
