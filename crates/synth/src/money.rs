//! The notations of money on invoices. Amounts are whole hundredths of the currency's unit.

/// Marks of thousands and of decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Notation {
    /// Between groups of three digits; empty for none.
    pub(crate) thousands: &'static str,
    /// Before the decimals.
    pub(crate) decimal: char,
}

/// The position of the minus of a negative amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum MinusStyle {
    /// -12,00
    Before,
    /// - 12,00
    Apart,
    /// −12,00 with the typographic minus
    Typographic,
    /// 12,00-
    After,
    /// (12,00)
    Parentheses,
}

/// The position of the currency next to an amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CurrencyStyle {
    /// Nowhere.
    Absent,
    /// €12
    SymbolAttachedBefore,
    /// € 12
    SymbolBefore,
    /// 12 €
    SymbolAfter,
    /// 12€
    SymbolAttachedAfter,
    /// 12 EUR
    CodeAfter,
    /// EUR 12
    CodeBefore,
    /// 12:-
    Dash,
    /// 12,-
    CommaDash,
}

impl Notation {
    /// An amount without currency, with this number of decimals (0 or 2, or more for unit prices).
    pub(crate) fn write(self, hundredths: i64, decimals: usize) -> String {
        let whole = self.group(hundredths.unsigned_abs() / 100);
        let part = hundredths.unsigned_abs() % 100;
        match decimals {
            0 => whole,
            1 => format!("{whole}{}{}", self.decimal, part / 10),
            more => format!("{whole}{}{part:02}{}", self.decimal, "0".repeat(more - 2)),
        }
    }

    fn group(self, whole: u64) -> String {
        let digits = whole.to_string();
        if self.thousands.is_empty() || digits.len() < 4 {
            return digits;
        }
        let mut grouped = String::new();
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                grouped.push_str(self.thousands);
            }
            grouped.push(digit);
        }
        grouped
    }
}

impl MinusStyle {
    /// The amount, made negative.
    pub(crate) fn write(self, amount: &str) -> String {
        match self {
            Self::Before => format!("-{amount}"),
            Self::Apart => format!("- {amount}"),
            Self::Typographic => format!("\u{2212}{amount}"),
            Self::After => format!("{amount}-"),
            Self::Parentheses => format!("({amount})"),
        }
    }
}

/// The normal form: `-1234.50`.
pub(crate) fn normal(hundredths: i64) -> String {
    let sign = if hundredths < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", hundredths.unsigned_abs() / 100, hundredths.unsigned_abs() % 100)
}

/// The tax of an amount at a rate in hundredths of a percent, rounded half away from zero.
pub(crate) fn tax_of(net: i64, rate: i64) -> i64 {
    let product = net * rate;
    (product.abs() + 5_000) / 10_000 * product.signum()
}

/// The symbol of a currency; its code if it has none.
pub(crate) fn symbol(currency: &str) -> &str {
    match currency {
        "EUR" => "€",
        "USD" | "CAD" | "AUD" | "NZD" => "$",
        "GBP" => "£",
        "SEK" | "NOK" | "DKK" => "kr",
        "MYR" => "RM",
        "PLN" => "zł",
        "CZK" => "Kč",
        "CHF" => "Fr.",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_and_decimals_are_where_they_belong() {
        let swedish = Notation { thousands: " ", decimal: ',' };
        assert_eq!(swedish.write(123_456_789, 2), "1 234 567,89");
        assert_eq!(swedish.write(99_905, 2), "999,05");
        assert_eq!(Notation { thousands: "'", decimal: '.' }.write(100_000, 0), "1'000");
        assert_eq!(MinusStyle::Parentheses.write("1,00"), "(1,00)");
        assert_eq!(normal(-5), "-0.05");
    }

    #[test]
    fn tax_is_rounded_half_away_from_zero() {
        assert_eq!(tax_of(102, 2500), 26);
        assert_eq!(tax_of(-102, 2500), -26);
        assert_eq!(tax_of(100, 2550), 26);
    }
}
