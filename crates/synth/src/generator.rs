//! The generator: an endless sequence of invoices, each determined by the seed and its index.

mod tax_rates;

use std::collections::{BTreeMap, BTreeSet};

use fieldmark_domain::detection::SpanClass;
use fieldmark_domain::extraction::DocumentKind;
use fieldmark_domain::field::Field;

use crate::composer::{Composer, Finished};
use crate::facts::Facts;
use crate::families::LayoutFamily;
use crate::hard_cases::HardCase;
use crate::lexicon::Lexicon;
use crate::locale::Locale;
use crate::look::Look;
use crate::page::SyntheticPage;
use crate::random::Dice;
pub use tax_rates::TaxRate;

/// Generates invoices.
#[derive(Debug, Clone)]
pub struct Generator {
    seed: u64,
}

/// An invoice: its pages, and its truth.
#[derive(Debug, Clone, PartialEq)]
pub struct SyntheticInvoice {
    /// Language and country.
    pub locale: Locale,
    /// The kind of layout.
    pub family: LayoutFamily,
    /// The kind of document.
    pub kind: DocumentKind,
    /// The hard cases that it contains.
    pub cases: BTreeSet<HardCase>,
    /// The normal form of every field that the pages show: dates by ISO 8601, money as a decimal
    /// with two places, account and tax numbers without spaces, other identifiers as printed.
    pub truth: BTreeMap<Field, String>,
    /// The normal form of further facts of the invoice that no page shows: deriving them is not an
    /// error.
    pub unprinted: BTreeMap<Field, String>,
    /// The tax by rate, as far as the pages show it; empty if they show no rate.
    pub tax: Vec<TaxRate>,
    /// The pages, at least one.
    pub pages: Vec<SyntheticPage>,
}

impl Generator {
    /// A generator whose invoices are determined by a seed.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self { seed }
    }

    /// The invoice with an index, in any locale.
    #[must_use]
    pub fn invoice(&self, index: u64) -> SyntheticInvoice {
        let mut dice = Dice::new(self.seed, index);
        let locale = Locale::draw(&mut dice);
        compose(locale, dice)
    }

    /// The invoice with an index in a given locale; it differs from that of [`Generator::invoice`].
    #[must_use]
    pub fn invoice_in(&self, locale: Locale, index: u64) -> SyntheticInvoice {
        compose(locale, Dice::new(self.seed, index))
    }

    /// The invoice with an index in a given family, in any locale; it differs from that of
    /// [`Generator::invoice`].
    #[must_use]
    pub fn invoice_of(&self, family: LayoutFamily, index: u64) -> SyntheticInvoice {
        let mut dice = Dice::new(self.seed, index);
        let locale = Locale::draw(&mut dice);
        let wanted = HardCase::draw(&mut dice);
        compose_as(locale, family, wanted, dice)
    }
}

#[cfg(test)]
impl Generator {
    /// An invoice for which only one hard case is requested.
    pub(crate) fn invoice_with(&self, case: HardCase, index: u64) -> SyntheticInvoice {
        let mut dice = Dice::new(self.seed, index);
        let locale = Locale::draw(&mut dice);
        let family = LayoutFamily::draw(&mut dice);
        compose_as(locale, family, BTreeSet::from([case]), dice)
    }
}

fn compose(locale: Locale, mut dice: Dice) -> SyntheticInvoice {
    let family = LayoutFamily::draw(&mut dice);
    let wanted = HardCase::draw(&mut dice);
    compose_as(locale, family, wanted, dice)
}

fn compose_as(
    locale: Locale,
    family: LayoutFamily,
    mut wanted: BTreeSet<HardCase>,
    mut dice: Dice,
) -> SyntheticInvoice {
    let kind = family.document_kind(&mut dice);
    let mut facts = Facts::draw(locale, kind, &mut dice);
    let met = facts.harden(&wanted, &mut dice);
    family.restrict(&mut wanted);
    let mut look = Look::draw(&facts, &mut dice);
    let met = met.into_iter().chain(look.harden(&facts, &wanted, &mut dice));
    let met: Vec<HardCase> = met.collect();
    let english = Lexicon::of("en").unwrap_or(locale.lexicon());
    let mut composer = Composer::new(facts, look, english, wanted, dice);
    met.into_iter().for_each(|case| composer.meet(case));
    family.compose(&mut composer);
    let Finished { facts, shows_currency, cases, pages } = composer.finish();
    let mut shown = shown_fields(&pages);
    if shows_currency {
        shown.insert(Field::Currency);
    }
    let truth = facts.truth(shown);
    let hidden = Field::ALL.iter().filter(|field| !truth.contains_key(field));
    let unprinted = hidden.filter_map(|field| Some((*field, facts.normal(*field)?))).collect();
    let tax = tax_rates::shown(&facts.amounts, &truth, &pages);
    SyntheticInvoice { locale, family, kind, cases, truth, unprinted, tax, pages }
}

/// The fields with a value on the pages.
fn shown_fields(pages: &[SyntheticPage]) -> BTreeSet<Field> {
    let words = pages.iter().flat_map(|page| &page.words);
    words
        .filter_map(|word| match word.class {
            Some(SpanClass::Value(field)) => Some(field),
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests;
