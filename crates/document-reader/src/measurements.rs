//! What the pool tells of itself, by the `metrics` facade. Whoever wants to know installs a recorder before the pool is
//! made; without one nothing is kept.

use std::time::Duration;

use metrics::{Unit, counter, describe_counter, describe_gauge, describe_histogram, gauge, histogram};

const STARTED: &str = "fieldmark_reader_workers_started_total";
const ENDED: &str = "fieldmark_reader_workers_ended_total";
const WAITING: &str = "fieldmark_reader_waiting";
const BUSY: &str = "fieldmark_reader_busy";
const SECONDS: &str = "fieldmark_reader_seconds";
const REFUSED: &str = "fieldmark_reader_refused_total";

/// Says what each of them counts.
pub fn describe() {
    describe_counter!(STARTED, Unit::Count, "Worker processes that were started.");
    describe_counter!(ENDED, Unit::Count, "Worker processes that ended, by why.");
    describe_gauge!(WAITING, Unit::Count, "Files that wait for a worker.");
    describe_gauge!(BUSY, Unit::Count, "Files that a worker reads.");
    describe_histogram!(SECONDS, Unit::Seconds, "How long a worker took to read a file or to fail.");
    describe_counter!(REFUSED, Unit::Count, "Files that were refused because too many waited.");
}

/// A worker process was started.
pub fn started() {
    counter!(STARTED).increment(1);
}

/// A worker process ended, for this reason of a few.
pub fn ended(reason: &'static str) {
    counter!(ENDED, "reason" => reason).increment(1);
}

/// A file found no place.
pub fn refused() {
    counter!(REFUSED).increment(1);
}

/// A worker was at a file for so long.
pub fn read(took: Duration) {
    histogram!(SECONDS).record(took.as_secs_f64());
}

/// A file is where a gauge counts it for as long as this lives, however it leaves.
pub struct Counted(&'static str);

impl Counted {
    /// It waits for a worker.
    pub fn waiting() -> Self {
        Self::on(WAITING)
    }

    /// A worker reads it.
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
