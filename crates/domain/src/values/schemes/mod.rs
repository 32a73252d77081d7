//! The kinds of numbers that countries give to enterprises: how each is written, and which check digit it holds.
//!
//! `organisations` and `vat` list them by country; the regions' files hold the arithmetic of their countries. Nothing
//! here knows how a number is printed: it sees capitals and digits without anything between them.

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
    /// `#` a digit, `^` one that is not 0, `?` a digit or nothing, `@` a capital, `*` a digit or a capital, `&` a plus or an asterisk; anything else itself.
    shape: &'static str,
    /// Whether the check digit of a number of that shape is right; `None` where there is none, or none is published.
    check: Option<fn(&str) -> bool>,
}

/// What the schemes of a country say of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It has the shape of none of them.
    Unknown,
    /// It has the shape of one that no check digit protects.
    Shaped,
    /// It has the shape and the check digit of one.
    Passed,
    /// It has the shape of one or several, and the check digit of none.
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

    /// The most characters that its numbers have.
    const fn longest(&self) -> usize {
        self.shape.len()
    }
}

/// Where a country has several schemes of one shape, passing one of them passes.
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
    /// The verdict as checks: the shape's, and the check digit's where the shape has one.
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
