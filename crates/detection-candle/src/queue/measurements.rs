//! The queue's metrics, through the `metrics` facade. To collect them, install a recorder before
//! the queue starts; without a recorder they are discarded.

use std::time::Duration;

use metrics::{Unit, counter, describe_counter, describe_gauge, describe_histogram, gauge, histogram};

const QUEUED: &str = "fieldmark_detection_queue_pages";
const BATCH: &str = "fieldmark_detection_batch_pages";
const SECONDS: &str = "fieldmark_detection_seconds";
const DROPPED: &str = "fieldmark_detection_dropped_total";
const REFUSED: &str = "fieldmark_detection_refused_total";

/// Registers the description of each metric.
pub fn describe() {
    describe_gauge!(QUEUED, Unit::Count, "Pages that wait for the model.");
    describe_histogram!(BATCH, Unit::Count, "Pages of one call of the model.");
    describe_histogram!(SECONDS, Unit::Seconds, "How long one call of the model took.");
    describe_counter!(DROPPED, Unit::Count, "Pages that were not processed because the caller had left.");
    describe_counter!(REFUSED, Unit::Count, "Requests that were refused because the queue was full.");
}

/// Sets the number of waiting pages.
pub fn queued(pages: usize) {
    gauge!(QUEUED).set(pages as f64);
}

/// Records the pages and the duration of one call of the model.
pub fn batch(pages: usize, took: Duration) {
    histogram!(BATCH).record(pages as f64);
    histogram!(SECONDS).record(took.as_secs_f64());
}

/// Counts pages whose callers had left.
pub fn dropped(pages: usize) {
    if pages > 0 {
        counter!(DROPPED).increment(pages as u64);
    }
}

/// Counts a request that was refused because the queue was full.
pub fn refused() {
    counter!(REFUSED).increment(1);
}
