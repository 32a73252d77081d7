//! Names of companies, authorities and persons.

use crate::lexicon::Lexicon;
use crate::random::Dice;

const ONSETS: [&str; 30] = [
    "b", "br", "d", "dr", "f", "fl", "g", "gr", "h", "j", "k", "kl", "kr", "l", "m", "n", "p", "pr", "r",
    "s", "sk", "st", "sv", "t", "tr", "v", "z", "", "ch", "w",
];
const VOWELS: [&str; 16] = ["a", "e", "i", "o", "u", "a", "e", "i", "o", "y", "ä", "ö", "å", "ei", "au", "é"];
const ENDINGS: [&str; 20] =
    ["", "", "", "n", "r", "l", "s", "t", "k", "m", "nd", "rt", "x", "lt", "ng", "rn", "st", "ck", "ll", "d"];

/// A capitalised word of no language.
pub(crate) fn invented_word(dice: &mut Dice) -> String {
    let syllables = dice.count(1, 3);
    let mut word = String::new();
    for _ in 0..syllables.max(1) {
        word.push_str(dice.pick(ONSETS));
        word.push_str(dice.pick(VOWELS));
    }
    word.push_str(dice.pick(ENDINGS));
    if word.chars().count() < 3 {
        word.push_str("ra");
    }
    capitalised(&word)
}

/// The word with a capital first letter.
pub(crate) fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Given name and surname.
pub(crate) fn person_name(lexicon: &Lexicon, dice: &mut Dice) -> String {
    let given =
        if dice.chance(0.88) { dice.word(&lexicon.first_names).to_owned() } else { invented_word(dice) };
    let surname = surname(lexicon, dice);
    match dice.count(0, 24) {
        0 => format!("{surname}, {given}"),
        1 => format!("{}. {surname}", given.chars().next().unwrap_or('A')),
        2 => format!("{given} {}. {surname}", dice.capitals(1)),
        3 => format!("{given} {surname}-{}", dice.word(&lexicon.surnames)),
        4 => format!("{given} {}", surname.to_uppercase()),
        _ => format!("{given} {surname}"),
    }
}

fn surname(lexicon: &Lexicon, dice: &mut Dice) -> String {
    if dice.chance(0.8) { dice.word(&lexicon.surnames).to_owned() } else { invented_word(dice) }
}

/// A company's name with its legal form, and without it.
pub(crate) fn company_name(lexicon: &Lexicon, dice: &mut Dice) -> (String, String) {
    if dice.chance(0.07) {
        let name = authority_name(lexicon, dice);
        return (name.clone(), name);
    }
    let body = vary(body(lexicon, dice), lexicon, dice);
    let form = dice.word(&lexicon.legal_forms);
    let prefix = dice.word(&lexicon.legal_form_prefixes);
    let name = match dice.count(0, 49) {
        0..=39 if form.starts_with(',') => format!("{body}{form}"),
        0..=39 => format!("{body} {form}"),
        40..=41 if !prefix.is_empty() => format!("{prefix} {body}"),
        42 if lexicon.code.starts_with("sv") || lexicon.code.starts_with("fi") => {
            format!("{} {body}", dice.pick(["AB", "Oy", "Ab"]))
        }
        _ => body.clone(),
    };
    (name, body)
}

/// The name of an authority, a club, a practice.
pub(crate) fn authority_name(lexicon: &Lexicon, dice: &mut Dice) -> String {
    let name =
        if dice.chance(0.7) { dice.word(&lexicon.company_words).to_owned() } else { invented_word(dice) };
    dice.word(&lexicon.organisation_patterns)
        .to_owned()
        .replace("{name}", &capitalised(&name))
        .replace("{city}", dice.word(&lexicon.cities))
        .replace("{surname}", dice.word(&lexicon.surnames))
        .replace("{trade}", dice.word(&lexicon.trades))
}

/// A name without legal form: a brand, a shop's sign, a department.
pub(crate) fn trading_name(lexicon: &Lexicon, dice: &mut Dice) -> String {
    match dice.count(0, 5) {
        0 => dice.word(&lexicon.trades).to_owned(),
        1 => format!("{} {}", dice.word(&lexicon.trades), dice.word(&lexicon.cities)),
        _ => {
            let body = body(lexicon, dice);
            if dice.chance(0.3) { body.to_uppercase() } else { body }
        }
    }
}

/// A name of ordinary words, or a placeholder ("THE BUYER", "Muster GmbH"), with its legal form and
/// without.
pub(crate) fn ordinary_name(home: &Lexicon, text: &Lexicon, dice: &mut Dice) -> (String, String) {
    const PLACEHOLDERS: [&str; 14] = [
        "Muster",
        "Test",
        "Demo",
        "Sample",
        "Exempel",
        "Exemple",
        "Ejemplo",
        "Esempio",
        "Voorbeeld",
        "Eksempel",
        "Esimerkki",
        "Specimen",
        "Beispiel",
        "Acme",
    ];
    let form = dice.word(&home.legal_forms).trim_start_matches(", ").to_owned();
    let word = capitalised(dice.word(&text.vocabulary));
    let other = capitalised(dice.word(&text.vocabulary));
    let party = dice.word(text.captions("customer")).trim_end_matches(':').to_owned();
    let placeholder = dice.pick(PLACEHOLDERS);
    let body = match dice.count(0, 7) {
        0 => format!("{} {party}", dice.pick(["Le", "The", "Den", "Der", "La", "Il", "El", "De"])),
        1 => format!("{party} {other}"),
        2 => party,
        3 => placeholder.to_owned(),
        4 => format!("{placeholder} {}", dice.word(&home.trades)),
        5 => format!("{word} & {other}"),
        _ => format!("{word} {other}"),
    };
    let name = match dice.count(0, 5) {
        0 => body.clone(),
        1 => format!("{body} {form} {}", dice.word(&home.cities)),
        _ => format!("{body} {form}"),
    };
    if dice.chance(0.45) { (name.to_uppercase(), body.to_uppercase()) } else { (name, body) }
}

/// A name that takes two lines, with its legal form and without.
pub(crate) fn long_name(lexicon: &Lexicon, dice: &mut Dice) -> (String, String) {
    let trade = dice.word(&lexicon.trades).to_owned();
    let body = match dice.count(0, 2) {
        0 => format!("{} {} {trade}", body(lexicon, dice), dice.word(&lexicon.trades)),
        1 => format!("{} {trade}", authority_name(lexicon, dice)),
        _ => format!("{} {} & {trade}", body(lexicon, dice), capitalised(dice.word(&lexicon.company_words))),
    };
    let body = if dice.chance(0.2) { body.to_uppercase() } else { body };
    (format!("{body} {}", dice.word(&lexicon.legal_forms).trim_start_matches(", ")), body)
}

fn body(lexicon: &Lexicon, dice: &mut Dice) -> String {
    let word = capitalised(dice.word(&lexicon.company_words));
    let other = dice.word(&lexicon.company_words).to_owned();
    let trade = dice.word(&lexicon.trades).to_owned();
    let person = surname(lexicon, dice);
    match dice.count(0, 29) {
        0..=4 => format!("{word} {trade}"),
        5..=7 => format!("{person} {trade}"),
        8..=9 => format!("{} {trade}", invented_word(dice)),
        10 => format!("{} {trade}", dice.word(&lexicon.cities)),
        11..=12 => format!("{word} {}", capitalised(&other)),
        13 => format!("{word}{}", other.to_lowercase()),
        14..=15 => invented_word(dice),
        16 => format!("{} {word}", invented_word(dice)),
        17 => format!("{word} {} {trade}", capitalised(&other)),
        18..=19 => {
            let and = dice.pick(["&", "&", "och", "und", "og", "et", "and", "en", "ja", "y", "e", "+"]);
            format!("{person} {and} {}", dice.word(&lexicon.surnames))
        }
        20 => format!(
            "{person} & {}",
            dice.pick([
                "Co", "Söner", "Sons", "Partner", "Co.", "Fils", "Söhne", "Figli", "Zonen", "Pojat", "Sønner"
            ])
        ),
        21 => format!("{word} & {} {trade}", capitalised(&other)),
        22 => {
            let length = dice.count(2, 4);
            format!("{} {trade}", dice.capitals(length))
        }
        23 => {
            let length = dice.count(2, 4);
            dice.capitals(length)
        }
        24 => format!("{} {person}", dice.word(&lexicon.first_names)),
        25 => format!("{} {person} {trade}", dice.word(&lexicon.first_names)),
        26 => format!("{trade} i {}", dice.word(&lexicon.cities)),
        27 => format!("{word}-{}", capitalised(&other)),
        28 => {
            format!("{}{}", dice.pick(["1-2-3 ", "24", "A1 ", "4U ", "My", "e-", "Pro", "Easy", "Neo"]), word)
        }
        _ => format!("{trade} {person}"),
    }
}

/// Sometimes adds a place, other capitals, or the ending of a domain.
fn vary(body: String, lexicon: &Lexicon, dice: &mut Dice) -> String {
    match dice.count(0, 39) {
        0 => format!("{body} {}", dice.word(&lexicon.countries)),
        1 => format!("{body} {}", dice.word(&lexicon.cities)),
        2 => format!(
            "{body} {}",
            dice.pick([
                "International",
                "Group",
                "Holding",
                "Online",
                "Europe",
                "Nordic",
                "Consulting",
                "Solutions",
                "Service"
            ])
        ),
        3 => body.to_lowercase(),
        4..=6 => body.to_uppercase(),
        7 if !body.contains(' ') => {
            format!("{body}{}", dice.pick([".com", ".se", ".de", ".io", "24", ".nu", ".eu"]))
        }
        8 => format!("{body} ({})", dice.word(&lexicon.cities)),
        9 => format!("{} {body}", dice.pick(["The", "Die", "La", "Le", "Den", "De", "Il", "El"])),
        _ => body,
    }
}
