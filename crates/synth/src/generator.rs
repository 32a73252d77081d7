//! The generator: an endless row of invoices, each of which follows from the seed and its index.

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

/// Makes invoices.
#[derive(Debug, Clone)]
pub struct Generator {
    seed: u64,
}

/// An invoice: its pages, and what they say.
#[derive(Debug, Clone, PartialEq)]
pub struct SyntheticInvoice {
    /// Language and country.
    pub locale: Locale,
    /// The kind of layout.
    pub family: LayoutFamily,
    /// What the document is for.
    pub kind: DocumentKind,
    /// What makes it hard to read.
    pub cases: BTreeSet<HardCase>,
    /// The normal form of every field that the pages show: dates by ISO 8601, money as a decimal with two places,
    /// numbers of accounts and taxes without spaces, other identifiers as printed.
    pub truth: BTreeMap<Field, String>,
    /// The normal form of what the invoice's facts have beside that and no page shows: a reader who derives it is not
    /// wrong.
    pub unprinted: BTreeMap<Field, String>,
    /// The tax by rate, as far as the pages show it; empty where they show no rate of a tax.
    pub tax: Vec<TaxRate>,
    /// The pages, at least one.
    pub pages: Vec<SyntheticPage>,
}

impl Generator {
    /// A generator whose invoices follow from a seed.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self { seed }
    }

    /// The invoice of an index, in any locale.
    #[must_use]
    pub fn invoice(&self, index: u64) -> SyntheticInvoice {
        let mut dice = Dice::new(self.seed, index);
        let locale = Locale::draw(&mut dice);
        compose(locale, dice)
    }

    /// The invoice of an index in a given locale; another one than [`Generator::invoice`] makes.
    #[must_use]
    pub fn invoice_in(&self, locale: Locale, index: u64) -> SyntheticInvoice {
        compose(locale, Dice::new(self.seed, index))
    }

    /// The invoice of an index in a given family, in any locale; another one than [`Generator::invoice`] makes.
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
    /// An invoice that is to have one hard case and no other.
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

/// The fields of which a value stands on the pages.
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
