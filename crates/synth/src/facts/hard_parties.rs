//! Parties that are hard to recognise: persons in business, ordinary words as names, trading names,
//! "c/o".

use std::collections::BTreeSet;

use super::Facts;
use crate::hard_cases::HardCase;
use crate::identifiers::{PaymentReference, Serial, serial_number};
use crate::parties::{Party, authority_name, long_name, ordinary_name, person_name, trading_name};
use crate::random::Dice;

impl Facts {
    /// Changes the parties for the requested cases. Returns the cases that are complete by that,
    /// without any change of the page.
    pub(crate) fn harden(&mut self, wanted: &BTreeSet<HardCase>, dice: &mut Dice) -> Vec<HardCase> {
        let mut met = Vec::new();
        let is_wanted = |case: HardCase| wanted.contains(&case);
        if is_wanted(HardCase::Reimbursement) {
            self.let_a_person_ask(dice);
            met.push(HardCase::Reimbursement);
        } else if is_wanted(HardCase::OnePersonFirm) {
            self.let_a_person_trade(dice);
        } else if is_wanted(HardCase::LongName) {
            let lexicon = self.locale.home_lexicon();
            let party = self.either_party(0.6, dice);
            let (name, short_name) = long_name(lexicon, dice);
            party.rename(name, short_name);
        }
        if is_wanted(HardCase::OrdinaryName) {
            let (locale, home) = (self.locale, self.locale.home_lexicon());
            let supplier_is_person = self.supplier.is_person;
            let party = if supplier_is_person { &mut self.customer } else { self.either_party(0.3, dice) };
            let (name, short_name) = ordinary_name(home, locale.lexicon(), dice);
            party.rename(name, short_name);
            met.push(HardCase::OrdinaryName);
        }
        if is_wanted(HardCase::SupplierTradeName) && self.supplier.trade_name.is_none() {
            self.supplier.trade_name = Some(trading_name(self.locale.home_lexicon(), dice));
        }
        if is_wanted(HardCase::CustomerTradeName) && !self.customer.is_person {
            self.customer.trade_name = Some(trading_name(self.locale.home_lexicon(), dice));
        }
        if is_wanted(HardCase::CareOf) {
            let name = if dice.chance(0.6) {
                person_name(self.locale.home_lexicon(), dice)
            } else {
                trading_name(self.locale.home_lexicon(), dice)
            };
            let mark = dice.pick(["c/o", "c/o", "c/o", "C/O", "%", "v/", "p/a"]);
            self.either_party(0.3, dice).address.insert(0, format!("{mark} {name}"));
            met.push(HardCase::CareOf);
        }
        self.complete_for(wanted, dice);
        met
    }

    /// Adds the facts that requested cases print and the invoice may lack.
    fn complete_for(&mut self, wanted: &BTreeSet<HardCase>, dice: &mut Dice) {
        if wanted.contains(&HardCase::LetterRows) {
            self.delivery_date.get_or_insert(self.invoice_date);
            let year = self.invoice_date.year();
            self.order_number.get_or_insert_with(|| serial_number(Serial::Other, year, dice));
        }
        if wanted.contains(&HardCase::ReferenceInSentence) && self.payment.fik.is_none() {
            let prefix =
                dice.pick(["INV-", "RE ", "Faktura ", "INV ", "Rg. ", "FA-", "RF-", "", "", "Invoice ", "R"]);
            let text = format!("{prefix}{}", self.invoice_number);
            let own = !self.payment.reference.as_ref().is_some_and(|reference| reference.structured);
            if own {
                self.payment.reference = Some(PaymentReference::free(&text));
            }
        }
    }

    /// The supplier with this probability, otherwise the customer.
    fn either_party(&mut self, supplier: f64, dice: &mut Dice) -> &mut Party {
        if dice.chance(supplier) { &mut self.supplier } else { &mut self.customer }
    }

    /// A private person who claims expenses from a club or an authority.
    fn let_a_person_ask(&mut self, dice: &mut Dice) {
        self.let_a_person_trade(dice);
        self.supplier.trade_name = None;
        self.supplier.vat = None;
        self.supplier.organisation = None;
        self.order_number = None;
        self.amounts.untax();
        self.payment.fik = None;
        self.payment.bankgiro = None;
    }

    /// A person as the supplier, with or without a trading name; the customer is not a person.
    fn let_a_person_trade(&mut self, dice: &mut Dice) {
        let home = self.locale.home_lexicon();
        let name = person_name(home, dice);
        self.supplier.rename(name.clone(), name);
        self.supplier.is_person = true;
        self.supplier.trade_name = dice.chance(0.6).then(|| trading_name(home, dice));
        if self.customer.is_person || dice.chance(0.5) {
            let name = authority_name(home, dice);
            self.customer.rename(name.clone(), name);
            self.customer.is_person = false;
        }
    }
}
