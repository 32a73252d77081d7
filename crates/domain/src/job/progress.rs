//! How far a job has come, as its worker and its keeper share it.

use std::sync::atomic::{AtomicU32, Ordering};

/// A share of work that only grows, 0..1. Whoever works says it, whoever renews the lease reads it.
///
/// ```
/// use fieldmark_domain::job::Progress;
///
/// let progress = Progress::default();
/// progress.reach(0.6);
/// progress.reach(0.2);
/// assert_eq!(progress.share(), 0.6);
/// ```
#[derive(Debug, Default)]
pub struct Progress {
    /// The bits of an `f32`; those of numbers that are not negative are in the order of the numbers.
    bits: AtomicU32,
}

impl Progress {
    /// So much is done, at least.
    pub fn reach(&self, share: f32) {
        let share = if share.is_nan() { 0.0 } else { share.clamp(0.0, 1.0) };
        // Adding zero makes a negative zero positive.
        self.bits.fetch_max((share + 0.0).to_bits(), Ordering::Relaxed);
    }

    /// How much is done.
    #[must_use]
    pub fn share(&self) -> f32 {
        f32::from_bits(self.bits.load(Ordering::Relaxed))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_grows_within_its_bounds() {
        let progress = Progress::default();
        let after = |share| {
            progress.reach(share);
            progress.share()
        };
        let said = [0.0, 0.3, 0.2, -0.0, f32::NAN, -1.0, 0.95, 7.0, 0.5].map(after);
        assert_eq!(said, [0.0, 0.3, 0.3, 0.3, 0.3, 0.3, 0.95, 1.0, 1.0]);
    }
}
