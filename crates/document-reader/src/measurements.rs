//! The pool's metrics, through the `metrics` facade. To collect them, install a recorder before the
//! pool is created; without a recorder they are discarded.

use std::time::Duration;

use metrics::{Unit, counter, describe_counter, describe_gauge, describe_histogram, gauge, histogram};

const STARTED: &str = "fieldmark_reader_workers_started_total";
const ENDED: &str = "fieldmark_reader_workers_ended_total";
const WAITING: &str = "fieldmark_reader_waiting";
const BUSY: &str = "fieldmark_reader_busy";
const SECONDS: &str = "fieldmark_reader_seconds";
const REFUSED: &str = "fieldmark_reader_refused_total";

/// Registers the description of each metric.
pub fn describe() {
    describe_counter!(STARTED, Unit::Count, "Worker processes that were started.");
    describe_counter!(ENDED, Unit::Count, "Worker processes that ended, by reason.");
    describe_gauge!(WAITING, Unit::Count, "Files that wait for a worker.");
    describe_gauge!(BUSY, Unit::Count, "Files that a worker is reading.");
    describe_histogram!(SECONDS, Unit::Seconds, "How long a worker took to read a file or to fail.");
    describe_counter!(REFUSED, Unit::Count, "Files that were refused because too many waited.");
}

/// Counts the start of a worker process.
pub fn started() {
    counter!(STARTED).increment(1);
}

/// Counts the end of a worker process, by reason (a small fixed set).
pub fn ended(reason: &'static str) {
    counter!(ENDED, "reason" => reason).increment(1);
}

/// Counts a file that was refused because the queue was full.
pub fn refused() {
    counter!(REFUSED).increment(1);
}

/// Records how long a worker took for a file.
pub fn read(took: Duration) {
    histogram!(SECONDS).record(took.as_secs_f64());
}

/// Increments a gauge while this value lives; dropping it decrements the gauge.
pub struct Counted(&'static str);

impl Counted {
    /// The file waits for a worker.
    pub fn waiting() -> Self {
        Self::on(WAITING)
    }

    /// A worker reads the file.
    pub fn busy() -> Self {
        Self::on(BUSY)
    }

    fn on(name: &'static str) -> Self {
        gauge!(name).increment(1.0);
        Self(name)
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        gauge!(self.0).decrement(1.0);
    }
}
