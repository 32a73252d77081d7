//! The parties of an invoice: companies, persons and authorities with all the details that letters
//! print about them.

mod names;

use unicode_normalization::UnicodeNormalization;

pub(crate) use names::{
    authority_name, capitalised, company_name, invented_word, long_name, ordinary_name, person_name,
    trading_name,
};

use crate::identifiers::{Identifier, organisation_number, vat_number};
use crate::lexicon::Lexicon;
use crate::locale::Locale;
use crate::random::Dice;
use crate::typeface::base_letter;

/// A party of an invoice.
#[derive(Debug, Clone)]
pub(crate) struct Party {
    /// The name in full.
    pub(crate) name: String,
    /// The name without its legal form; the full name if there is none.
    pub(crate) short_name: String,
    /// A brand, a trading name, a department: printed next to the name but not part of it.
    pub(crate) trade_name: Option<String>,
    /// Whether it is a private person.
    pub(crate) is_person: bool,
    /// An employee.
    pub(crate) contact: String,
    /// Street, postal code and city, sometimes the country: one line each.
    pub(crate) address: Vec<String>,
    /// The city.
    pub(crate) city: String,
    /// Telephone.
    pub(crate) phone: String,
    /// Fax or a second telephone.
    pub(crate) fax: String,
    /// E-mail address.
    pub(crate) email: String,
    /// Web site.
    pub(crate) web: String,
    /// VAT number.
    pub(crate) vat: Option<Identifier>,
    /// Number in the national register.
    pub(crate) organisation: Option<Identifier>,
}

/// The kind of a party.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PartyKind {
    /// Usually a company, rarely a person in business.
    Supplier,
    /// A company, an authority or a private person.
    Customer,
    /// Any kind.
    Other,
}

impl Party {
    /// Draws a party of a locale.
    pub(crate) fn draw(kind: PartyKind, locale: Locale, dice: &mut Dice) -> Self {
        let lexicon = locale.home_lexicon();
        let person_share = match kind {
            PartyKind::Supplier => 0.05,
            PartyKind::Customer => 0.28,
            PartyKind::Other => 0.2,
        };
        let is_person = dice.chance(person_share);
        let (name, short_name) = if is_person {
            let name = person_name(lexicon, dice);
            (name.clone(), name)
        } else {
            company_name(lexicon, dice)
        };
        let organisation = organisation_number(locale.country(), dice);
        let vat = vat_number(locale.country(), Some(&organisation), dice);
        let domain = domain(&short_name, locale, dice);
        let city = dice.word(&lexicon.cities).to_owned();
        Self {
            address: address(&city, lexicon, dice),
            email: email(&domain, is_person, &name, dice),
            web: web(&domain, dice),
            contact: person_name(lexicon, dice),
            phone: phone(lexicon, dice),
            fax: phone(lexicon, dice),
            vat: vat.filter(|_| !is_person || kind == PartyKind::Supplier),
            organisation: (!is_person || kind == PartyKind::Supplier).then_some(organisation),
            trade_name: None,
            name,
            short_name,
            is_person,
            city,
        }
    }

    /// Changes its name; its other data stay the same.
    pub(crate) fn rename(&mut self, name: String, short_name: String) {
        self.name = name;
        self.short_name = short_name;
    }
}

/// A telephone number in the country's format.
pub(crate) fn phone(lexicon: &Lexicon, dice: &mut Dice) -> String {
    let format = if dice.chance(0.85) {
        dice.word(&lexicon.phone_formats).to_owned()
    } else {
        dice.pick([
            "+## ### ######",
            "0## / ### ## ##",
            "(0##) ### ## ##",
            "## ## ## ## ##",
            "+##########",
            "0###-######",
        ])
        .to_owned()
    };
    dice.pattern(&format)
}

/// The lines of an address in a city.
pub(crate) fn address(city: &str, lexicon: &Lexicon, dice: &mut Dice) -> Vec<String> {
    let mut lines = Vec::new();
    if dice.chance(0.1) {
        lines.push(dice.word(&lexicon.trades).to_owned());
    }
    lines.push(street(lexicon, dice));
    let city = if dice.chance(0.14) { city.to_uppercase() } else { city.to_owned() };
    let format = dice.word(&lexicon.postal_formats);
    let postal = dice.pattern(format).replace("{city}", &city);
    let country = dice.word(&lexicon.countries).to_owned();
    let country = if dice.chance(0.2) { country.to_uppercase() } else { country };
    match dice.count(0, 19) {
        0..=9 => lines.push(postal),
        10..=16 => lines.extend([postal, country]),
        17 => lines.push(format!("{postal}, {country}")),
        18 if !postal.contains(',') => match postal.split_once(' ') {
            Some((code, place)) => lines.extend([place.to_owned(), code.to_owned()]),
            None => lines.push(postal),
        },
        _ => lines.push(postal),
    }
    lines
}

fn street(lexicon: &Lexicon, dice: &mut Dice) -> String {
    if dice.chance(0.05) {
        let box_name = dice.pick(["Box", "P.O. Box", "Postboks", "Postfach", "Postbus", "BP", "PL"]);
        let length = dice.count(2, 4);
        return format!("{box_name} {}", dice.number(length));
    }
    let name = if dice.chance(0.75) {
        dice.word(&lexicon.street_names).to_owned()
    } else if dice.chance(0.5) {
        dice.word(&lexicon.surnames).to_owned()
    } else {
        invented_word(dice)
    };
    let pattern = dice.word(&lexicon.streets).to_owned();
    // A name inside a word ("Storgatan") is not capitalised.
    let name = match pattern.find("{name}") {
        Some(0) | None => name,
        Some(start) if pattern.get(..start).is_some_and(|before| before.ends_with(' ')) => name,
        Some(_) => name.to_lowercase(),
    };
    let street = pattern.replace("{name}", &name);
    let number = house_number(dice);
    let before = ["en", "fr"].iter().any(|language| lexicon.code.starts_with(language));
    match (before, dice.chance(0.2)) {
        (true, true) => format!("{number}, {street}"),
        (true, false) => format!("{number} {street}"),
        (false, true) if ["es", "it", "pt"].iter().any(|language| lexicon.code.starts_with(language)) => {
            format!("{street}, {number}")
        }
        _ => format!("{street} {number}"),
    }
}

fn house_number(dice: &mut Dice) -> String {
    let highest = if dice.chance(0.8) { 90 } else { 900 };
    let number = dice.whole(1, highest);
    match dice.count(0, 11) {
        0 => format!("{number}{}", dice.pick(["a", "b", "c", "A", "B", "C"])),
        1 => format!("{number} {}", dice.pick(["A", "B", "C"])),
        2 => format!("{number}-{}", number + dice.whole(1, 4)),
        3 if dice.chance(0.4) => format!("{number}/{}", dice.whole(1, 20)),
        _ => number.to_string(),
    }
}

fn domain(name: &str, locale: Locale, dice: &mut Dice) -> String {
    let plain: String = name
        .chars()
        .map(base_letter)
        .nfd()
        .filter(|letter| letter.is_ascii_alphanumeric() || *letter == ' ')
        .collect();
    let words: Vec<String> = plain.to_lowercase().split_whitespace().map(str::to_owned).collect();
    let body = match words.as_slice() {
        [] => invented_word(dice).to_lowercase(),
        [one] => one.clone(),
        [first, second, ..] => match dice.count(0, 4) {
            0 | 1 => first.clone(),
            2 => format!("{first}-{second}"),
            _ => format!("{first}{second}"),
        },
    };
    let body = if body.len() < 3 || dice.chance(0.06) {
        format!("{body}{}", invented_word(dice).to_lowercase())
    } else {
        body
    };
    let country = locale.country().to_lowercase().replace("gb", "co.uk").replace("us", "com");
    let country = if country == "au" { "com.au".to_owned() } else { country };
    let ending = if dice.chance(0.7) {
        country
    } else {
        dice.pick(["com", "eu", "net", "io", "org", "nu"]).to_owned()
    };
    format!("{body}.{ending}")
}

fn email(domain: &str, is_person: bool, name: &str, dice: &mut Dice) -> String {
    if is_person && dice.chance(0.7) {
        let plain: String = name
            .to_lowercase()
            .chars()
            .map(base_letter)
            .map(|letter| if letter == ' ' { '.' } else { letter })
            .collect();
        return format!("{plain}@{}", dice.pick(["example.com", "example.org", "example.net"]));
    }
    let box_name = dice.pick([
        "info", "kontakt", "faktura", "ekonomi", "post", "contact", "mail", "office", "hello", "billing",
        "sales", "invoice",
    ]);
    format!("{box_name}@{domain}")
}

fn web(domain: &str, dice: &mut Dice) -> String {
    match dice.count(0, 9) {
        0..=6 => format!("www.{domain}"),
        7 => format!("https://www.{domain}"),
        8 => format!("http://{domain}/"),
        _ => domain.to_owned(),
    }
}
