//! Entries: a caption and its value, for everything that an invoice may contain.

use fieldmark_domain::detection::SpanClass;
use fieldmark_domain::field::Field;

use super::Composer;
use crate::canvas::Run;
use crate::hard_cases::HardCase;
use crate::identifiers::{Serial, serial_number};
use crate::look::Separator;
use crate::parties::person_name;

/// An item with a caption and a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Item {
    /// A field.
    Field(Field),
    /// The first and the last day of a period.
    Period,
    /// The supplier's telephone.
    Phone,
    /// The supplier's fax.
    Fax,
    /// The supplier's web site.
    Web,
    /// The bank's name.
    Bank,
    /// The holder of the account.
    AccountHolder,
    /// References, terms, pages: entries that are not fields.
    Other,
    /// A date that is not a field.
    OtherDate,
    /// A number that is not a field.
    OtherIdentifier,
    /// A tax or register number that is not a field.
    NationalNumber,
    /// The code of the bank of a national account.
    BankCode,
}

/// A caption and its value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Entry {
    /// The caption; may be empty.
    pub(crate) caption: Run,
    /// The value.
    pub(crate) value: Run,
    /// Whether there is no space between the two.
    pub(crate) glued: bool,
}

impl Entry {
    /// Both in one line.
    pub(crate) fn inline(self) -> Run {
        if self.glued { self.caption.glue(self.value) } else { self.caption.and(self.value) }
    }
}

impl Composer {
    /// The caption and the value of an item; nothing if the invoice does not have it.
    pub(crate) fn entry(&mut self, item: Item) -> Option<Entry> {
        let (key, value) = match item {
            Item::Field(field) => return self.field_entry(field),
            Item::NationalNumber => return Some(self.national_number()),
            Item::BankCode => return self.bank_code(),
            Item::Period => ("service_period", self.period_value()?),
            Item::Phone => ("phone", Run::span(SpanClass::Phone, self.facts.supplier.phone.clone())),
            Item::Fax => ("fax", Run::span(SpanClass::Phone, self.facts.supplier.fax.clone())),
            Item::Web => ("web", Run::plain(self.facts.supplier.web.clone())),
            Item::Bank => ("bank_name", Run::plain(self.facts.payment.bank_name.clone())),
            Item::AccountHolder => {
                ("account_holder", Run::value(Field::SupplierName, self.facts.supplier.name.clone()))
            }
            Item::Other => ("other", self.other_value()),
            Item::OtherDate => ("other_date", self.other_dates()),
            Item::OtherIdentifier => {
                let year = self.facts.invoice_date.year();
                let number = serial_number(Serial::Other, year, &mut self.dice);
                ("other_identifier", Run::span(SpanClass::OtherIdentifier, number))
            }
        };
        Some(self.entry_of(key, value))
    }

    fn field_entry(&mut self, field: Field) -> Option<Entry> {
        if field == Field::AccountNumber && self.facts.locale.country() == "DK" && self.dice.chance(0.5) {
            return self.danish_account_entry();
        }
        if field == Field::SupplierOrgNumber {
            if self.keeps_number_in_vat() {
                self.meet(HardCase::NumberInVat);
                return None;
            }
            let with_court = self.is_to_have(HardCase::CourtText) || self.dice.chance(0.12);
            if with_court && let Some(entry) = self.register_entry() {
                self.meet(HardCase::CourtText);
                return Some(entry);
            }
        }
        if field == Field::Currency && self.met.contains(&HardCase::CurrencySign) {
            return None;
        }
        let value = self.field_value(field)?;
        let norwegian = self.facts.locale.country() == "NO"
            && self.facts.payment.reference.as_ref().is_some_and(|reference| reference.structured);
        let key = match field {
            Field::PaymentReference if norwegian && self.dice.chance(0.8) => "kid",
            Field::SupplierVatId if self.dice.chance(0.03) => "customer_vat_id",
            other => other.name(),
        };
        if field == Field::Fik && self.dice.chance(0.4) {
            // The line needs no caption.
            return Some(Entry { caption: Run::default(), value, glued: false });
        }
        if field == Field::Currency && self.lexicon.captions("currency").is_empty() {
            return None;
        }
        Some(self.entry_of(key, value))
    }

    /// "Reg. nr. 1234 Kontonr. 5678901": one account in two parts.
    fn danish_account_entry(&mut self) -> Option<Entry> {
        let account = self.facts.payment.account.clone()?;
        let (branch, own) = account.normal.split_at_checked(4)?;
        let class = SpanClass::Caption(Field::AccountNumber);
        let (first, second) = self.dice.pick([
            ("Reg.nr.", "Kontonr."),
            ("Reg. nr.", "Konto nr."),
            ("Reg.", "Konto"),
            ("Regnr", "Kontonummer"),
            ("Registreringsnr.", "Kontonr."),
            ("Bank reg.", "Account"),
        ]);
        let caption = self.caption_of(class, first);
        let second = self.caption_of(class, second);
        let branch = Run::value(Field::AccountNumber, branch);
        let branch = if self.dice.chance(0.3) { branch.and(Run::plain("/")) } else { branch };
        let value = branch.and(second).and(Run::value(Field::AccountNumber, own));
        Some(Entry { caption, value, glued: false })
    }

    /// An entry with the caption of this name.
    pub(crate) fn entry_of(&mut self, key: &str, value: Run) -> Entry {
        let caption = self.caption(key);
        let value = value.bold_if(self.look.value_bold);
        let glued = self.look.separator != Separator::Absent && self.dice.chance(self.look.glued_captions);
        Entry { caption, value, glued }
    }

    /// Entries of those items that the invoice has.
    pub(crate) fn entries(&mut self, items: &[Item]) -> Vec<Entry> {
        items.iter().filter_map(|item| self.entry(*item)).collect()
    }

    /// The value of a caption that names no field.
    fn other_value(&mut self) -> Run {
        let home = self.facts.locale.home_lexicon();
        match self.dice.count(0, 19) {
            0..=6 => Run::plain(person_name(home, &mut self.dice)),
            7..=9 => {
                let year = self.facts.invoice_date.year();
                Run::span(SpanClass::OtherIdentifier, serial_number(Serial::Other, year, &mut self.dice))
            }
            10..=14 => Run::plain(self.dice.word(&self.lexicon.products)),
            15..=16 => {
                let count = self.dice.count(1, 3);
                Run::plain(self.filler(count))
            }
            17 => Run::span(SpanClass::OtherDate, self.other_date()),
            18 => Run::plain(self.dice.pick([
                "-", "EXW", "DAP", "FCA", "1", "Visa", "SEPA", "PayPal", "8 %", "10,5 %", "DDP", "n/a",
            ])),
            _ => Run::plain(self.facts.supplier.city.clone()),
        }
    }

    /// "01.03.2024 - 31.03.2024"
    fn period_value(&mut self) -> Option<Run> {
        let (start, end) = self.facts.service?;
        let between = match self.facts.locale.language() {
            "sv" => self.dice.pick(["-", "\u{2013}", "till", "t.o.m.", "--"]),
            "nb" | "da" => self.dice.pick(["-", "\u{2013}", "til", "til og med"]),
            "de" => self.dice.pick(["-", "\u{2013}", "bis", "bis"]),
            "nl" => self.dice.pick(["-", "\u{2013}", "t/m", "tot"]),
            "fr" => self.dice.pick(["-", "\u{2013}", "au", "au"]),
            "es" | "pt" => self.dice.pick(["-", "\u{2013}", "a", "al"]),
            "it" => self.dice.pick(["-", "\u{2013}", "al", "a"]),
            "pl" | "cs" => self.dice.pick(["-", "\u{2013}", "do"]),
            _ => self.dice.pick(["-", "\u{2013}", "to", "until", "through"]),
        };
        let first = Run::value(Field::ServiceStart, self.date_text(start));
        let last = Run::value(Field::ServiceEnd, self.date_text(end));
        Some(first.and(Run::plain(between)).and(last))
    }

    /// One date, or a period.
    fn other_dates(&mut self) -> Run {
        let class = SpanClass::OtherDate;
        let first = Run::span(class, self.other_date());
        if self.dice.chance(0.75) {
            return first;
        }
        let between = self.dice.pick(["-", "\u{2013}", "to", "till", "bis", "t/m", "au", "\u{2014}"]);
        first.and(Run::plain(between)).and(Run::span(class, self.other_date()))
    }
}
