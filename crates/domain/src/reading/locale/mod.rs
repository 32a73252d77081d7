//! The language, country, currency and notation of a whole document.

mod country;
mod currency;
pub(crate) mod language;
mod notation;

pub(super) use currency::CurrencyFinding;
pub(crate) use notation::usual_notation;

use super::evidence::PageEvidence;
use crate::extraction::Locale;
use crate::values::{CountryCode, Notation};

/// Decided once over all pages, before any value is parsed.
#[derive(Debug, Clone)]
pub(super) struct DocumentLocale {
    pub language: Option<&'static str>,
    pub country: Option<CountryCode>,
    pub currency: Option<CurrencyFinding>,
    pub notation: Notation,
}

impl DocumentLocale {
    pub fn of(pages: &[PageEvidence]) -> Self {
        let language = language::language_of(pages);
        let country = country::country_of(pages, language);
        let currency = currency::currency_of_document(pages, country);
        let notation = notation::notation_of(pages, language, country);
        Self { language, country, currency, notation }
    }

    pub fn as_locale(&self) -> Option<Locale> {
        self.language.map(|language| Locale { language, country: self.country })
    }
}

/// Adds up votes; among equals the first one wins, so that the result is deterministic.
#[derive(Debug, Clone)]
struct Votes<T>(Vec<(T, f32)>);

impl<T: PartialEq> Votes<T> {
    const fn new() -> Self {
        Self(Vec::new())
    }

    fn add(&mut self, choice: T, weight: f32) {
        match self.0.iter_mut().find(|(of, _)| *of == choice) {
            Some((_, sum)) => *sum += weight,
            None => self.0.push((choice, weight)),
        }
    }

    /// The choice with the most votes, and its share of all votes.
    fn winner(self) -> Option<(T, f32, f32)> {
        let total: f32 = self.0.iter().map(|(_, weight)| weight).sum();
        let best = self.0.into_iter().reduce(|best, other| if other.1 > best.1 { other } else { best });
        best.map(|(choice, weight)| (choice, weight, weight / total.max(f32::EPSILON)))
    }
}
