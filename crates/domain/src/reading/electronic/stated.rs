//! Interprets the texts of an e-invoice: typed values, tax lines and invoice lines, and whether
//! they add up.
//!
//! Knows the terms of EN 16931-1 and its calculation rules; knows neither XML nor pages.

use rust_decimal::Decimal;

use crate::check::Check;
use crate::electronic_invoice::{ElectronicInvoice, StatedLine, StatedTax};
use crate::extraction::{DocumentKind, ElectronicInvoiceSummary, InvoiceLine, TaxLine};
use crate::field::{Field, FieldKind};
use crate::hidden::visible;
use crate::label::{Label, Source};
use crate::values::{CountryCode, Currency, FieldValue, Money, stated_decimal};

/// A value and its original text.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::reading) struct StatedValue {
    pub field: Field,
    pub value: FieldValue,
    pub text: String,
    scheme: Option<String>,
}

impl StatedValue {
    /// The checks of the value by itself, by the rules of its own scheme or else of the seller's
    /// country.
    pub fn checks(&self, country: Option<CountryCode>) -> Vec<Check> {
        let country = match &self.scheme {
            Some(scheme) => country_of_scheme(scheme),
            None => country,
        };
        self.value.checks(country)
    }
}

/// The country of a scheme of ISO/IEC 6523; `None` for worldwide numbers (`0088` GLN, `0060`
/// D-U-N-S, `0199` LEI) and for schemes that are not registers of organisations.
fn country_of_scheme(scheme: &str) -> Option<CountryCode> {
    let country = match scheme {
        "0002" | "0009" => "FR",
        "0007" => "SE",
        "0096" | "0184" | "0198" => "DK",
        "0106" => "NL",
        "0183" => "CH",
        "0191" => "EE",
        "0192" => "NO",
        "0200" => "LT",
        "0208" => "BE",
        "0212" => "FI",
        "0218" => "LV",
        _ => return None,
    };
    CountryCode::parse(country).ok()
}

/// An e-invoice whose texts have been parsed.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::reading) struct StatedInvoice {
    pub kind: DocumentKind,
    pub summary: ElectronicInvoiceSummary,
    pub currency: Option<Currency>,
    pub country: Option<CountryCode>,
    pub tax: Vec<TaxLine>,
    pub lines: Vec<InvoiceLine>,
    values: Vec<StatedValue>,
    /// Statements whose text is not a value of their field.
    unreadable: Vec<String>,
    /// Charges minus allowances of the whole document; `None` when they cannot be parsed.
    charges: Option<Decimal>,
    /// The paid amount minus rounding; `None` when unknown.
    settled: Option<Decimal>,
    /// The payer's own accounts.
    payer_accounts: Vec<FieldValue>,
    has_all_lines: bool,
}

impl StatedInvoice {
    /// Parses the texts. `country` is the pages', for an invoice that does not state its seller's.
    pub fn read(invoice: &ElectronicInvoice, country: Option<CountryCode>) -> Self {
        let stated_country = invoice.seller_country.as_deref().and_then(|code| CountryCode::parse(code).ok());
        let sign = Sign::of(invoice);
        let mut values = Vec::new();
        let mut unreadable = Vec::new();
        for statement in &invoice.statements {
            match FieldValue::parse_stated(statement.field.kind(), &statement.text) {
                Ok(value) => values.push(StatedValue {
                    field: statement.field,
                    value: sign.of_value(value),
                    text: statement.text.clone(),
                    scheme: statement.scheme.clone(),
                }),
                Err(error) => unreadable.push(format!("{}: {error}", statement.field)),
            }
        }
        values.extend(settlement(invoice, sign));
        unreadable.extend(unreadable_numbers(invoice));
        Self {
            kind: kind_of(invoice),
            summary: ElectronicInvoiceSummary {
                syntax: invoice.syntax,
                specification: seen(&invoice.specification),
                attachment: seen(&invoice.attachment),
            },
            currency: values.iter().find_map(|stated| match stated.value {
                FieldValue::Currency(currency) => Some(currency),
                _ => None,
            }),
            country: stated_country.or(country),
            tax: invoice.tax.iter().map(|line| sign.tax_line(line)).collect(),
            lines: (1..).zip(&invoice.lines).map(|(position, line)| sign.line(position, line)).collect(),
            values,
            unreadable,
            charges: difference(&invoice.charges, &invoice.allowances).map(|sum| sign.of_decimal(sum)),
            settled: settled(invoice).map(|sum| sign.of_decimal(sum)),
            payer_accounts: payer_accounts(invoice),
            has_all_lines: usize::try_from(invoice.line_count).is_ok_and(|all| all == invoice.lines.len()),
        }
    }

    /// The value that is used: the first one stated for the field.
    pub fn value(&self, field: Field) -> Option<&StatedValue> {
        self.values(field).next()
    }

    /// Every value stated for a field.
    pub fn values(&self, field: Field) -> impl Iterator<Item = &StatedValue> {
        self.values.iter().filter(move |stated| stated.field == field)
    }

    /// Whether a value is one of the payer's accounts, which is not an account to pay to.
    pub fn is_payers(&self, account: &FieldValue) -> bool {
        self.payer_accounts.contains(account)
    }

    /// `stated_values_readable`, and if they can be calculated `lines_sum_to_net` (BR-CO-10,
    /// BR-CO-13), `tax_lines_sum_to_tax` (BR-CO-14) and `amount_due_is_gross_less_paid` (BR-CO-16).
    pub fn checks(&self, labels: &[Label]) -> Vec<Check> {
        let readable = Check::new("stated_values_readable", self.unreadable.is_empty());
        let readable = if readable.passed { readable } else { readable.because(self.unreadable.join("; ")) };
        let total = |field| {
            let label = labels.iter().find(|label| label.field == field && label.source == Source::Xml)?;
            Some(label.value.money()?.amount())
        };
        let net = total(Field::TotalNet).and_then(|net| self.lines_check(net));
        let tax = total(Field::TotalTax).and_then(|tax| self.tax_check(tax));
        let due = total(Field::TotalGross).zip(total(Field::AmountDue));
        let due = due.and_then(|(gross, due)| self.due_check(gross, due));
        [Some(readable), net, tax, due].into_iter().flatten().collect()
    }

    fn lines_check(&self, net: Decimal) -> Option<Check> {
        if !self.has_all_lines {
            return None;
        }
        let lines = sum(self.lines.iter().map(|line| line.amount_net))?;
        let charges = self.charges?;
        let detail = format!("{lines} and charges less allowances of {charges}, {net}");
        Some(check("lines_sum_to_net", lines + charges, net, self.lines.len()).because(detail))
    }

    fn due_check(&self, gross: Decimal, due: Decimal) -> Option<Check> {
        let settled = self.settled?;
        let detail = format!("{gross} less {settled}, {due}");
        Some(check("amount_due_is_gross_less_paid", gross - settled, due, 0).because(detail))
    }

    fn tax_check(&self, tax: Decimal) -> Option<Check> {
        let taxes = sum(self.tax.iter().map(|line| line.tax))?;
        Some(check("tax_lines_sum_to_tax", taxes, tax, self.tax.len()).because(format!("{taxes}, {tax}")))
    }
}

/// Allows half a hundredth per term, because senders round each of them.
fn check(name: &'static str, sum: Decimal, total: Decimal, terms: usize) -> Check {
    let allowed = Decimal::new(5, 3) * Decimal::from(terms.saturating_add(1));
    Check::new(name, (sum - total).abs() <= allowed)
}

/// The sum of amounts; `None` when there are none, or one of them is unknown.
fn sum(amounts: impl Iterator<Item = Option<Money>>) -> Option<Decimal> {
    let amounts: Vec<Decimal> = amounts.map(|amount| amount.map(Money::amount)).collect::<Option<_>>()?;
    if amounts.is_empty() { None } else { amounts.into_iter().try_fold(Decimal::ZERO, Decimal::checked_add) }
}

/// The difference of two amounts, either of which may be missing.
fn difference(amount: &Option<String>, less: &Option<String>) -> Option<Decimal> {
    let number = |text: &Option<String>| text.as_deref().map_or(Some(Decimal::ZERO), decimal);
    number(amount)?.checked_sub(number(less)?)
}

/// The paid amount minus rounding. An invoice without a tax breakdown (profile MINIMUM) has no term
/// for it.
fn settled(invoice: &ElectronicInvoice) -> Option<Decimal> {
    let is_told = invoice.paid.is_some() || invoice.rounding.is_some() || !invoice.tax.is_empty();
    if is_told { difference(&invoice.paid, &invoice.rounding) } else { None }
}

/// The amount paid before (BT-113), the rounding (BT-114) and the discount (BT-107), if not zero.
/// Paid amounts and discounts are positive, whatever the stated sign.
fn settlement(invoice: &ElectronicInvoice, sign: Sign) -> Vec<StatedValue> {
    let stated = [
        (Field::AmountPaid, &invoice.paid),
        (Field::Rounding, &invoice.rounding),
        (Field::DiscountTotal, &invoice.allowances),
    ];
    let value = |(field, text): (Field, &Option<String>)| {
        let text = text.clone()?;
        let amount = decimal(&text).filter(|amount| !amount.is_zero())?;
        let amount = if field == Field::Rounding { sign.of_decimal(amount) } else { amount.abs() };
        Some(StatedValue { field, value: FieldValue::Money(Money::new(amount)), text, scheme: None })
    };
    stated.into_iter().filter_map(value).collect()
}

fn payer_accounts(invoice: &ElectronicInvoice) -> Vec<FieldValue> {
    let accounts = invoice.payer_accounts.iter();
    accounts.filter_map(|account| FieldValue::parse_stated(FieldKind::Iban, account).ok()).collect()
}

/// Maximum number of phrases about invalid numbers.
const MAX_PHRASES: usize = 20;

/// The statements in lines, taxes and sums that should be numbers and are not.
fn unreadable_numbers(invoice: &ElectronicInvoice) -> Vec<String> {
    let lines = (1..).zip(&invoice.lines).flat_map(|(position, line): (u32, _)| {
        [&line.quantity, &line.price, &line.price_base, &line.net, &line.tax_rate]
            .map(|text| (format!("line {position}"), text))
    });
    let taxes = (1..).zip(&invoice.tax).flat_map(|(position, line): (u32, _)| {
        [&line.rate, &line.net, &line.tax].map(|text| (format!("tax {position}"), text))
    });
    let sums = [&invoice.allowances, &invoice.charges, &invoice.paid, &invoice.rounding];
    let sums = sums.map(|text| ("sums".to_owned(), text));
    let phrase = |(place, text): (String, &Option<String>)| {
        let error = stated_decimal(text.as_deref()?).err()?;
        Some(format!("{place}: {error}"))
    };
    lines.chain(taxes).chain(sums).filter_map(phrase).take(MAX_PHRASES).collect()
}

/// A text without invisible characters.
fn seen(text: &Option<String>) -> Option<String> {
    text.as_deref().map(|text| visible(text).into_owned())
}

fn decimal(text: &str) -> Option<Decimal> {
    stated_decimal(text).ok()
}

/// The document kind: a credit note by its root, or by one of the codes of UNTDID 1001 that EN
/// 16931 allows.
fn kind_of(invoice: &ElectronicInvoice) -> DocumentKind {
    const CREDIT_NOTES: [&str; 11] =
        ["81", "83", "261", "262", "296", "308", "381", "396", "420", "458", "532"];
    let by_code = invoice.type_code.as_deref().is_some_and(|code| CREDIT_NOTES.contains(&code));
    if invoice.is_credit_note || by_code { DocumentKind::CreditNote } else { DocumentKind::Invoice }
}

/// The sign of stated amounts. A credit note states the refunded amounts as positive numbers; if
/// its total is already negative, the stated signs are used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sign {
    AsStated,
    Turned,
}

impl Sign {
    fn of(invoice: &ElectronicInvoice) -> Self {
        let totals = [Field::TotalGross, Field::AmountDue, Field::TotalNet];
        let total = |field| {
            let statement = invoice.statements.iter().find(|statement| statement.field == field)?;
            decimal(&statement.text)
        };
        let is_negative = totals.into_iter().find_map(total).is_some_and(|total| total < Decimal::ZERO);
        match kind_of(invoice) {
            DocumentKind::CreditNote if !is_negative => Self::Turned,
            _ => Self::AsStated,
        }
    }

    fn of_decimal(self, amount: Decimal) -> Decimal {
        if self == Self::Turned { -amount } else { amount }
    }

    fn of_text(self, text: &Option<String>) -> Option<Money> {
        text.as_deref().and_then(decimal).map(|amount| Money::new(self.of_decimal(amount)))
    }

    fn of_value(self, value: FieldValue) -> FieldValue {
        match value {
            FieldValue::Money(money) => FieldValue::Money(Money::new(self.of_decimal(money.amount()))),
            other => other,
        }
    }

    fn tax_line(self, stated: &StatedTax) -> TaxLine {
        TaxLine {
            category: seen(&stated.category),
            rate: stated.rate.as_deref().and_then(decimal),
            net: self.of_text(&stated.net),
            tax: self.of_text(&stated.tax),
        }
    }

    /// Unit prices keep their sign; a refund is a negative quantity.
    fn line(self, position: u32, stated: &StatedLine) -> InvoiceLine {
        let number = |text: &Option<String>| text.as_deref().and_then(decimal);
        let base = number(&stated.price_base).unwrap_or(Decimal::ONE);
        InvoiceLine {
            position,
            code: seen(&stated.code),
            description: seen(&stated.description),
            quantity: number(&stated.quantity).map(|quantity| self.of_decimal(quantity)),
            unit: seen(&stated.unit),
            unit_price_net: number(&stated.price).and_then(|price| price.checked_div(base)).map(Money::new),
            amount_net: self.of_text(&stated.net),
            tax_rate: number(&stated.tax_rate),
        }
    }
}
