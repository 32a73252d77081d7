//! References that payers must state, by the rules of the banks of each country.

use super::check_digits::{luhn, modulus_11, recursive_modulus_10, weights_7_3_1};
use super::organisations::creditor_reference;
use super::{Identifier, grouped, grouped_by, grouped_from_right};
use crate::random::Dice;

/// A reference, either with check digits (an OCR number) or free text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PaymentReference {
    /// The reference.
    pub(crate) identifier: Identifier,
    /// Whether a bank would check its digits.
    pub(crate) structured: bool,
}

impl PaymentReference {
    fn structured(identifier: Identifier) -> Self {
        Self { identifier, structured: true }
    }

    /// The same text as another number of the invoice, or any text.
    pub(crate) fn free(text: &str) -> Self {
        Self { identifier: Identifier::plain(text), structured: false }
    }
}

/// A structured reference of a country; often based on the invoice's number.
pub(crate) fn payment_reference(country: &str, invoice_number: &str, dice: &mut Dice) -> PaymentReference {
    let digits: String = invoice_number.chars().filter(char::is_ascii_digit).collect();
    let base = if digits.len() >= 4 && digits.len() <= 12 && dice.chance(0.4) {
        digits
    } else {
        let length = dice.count(5, 15);
        dice.number(length)
    };
    PaymentReference::structured(match country {
        "SE" => swedish_ocr(&base, dice),
        "NO" => kid(&base, dice),
        "FI" => finnish(&base, dice),
        "BE" => belgian(dice),
        "CH" => swiss(dice),
        _ => creditor(&base),
    })
}

/// Luhn over the digits, some with the length before the check digit.
fn swedish_ocr(base: &str, dice: &mut Dice) -> Identifier {
    let mut payload = base.to_owned();
    if dice.chance(0.4) {
        payload.push_str(&((payload.len() + 2) % 10).to_string());
    }
    let number = format!("{payload}{}", luhn(&payload));
    let spaced = grouped(&number, 4, " ");
    let prints =
        [number.clone(), number.clone(), number.clone(), spaced, grouped_from_right(&number, 5, " ")];
    Identifier::printed_as(number, prints)
}

fn kid(base: &str, dice: &mut Dice) -> Identifier {
    let leading = if dice.chance(0.4) { "0".repeat(dice.count(1, 6)) } else { String::new() };
    let payload = format!("{leading}{base}");
    let check = if dice.chance(0.35) { modulus_11(&payload) } else { None };
    let number = format!("{payload}{}", check.unwrap_or_else(|| luhn(&payload)));
    let spaced = grouped(&number, 4, " ");
    Identifier::printed_as(number.clone(), [number.clone(), number.clone(), number, spaced])
}

fn finnish(base: &str, dice: &mut Dice) -> Identifier {
    let number = format!("{base}{}", weights_7_3_1(base));
    if dice.chance(0.08) {
        let reference = creditor_reference(&number);
        let spaced = grouped(&reference, 4, " ");
        return Identifier::printed_as(reference.clone(), [spaced, reference]);
    }
    let spaced = grouped_from_right(&number, 5, " ");
    Identifier::printed_as(number.clone(), [spaced.clone(), number.clone(), spaced, number])
}

fn belgian(dice: &mut Dice) -> Identifier {
    let payload = dice.number(10);
    let check = match payload.parse::<u64>().unwrap_or_default() % 97 {
        0 => 97,
        remainder => remainder,
    };
    let number = format!("{payload}{check:02}");
    let slashed = grouped_by(&number, &[3, 4], "/");
    let prints = [
        format!("+++{slashed}+++"),
        format!("+++{slashed}+++"),
        format!("***{slashed}***"),
        format!("+++ {slashed} +++"),
        slashed,
    ];
    Identifier::printed_as(number, prints)
}

fn swiss(dice: &mut Dice) -> Identifier {
    let payload = format!("{}{}", "0".repeat(dice.count(0, 12)), dice.number(14));
    let payload = format!("{payload:0>26}");
    let number = format!("{payload}{}", recursive_modulus_10(&payload));
    let spaced = grouped_by(&number, &[2, 5, 5, 5, 5], " ");
    Identifier::printed_as(number.clone(), [spaced.clone(), spaced, number])
}

fn creditor(base: &str) -> Identifier {
    let reference = creditor_reference(base);
    let spaced = grouped(&reference, 4, " ");
    Identifier::printed_as(reference.clone(), [spaced, reference])
}

/// A Danish payment line (card type, reference, creditor) and its reference.
pub(crate) fn danish_payment_line(dice: &mut Dice) -> (Identifier, PaymentReference) {
    let (card, length) = dice.weighted([(("71", 14), 8), (("75", 15), 1), (("04", 15), 1)]);
    let payload = format!("{:0>length$}", dice.number(9));
    let payload = if dice.chance(0.5) { dice.number(length) } else { payload };
    let reference = format!("{payload}{}", luhn(&payload));
    let creditor = dice.number(8);
    let line = format!("+{card}<{reference}+{creditor}<");
    let prints = [
        line.clone(),
        line.clone(),
        format!("+{card}< {reference} +{creditor}<"),
        format!("+{card} < {reference} + {creditor} <"),
        format!("+{card}<{reference} +{creditor}<"),
    ];
    let spaced = grouped(&reference, 4, " ");
    let identifier = Identifier::printed_as(reference.clone(), [reference.clone(), reference, spaced]);
    (Identifier::printed_as(line, prints), PaymentReference::structured(identifier))
}

/// The number under the bar code of a Finnish invoice (version 4): account, amount, reference, due date.
pub(crate) fn virtual_barcode(
    iban: &str,
    hundredths: i64,
    reference: &str,
    due: jiff::civil::Date,
) -> String {
    let account = iban.get(2..).unwrap_or_default();
    let amount = hundredths.clamp(0, 99_999_999);
    format!(
        "4{account}{amount:08}000{reference:0>20}{:02}{:02}{:02}",
        due.year().rem_euclid(100),
        due.month(),
        due.day()
    )
}
