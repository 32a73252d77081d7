//! The locale of an invoice: its language, its country, and its notations.
//!
//! Owns the conventions of countries (currency, tax rates, notations, page). Does not know words.

use std::fmt;
use std::str::FromStr;

use crate::dates::DateStyle;
use crate::lexicon::Lexicon;
use crate::money::Notation;
use crate::random::Dice;

/// A language and the country in which it is used, for instance `sv-SE`; `en-SE` is an English
/// invoice of a Swedish company.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Locale {
    language: &'static str,
    country: &'static str,
}

/// The locales, with their shares of the invoices.
const SHARES: &[(Locale, u32)] = &[
    (Locale::new("sv", "SE"), 22),
    (Locale::new("nb", "NO"), 12),
    (Locale::new("da", "DK"), 12),
    (Locale::new("fi", "FI"), 10),
    (Locale::new("sv", "FI"), 2),
    (Locale::new("de", "DE"), 12),
    (Locale::new("de", "AT"), 4),
    (Locale::new("de", "CH"), 3),
    (Locale::new("nl", "NL"), 5),
    (Locale::new("nl", "BE"), 2),
    (Locale::new("fr", "FR"), 8),
    (Locale::new("fr", "BE"), 2),
    (Locale::new("fr", "CH"), 1),
    (Locale::new("es", "ES"), 5),
    (Locale::new("it", "IT"), 5),
    (Locale::new("pl", "PL"), 2),
    (Locale::new("pt", "PT"), 2),
    (Locale::new("cs", "CZ"), 2),
    (Locale::new("en", "GB"), 6),
    (Locale::new("en", "US"), 8),
    (Locale::new("en", "AU"), 2),
    (Locale::new("en", "IE"), 2),
    (Locale::new("en", "MY"), 2),
    (Locale::new("en", "SE"), 4),
    (Locale::new("en", "NO"), 2),
    (Locale::new("en", "DK"), 2),
    (Locale::new("en", "FI"), 2),
    (Locale::new("en", "DE"), 3),
    (Locale::new("en", "NL"), 2),
    (Locale::new("en", "PL"), 1),
    (Locale::new("en", "FR"), 1),
];

impl Locale {
    const fn new(language: &'static str, country: &'static str) -> Self {
        Self { language, country }
    }

    /// Every locale.
    pub fn all() -> impl Iterator<Item = Self> {
        SHARES.iter().map(|(locale, _)| *locale)
    }

    /// The language (ISO 639-1).
    #[must_use]
    pub const fn language(self) -> &'static str {
        self.language
    }

    /// The country (ISO 3166-1 alpha-2).
    #[must_use]
    pub const fn country(self) -> &'static str {
        self.country
    }

    /// A random locale with a lexicon, by share.
    pub(crate) fn draw(dice: &mut Dice) -> Self {
        let spoken: Vec<_> =
            SHARES.iter().copied().filter(|(locale, _)| Lexicon::of(locale.language).is_ok()).collect();
        dice.weighted_of(&spoken).unwrap_or(Self::new("en", "GB"))
    }

    /// The words of the text.
    pub(crate) fn lexicon(self) -> &'static Lexicon {
        words(&self.to_string())
    }

    /// The words of names and addresses: those of the country, whatever the language of the text.
    pub(crate) fn home_lexicon(self) -> &'static Lexicon {
        if self.language == "en" {
            words(&format!("{}-{}", home_language(self.country), self.country))
        } else {
            self.lexicon()
        }
    }

    /// The home locale of a company of the country.
    pub(crate) fn at_home(country: &'static str) -> Self {
        Self::new(home_language(country), country)
    }

    /// Currencies (ISO 4217) of its invoices, with weights.
    pub(crate) fn currencies(self) -> &'static [(&'static str, u32)] {
        match self.country {
            "SE" if self.language == "en" => &[("SEK", 60), ("EUR", 30), ("USD", 10)],
            "SE" => &[("SEK", 95), ("EUR", 5)],
            "NO" => &[("NOK", 95), ("EUR", 5)],
            "DK" => &[("DKK", 93), ("EUR", 7)],
            "CH" => &[("CHF", 92), ("EUR", 8)],
            "PL" => &[("PLN", 85), ("EUR", 13), ("USD", 2)],
            "CZ" => &[("CZK", 88), ("EUR", 12)],
            "GB" => &[("GBP", 75), ("EUR", 14), ("USD", 11)],
            "US" => &[("USD", 97), ("CAD", 3)],
            "AU" => &[("AUD", 90), ("NZD", 5), ("USD", 5)],
            "MY" => &[("MYR", 95), ("USD", 5)],
            "DE" => &[("EUR", 97), ("USD", 2), ("CHF", 1)],
            _ => &[("EUR", 98), ("USD", 2)],
        }
    }

    /// Tax rates in hundredths of a percent, the usual one first.
    pub(crate) fn tax_rates(self) -> &'static [i64] {
        match self.country {
            "SE" => &[2500, 1200, 600],
            "NO" => &[2500, 1500, 1200],
            "DK" => &[2500],
            "FI" => &[2550, 2400, 1400, 1000],
            "DE" => &[1900, 700],
            "AT" => &[2000, 1000, 1300],
            "CH" => &[810, 770, 260],
            "NL" => &[2100, 900],
            "BE" => &[2100, 600, 1200],
            "ES" => &[2100, 1000, 400],
            "IT" => &[2200, 1000, 400],
            "PL" => &[2300, 800, 500],
            "PT" => &[2300, 1300, 600],
            "CZ" => &[2100, 1200, 1500],
            "US" => &[825, 700, 625, 1000, 950],
            "AU" => &[1000],
            "IE" => &[2300, 1350, 900],
            "MY" => &[600, 1000, 800],
            "GB" => &[2000, 500],
            _ => &[2000, 1000, 550],
        }
    }

    /// The notation of amounts.
    pub(crate) fn notation(self, dice: &mut Dice) -> Notation {
        let english = [
            ((",", '.'), 60),
            (("", '.'), 28),
            ((" ", '.'), 4),
            ((".", ','), 4),
            (("", ','), 2),
            (("'", '.'), 2),
        ];
        let spaced = [
            ((" ", ','), 56),
            (("", ','), 20),
            ((".", ','), 8),
            ((",", '.'), 5),
            (("", '.'), 7),
            ((" ", '.'), 4),
        ];
        let dotted = [
            ((".", ','), 62),
            (("", ','), 20),
            ((" ", ','), 5),
            ((",", '.'), 6),
            (("", '.'), 5),
            (("'", '.'), 2),
        ];
        let swiss = [
            (("'", '.'), 56),
            (("\u{2019}", '.'), 12),
            (("", '.'), 18),
            ((" ", '.'), 8),
            ((".", ','), 6),
            ((",", '.'), 2),
        ];
        let home = match self.country {
            "GB" | "US" | "AU" | "IE" | "MY" => english,
            "SE" | "NO" | "FI" | "FR" | "PL" | "CZ" => spaced,
            "CH" => swiss,
            _ => dotted,
        };
        let abroad = self.language == "en" && dice.chance(0.55);
        let (thousands, decimal) = dice.weighted(if abroad { english } else { home });
        Notation { thousands, decimal }
    }

    /// The date formats, with weights.
    pub(crate) fn date_styles(self) -> &'static [(DateStyle, u32)] {
        use DateStyle::{
            Compact, Dash, DashMonth, DashShort, Dot, DotPadded, DotShort, Iso, IsoShort, Long, LongAmerican,
            Medium, MediumAmerican, Slash, SlashAmerican, SlashAmericanPlain, SlashPlain, SlashShort,
            SlashYear,
        };
        if self.language == "en" && !matches!(self.country, "GB" | "US" | "AU" | "IE" | "MY") {
            return &[
                (Iso, 36),
                (Long, 14),
                (Medium, 10),
                (LongAmerican, 8),
                (MediumAmerican, 6),
                (DotPadded, 10),
                (Slash, 6),
                (DashMonth, 5),
                (Dash, 3),
                (SlashYear, 2),
            ];
        }
        match self.country {
            "SE" => &[
                (Iso, 76),
                (IsoShort, 4),
                (Long, 7),
                (Compact, 3),
                (Medium, 3),
                (DotPadded, 2),
                (Dot, 1),
                (Slash, 2),
                (Dash, 2),
            ],
            "NO" => &[(DotPadded, 68), (Dot, 6), (DotShort, 5), (Long, 8), (Iso, 6), (Slash, 5), (Dash, 2)],
            "DK" => &[
                (Dash, 38),
                (DotPadded, 22),
                (Slash, 8),
                (Long, 14),
                (DashShort, 5),
                (Iso, 5),
                (DotShort, 4),
                (Medium, 4),
            ],
            "FI" => &[(Dot, 56), (DotPadded, 26), (Iso, 6), (Slash, 3), (DotShort, 4), (Long, 5)],
            "DE" | "AT" => {
                &[(DotPadded, 72), (Dot, 7), (DotShort, 5), (Long, 9), (Iso, 4), (Slash, 2), (Medium, 1)]
            }
            "CH" => &[(DotPadded, 66), (Dot, 8), (Long, 16), (DotShort, 5), (Iso, 5)],
            "NL" => &[
                (Dash, 58),
                (Slash, 8),
                (Long, 16),
                (Dot, 3),
                (DotPadded, 3),
                (Medium, 6),
                (Iso, 3),
                (DashShort, 3),
            ],
            "BE" => &[(Slash, 58), (Dash, 14), (DotPadded, 8), (Long, 12), (SlashShort, 5), (Iso, 3)],
            "FR" => {
                &[(Slash, 68), (SlashShort, 6), (Long, 14), (Dash, 4), (DotPadded, 4), (Iso, 2), (Compact, 2)]
            }
            "ES" | "IT" | "PT" => {
                &[(Slash, 62), (Dash, 12), (Long, 10), (DotPadded, 6), (SlashShort, 4), (Iso, 4), (Medium, 2)]
            }
            "PL" => &[(Iso, 44), (DotPadded, 34), (Dash, 12), (Long, 6), (Slash, 4)],
            "CZ" => &[(Dot, 44), (DotPadded, 40), (Long, 8), (Iso, 5), (Slash, 3)],
            "US" => &[
                (SlashAmerican, 34),
                (SlashAmericanPlain, 14),
                (LongAmerican, 22),
                (MediumAmerican, 14),
                (Iso, 8),
                (DashMonth, 4),
                (Medium, 4),
            ],
            _ => &[
                (Slash, 42),
                (Long, 20),
                (Medium, 12),
                (DashMonth, 6),
                (SlashShort, 4),
                (Iso, 6),
                (DotPadded, 3),
                (LongAmerican, 4),
                (SlashPlain, 3),
            ],
        }
    }

    /// Width and height of the page in points.
    pub(crate) fn page_size(self, dice: &mut Dice) -> (f32, f32) {
        let letter = if self.country == "US" {
            0.85
        } else if self.language == "en" {
            0.12
        } else {
            0.015
        };
        if dice.chance(letter) { (612.0, 792.0) } else { (595.28, 841.89) }
    }
}

/// The language of company names in a country.
fn home_language(country: &str) -> &'static str {
    match country {
        "SE" => "sv",
        "NO" => "nb",
        "DK" => "da",
        "FI" => "fi",
        "DE" | "AT" | "CH" => "de",
        "NL" | "BE" => "nl",
        "FR" => "fr",
        "ES" => "es",
        "IT" => "it",
        "PL" => "pl",
        "PT" => "pt",
        "CZ" => "cs",
        _ => "en",
    }
}

/// The words of a locale; English if the language has none.
#[expect(clippy::expect_used, reason = "the lexicons are part of the program, and a test reads them all")]
fn words(locale: &str) -> &'static Lexicon {
    Lexicon::of(locale).or_else(|_| Lexicon::of("en")).expect("the English lexicon is compiled in")
}

impl fmt::Display for Locale {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}-{}", self.language, self.country)
    }
}

/// A text that is not a supported locale.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the locale `{0}` is not supported")]
pub struct UnknownLocale(pub String);

impl FromStr for Locale {
    type Err = UnknownLocale;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::all().find(|locale| locale.to_string() == text).ok_or_else(|| UnknownLocale(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_locale_is_found_by_its_name() {
        for locale in Locale::all() {
            assert_eq!(locale.to_string().parse(), Ok(locale));
        }
        assert_eq!("xx-YY".parse::<Locale>(), Err(UnknownLocale("xx-YY".to_owned())));
    }

    #[test]
    fn english_invoices_of_a_country_have_that_countrys_names() {
        let swedish = Locale::new("en", "SE").home_lexicon();
        assert!(swedish.code.starts_with(if Lexicon::of("sv").is_ok() { "sv" } else { "en" }));
    }
}
