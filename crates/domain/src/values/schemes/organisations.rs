//! Numbers of organisations, by the country of their register.
//!
//! A VAT body that is used as the register's number in practice (Poland's NIP, Spain's NIF) is
//! listed as well.

use super::{
    Scheme, Verdict, baltic, benelux, central, french, german_speaking, iberian, italian, nordic,
    south_eastern, verdict,
};
use crate::values::check_digits::is_multiple;
use Scheme as S;

/// The schemes of a country's registers (ISO 3166-1 code); empty when none is known.
pub(in crate::values) fn organisations_of(country: &str) -> &'static [Scheme] {
    ORGANISATIONS.iter().find(|(code, _)| *code == country).map_or(&[], |(_, schemes)| schemes)
}

/// Whether every organisation of a country has a number of these schemes, so that other digits are
/// invalid.
pub(in crate::values) fn admits_nothing_else(country: &str) -> bool {
    matches!(country, "SE" | "NO" | "DK" | "FI")
}

/// Whether a number is a location number (GLN), which any enterprise of any country may have:
/// thirteen digits, with the check digit of the GS1 General Specifications, alternating weights 1
/// and 3.
pub(in crate::values) fn is_location_number(number: &str) -> bool {
    const GLN: Scheme = S::checked("#############", |number| {
        is_multiple(number, &[1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1], 10)
    });
    verdict(&[GLN], number) == Verdict::Passed
}

const ORGANISATIONS: &[(&str, &[Scheme])] = &[
    ("SE", &[S::checked("##########", nordic::swedish), S::checked("############", nordic::swedish)]),
    ("NO", &[S::checked("#########", nordic::norwegian), S::checked("#########MVA", nordic::norwegian)]),
    // Ten digits are the number of a production unit.
    ("DK", &[S::checked("########", nordic::danish), S::shaped("##########")]),
    ("FI", &[S::checked("########", nordic::finnish), S::checked("0037########?????", nordic::finnish_ovt)]),
    ("IS", nordic::ICELANDIC),
    (
        "DE",
        &[
            S::shaped("HRA#?????@"),
            S::shaped("HRA#?????"),
            S::shaped("HRB#?????"),
            S::shaped("HRB#?????@"),
            S::shaped("HRB#?????@@"),
            S::shaped("GNR#?????"),
            S::shaped("PR#?????"),
            S::shaped("VR#?????"),
        ],
    ),
    ("AT", &[S::checked("FN#?????@", german_speaking::austrian)]),
    // Eleven digits are the register's number before the UID was introduced.
    ("CH", &[S::checked("CHE#########", german_speaking::swiss), S::shaped("CH###########")]),
    ("LI", &[S::shaped("FL###########"), S::checked("CHE#########", german_speaking::swiss)]),
    // The register's number, the tax office's number for legal persons (RSIN), and the number of a
    // branch.
    (
        "NL",
        &[
            S::shaped("########"),
            S::checked("#########", benelux::dutch_eleven_test),
            S::shaped("############"),
        ],
    ),
    (
        "BE",
        &[
            S::checked("0#########", benelux::belgian),
            S::checked("1#########", benelux::belgian),
            S::checked("#########", benelux::belgian),
        ],
    ),
    ("LU", &[S::shaped("@#?????")]),
    ("FR", &[S::checked("#########", french::siren), S::checked("##############", french::siret)]),
    (
        "ES",
        &[
            S::checked("########@", iberian::spanish_person),
            S::checked("@#######@", iberian::spanish_person),
            S::checked("@#######*", iberian::spanish_company),
        ],
    ),
    ("PT", &[S::checked("#########", iberian::portuguese)]),
    (
        "IT",
        &[
            S::checked("###########", italian::italian),
            S::checked("@@@@@@##@##@###@", italian::italian_person),
        ],
    ),
    // The number of the court register (KRS) starts with zeros and has no check digit.
    (
        "PL",
        &[
            S::checked("##########", central::polish_nip),
            S::shaped("000#######"),
            S::checked("#########", central::polish_regon),
            S::checked("##############", central::polish_regon_of_unit),
        ],
    ),
    ("CZ", &[S::checked("########", central::czech)]),
    ("SK", &[S::checked("########", central::czech)]),
    // The first part of the tax number, the whole of it, and the register's number.
    (
        "HU",
        &[
            S::checked("########", central::hungarian),
            S::checked("###########", central::hungarian),
            S::shaped("##########"),
        ],
    ),
    ("RO", &[S::checked("##????????", south_eastern::romanian)]),
    (
        "BG",
        &[
            S::checked("#########", south_eastern::bulgarian),
            S::checked("#############", south_eastern::bulgarian_branch),
        ],
    ),
    ("GR", &[S::checked("#########", south_eastern::greek), S::shaped("############")]),
    (
        "HR",
        &[S::checked("###########", south_eastern::croatian), S::shaped("########"), S::shaped("#########")],
    ),
    (
        "SI",
        &[
            S::checked("#######", south_eastern::slovenian),
            S::checked("##########", south_eastern::slovenian),
        ],
    ),
    ("EE", &[S::checked("########", baltic::estonian)]),
    ("LV", baltic::LATVIAN),
    ("LT", &[S::checked("#########", baltic::lithuanian)]),
    ("IE", &[S::shaped("#####??")]),
    ("GB", &[S::shaped("#######?"), S::shaped("@@######")]),
    ("MT", &[S::shaped("C#?????")]),
    ("CY", &[S::shaped("HE#?????")]),
];
