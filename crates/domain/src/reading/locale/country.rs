//! The country whose conventions a document follows: its supplier's.

use super::Votes;
use crate::detection::SpanClass;
use crate::field::Field;
use crate::reading::evidence::PageEvidence;
use crate::values::{CountryCode, Iban, OrgNumber, VatId};

/// Words that occur only on one country's invoices.
const CUES: [(&str, &str); 14] = [
    (
        "SE",
        "bankgiro bankgironr plusgiro plusgironr org.nr organisationsnr f-skatt momsreg.nr momsregnr sek sverige sweden öresavrundning",
    ),
    (
        "NO",
        "mva kid kid-nummer foretaksregisteret nok norge norway organisasjonsnummer enhetsregisteret mva-nr",
    ),
    ("DK", "cvr cvr-nr cvr-nr. fik dkk danmark denmark se-nr"),
    ("FI", "y-tunnus alv viitenumero suomi finland alv-numero fo-nummer"),
    ("DE", "hrb amtsgericht steuernummer ust-idnr deutschland germany ust-id"),
    ("AT", "uid uid-nr firmenbuch fn österreich austria firmenbuchnummer"),
    ("CH", "chf mwst-nr schweiz suisse svizzera switzerland"),
    ("NL", "kvk btw-nr btw-nummer nederland netherlands kvk-nummer"),
    ("BE", "ondernemingsnummer belgië belgique belgium rpr"),
    ("FR", "siret siren rcs naf ape france"),
    ("GB", "gbp sort england wales vat-reg uk kingdom"),
    ("PL", "nip regon pln polska poland krs"),
    ("CZ", "ičo dič czk kč czech"),
    ("AU", "abn gst australia aud bsb"),
];

pub(super) fn country_of(pages: &[PageEvidence], language: Option<&str>) -> Option<CountryCode> {
    let mut votes = Votes::new();
    for page in pages {
        by_numbers(page, &mut votes);
        by_words(page, &mut votes);
    }
    if let Some(country) = language.and_then(usual_country) {
        votes.add(country, 1.5);
    }
    votes.winner().filter(|(_, weight, _)| *weight >= 0.9).map(|(country, ..)| country)
}

/// The country of a language that is spoken in only one country, or mostly in one.
fn usual_country(language: &str) -> Option<CountryCode> {
    let code = match language {
        "sv" => "SE",
        "nb" => "NO",
        "da" => "DK",
        "cs" => "CZ",
        "fi" | "de" | "nl" | "fr" | "es" | "it" | "pl" | "pt" => language,
        _ => return None,
    };
    CountryCode::parse(code).ok()
}

/// The country in the supplier's VAT number, account and register's number.
fn by_numbers(page: &PageEvidence, votes: &mut Votes<CountryCode>) {
    for span in page.spans(SpanClass::Value(Field::SupplierVatId)).filter(|span| span.score > 0.2) {
        if let Some(country) =
            VatId::parse(&page.joined(&span.words), None).ok().and_then(|number| number.country())
        {
            votes.add(country, 3.0 * span.score);
        }
    }
    for span in page.spans(SpanClass::Value(Field::SupplierIban)).filter(|span| span.score > 0.2) {
        if let Some(country) = Iban::parse(&page.joined(&span.words)).ok().and_then(|iban| iban.country()) {
            votes.add(country, 1.5 * span.score);
        }
    }
    for span in page.spans(SpanClass::Value(Field::SupplierOrgNumber)).filter(|span| span.score > 0.2) {
        let number = OrgNumber::parse(&page.joined(&span.words));
        if number.is_ok_and(|number| {
            number.looks_swedish() && number.checks(None).iter().all(|check| check.passed)
        }) {
            votes.add(CountryCode::SE, 2.0 * span.score);
        }
    }
}

fn by_words(page: &PageEvidence, votes: &mut Votes<CountryCode>) {
    for word in &page.page.words {
        let lower = word.text.to_lowercase();
        let plain = lower.trim_matches(|letter: char| !letter.is_alphanumeric());
        for (code, cues) in CUES {
            if cues.split_ascii_whitespace().any(|cue| cue == plain) {
                add(votes, code, 0.7);
            }
        }
        if let Some(code) = top_level_domain(plain) {
            add(votes, &code, 0.7);
        }
    }
}

fn add(votes: &mut Votes<CountryCode>, code: &str, weight: f32) {
    if let Ok(country) = CountryCode::parse(code) {
        votes.add(country, weight);
    }
}

/// The country of a web or mail address; `.io`, `.co` and similar domains are sold to everybody.
fn top_level_domain(word: &str) -> Option<String> {
    const GENERIC_DOMAINS: [&str; 8] = ["io", "co", "me", "ai", "tv", "eu", "cc", "nu"];
    let looks = word.contains('@') || word.starts_with("www.") || word.starts_with("http");
    let end = word.trim_end_matches('/').rsplit('.').next()?;
    let code = if end == "uk" { "gb" } else { end };
    (looks && code.len() == 2 && !GENERIC_DOMAINS.contains(&code)).then(|| code.to_uppercase())
}
