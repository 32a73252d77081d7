//! Printed values: dates, amounts, numbers, names.

use fieldmark_domain::detection::SpanClass;
use fieldmark_domain::field::Field;
use jiff::civil::Date;

use super::Composer;
use crate::canvas::Run;
use crate::facts::later;
use crate::hard_cases::HardCase;
use crate::identifiers::{grouped, grouped_from_right};
use crate::money::{CurrencyStyle, MinusStyle, symbol};

impl Composer {
    /// A date in this invoice's style.
    pub(crate) fn date_text(&mut self, date: Date) -> String {
        let style = if self.dice.chance(self.look.odd_dates) {
            self.dice.weighted_of(self.facts.locale.date_styles()).unwrap_or(self.look.date)
        } else {
            self.look.date
        };
        style.write(date, self.lexicon, &mut self.dice)
    }

    /// A date that is not a field, some days before or after the invoice's.
    pub(crate) fn other_date(&mut self) -> String {
        let days = self.dice.whole(-120, 90);
        self.date_text(later(self.facts.invoice_date, days))
    }

    /// A month near the invoice's: "March 2024", "03/2024".
    pub(crate) fn month_text(&mut self) -> String {
        let days = self.dice.whole(-40, 10);
        let date = later(self.facts.invoice_date, days);
        let (year, month) = (date.year(), date.month());
        match self.dice.count(0, 3) {
            0 => format!("{month:02}/{year}"),
            1 => format!("{year}-{month:02}"),
            _ => {
                let place = usize::try_from(month - 1).unwrap_or_default();
                let name = self.lexicon.months.get(place).cloned().unwrap_or_default();
                format!("{name} {year}")
            }
        }
    }

    /// A rate in percent, without the sign.
    pub(crate) fn rate_number(&mut self, rate: i64) -> String {
        let text = if rate % 100 != 0 || self.dice.chance(0.15) {
            self.look.notation.write(rate, if rate % 10 == 0 && self.dice.chance(0.6) { 1 } else { 2 })
        } else {
            self.look.notation.write(rate, 0)
        };
        if rate % 100 != 0 && rate % 10 != 0 { self.look.notation.write(rate, 2) } else { text }
    }

    /// A rate with its percent sign.
    pub(crate) fn rate_text(&mut self, rate: i64) -> String {
        let number = self.rate_number(rate);
        let sign = self.dice.pick(["%", "%", " %"]);
        format!("{number}{sign}")
    }

    /// An amount without currency.
    pub(crate) fn bare_amount(&mut self, hundredths: i64) -> String {
        let decimals = if self.look.drops_zeros && hundredths % 100 == 0 { 0 } else { 2 };
        let text = self.look.notation.write(hundredths, decimals);
        if hundredths < 0 { self.look.minus.write(&text) } else { text }
    }

    /// An amount with the currency at the position of `style`.
    pub(crate) fn amount(&mut self, class: SpanClass, hundredths: i64, style: CurrencyStyle) -> Run {
        let code = self.facts.currency;
        let sign = symbol(code);
        self.shows_currency |= style != CurrencyStyle::Absent;
        let text = self.bare_amount(hundredths);
        let number = Run::span(class, text.clone());
        match style {
            CurrencyStyle::Absent => number,
            CurrencyStyle::SymbolAttachedBefore => {
                Run::span(class, self.attached_before(sign, hundredths, &text))
            }
            CurrencyStyle::SymbolBefore => Run::plain(sign).and(number),
            CurrencyStyle::SymbolAfter => number.and(Run::plain(sign)),
            CurrencyStyle::SymbolAttachedAfter => Run::span(class, format!("{text}{sign}")),
            CurrencyStyle::CodeAfter => number.and(Run::plain(code)),
            CurrencyStyle::CodeBefore => Run::plain(code).and(number),
            CurrencyStyle::Dash | CurrencyStyle::CommaDash if hundredths % 100 == 0 => {
                let whole = self.look.notation.write(hundredths, 0);
                let whole = if hundredths < 0 { self.look.minus.write(&whole) } else { whole };
                let dash = if style == CurrencyStyle::Dash { ":-" } else { ",-" };
                Run::span(class, format!("{whole}{dash}"))
            }
            CurrencyStyle::Dash | CurrencyStyle::CommaDash => number,
        }
    }

    /// The currency sign follows a minus before the digits.
    fn attached_before(&self, sign: &str, hundredths: i64, text: &str) -> String {
        let digits = text.trim_start_matches(['-', '\u{2212}', '(', ' ']);
        match self.look.minus {
            _ if hundredths >= 0 => format!("{sign}{text}"),
            MinusStyle::Before | MinusStyle::Apart => format!("-{sign}{digits}"),
            MinusStyle::Typographic => format!("\u{2212}{sign}{digits}"),
            MinusStyle::After => format!("{sign}{text}"),
            MinusStyle::Parentheses => format!("({sign}{digits}"),
        }
    }

    /// An amount of a line or of a table.
    pub(crate) fn line_amount(&mut self, class: SpanClass, hundredths: i64) -> Run {
        self.amount(class, hundredths, self.look.line_currency)
    }

    /// An amount of the totals.
    pub(crate) fn total_amount(&mut self, class: SpanClass, hundredths: i64) -> Run {
        let style = match self.dice.count(0, 14) {
            _ if self.keeps_code_away() => self.look.total_currency,
            0 => CurrencyStyle::CodeAfter,
            1 => CurrencyStyle::CodeBefore,
            2 => CurrencyStyle::Absent,
            _ => self.look.total_currency,
        };
        self.amount(class, hundredths, style)
    }

    /// Whether no amount may have the currency code next to it.
    pub(crate) fn keeps_code_away(&self) -> bool {
        self.is_to_have(HardCase::CurrencyHeading) || self.met.contains(&HardCase::CurrencySign)
    }

    /// The printed value of a field; nothing if the invoice does not have it.
    pub(crate) fn field_value(&mut self, field: Field) -> Option<Run> {
        if let Some(date) = self.facts.date(field) {
            return Some(self.date_value(field, date));
        }
        if let Some(amount) = self.facts.amount(field) {
            return Some(self.total_amount(SpanClass::Value(field), amount));
        }
        let identifier = match field {
            Field::SupplierVatId => self.facts.supplier.vat.clone(),
            Field::SupplierOrgNumber => self.facts.supplier.organisation.clone(),
            Field::SupplierIban => self.facts.payment.iban.clone(),
            Field::SupplierBic => self.facts.payment.bic.clone(),
            Field::Bankgiro => self.facts.payment.bankgiro.clone(),
            Field::Plusgiro => self.facts.payment.plusgiro.clone(),
            Field::AccountNumber => self.facts.payment.account.clone(),
            Field::PaymentReference => {
                self.facts.payment.reference.clone().map(|reference| reference.identifier)
            }
            Field::Fik => self.facts.payment.fik.clone(),
            Field::CustomerVatId => self.facts.customer.vat.clone(),
            Field::CustomerOrgNumber => self.facts.customer.organisation.clone(),
            _ => None,
        };
        if let Some(identifier) = identifier {
            let mut text = identifier.print(&mut self.dice);
            if field == Field::SupplierOrgNumber
                && self.facts.locale.country() == "NO"
                && self.dice.chance(0.35)
            {
                // The register's letters for "liable to VAT" follow the number and are not part of
                // it.
                return Some(Run::value(field, std::mem::take(&mut text)).and(Run::plain("MVA")));
            }
            if field == Field::PaymentReference {
                text = self.broken_reference(text);
            }
            return Some(Run::value(field, text));
        }
        match field {
            Field::Currency => Some(Run::value(field, self.facts.currency)),
            Field::InvoiceNumber | Field::CustomerNumber | Field::OrderNumber => {
                self.facts.normal(field).map(|text| Run::value(field, text))
            }
            Field::SupplierName
            | Field::CustomerName
            | Field::SupplierEmail
            | Field::CustomerEmail
            | Field::PaymentTerms => self.facts.normal(field).map(|text| Run::value(field, text)),
            _ => None,
        }
    }

    /// A long reference in groups, if that case is requested.
    fn broken_reference(&mut self, text: String) -> String {
        let long = text.len() >= 8 && text.chars().all(|digit| digit.is_ascii_digit());
        if !long || !self.is_to_have(HardCase::BrokenReference) {
            return text;
        }
        self.meet(HardCase::BrokenReference);
        let size = self.dice.pick([3, 4, 4, 5, 6]);
        if self.dice.chance(0.5) { grouped(&text, size, " ") } else { grouped_from_right(&text, size, " ") }
    }

    /// A date, rarely with the place or the time of day next to it.
    fn date_value(&mut self, field: Field, date: Date) -> Run {
        let value = Run::value(field, self.date_text(date));
        match self.dice.count(0, 59) {
            0 if field == Field::InvoiceDate => {
                let city = self.facts.supplier.city.clone();
                Run::plain(format!("{city},")).and(value)
            }
            1 => {
                let time = format!("{:02}:{:02}", self.dice.whole(0, 23), self.dice.whole(0, 59));
                value.and(Run::plain(time))
            }
            2 => {
                let weekday = self
                    .dice
                    .pick(["Mon", "Tue", "Fri", "ma", "ti", "to", "lun.", "Mo.", "Di.", "fre", "tor"]);
                Run::plain(weekday).and(value)
            }
            _ => value,
        }
    }

    /// "Page 1 of 2" in the language's words.
    pub(crate) fn page_number(&mut self, page: usize) -> Run {
        let total = page.max(self.dice.count(1, 3));
        let text = match self.dice.count(0, 5) {
            0 => format!("{page}"),
            1 => format!("{page}/{total}"),
            2 => format!("{page} / {total}"),
            3 => format!("({page})"),
            4 => format!("{page} ({total})"),
            _ => format!("{page} {} {total}", self.page_of()),
        };
        let caption = match self.facts.locale.language() {
            "sv" | "da" => self.dice.pick(["Sida", "Sid", "Side"]),
            "nb" => "Side",
            "fi" => "Sivu",
            "de" => "Seite",
            "nl" => "Pagina",
            "it" => "Pagina",
            "es" | "pt" => "Página",
            "pl" => "Strona",
            "cs" => "Strana",
            _ => self.dice.pick(["Page", "Page:", "Page No."]),
        };
        match self.dice.count(0, 3) {
            0 => Run::plain(text),
            _ => Run::span(SpanClass::OtherCaption, caption).and(Run::plain(text)),
        }
    }

    fn page_of(&self) -> &'static str {
        match self.facts.locale.language() {
            "sv" | "nb" | "da" => "av",
            "de" => "von",
            "nl" => "van",
            "fr" | "es" | "pt" => "de",
            "it" => "di",
            "pl" => "z",
            "cs" => "z",
            "fi" => "/",
            _ => "of",
        }
    }
}
