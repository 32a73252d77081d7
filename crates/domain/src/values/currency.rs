//! Currencies (ISO 4217) and the codes and symbols by which documents name them.

pub use iso_currency::Currency;

use super::{CountryCode, ParseValueError};

/// The currency that a printed mark names.
///
/// ```
/// use fieldmark_domain::values::{CountryCode, Currency, CurrencyMark};
///
/// let euro = CurrencyMark::of("€").unwrap();
/// assert!(euro.is_exact());
/// let crowns = CurrencyMark::of("kr.").unwrap();
/// assert_eq!(crowns.resolve(Some(CountryCode::NO)), Some(Currency::NOK));
/// assert_eq!(crowns.resolve(None), Some(Currency::SEK));
/// assert_eq!(CurrencyMark::of("ALL"), None);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CurrencyMark {
    /// A code, or a symbol of a single currency.
    Exactly(Currency),
    /// A symbol that several currencies share; the most common one first.
    OneOf(&'static [Currency]),
}

const CROWNS: &[Currency] = &[Currency::SEK, Currency::NOK, Currency::DKK, Currency::ISK];
const DOLLARS: &[Currency] = &[
    Currency::USD,
    Currency::AUD,
    Currency::CAD,
    Currency::NZD,
    Currency::SGD,
    Currency::HKD,
    Currency::MXN,
    Currency::BRL,
];
const YEN_OR_YUAN: &[Currency] = &[Currency::JPY, Currency::CNY];
const FRANCS: &[Currency] = &[Currency::CHF];
const RUPEES: &[Currency] = &[Currency::INR, Currency::PKR, Currency::LKR];

impl CurrencyMark {
    /// Parses one printed mark (`SEK`, `kr.`, `€`, `US$`), without the amount next to it.
    #[must_use]
    pub fn of(text: &str) -> Option<Self> {
        let mark = text.trim_matches(|letter: char| letter.is_whitespace() || ".,:;()[]-–:".contains(letter));
        let exactly = |currency| Some(Self::Exactly(currency));
        match mark {
            "€" | "Euro" | "euro" | "EURO" | "Euros" | "euros" | "Eur" | "eur" => exactly(Currency::EUR),
            "£" => exactly(Currency::GBP),
            "$" => Some(Self::OneOf(DOLLARS)),
            "US$" | "U$D" | "$US" => exactly(Currency::USD),
            "A$" | "AU$" => exactly(Currency::AUD),
            "C$" | "CA$" => exactly(Currency::CAD),
            "NZ$" => exactly(Currency::NZD),
            "S$" => exactly(Currency::SGD),
            "HK$" => exactly(Currency::HKD),
            "R$" => exactly(Currency::BRL),
            "¥" => Some(Self::OneOf(YEN_OR_YUAN)),
            "₹" => exactly(Currency::INR),
            "Rs" | "Rs." => Some(Self::OneOf(RUPEES)),
            "zł" | "zl" | "ZŁ" => exactly(Currency::PLN),
            "Kč" | "kč" | "KČ" => exactly(Currency::CZK),
            "Ft" => exactly(Currency::HUF),
            "Fr" | "SFr" | "sFr" | "Fr." => Some(Self::OneOf(FRANCS)),
            "kr" | "Kr" | "KR" | "kronor" | "kroner" => Some(Self::OneOf(CROWNS)),
            code => code_of(code).map(Self::Exactly),
        }
    }

    /// The currency of the mark; where the mark is ambiguous, the country decides.
    #[must_use]
    pub fn resolve(self, country: Option<CountryCode>) -> Option<Currency> {
        match self {
            Self::Exactly(currency) => Some(currency),
            Self::OneOf(choices) => country
                .and_then(currency_of)
                .filter(|currency| choices.contains(currency))
                .or_else(|| choices.first().copied()),
        }
    }

    /// Whether the mark is unambiguous.
    #[must_use]
    pub const fn is_exact(self) -> bool {
        matches!(self, Self::Exactly(_))
    }
}

/// An upper-case code of a common currency; other upper-case words of three letters are ordinary
/// words ("ALL", "TOP").
fn code_of(text: &str) -> Option<Currency> {
    const WORDS: [&str; 8] = ["ALL", "TOP", "MAD", "GEL", "CUP", "SOS", "BAM", "RON"];
    let capitals = text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_uppercase());
    let currency = if capitals { Currency::from_code(text)? } else { return None };
    (!WORDS.contains(&text) || text == "RON")
        .then_some(currency)
        .filter(|found| !found.is_special() && !found.is_fund())
}

/// The currency in which a country's invoices are usually written.
pub(crate) fn currency_of(country: CountryCode) -> Option<Currency> {
    Some(match country.as_str() {
        "SE" => Currency::SEK,
        "NO" => Currency::NOK,
        "DK" => Currency::DKK,
        "IS" => Currency::ISK,
        "GB" => Currency::GBP,
        "US" => Currency::USD,
        "CA" => Currency::CAD,
        "AU" => Currency::AUD,
        "NZ" => Currency::NZD,
        "SG" => Currency::SGD,
        "HK" => Currency::HKD,
        "CH" | "LI" => Currency::CHF,
        "PL" => Currency::PLN,
        "CZ" => Currency::CZK,
        "HU" => Currency::HUF,
        "RO" => Currency::RON,
        "IN" => Currency::INR,
        "MX" => Currency::MXN,
        "BR" => Currency::BRL,
        "CN" => Currency::CNY,
        "JP" => Currency::JPY,
        "AT" | "BE" | "BG" | "CY" | "DE" | "EE" | "ES" | "FI" | "FR" | "GR" | "HR" | "IE" | "IT" | "LT"
        | "LU" | "LV" | "MC" | "MT" | "NL" | "PT" | "SI" | "SK" => Currency::EUR,
        _ => return None,
    })
}

/// Parses the text of a currency field: the first mark in it.
pub(super) fn parse(text: &str, country: Option<CountryCode>) -> Result<Currency, ParseValueError> {
    std::iter::once(text)
        .chain(text.split(|letter: char| letter.is_whitespace() || "()[]:/,".contains(letter)))
        .find_map(CurrencyMark::of)
        .and_then(|mark| mark.resolve(country))
        .ok_or_else(|| ParseValueError::new(text, "a currency of ISO 4217"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shared_symbol_is_the_countrys_own() {
        let resolve = |mark: &str, country| CurrencyMark::of(mark).unwrap().resolve(country);
        assert_eq!(resolve("kr", Some(CountryCode::NO)), Some(Currency::NOK));
        assert_eq!(resolve("Kr.", Some(CountryCode::DK)), Some(Currency::DKK));
        assert_eq!(resolve("kr", None), Some(Currency::SEK));
        assert_eq!(resolve("$", CountryCode::parse("AU").ok()), Some(Currency::AUD));
        assert_eq!(resolve("$", Some(CountryCode::SE)), Some(Currency::USD));
    }

    #[test]
    fn codes_are_capitals_and_words_are_not_codes() {
        assert_eq!(CurrencyMark::of("SEK"), Some(CurrencyMark::Exactly(Currency::SEK)));
        assert_eq!(CurrencyMark::of("sek"), None);
        assert_eq!(CurrencyMark::of("ALL"), None);
        assert_eq!(CurrencyMark::of("XXX"), None);
    }

    #[test]
    fn a_field_may_name_the_currency_among_words() {
        assert_eq!(parse("Valuta: EUR", None), Ok(Currency::EUR));
        assert_eq!(parse("Pfund (£)", None), Ok(Currency::GBP));
        assert!(parse("Belopp", None).is_err());
    }
}
