//! When a failed attempt is tried again.

use std::time::Duration;

/// Exponential backoff with jitter: the n-th wait is drawn evenly from the upper half of `first * 2^(n-1)`, at most
/// `cap`. Waits that differ keep jobs that failed together from coming back together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RetryPolicy {
    /// The longest first wait.
    pub first: Duration,
    /// The longest wait of all.
    pub cap: Duration,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self { first: Duration::from_secs(2), cap: Duration::from_secs(300) }
    }
}

impl RetryPolicy {
    /// The wait after so many attempts. `chance` is any number, drawn anew for each wait.
    ///
    /// ```
    /// use std::time::Duration;
    /// use fieldmark_domain::job::RetryPolicy;
    ///
    /// let policy = RetryPolicy { first: Duration::from_secs(2), cap: Duration::from_secs(60) };
    /// assert_eq!(policy.wait_after(1, u64::MAX), Duration::from_secs(2));
    /// assert_eq!(policy.wait_after(3, 0), Duration::from_secs(4));
    /// assert_eq!(policy.wait_after(30, u64::MAX), Duration::from_secs(60));
    /// ```
    #[must_use]
    pub fn wait_after(&self, attempts: u32, chance: u64) -> Duration {
        let doublings = attempts.saturating_sub(1).min(31);
        let longest = self.first.saturating_mul(1 << doublings).min(self.cap);
        let half = longest / 2;
        // 53 bits are what an f64 holds.
        #[expect(clippy::cast_precision_loss, reason = "53 bits fit")]
        let share = (chance >> 11) as f64 / ((1_u64 << 53) - 1) as f64;
        half + (longest - half).mul_f64(share)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_wait_is_in_the_upper_half_and_never_above_the_cap(attempts in 0_u32..=u32::MAX, chance: u64) {
            let policy = RetryPolicy::default();
            let wait = policy.wait_after(attempts, chance);
            let longest = policy.wait_after(attempts, u64::MAX);
            prop_assert!(wait <= longest && wait >= longest / 2 && longest <= policy.cap);
        }
    }

    #[test]
    fn waits_double_up_to_the_cap() {
        let policy = RetryPolicy { first: Duration::from_secs(1), cap: Duration::from_secs(5) };
        let waits = [1, 2, 3, 4, 5].map(|attempts| policy.wait_after(attempts, u64::MAX).as_secs());
        assert_eq!(waits, [1, 2, 4, 5, 5]);
    }
}
