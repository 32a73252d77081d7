//! The payment details of an invoice.

use crate::identifiers::{
    Identifier, PaymentReference, bankgiro, bic, danish_account, danish_payment_line, domestic_account, iban,
    norwegian_account, payment_reference, plusgiro,
};
use crate::locale::Locale;
use crate::random::Dice;

/// Accounts and references of an invoice.
#[derive(Debug, Clone)]
pub(crate) struct Payment {
    pub(crate) iban: Option<Identifier>,
    pub(crate) bic: Option<Identifier>,
    pub(crate) bankgiro: Option<Identifier>,
    pub(crate) plusgiro: Option<Identifier>,
    pub(crate) account: Option<Identifier>,
    pub(crate) reference: Option<PaymentReference>,
    pub(crate) fik: Option<Identifier>,
    pub(crate) bank_name: String,
    /// The account that a direct debit is collected from, as printed.
    pub(crate) payer_account: String,
    /// The reference of the payer's mandate.
    pub(crate) mandate: String,
    /// The creditor's identifier of direct debits.
    pub(crate) creditor: String,
}

impl Payment {
    /// The usual details of the country, and sometimes unusual ones.
    pub(crate) fn draw(locale: Locale, invoice_number: &str, dice: &mut Dice) -> Self {
        let country = locale.country();
        let iban_share = match country {
            "SE" => 0.38,
            "NO" => 0.22,
            "DK" => 0.4,
            "FI" => 0.95,
            "US" | "AU" | "MY" => 0.05,
            "GB" => 0.35,
            _ => 0.78,
        };
        let bank = if dice.chance(0.06) && country != "FI" { "LT" } else { country };
        let iban = if dice.chance(iban_share) { iban(bank, dice) } else { None };
        let bic_share = if iban.is_some() { 0.72 } else { 0.04 };
        let lexicon = locale.home_lexicon();
        let city = dice.word(&lexicon.cities).to_owned();
        let (fik, fik_reference) = if country == "DK" && dice.chance(0.55) {
            let (line, reference) = danish_payment_line(dice);
            (Some(line), Some(reference))
        } else {
            (None, None)
        };
        let swedish = country == "SE" || dice.chance(0.005);
        Self {
            bic: dice.chance(bic_share).then(|| bic(bank, dice)),
            bankgiro: (swedish && dice.chance(0.84)).then(|| bankgiro(dice)),
            plusgiro: (swedish && dice.chance(0.32)).then(|| plusgiro(dice)),
            account: account(country, dice),
            reference: fik_reference.or_else(|| reference(country, invoice_number, dice)),
            bank_name: dice.word(&lexicon.bank_names).replace("{city}", &city),
            payer_account: payer_account(country, dice),
            mandate: mandate(dice),
            creditor: format!("{bank}{}", dice.pattern("##ZZZ###########")),
            iban,
            fik,
        }
    }
}

/// One of the payer's accounts, sometimes with stars in the middle.
fn payer_account(country: &str, dice: &mut Dice) -> String {
    let domestic = match country {
        "NO" if dice.chance(0.7) => Some(norwegian_account(dice)),
        "DK" if dice.chance(0.7) => Some(danish_account(dice)),
        "SE" if dice.chance(0.7) => Some(domestic_account(country, dice)),
        _ => iban(country, dice),
    };
    let text = match domestic {
        Some(number) => number.print(dice),
        None => dice.number(9),
    };
    if !dice.chance(0.25) {
        return text;
    }
    let length = text.chars().count();
    text.chars()
        .enumerate()
        .map(|(index, letter)| {
            let hidden = letter.is_ascii_digit() && (4..length.saturating_sub(3)).contains(&index);
            if hidden { '*' } else { letter }
        })
        .collect()
}

fn mandate(dice: &mut Dice) -> String {
    match dice.count(0, 3) {
        0 => dice.pattern("MREF-######"),
        1 => dice.pattern("@@####-##"),
        2 => dice.pattern("M#########"),
        _ => {
            let length = dice.count(6, 14);
            dice.number(length)
        }
    }
}

fn account(country: &str, dice: &mut Dice) -> Option<Identifier> {
    match country {
        "NO" => dice.chance(0.9).then(|| norwegian_account(dice)),
        "DK" => dice.chance(0.72).then(|| danish_account(dice)),
        "SE" => dice.chance(0.1).then(|| domestic_account(country, dice)),
        "GB" | "US" | "AU" | "MY" => dice.chance(0.6).then(|| domestic_account(country, dice)),
        "CZ" | "PL" => dice.chance(0.4).then(|| domestic_account(country, dice)),
        "FI" => None,
        _ => dice.chance(0.12).then(|| domestic_account(country, dice)),
    }
}

fn reference(country: &str, invoice_number: &str, dice: &mut Dice) -> Option<PaymentReference> {
    let structured = match country {
        "FI" => 0.9,
        "NO" => 0.72,
        "SE" => 0.66,
        "BE" => 0.5,
        "CH" => 0.42,
        "DK" => 0.02,
        _ => 0.05,
    };
    if dice.chance(structured) {
        return Some(payment_reference(country, invoice_number, dice));
    }
    if !dice.chance(0.28) {
        return None;
    }
    let length = dice.count(6, 14);
    let text = match dice.count(0, 5) {
        0..=2 => invoice_number.to_owned(),
        3 => dice.number(length),
        4 => format!("{}{}", dice.capitals(2), dice.number(length)),
        _ => format!("{invoice_number}-{}", dice.number(3)),
    };
    Some(PaymentReference::free(&text))
}
