//! The bounds of a list.

use crate::listing::{MAX_LIMIT, Window};
use crate::use_case_error::{InvalidField, UseCaseError};

/// What is wrong with a window, if anything.
pub(super) fn fault(window: Window) -> Option<InvalidField> {
    let fits = (1..=MAX_LIMIT).contains(&window.limit);
    (!fits).then(|| InvalidField::new("limit", format!("must be 1 to {MAX_LIMIT}")))
}

/// Refuses a window outside the bounds.
pub(super) fn check(window: Window) -> Result<(), UseCaseError> {
    let details: Vec<InvalidField> = fault(window).into_iter().collect();
    if details.is_empty() { Ok(()) } else { Err(UseCaseError::Invalid { details }) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_gives_one_to_a_hundred_at_once() {
        for (limit, fits) in [(0, false), (1, true), (100, true), (101, false)] {
            let checked = check(Window { limit, offset: u64::MAX });
            assert_eq!(checked.is_ok(), fits, "{limit}");
            if let Err(error) = checked {
                assert_eq!(error, UseCaseError::invalid("limit", "must be 1 to 100"));
            }
        }
    }
}
