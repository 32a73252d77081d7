//! Numbers that companies assign themselves: invoices, customers, orders, and others.

use crate::random::Dice;

/// The objects that a number counts, which decide its usual length.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Serial {
    /// Invoices.
    Invoice,
    /// Customers.
    Customer,
    /// Orders, and anything else.
    Other,
}

/// A number in one of the many numbering schemes of companies; `year` is the invoice's.
pub(crate) fn serial_number(serial: Serial, year: i16, dice: &mut Dice) -> String {
    let text = match serial {
        Serial::Customer if dice.chance(0.6) => {
            let length = dice.count(3, 7);
            dice.number(length)
        }
        Serial::Invoice if dice.chance(0.25) => {
            let length = dice.count(3, 8);
            dice.number(length)
        }
        _ => any_serial(year, dice),
    };
    if text.chars().all(|character| character == '0') { format!("1{text}") } else { text }
}

fn any_serial(year: i16, dice: &mut Dice) -> String {
    let short_year = year.rem_euclid(100);
    let prefix = dice.pick([
        "F", "R", "RE", "INV", "FA", "FV", "FAC", "A", "K", "KD", "PO", "SO", "B", "L", "RG", "FS", "AB",
        "ORD", "C", "D", "LF", "CN",
    ]);
    let mark = dice.pick(["-", "-", "/", "", "", ".", "_"]);
    match dice.count(0, 29) {
        0..=6 => {
            let length = dice.count(3, 10);
            dice.number(length)
        }
        7 => {
            let length = dice.count(1, 2);
            dice.number(length)
        }
        8..=9 => format!("{}{}", "0".repeat(dice.count(1, 4)), dice.number(3)),
        10..=12 => {
            let length = dice.count(2, 6);
            format!("{year}{mark}{}", dice.digits(length))
        }
        13..=16 => {
            let length = dice.count(3, 9);
            format!("{prefix}{mark}{}", dice.digits(length))
        }
        17..=19 => {
            let (length, mark) = (dice.count(2, 5), dice.pick(["-", "/"]));
            format!("{prefix}{mark}{year}{mark}{}", dice.digits(length))
        }
        20 => {
            let (first, second) = (dice.count(2, 4), dice.count(2, 6));
            format!("{}{}{}", dice.number(first), dice.pick(["-", "/", "."]), dice.digits(second))
        }
        21 => format!("{year}{}{}", dice.pick(["-", "/"]), dice.pattern("##-###")),
        22 => {
            let length = dice.count(2, 5);
            format!("{}/{short_year:02}", dice.number(length))
        }
        23..=24 => {
            let length = dice.count(6, 16);
            let code: String = (0..length)
                .map(|_| if dice.chance(0.7) { dice.digits(1) } else { dice.capitals(1) })
                .collect();
            format!("{code}{}", dice.digits(1))
        }
        25 => {
            let mark = dice.pick(["/", "-"]);
            format!("{prefix}{mark}{short_year:02}{mark}{}{mark}{}", dice.pattern("##"), dice.digits(2))
        }
        26 => {
            let length = dice.count(3, 6);
            format!("{}{}", dice.pick(["#", "INV#", "F#", "R#"]), dice.number(length))
        }
        27 => {
            let length = dice.count(3, 6);
            format!("{prefix} {}", dice.number(length))
        }
        28 => dice.pattern("### ### ##"),
        _ => format!("{}{}", dice.capitals(2), dice.pattern("##-####")),
    }
}
