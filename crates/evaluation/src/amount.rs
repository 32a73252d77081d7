//! Amounts as scoring compares them: absolute decimals of two places, rounded half to even.
//!
//! This is the notation of normal forms ("-1234.50", "1e3"), not of invoices: locales are the domain's.

/// More digits than this an amount never keeps.
const PRECISION: usize = 28;

/// An amount in hundredths without its sign; `None` when the text is no decimal number or too large.
///
/// The text may hold blanks, one sign, digits with one point, and a power of ten.
pub fn hundredths(text: &str) -> Option<u128> {
    let number = Number::parse(&text.replace(' ', ""))?;
    let rounded = number.rounded_to(PRECISION);
    let places = rounded.exponent.checked_add(2)?;
    let hundredths =
        if places >= 0 { rounded.shifted(places)? } else { rounded.without(places.unsigned_abs()) };
    (hundredths.digits.len() <= PRECISION).then(|| hundredths.value())
}

/// `digits × 10^exponent`, digits without leading noughts.
#[derive(Debug)]
struct Number {
    digits: Vec<u8>,
    exponent: i64,
}

impl Number {
    fn parse(text: &str) -> Option<Self> {
        let text = text.trim().replace('_', "");
        let unsigned = text.strip_prefix(['+', '-']).unwrap_or(&text);
        let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, power(exponent)?),
            None => (unsigned, 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let all_digits = whole.bytes().chain(fraction.bytes()).all(|byte| byte.is_ascii_digit());
        if !all_digits || whole.len() + fraction.len() == 0 {
            return None;
        }
        let digits = whole.bytes().chain(fraction.bytes()).map(|byte| byte - b'0').collect();
        let exponent = exponent.checked_sub(i64::try_from(fraction.len()).ok()?)?;
        Some(Self { digits, exponent }.trimmed())
    }

    fn trimmed(mut self) -> Self {
        let noughts = self.digits.iter().take_while(|digit| **digit == 0).count();
        self.digits.drain(..noughts);
        self
    }

    /// At most so many digits, the rest rounded away.
    fn rounded_to(self, precision: usize) -> Self {
        match self.digits.len().checked_sub(precision) {
            Some(surplus) if surplus > 0 => {
                let rounded = self.without(surplus as u64);
                // 99…9 may have become 100…0, one digit too many and exactly divisible.
                if rounded.digits.len() > precision { rounded.without(1) } else { rounded }
            }
            _ => self,
        }
    }

    /// The number with the last `count` digits rounded away, half to even.
    fn without(&self, count: u64) -> Self {
        let length = self.digits.len();
        let exponent = self.exponent.saturating_add_unsigned(count);
        let count = usize::try_from(count).unwrap_or(usize::MAX);
        if count > length {
            return Self { digits: Vec::new(), exponent };
        }
        let (kept, dropped) = self.digits.split_at(length - count);
        let mut digits = kept.to_vec();
        if rounds_up(kept, dropped) {
            increment(&mut digits);
        }
        Self { digits, exponent }.trimmed()
    }

    /// The digits with `places` noughts after them; `None` when they are far too many.
    fn shifted(&self, places: i64) -> Option<Self> {
        let noughts = if self.digits.is_empty() { 0 } else { usize::try_from(places).ok()? };
        if noughts > PRECISION {
            return None;
        }
        let mut digits = self.digits.clone();
        digits.resize(digits.len() + noughts, 0);
        Some(Self { digits, exponent: -2 })
    }

    fn value(&self) -> u128 {
        self.digits.iter().fold(0, |value, digit| value * 10 + u128::from(*digit))
    }
}

fn power(text: &str) -> Option<i64> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let well_formed = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    if well_formed { text.parse().ok() } else { None }
}

fn rounds_up(kept: &[u8], dropped: &[u8]) -> bool {
    let Some((first, rest)) = dropped.split_first() else { return false };
    let above_half = rest.iter().any(|digit| *digit != 0);
    let odd = kept.last().is_some_and(|digit| digit % 2 == 1);
    *first > 5 || (*first == 5 && (above_half || odd))
}

fn increment(digits: &mut Vec<u8>) {
    for digit in digits.iter_mut().rev() {
        if *digit < 9 {
            *digit += 1;
            return;
        }
        *digit = 0;
    }
    digits.insert(0, 1);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn what_is_printed_with_two_places_is_read_again(amount in 0_u128..10_u128.pow(28), minus: bool) {
            let sign = if minus { "-" } else { "" };
            let text = format!("{sign}{}.{:02}", amount / 100, amount % 100);
            prop_assert_eq!(hundredths(&text), Some(amount));
        }

        #[test]
        fn any_text_is_read_or_refused(text in "[-+0-9._eE ]{0,40}") {
            if let Some(amount) = hundredths(&text) {
                prop_assert!(amount < 10_u128.pow(28));
            }
        }
    }

    #[test]
    fn notations_of_one_amount_agree() {
        for text in ["1250", "1250.00", "-1250.0", "+1 250.", "1.25e3", " 1_250.000 "] {
            assert_eq!(hundredths(text), Some(125_000), "{text}");
        }
        assert_eq!(hundredths(".5"), Some(50));
        assert_eq!(hundredths("0"), Some(0));
        assert_eq!(hundredths("0e999999"), Some(0));
    }

    #[test]
    fn the_third_place_is_rounded_half_to_even() {
        assert_eq!(hundredths("0.125"), Some(12));
        assert_eq!(hundredths("0.135"), Some(14));
        assert_eq!(hundredths("0.1251"), Some(13));
        assert_eq!(hundredths("9.999"), Some(1000));
        assert_eq!(hundredths("0.005"), Some(0));
        assert_eq!(hundredths("0.0051"), Some(1));
        assert_eq!(hundredths("1e-9"), Some(0));
    }

    #[test]
    fn what_is_no_number_or_too_large_is_none() {
        for text in ["", "abc", "1,50", "1.2.3", "--1", "1e", ".", "NaN", "Infinity", "1e27", "1e400"] {
            assert_eq!(hundredths(text), None, "{text}");
        }
        assert_eq!(hundredths("1e25"), Some(10_u128.pow(27)));
    }
}
