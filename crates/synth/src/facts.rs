//! The facts of an invoice, independent of its layout.

mod amounts;
mod hard_parties;
mod payment;
mod terms;

use std::collections::BTreeMap;

use fieldmark_domain::extraction::DocumentKind;
use fieldmark_domain::field::Field;
use jiff::ToSpan;
use jiff::civil::Date;

pub(crate) use amounts::{Amounts, Line, RateSum, description};
pub(crate) use payment::Payment;

use crate::identifiers::{Serial, serial_number};
use crate::locale::Locale;
use crate::money;
use crate::parties::{Party, PartyKind};
use crate::random::Dice;

/// The facts of an invoice.
#[derive(Debug, Clone)]
pub(crate) struct Facts {
    pub(crate) locale: Locale,
    pub(crate) kind: DocumentKind,
    pub(crate) supplier: Party,
    pub(crate) customer: Party,
    /// Delivery address, payer, factor and the like.
    pub(crate) others: Vec<Party>,
    pub(crate) invoice_number: String,
    /// The number of an earlier invoice of the same supplier, which a credit note cancels.
    pub(crate) original_number: String,
    pub(crate) invoice_date: Date,
    pub(crate) due_date: Option<Date>,
    pub(crate) delivery_date: Option<Date>,
    /// The first and the last day of the invoiced period.
    pub(crate) service: Option<(Date, Date)>,
    /// The terms of payment, in words.
    pub(crate) payment_terms: Option<String>,
    pub(crate) customer_number: Option<String>,
    pub(crate) order_number: Option<String>,
    pub(crate) names_customer_vat: bool,
    pub(crate) currency: &'static str,
    pub(crate) amounts: Amounts,
    pub(crate) payment: Payment,
}

impl Facts {
    /// Draws the facts of an invoice of a locale.
    pub(crate) fn draw(locale: Locale, kind: DocumentKind, dice: &mut Dice) -> Self {
        let supplier = Party::draw(PartyKind::Supplier, locale, dice);
        let mut customer = Party::draw(PartyKind::Customer, customer_locale(locale, dice), dice);
        while customer.name == supplier.name {
            customer = Party::draw(PartyKind::Customer, locale, dice);
        }
        let invoice_date = invoice_date(dice);
        let year = invoice_date.year();
        let invoice_number = serial_number(Serial::Invoice, year, dice);
        let days =
            dice.pick([7, 8, 10, 14, 14, 15, 20, 28, 30, 30, 30, 45, 60, 0]) + dice.pick([0, 0, 0, 1, 2, 5]);
        let asks = !matches!(kind, DocumentKind::OrderConfirmation | DocumentKind::Other);
        let due_date = (dice.chance(0.72) && asks).then(|| later(invoice_date, days));
        let service = dice.chance(0.16).then(|| period(invoice_date, dice));
        let delivery_date = dice
            .chance(0.34)
            .then(|| later(invoice_date, if dice.chance(0.3) { 0 } else { -dice.whole(-3, 25) }));
        let amounts = Amounts::draw(locale, kind, dice);
        let payment = Payment::draw(locale, &invoice_number, dice);
        Self {
            locale,
            kind,
            others: (0..2).map(|_| Party::draw(PartyKind::Other, locale, dice)).collect(),
            original_number: earlier_number(&invoice_number, dice),
            customer_number: dice.chance(0.52).then(|| serial_number(Serial::Customer, year, dice)),
            order_number: dice.chance(0.42).then(|| serial_number(Serial::Other, year, dice)),
            names_customer_vat: dice.chance(0.3),
            payment_terms: dice.chance(0.4).then(|| terms::payment_terms(locale, days, dice)),
            service,
            currency: dice.weighted_of(locale.currencies()).unwrap_or("EUR"),
            supplier,
            customer,
            invoice_number,
            invoice_date,
            due_date,
            delivery_date,
            amounts,
            payment,
        }
    }

    /// The date of a field; nothing if the invoice does not have it.
    pub(crate) fn date(&self, field: Field) -> Option<Date> {
        match field {
            Field::InvoiceDate => Some(self.invoice_date),
            Field::DueDate => self.due_date,
            Field::DeliveryDate => self.delivery_date,
            Field::ServiceStart => self.service.map(|(start, _)| start),
            Field::ServiceEnd => self.service.map(|(_, end)| end),
            _ => None,
        }
    }

    /// The amount of a field in hundredths.
    pub(crate) fn amount(&self, field: Field) -> Option<i64> {
        match field {
            Field::TotalNet => Some(self.amounts.net),
            Field::TotalTax => Some(self.amounts.tax),
            Field::TotalGross => Some(self.amounts.gross),
            Field::AmountDue => Some(self.amounts.due),
            Field::AmountPaid => Some(self.amounts.paid),
            Field::DiscountTotal => Some(self.amounts.discount),
            Field::Shipping => Some(self.amounts.shipping),
            Field::Rounding => Some(self.amounts.rounding),
            _ => None,
        }
    }

    /// The normal form of a field; nothing if the invoice does not have it.
    pub(crate) fn normal(&self, field: Field) -> Option<String> {
        let identifier = |identifier: &Option<crate::identifiers::Identifier>| {
            identifier.as_ref().map(|identifier| identifier.normal.clone())
        };
        match field {
            Field::InvoiceNumber => Some(self.invoice_number.clone()),
            Field::InvoiceDate
            | Field::DueDate
            | Field::DeliveryDate
            | Field::ServiceStart
            | Field::ServiceEnd => self.date(field).map(|date| date.to_string()),
            Field::Currency => Some(self.currency.to_owned()),
            Field::TotalNet
            | Field::TotalTax
            | Field::TotalGross
            | Field::AmountPaid
            | Field::AmountDue
            | Field::DiscountTotal
            | Field::Shipping
            | Field::Rounding => self.amount(field).map(money::normal),
            Field::PaymentTerms => self.payment_terms.clone(),
            Field::SupplierAddress => Some(self.supplier.address.join(", ")),
            Field::CustomerAddress => Some(self.customer.address.join(", ")),
            Field::SupplierEmail => Some(self.supplier.email.clone()),
            Field::CustomerEmail => Some(self.customer.email.clone()),
            Field::CustomerVatId => identifier(&self.customer.vat),
            Field::CustomerOrgNumber => identifier(&self.customer.organisation),
            Field::SupplierName => Some(self.supplier.name.clone()),
            Field::CustomerName => Some(self.customer.name.clone()),
            Field::SupplierVatId => identifier(&self.supplier.vat),
            Field::SupplierOrgNumber => identifier(&self.supplier.organisation),
            Field::SupplierIban => identifier(&self.payment.iban),
            Field::SupplierBic => identifier(&self.payment.bic),
            Field::Bankgiro => identifier(&self.payment.bankgiro),
            Field::Plusgiro => identifier(&self.payment.plusgiro),
            Field::AccountNumber => identifier(&self.payment.account),
            Field::PaymentReference => {
                self.payment.reference.as_ref().map(|reference| reference.identifier.normal.clone())
            }
            Field::Kid => None,
            Field::Fik => identifier(&self.payment.fik),
            Field::CustomerNumber => self.customer_number.clone(),
            Field::OrderNumber => self.order_number.clone(),
        }
    }

    /// The truth of the shown fields. An invoice that prints only the amount due also states its
    /// total, and a Danish payment line also states its reference.
    pub(crate) fn truth(&self, shown: impl IntoIterator<Item = Field>) -> BTreeMap<Field, String> {
        let mut truth: BTreeMap<Field, String> =
            shown.into_iter().filter_map(|field| Some((field, self.normal(field)?))).collect();
        if truth.contains_key(&Field::AmountDue) && self.amounts.due == self.amounts.gross {
            truth.entry(Field::TotalGross).or_insert_with(|| money::normal(self.amounts.gross));
        }
        if truth.contains_key(&Field::Fik)
            && let Some(reference) = self.normal(Field::PaymentReference)
        {
            truth.entry(Field::PaymentReference).or_insert(reference);
        }
        truth
    }
}

/// A number like this one, with other digits in its second half.
fn earlier_number(number: &str, dice: &mut Dice) -> String {
    let half = number.chars().count() / 2;
    let letters = number.chars().enumerate().map(|(index, letter)| {
        let changes = index >= half && letter.is_ascii_digit();
        if changes { dice.digits(1) } else { letter.to_string() }
    });
    let earlier: String = letters.collect();
    if earlier == number { format!("{number}0") } else { earlier }
}

/// The month of the invoice or one before it, some months, or some days.
fn period(invoice_date: Date, dice: &mut Dice) -> (Date, Date) {
    let start = later(invoice_date, -dice.whole(-10, 70));
    match dice.count(0, 9) {
        0..=5 => {
            let months = dice.pick([1, 1, 1, 2, 3, 3, 6, 12]);
            let first = start.first_of_month();
            let end = first.checked_add(months.months()).map_or(first, |next| later(next, -1));
            (first, end)
        }
        6..=7 => (start, later(start, dice.whole(1, 30))),
        _ => (start, start.checked_add(dice.pick([1, 3, 12]).months()).map_or(start, |next| later(next, -1))),
    }
}

fn customer_locale(locale: Locale, dice: &mut Dice) -> Locale {
    if dice.chance(0.1) {
        Locale::at_home(
            dice.pick([
                "SE", "NO", "DK", "FI", "DE", "AT", "NL", "BE", "FR", "ES", "IT", "PL", "GB", "US", "IE",
            ]),
        )
    } else {
        locale
    }
}

fn invoice_date(dice: &mut Dice) -> Date {
    let start = jiff::civil::date(2009, 1, 1);
    // Recent years are more likely than old ones.
    let days = if dice.chance(0.7) { dice.whole(4_400, 6_700) } else { dice.whole(0, 6_700) };
    later(start, days)
}

/// The date this many days later (or earlier); the same date at the end of the calendar.
pub(crate) fn later(date: Date, days: i64) -> Date {
    date.checked_add(days.days()).unwrap_or(date)
}
