//! Both kinds of storage keep what the port promises, in good times and in bad ones.

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
