//! Value-added-tax identification numbers.

use super::check_digits::{luhn, modulus_11_10, weighted_sum};
use super::organisations::{
    belgian_body, czech_body, danish, drawn, finnish, portuguese_body, siren, spanish_body, swiss_body,
};
use super::{Identifier, grouped, grouped_by};
use crate::random::Dice;

/// The VAT number of a company of a country; based on `organisation` where the country does so.
/// Nothing in countries without such numbers.
pub(crate) fn vat_number(
    country: &str,
    organisation: Option<&Identifier>,
    dice: &mut Dice,
) -> Option<Identifier> {
    let digits = |number: &Identifier| number.normal.chars().filter(char::is_ascii_digit).collect::<String>();
    let own = organisation.map(digits);
    Some(match country {
        "SE" => swedish(&own?),
        "NO" => norwegian(&own?),
        "DK" => prefixed("DK", &own.unwrap_or_else(|| danish(dice).normal), 2),
        "FI" => finnish_number(&own.unwrap_or_else(|| finnish(dice).normal.replace('-', ""))),
        "DE" => german(dice),
        "AT" => austrian(dice),
        "CH" => swiss(&own.unwrap_or_else(|| swiss_body(dice)), dice),
        "NL" => dutch(dice),
        "BE" => belgian(&own.unwrap_or_else(|| belgian_body(dice))),
        "FR" => french(own, dice),
        "ES" => spanish(organisation.map(|number| number.normal.clone()), dice),
        "IT" => italian(dice),
        "PL" => polish(dice),
        "PT" => prefixed("PT", &own.unwrap_or_else(|| portuguese_body(dice)), 3),
        "CZ" => prefixed("CZ", &own.unwrap_or_else(|| czech_body(dice)), 8),
        "GB" => british(dice),
        "IE" => irish(dice),
        _ => return None,
    })
}

/// A number that is printed with its prefix, with a space after it, without it, and in groups.
fn prefixed(country: &str, body: &str, group: usize) -> Identifier {
    let whole = format!("{country}{body}");
    let prints = [
        whole.clone(),
        whole.clone(),
        format!("{country} {body}"),
        format!("{country} {}", grouped(body, group, " ")),
        format!("{country}-{body}"),
        body.to_owned(),
    ];
    Identifier::printed_as(whole, prints)
}

fn swedish(organisation: &str) -> Identifier {
    let whole = format!("SE{organisation}01");
    let dashed = grouped_by(organisation, &[6], "-");
    let prints = [
        whole.clone(),
        whole.clone(),
        whole.clone(),
        format!("SE {organisation}01"),
        format!("SE{dashed}01"),
        format!("SE {organisation} 01"),
        format!("SE {dashed} 01"),
    ];
    Identifier::printed_as(whole, prints)
}

fn norwegian(organisation: &str) -> Identifier {
    let spaced = grouped(organisation, 3, " ");
    let prints = [
        format!("NO{organisation}MVA"),
        format!("NO {spaced} MVA"),
        format!("{spaced} MVA"),
        format!("{organisation} MVA"),
        format!("NO {organisation} MVA"),
        format!("{organisation}MVA"),
    ];
    Identifier::printed_as(format!("NO{organisation}MVA"), prints)
}

fn finnish_number(digits: &str) -> Identifier {
    let whole = format!("FI{digits}");
    Identifier::printed_as(whole.clone(), [whole.clone(), whole.clone(), whole, format!("FI {digits}")])
}

fn german(dice: &mut Dice) -> Identifier {
    let payload = dice.number(8);
    prefixed("DE", &format!("{payload}{}", modulus_11_10(&payload)), 3)
}

fn austrian(dice: &mut Dice) -> Identifier {
    let payload = dice.digits(7);
    let sum: u32 = payload
        .chars()
        .filter_map(|character| character.to_digit(10))
        .enumerate()
        .map(|(index, digit)| if index % 2 == 0 { digit } else { digit * 2 / 10 + digit * 2 % 10 })
        .sum();
    let body = format!("{payload}{}", (10 - (sum + 4) % 10) % 10);
    let whole = format!("ATU{body}");
    let prints =
        [whole.clone(), whole.clone(), format!("ATU {body}"), format!("AT U{body}"), format!("AT U {body}")];
    Identifier::printed_as(whole, prints)
}

fn swiss(body: &str, dice: &mut Dice) -> Identifier {
    let ending = dice.weighted([("MWST", 6), ("TVA", 2), ("IVA", 1)]);
    let dotted = format!("CHE-{} {ending}", grouped(body, 3, "."));
    let prints = [
        dotted.clone(),
        dotted,
        format!("CHE{body}{ending}"),
        format!("CHE {} {ending}", grouped(body, 3, " ")),
    ];
    Identifier::printed_as(format!("CHE{body}{ending}"), prints)
}

fn dutch(dice: &mut Dice) -> Identifier {
    let body = drawn(dice, |dice| {
        let payload = dice.number(8);
        let check = weighted_sum(&payload, &[9, 8, 7, 6, 5, 4, 3, 2]) % 11;
        (check < 10).then(|| format!("{payload}{check}"))
    });
    let body = body.unwrap_or_else(|| "123456782".to_owned());
    let serial = dice.weighted([("B01", 85), ("B02", 10), ("B03", 5)]);
    let dotted = grouped_by(&body, &[4, 2], ".");
    let prints = [
        format!("NL{body}{serial}"),
        format!("NL{body}{serial}"),
        format!("NL {body} {serial}"),
        format!("NL{dotted}.{serial}"),
        format!("NL {dotted}.{serial}"),
    ];
    Identifier::printed_as(format!("NL{body}{serial}"), prints)
}

fn belgian(body: &str) -> Identifier {
    let dotted = grouped_by(body, &[4, 3], ".");
    let prints = [
        format!("BE{body}"),
        format!("BE {dotted}"),
        format!("BE{dotted}"),
        format!("BE {}", grouped_by(body, &[4, 3], " ")),
        format!("BE-{dotted}"),
    ];
    Identifier::printed_as(format!("BE{body}"), prints)
}

fn french(organisation: Option<String>, dice: &mut Dice) -> Identifier {
    let siren =
        organisation.and_then(|digits| digits.get(..9).map(str::to_owned)).unwrap_or_else(|| siren(dice));
    let key = (12 + 3 * (siren.parse::<u32>().unwrap_or_default() % 97)) % 97;
    let prints = [
        format!("FR{key:02}{siren}"),
        format!("FR{key:02}{siren}"),
        format!("FR {key:02} {}", grouped(&siren, 3, " ")),
        format!("FR{key:02} {}", grouped(&siren, 3, " ")),
        format!("FR {key:02}{siren}"),
    ];
    Identifier::printed_as(format!("FR{key:02}{siren}"), prints)
}

fn spanish(organisation: Option<String>, dice: &mut Dice) -> Identifier {
    let body = organisation.unwrap_or_else(|| spanish_body(dice));
    let whole = format!("ES{body}");
    let prints = [body.clone(), whole.clone(), whole.clone(), format!("ES {body}"), format!("ES-{body}")];
    Identifier::printed_as(whole, prints)
}

fn italian(dice: &mut Dice) -> Identifier {
    let payload = format!("0{}", dice.number(9));
    let body = format!("{payload}{}", luhn(&payload));
    let prints = [format!("IT{body}"), body.clone(), body.clone(), format!("IT {body}")];
    Identifier::printed_as(format!("IT{body}"), prints)
}

fn polish(dice: &mut Dice) -> Identifier {
    let body = drawn(dice, |dice| {
        let payload = dice.number(9);
        let check = weighted_sum(&payload, &[6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11;
        (check < 10).then(|| format!("{payload}{check}"))
    });
    let body = body.unwrap_or_else(|| "1234563218".to_owned());
    let prints = [
        body.clone(),
        format!("PL{body}"),
        grouped_by(&body, &[3, 3, 2], "-"),
        grouped_by(&body, &[3, 2, 2], "-"),
        format!("PL {body}"),
    ];
    Identifier::printed_as(format!("PL{body}"), prints)
}

fn british(dice: &mut Dice) -> Identifier {
    let payload = dice.number(7);
    let check = 97 - weighted_sum(&payload, &[8, 7, 6, 5, 4, 3, 2]) % 97;
    let body = format!("{payload}{check:02}");
    let spaced = grouped_by(&body, &[3, 4], " ");
    let prints = [
        format!("GB{body}"),
        format!("GB {spaced}"),
        spaced,
        body.clone(),
        format!("GB {body}"),
        format!("GB{body}"),
    ];
    Identifier::printed_as(format!("GB{body}"), prints)
}

fn irish(dice: &mut Dice) -> Identifier {
    let payload = dice.number(7);
    let remainder = weighted_sum(&payload, &[8, 7, 6, 5, 4, 3, 2]) % 23;
    let letter = "WABCDEFGHIJKLMNOPQRSTUV".chars().nth(remainder as usize).unwrap_or('W');
    let whole = format!("IE{payload}{letter}");
    Identifier::printed_as(
        whole.clone(),
        [whole.clone(), whole, format!("IE {payload}{letter}"), format!("{payload}{letter}")],
    )
}
