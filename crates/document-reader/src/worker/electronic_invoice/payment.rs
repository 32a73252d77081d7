//! Accounts and references that national rules put into general terms: Peppol BIS Billing's rules
//! for Sweden (giro numbers), Norway (accounts, KID) and Denmark (payment lines), and OIOUBL's
//! older form of the latter.

use fieldmark_domain::field::Field;

use super::terms::Terms;

/// An account to pay to, as stated.
#[derive(Debug, Clone, Default)]
pub struct StatedAccount {
    /// The account (BT-84).
    pub account: Option<String>,
    /// The bank (BT-86); in Sweden the kind of giro.
    pub bank: Option<String>,
    /// The reference (BT-83).
    pub reference: Option<String>,
}

/// States an account under the field of its kind, with its reference.
pub fn state(terms: &mut Terms, stated: StatedAccount) {
    let country = terms.about().seller_country.clone().unwrap_or_default();
    let reference = stated.reference.clone();
    // Denmark and Great Britain put the branch number there; it belongs to the account.
    let (branch, bank) = match stated.bank {
        Some(bank) if bank.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-') => (Some(bank), None),
        bank => (None, bank),
    };
    match (giro(bank.as_deref()), stated.account) {
        (Some(field), account) => terms.state(field, account),
        (None, Some(account)) if is_iban(&account) => {
            terms.state(Field::SupplierIban, Some(account));
            terms.state(Field::SupplierBic, bank);
        }
        (None, account) => {
            if let Some(line) = payment_line(reference.as_deref(), account.as_deref()) {
                terms.state(Field::Fik, Some(line));
            } else {
                let whole =
                    |account: String| branch.map_or(account.clone(), |branch| format!("{branch} {account}"));
                terms.state(Field::AccountNumber, account.map(whole));
            }
            terms.state(Field::SupplierBic, bank);
        }
    }
    state_reference(terms, &country, reference);
}

/// States the reference. In Norway it is also a KID; in Denmark the card type comes before it.
pub fn state_reference(terms: &mut Terms, country: &str, reference: Option<String>) {
    let Some(reference) = reference.filter(|_| !terms.has(Field::PaymentReference)) else { return };
    if country == "NO" && is_digits(&reference) {
        terms.state(Field::Kid, Some(reference.clone()));
    }
    let number = match reference.split_once('#') {
        Some((card, number)) if is_card(card) => number.trim_matches('#').to_owned(),
        _ => reference,
    };
    terms.state(Field::PaymentReference, Some(number).filter(|number| !number.is_empty()));
}

fn giro(bank: Option<&str>) -> Option<Field> {
    match bank?.to_ascii_uppercase().as_str() {
        "SE:BANKGIRO" | "BGABSESS" => Some(Field::Bankgiro),
        "SE:PLUSGIRO" | "SE:PGIRO" | "PGSISESS" => Some(Field::Plusgiro),
        _ => None,
    }
}

/// ISO 13616: two letters, two digits, and at least eleven more characters.
fn is_iban(account: &str) -> bool {
    let plain: Vec<u8> = account.bytes().filter(u8::is_ascii_alphanumeric).collect();
    matches!(plain.as_slice(), [a, b, c, d, rest @ ..]
        if a.is_ascii_alphabetic() && b.is_ascii_alphabetic()
            && c.is_ascii_digit() && d.is_ascii_digit() && rest.len() >= 11)
}

/// `71#123456789012345` and a creditor number form a payment line.
fn payment_line(reference: Option<&str>, creditor: Option<&str>) -> Option<String> {
    let (card, number) = reference?.split_once('#')?;
    let creditor = creditor.filter(|creditor| is_digits(creditor))?;
    is_card(card).then(|| format!("+{card}<{}+{creditor}<", number.trim_matches('#')))
}

fn is_card(card: &str) -> bool {
    matches!(card, "01" | "04" | "15" | "71" | "73" | "75")
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}
