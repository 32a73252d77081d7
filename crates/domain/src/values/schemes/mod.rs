//! The kinds of numbers that countries assign to enterprises: their notation, and their check
//! digits.
//!
//! `organisations` and `vat` list them by country; the regional files contain the arithmetic of
//! their countries. Nothing here knows printed forms: the input consists of capitals and digits
//! without separators.

mod baltic;
mod benelux;
mod central;
mod french;
mod german_speaking;
mod iberian;
mod islands;
mod italian;
mod nordic;
mod organisations;
mod south_eastern;
mod vat;

pub(super) use organisations::{admits_nothing_else, is_location_number, organisations_of};
pub(super) use vat::{longest_vat_id, vat_ids_of, vat_prefix_in, vat_prefix_of};

use crate::check::Check;

/// One kind of number.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scheme {
    /// `#` a digit, `^` a digit that is not 0, `?` a digit or nothing, `@` a capital, `*` a digit
    /// or a capital, `&` a plus or an asterisk; any other character itself.
    shape: &'static str,
    /// Whether the check digit of a number of that shape is right; `None` if there is none, or its
    /// rule is not published.
    check: Option<fn(&str) -> bool>,
}

/// The result of checking a number against the schemes of a country.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It has none of the shapes.
    Unknown,
    /// It has a shape without a check digit.
    Shaped,
    /// It has a shape, and its check digit is right.
    Passed,
    /// It has one or several of the shapes, and the check digit is wrong for all of them.
    Failed,
}

impl Scheme {
    const fn checked(shape: &'static str, check: fn(&str) -> bool) -> Self {
        Self { shape, check: Some(check) }
    }

    const fn shaped(shape: &'static str) -> Self {
        Self { shape, check: None }
    }

    fn fits(&self, number: &str) -> bool {
        let mut rest = number.bytes().peekable();
        let fits = self.shape.bytes().all(|mark| match mark {
            b'?' => {
                rest.next_if(u8::is_ascii_digit);
                true
            }
            b'#' => rest.next_if(u8::is_ascii_digit).is_some(),
            b'^' => rest.next_if(|byte| matches!(byte, b'1'..=b'9')).is_some(),
            b'@' => rest.next_if(u8::is_ascii_uppercase).is_some(),
            b'*' => rest.next_if(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase()).is_some(),
            b'&' => rest.next_if(|byte| matches!(byte, b'+' | b'*')).is_some(),
            letter => rest.next_if_eq(&letter).is_some(),
        });
        fits && rest.next().is_none()
    }

    /// The maximum number of characters of its numbers.
    const fn longest(&self) -> usize {
        self.shape.len()
    }
}

/// Checks a number; if several schemes of a country have one shape, passing one of them is enough.
pub(super) fn verdict(schemes: &[Scheme], number: &str) -> Verdict {
    let fitting = || schemes.iter().filter(|scheme| scheme.fits(number));
    if fitting().next().is_none() {
        Verdict::Unknown
    } else if fitting().any(|scheme| scheme.check.is_some_and(|passes| passes(number))) {
        Verdict::Passed
    } else if fitting().any(|scheme| scheme.check.is_none()) {
        Verdict::Shaped
    } else {
        Verdict::Failed
    }
}

impl Verdict {
    /// The verdict as checks: one for the shape, and one for the check digit if the shape has one.
    pub(super) fn checks(self, shape: &'static str, check_digit: &'static str) -> Vec<Check> {
        let mut checks = vec![Check::new(shape, self != Self::Unknown)];
        if matches!(self, Self::Passed | Self::Failed) {
            checks.push(Check::new(check_digit, self == Self::Passed));
        }
        checks
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_are_exact() {
        let scheme = Scheme::shaped("HRB#??");
        assert!(["HRB1", "HRB12", "HRB123"].iter().all(|number| scheme.fits(number)));
        assert!(["HRB", "HRB1234", "HRA1", "HRB1B", ""].iter().all(|number| !scheme.fits(number)));
        let scheme = Scheme::shaped("@*#");
        assert!(scheme.fits("AB1") && scheme.fits("A11") && !scheme.fits("a11") && !scheme.fits("1B1"));
        let scheme = Scheme::shaped("0^");
        assert!(scheme.fits("01") && scheme.fits("09") && !scheme.fits("00") && !scheme.fits("0A"));
        let scheme = Scheme::shaped("#&");
        assert!(scheme.fits("1+") && scheme.fits("1*") && !scheme.fits("1&") && !scheme.fits("11"));
    }

    #[test]
    fn passing_one_of_several_passes() {
        let odd: fn(&str) -> bool = |number| number == "1";
        let schemes =
            [Scheme::checked("#", odd), Scheme::checked("#", |number| number == "2"), Scheme::shaped("@")];
        for (number, expected) in
            [("1", Verdict::Passed), ("2", Verdict::Passed), ("3", Verdict::Failed), ("A", Verdict::Shaped)]
        {
            assert_eq!(verdict(&schemes, number), expected, "{number}");
        }
        assert_eq!(verdict(&schemes, "12"), Verdict::Unknown);
    }
}
