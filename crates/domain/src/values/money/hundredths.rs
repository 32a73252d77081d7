//! Hundredths without a comma or point that are named (`50 öre`, `1 250 kr 50 öre`).

use rust_decimal::Decimal;

use super::notation::{in_digits, is_negative};
use super::{DecimalMark, Money, MoneyReading};
use crate::values::CurrencyMark;

/// Units with their currency and hundredths with their name, or hundredths alone. `None` when no
/// hundredths are named; empty when the text before them is not an amount of units.
pub(super) fn named(text: &str) -> Option<Vec<MoneyReading>> {
    let lower = text.to_lowercase();
    let end = lower.trim_end_matches(['.', ')', ' ']);
    let rest = ["öre", "øre"].into_iter().find_map(|name| end.strip_suffix(name))?.trim_end();
    let units = rest.trim_end_matches(|letter: char| letter.is_ascii_digit());
    let hundredths = rest.get(units.len()..)?;
    let fraction = Decimal::new(hundredths.parse().ok()?, 2);
    if hundredths.len() > 2 {
        return Some(Vec::new());
    }
    if !units.contains(|letter: char| letter.is_ascii_digit()) {
        return Some(vec![reading(if is_negative(units, "") { -fraction } else { fraction }, None)]);
    }
    Some(with_units(units, fraction))
}

/// The whole units of `1 250 kr och`, and the fraction.
fn with_units(units: &str, fraction: Decimal) -> Vec<MoneyReading> {
    let units = units.trim_end();
    let units = ["och", "og"].into_iter().find_map(|and| units.strip_suffix(and)).unwrap_or(units).trim_end();
    let name = units.rsplit(|letter: char| letter.is_ascii_digit()).next().unwrap_or_default().trim();
    if CurrencyMark::of(name).is_none() && !matches!(name, "krona" | "krone") {
        return Vec::new();
    }
    let number = units.strip_suffix(name).unwrap_or(units);
    let whole = in_digits(number).into_iter().filter(|found| found.amount.amount().fract().is_zero());
    whole
        .map(|found| {
            let amount = found.amount.amount();
            reading(
                if amount.is_sign_negative() { amount - fraction } else { amount + fraction },
                found.decimal,
            )
        })
        .collect()
}

fn reading(amount: Decimal, decimal: Option<DecimalMark>) -> MoneyReading {
    MoneyReading { amount: Money::new(amount), decimal }
}
