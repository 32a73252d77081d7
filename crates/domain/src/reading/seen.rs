//! Removes invisible characters from labels: values have none already; printed texts lose them
//! here, and a check reports them.

use crate::hidden::{check, visible};
use crate::label::Label;

/// Removes hidden characters from the labels' texts; each label that had some fails
/// `no_hidden_characters`.
pub(super) fn leave_out_hidden(labels: &mut [Label]) {
    for label in labels {
        label.checks.extend(check(&label.raw));
        label.raw = visible(&label.raw).into_owned();
        for candidate in &mut label.candidates {
            candidate.checks.extend(check(&candidate.raw));
            candidate.raw = visible(&candidate.raw).into_owned();
        }
    }
}
