//! Numbers in national registers of organisations.

use super::check_digits::{iso_check_digits, luhn, weighted_sum};
use super::{Identifier, grouped, grouped_by};
use crate::random::Dice;

/// A number in the register of a country.
pub(crate) fn organisation_number(country: &str, dice: &mut Dice) -> Identifier {
    match country {
        "SE" => swedish(dice),
        "NO" => norwegian(dice),
        "DK" => danish(dice),
        "FI" => finnish(dice),
        "DE" => german(dice),
        "AT" => austrian(dice),
        "CH" => swiss(dice),
        "NL" => dutch(dice),
        "BE" => belgian(dice),
        "FR" => french(dice),
        "ES" => spanish(dice),
        "IT" => italian(dice),
        "PL" => polish(dice),
        "PT" => portuguese(dice),
        "CZ" => czech(dice),
        "US" => american(dice),
        "AU" => australian(dice),
        "MY" => malaysian(dice),
        "IE" => Identifier::plain(dice.number(6)),
        _ => british(dice),
    }
}

/// Draws until a candidate has a check digit.
pub(super) fn drawn<T>(dice: &mut Dice, mut candidate: impl FnMut(&mut Dice) -> Option<T>) -> Option<T> {
    (0..200).find_map(|_| candidate(dice))
}

fn swedish(dice: &mut Dice) -> Identifier {
    // Most are limited companies (55, 559); then partnerships (969), cooperatives (769), municipalities (212).
    let start =
        dice.weighted([("556", 50), ("559", 30), ("969", 7), ("769", 6), ("802", 4), ("212", 2), ("716", 2)]);
    let payload = format!("{start}{}", dice.digits(6));
    let number = format!("{payload}{}", luhn(&payload));
    let dashed = grouped_by(&number, &[6], "-");
    Identifier::printed_as(dashed.clone(), [dashed.clone(), dashed.clone(), dashed, number])
}

fn norwegian(dice: &mut Dice) -> Identifier {
    let number = drawn(dice, |dice| {
        let payload = format!("{}{}", dice.pick(["8", "9"]), dice.digits(7));
        let sum = weighted_sum(&payload, &[3, 2, 7, 6, 5, 4, 3, 2]);
        check_of_11(sum).map(|check| format!("{payload}{check}"))
    });
    let number = number.unwrap_or_else(|| "923609016".to_owned());
    let spaced = grouped(&number, 3, " ");
    Identifier::printed_as(number.clone(), [number.clone(), spaced.clone(), spaced, number])
}

/// 11 minus the remainder by 11; nothing if that is 10.
pub(super) fn check_of_11(sum: u32) -> Option<u32> {
    match (11 - sum % 11) % 11 {
        10 => None,
        check => Some(check),
    }
}

/// A CVR number: the sum with weights 2, 7, 6, 5, 4, 3, 2, 1 is a multiple of 11.
pub(super) fn danish(dice: &mut Dice) -> Identifier {
    let number = drawn(dice, |dice| {
        let payload = dice.number(7);
        let sum = weighted_sum(&payload, &[2, 7, 6, 5, 4, 3, 2]);
        check_of_11(sum).map(|check| format!("{payload}{check}"))
    });
    let number = number.unwrap_or_else(|| "13585628".to_owned());
    let spaced = grouped(&number, 2, " ");
    Identifier::printed_as(number.clone(), [number.clone(), number.clone(), number, spaced])
}

/// A Y-tunnus.
pub(super) fn finnish(dice: &mut Dice) -> Identifier {
    let number = drawn(dice, |dice| {
        let payload = format!("{}{}", dice.pick(["0", "1", "2", "3"]), dice.digits(6));
        check_of_11(weighted_sum(&payload, &[7, 9, 10, 5, 8, 4, 2])).map(|check| format!("{payload}-{check}"))
    });
    Identifier::plain(number.unwrap_or_else(|| "2077474-0".to_owned()))
}

fn german(dice: &mut Dice) -> Identifier {
    let register = dice.weighted([("HRB", 70), ("HRA", 22), ("GnR", 4), ("VR", 4)]);
    let length = dice.count(3, 6);
    let number = format!("{register} {}", dice.number(length));
    Identifier::printed_as(number.clone(), [number])
}

/// A number of the Austrian companies' register with its check letter.
fn austrian(dice: &mut Dice) -> Identifier {
    const LETTERS: [char; 17] =
        ['a', 'b', 'd', 'f', 'g', 'h', 'i', 'k', 'm', 'p', 's', 't', 'v', 'w', 'x', 'y', 'z'];
    let length = dice.count(5, 6);
    let digits = dice.number(length);
    let sum = weighted_sum(&format!("{digits:0>6}"), &[6, 4, 14, 15, 10, 1]);
    let letter = LETTERS.get(sum as usize % LETTERS.len()).copied().unwrap_or('a');
    let prints =
        [format!("FN {digits}{letter}"), format!("FN {digits} {letter}"), format!("{digits}{letter}")];
    Identifier::printed_as(format!("FN {digits}{letter}"), prints)
}

/// A UID of a Swiss enterprise, the body without `CHE`.
pub(super) fn swiss_body(dice: &mut Dice) -> String {
    let number = drawn(dice, |dice| {
        let payload = dice.number(8);
        check_of_11(weighted_sum(&payload, &[5, 4, 3, 2, 7, 6, 5, 4]))
            .map(|check| format!("{payload}{check}"))
    });
    number.unwrap_or_else(|| "109322551".to_owned())
}

fn swiss(dice: &mut Dice) -> Identifier {
    let body = swiss_body(dice);
    let dotted = format!("CHE-{}", grouped(&body, 3, "."));
    Identifier::printed_as(dotted.clone(), [dotted.clone(), dotted, format!("CHE{body}")])
}

fn dutch(dice: &mut Dice) -> Identifier {
    let number = dice.number(8);
    let spaced = grouped(&number, 4, " ");
    Identifier::printed_as(number.clone(), [number.clone(), number.clone(), number, spaced])
}

/// Ten digits, the last two of which are 97 minus the remainder of the others.
pub(super) fn belgian_body(dice: &mut Dice) -> String {
    let payload = format!("{}{}", dice.weighted([("0", 9), ("1", 1)]), dice.number(7));
    let check = 97 - payload.parse::<u32>().unwrap_or_default() % 97;
    format!("{payload}{check:02}")
}

fn belgian(dice: &mut Dice) -> Identifier {
    let body = belgian_body(dice);
    let dotted = grouped_by(&body, &[4, 3], ".");
    Identifier::printed_as(
        body.clone(),
        [dotted.clone(), dotted, body.clone(), grouped_by(&body, &[4, 3], " ")],
    )
}

/// A SIREN.
pub(super) fn siren(dice: &mut Dice) -> String {
    let payload = dice.number(8);
    format!("{payload}{}", luhn(&payload))
}

fn french(dice: &mut Dice) -> Identifier {
    let siren = siren(dice);
    if dice.chance(0.5) {
        return Identifier::printed_as(siren.clone(), [grouped(&siren, 3, " "), siren]);
    }
    let payload = format!("{siren}000{}", dice.digits(1));
    let siret = format!("{payload}{}", luhn(&payload));
    let spaced = grouped_by(&siret, &[3, 3, 3], " ");
    Identifier::printed_as(siret.clone(), [spaced, siret.clone(), siret])
}

/// A CIF: a letter, seven digits and a control.
pub(super) fn spanish_body(dice: &mut Dice) -> String {
    let letter = dice.weighted([("B", 60), ("A", 25), ("E", 5), ("H", 5), ("G", 5)]);
    let payload = dice.digits(7);
    format!("{letter}{payload}{}", luhn(&payload))
}

fn spanish(dice: &mut Dice) -> Identifier {
    let body = spanish_body(dice);
    let (letter, digits) = body.split_at(1);
    let dashed = format!("{letter}-{digits}");
    let dotted = format!("{letter}-{}", grouped_by(digits, &[2, 3], "."));
    Identifier::printed_as(body.clone(), [body.clone(), body, dashed, dotted])
}

fn italian(dice: &mut Dice) -> Identifier {
    let office = dice.pick(["MI", "RM", "TO", "NA", "BO", "FI", "VE", "BG", "BS", "GE", "PD", "VR"]);
    let length = dice.count(6, 7);
    let number = dice.number(length);
    let dashed = format!("{office}-{number}");
    Identifier::printed_as(dashed.clone(), [dashed.clone(), dashed, format!("{office} {number}")])
}

fn polish(dice: &mut Dice) -> Identifier {
    if dice.chance(0.35) {
        return Identifier::plain(format!("0000{}", dice.number(6)));
    }
    let payload = dice.number(8);
    let check = weighted_sum(&payload, &[8, 9, 2, 3, 4, 5, 6, 7]) % 11 % 10;
    Identifier::plain(format!("{payload}{check}"))
}

/// A NIF of a company.
pub(super) fn portuguese_body(dice: &mut Dice) -> String {
    let payload = format!("5{}", dice.digits(7));
    let check = match 11 - weighted_sum(&payload, &[9, 8, 7, 6, 5, 4, 3, 2]) % 11 {
        10.. => 0,
        check => check,
    };
    format!("{payload}{check}")
}

fn portuguese(dice: &mut Dice) -> Identifier {
    let body = portuguese_body(dice);
    Identifier::printed_as(body.clone(), [body.clone(), grouped(&body, 3, " "), body])
}

/// An IČO; those that start with 9 are not VAT numbers.
pub(super) fn czech_body(dice: &mut Dice) -> String {
    let payload = format!("{}{}", dice.count(1, 8), dice.number(6));
    let check = (11 - weighted_sum(&payload, &[8, 7, 6, 5, 4, 3, 2]) % 11) % 10;
    format!("{payload}{check}")
}

fn czech(dice: &mut Dice) -> Identifier {
    let body = czech_body(dice);
    Identifier::printed_as(body.clone(), [body.clone(), body.clone(), grouped_by(&body, &[3, 2], " ")])
}

fn american(dice: &mut Dice) -> Identifier {
    Identifier::plain(format!(
        "{}-{}",
        dice.pick(["12", "20", "26", "35", "46", "61", "82", "94"]),
        dice.digits(7)
    ))
}

/// An ABN: with 1 subtracted from the first digit, the weighted sum is a multiple of 89.
fn australian(dice: &mut Dice) -> Identifier {
    const WEIGHTS: [u32; 9] = [3, 5, 7, 9, 11, 13, 15, 17, 19];
    let number = drawn(dice, |dice| {
        let body = dice.digits(9);
        let rest = weighted_sum(&body, &WEIGHTS);
        let start = (10..100).find(|start| ((start / 10 - 1) * 10 + start % 10 + rest).is_multiple_of(89))?;
        Some(format!("{start}{body}"))
    });
    let number = number.unwrap_or_else(|| "51824753556".to_owned());
    let spaced = grouped_by(&number, &[2, 3, 3], " ");
    Identifier::printed_as(number.clone(), [spaced.clone(), spaced, number])
}

/// A company's number: six or seven digits and a letter, or twelve digits in the register since
/// 2019.
fn malaysian(dice: &mut Dice) -> Identifier {
    let pattern = dice.pick(["######-@", "######-@", "#######-@", "20##01######"]);
    let number = dice.pattern(pattern);
    let together = number.replace('-', "");
    Identifier::printed_as(number.clone(), [number.clone(), number, together])
}

fn british(dice: &mut Dice) -> Identifier {
    let number = match dice.count(0, 9) {
        0 => format!("SC{}", dice.number(6)),
        1 => format!("NI{}", dice.number(6)),
        2..=4 => dice.number(8),
        5 => dice.number(7),
        _ => format!("0{}", dice.number(7)),
    };
    Identifier::plain(number)
}

/// The creditor reference of ISO 11649 over a body of digits.
pub(super) fn creditor_reference(body: &str) -> String {
    format!("RF{}{body}", iso_check_digits("RF", body))
}
