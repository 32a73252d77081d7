//! Account numbers and bank codes.

use super::check_digits::{iso_check_digits, luhn, weighted_sum};
use super::organisations::{check_of_11, drawn};
use super::{Identifier, grouped, grouped_by};
use crate::random::Dice;

/// An IBAN of a country (ISO 13616); nothing for countries without IBANs.
pub(crate) fn iban(country: &str, dice: &mut Dice) -> Option<Identifier> {
    let body = match country {
        "SE" => dice.digits(20),
        "NO" => norwegian_digits(dice),
        "DK" | "FI" => dice.digits(14),
        "DE" => dice.digits(18),
        "AT" => dice.digits(16),
        "CH" => dice.digits(17),
        "NL" => format!("{}{}", dice.pick(["INGB", "RABO", "ABNA", "TRIO", "SNSB", "BUNQ"]), dice.digits(10)),
        "BE" => belgian_body(dice),
        "FR" => dice.digits(23),
        "ES" => dice.digits(20),
        "IT" => format!("{}{}", dice.capitals(1), dice.digits(22)),
        "PL" => dice.digits(24),
        "PT" => dice.digits(21),
        "CZ" => dice.digits(20),
        "GB" | "IE" => format!("{}{}", dice.capitals(4), dice.digits(14)),
        "LT" => dice.digits(16),
        _ => return None,
    };
    let number = format!("{country}{}{body}", iso_check_digits(country, &body));
    let spaced = grouped(&number, 4, " ");
    let (country_and_check, rest) = number.split_at(4);
    let prints = [
        spaced.clone(),
        spaced.clone(),
        spaced.clone(),
        number.clone(),
        number.clone(),
        spaced,
        format!("{country_and_check} {rest}"),
        grouped(&number, 4, if dice.chance(0.3) { "." } else { " " }),
    ];
    Some(Identifier::printed_as(number.clone(), prints))
}

/// A BIC (ISO 9362) of a bank in a country.
pub(crate) fn bic(country: &str, dice: &mut Dice) -> Identifier {
    let bank = match dice.count(0, 2) {
        0 => dice.capitals(4),
        _ => {
            let vowel = dice.pick(["A", "E", "I", "O", "U"]);
            format!("{}{vowel}{}", dice.capitals(2), dice.pick(["B", "D", "K", "N", "S", "X"]))
        }
    };
    let place =
        dice.pick(["SS", "HH", "KK", "FF", "2L", "22", "PP", "MM", "BB", "21", "XX", "M1", "DE", "TT"]);
    let branch = match dice.count(0, 9) {
        0..=5 => String::new(),
        6..=7 => "XXX".to_owned(),
        8 => dice.digits(3),
        _ => dice.capitals(3),
    };
    let code = format!("{bank}{country}{place}{branch}");
    let spaced = format!("{bank} {country} {place}{}{branch}", if branch.is_empty() { "" } else { " " });
    let mut prints = vec![code.clone(); 14];
    prints.push(spaced);
    Identifier::printed_as(code, prints)
}

/// A bankgiro number: seven or eight digits that pass Luhn.
pub(crate) fn bankgiro(dice: &mut Dice) -> Identifier {
    let length = dice.count(6, 7);
    let payload = dice.number(length);
    let number = format!("{payload}{}", luhn(&payload));
    let dashed = grouped_by(&number, &[number.len() - 4], "-");
    let prints = [dashed.clone(), dashed.clone(), dashed.clone(), dashed, number.clone()];
    Identifier::printed_as(number, prints)
}

/// A plusgiro number: two to eight digits that pass Luhn.
pub(crate) fn plusgiro(dice: &mut Dice) -> Identifier {
    let length = dice.count(4, 7);
    let payload = dice.number(length);
    let number = format!("{payload}{}", luhn(&payload));
    let check = number.get(length..).unwrap_or_default();
    let pairs = super::grouped_from_right(&payload, 2, " ");
    let prints = [format!("{pairs}-{check}"), format!("{payload}-{check}"), format!("{pairs} - {check}")];
    Identifier::printed_as(number.clone(), prints)
}

/// A Norwegian account: eleven digits by modulus 11.
pub(crate) fn norwegian_account(dice: &mut Dice) -> Identifier {
    let digits = norwegian_digits(dice);
    let prints = [
        grouped_by(&digits, &[4, 2], "."),
        grouped_by(&digits, &[4, 2], "."),
        grouped_by(&digits, &[4, 2], " "),
        digits.clone(),
    ];
    Identifier::printed_as(digits.clone(), prints)
}

pub(super) fn norwegian_digits(dice: &mut Dice) -> String {
    let number = drawn(dice, |dice| {
        let payload = dice.number(10);
        check_of_11(weighted_sum(&payload, &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2]))
            .map(|check| format!("{payload}{check}"))
    });
    number.unwrap_or_else(|| "86011117947".to_owned())
}

/// A Danish account: the registration number of the branch and the account's own number.
pub(crate) fn danish_account(dice: &mut Dice) -> Identifier {
    let (branch, length) = (dice.number(4), dice.count(6, 10));
    let own = dice.digits(length);
    let prints = [format!("{branch} {own}"), format!("{branch}-{own}"), format!("{branch} {own}")];
    Identifier::printed_as(format!("{branch}{own}"), prints)
}

/// An account in the notation of banks of other countries.
pub(crate) fn domestic_account(country: &str, dice: &mut Dice) -> Identifier {
    let number = match country {
        // Clearing numbers start at 1000.
        "SE" => format!("{}-{}", dice.number(4), dice.pattern("###.###.###")),
        "GB" | "IE" => dice.digits(8),
        "US" => dice.pattern("##########"),
        "AU" => dice.pattern("#### ####"),
        "DE" | "AT" => dice.number(9),
        "CZ" => dice.pattern("#########/####"),
        "PL" => dice.pattern("## #### #### #### #### #### ####"),
        "CH" => dice.pattern("##-#####-#"),
        _ => dice.number(10),
    };
    let normal = number.replace(' ', "");
    Identifier::printed_as(normal, [number])
}

/// Twelve digits, the last two of which are the remainder of the others by 97 (97 for 0).
fn belgian_body(dice: &mut Dice) -> String {
    let payload = dice.number(10);
    let check = match payload.parse::<u64>().unwrap_or_default() % 97 {
        0 => 97,
        remainder => remainder,
    };
    format!("{payload}{check:02}")
}
