//! Slovenia's references: `SI`, the two digits of a model, and up to three parts of digits
//! separated by hyphens. The model defines which parts end in a check digit (rules for standardised
//! references in payment services).

use crate::values::scan::all_digits;

/// Models, and the runs of parts over which each has a check digit.
const MODELS: [(&[&str], &[Run]); 12] = [
    (&["01"], &[(0, 3)]),
    (&["02"], &[(1, 2), (2, 3)]),
    (&["03"], &[(0, 1), (1, 2), (2, 3)]),
    (&["04"], &[(0, 1), (2, 3)]),
    (&["05", "12", "55"], &[(0, 1)]),
    (&["06"], &[(1, 3)]),
    (&["07"], &[(1, 2)]),
    (&["08"], &[(0, 2), (2, 3)]),
    (&["09"], &[(0, 2)]),
    (&["10"], &[(0, 1), (1, 3)]),
    (&["11", "18", "19", "28", "38", "40", "41", "48", "49", "51", "58"], &[(0, 1), (1, 2)]),
    (&["21", "31"], &[(0, 1), (1, 2)]),
];

/// Consecutive parts: from one, up to but not including another.
type Run = (usize, usize);

/// Whether a text is such a reference, of any model.
pub(super) fn is_slovenian(plain: &str) -> bool {
    plain.strip_prefix("SI").and_then(|rest| rest.split_at_checked(2)).is_some_and(|(model, parts)| {
        all_digits(model) && parts.len() <= 22 && parts.split('-').all(all_digits)
    })
}

/// Whether the check digits of the model are right; `None` for other texts, and for models without
/// check digits.
pub(super) fn passes(reference: &str) -> Option<bool> {
    let (model, parts) =
        reference.strip_prefix("SI").filter(|_| is_slovenian(reference))?.split_at_checked(2)?;
    let (_, checked) = MODELS.iter().find(|(models, _)| models.contains(&model))?;
    let parts: Vec<&str> = parts.split('-').collect();
    let present = |(from, to): &Run| parts.get(*from..(*to).min(parts.len())).map(<[&str]>::concat);
    Some(
        checked
            .iter()
            .filter_map(present)
            .filter(|digits| !digits.is_empty())
            .all(|digits| has_check_digit(&digits)),
    )
}

/// Modulus 11 with weights 2, 3, 4 … from the right; 10 and 11 are written 0, so that some changed
/// digits are not detected.
fn has_check_digit(digits: &str) -> bool {
    let mut values = digits.chars().rev().filter_map(|letter| letter.to_digit(10));
    let Some(check) = values.next() else { return false };
    let sum: u32 = values.zip(2..).map(|(digit, weight)| digit * weight).sum();
    check
        == match 11 - sum % 11 {
            10 | 11 => 0,
            wanted => wanted,
        }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_model_says_which_parts_are_checked() {
        for (reference, passed) in [
            // 1·4 + 2·3 + 3·2 = 16, and 11 - 5 = 6.
            ("SI121236", Some(true)),
            ("SI121235", Some(false)),
            ("SI0112-36", Some(true)),
            ("SI051236-99", Some(true)),
            ("SI111236-1236-5", Some(true)),
            ("SI111236-1235-5", Some(false)),
            ("SI111236", Some(true)),
            ("SI02777-1236-1236", Some(true)),
            ("SI00123", None),
            ("SI99", None),
            ("SI12A36", None),
            ("2024-7", None),
        ] {
            assert_eq!(passes(reference), passed, "{reference}");
        }
    }
}
