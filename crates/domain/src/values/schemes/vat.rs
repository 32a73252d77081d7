//! VAT identification numbers, by their prefix: the shapes of Council Directive 2006/112/EC, article 215, as the
//! European Commission's VIES service applies it, and the national rules of the others.

use super::{
    Scheme, baltic, benelux, central, french, german_speaking, iberian, islands, italian, nordic,
    south_eastern,
};
use Scheme as S;

/// The prefix at the start of a text, if there is one.
pub(in crate::values) fn vat_prefix_of(text: &str) -> Option<&'static str> {
    VAT_IDS.iter().map(|(prefix, _)| *prefix).find(|prefix| text.starts_with(prefix))
}

/// The schemes of the bodies after a prefix.
pub(in crate::values) fn vat_ids_of(prefix: &str) -> &'static [Scheme] {
    VAT_IDS.iter().find(|(known, _)| *known == prefix).map_or(&[], |(_, schemes)| schemes)
}

/// The maximum length of a prefix's numbers, including the prefix.
pub(in crate::values) fn longest_vat_id(prefix: &str) -> usize {
    prefix.len() + vat_ids_of(prefix).iter().map(Scheme::longest).max().unwrap_or_default()
}

/// The prefix of numbers that a country's enterprises also print without it, if a check digit
/// proves the body.
///
/// Not Romania, where a missing prefix means that no VAT is charged, and not Norway and
/// Switzerland, whose numbers are those of the register unless an ending makes them VAT numbers.
pub(in crate::values) fn vat_prefix_in(country: &str) -> Option<&'static str> {
    const PRINTED_BARE: [&str; 23] = [
        "AT", "BE", "CY", "DE", "DK", "EE", "ES", "FI", "FR", "GB", "HR", "HU", "IE", "IT", "LT", "LU", "LV",
        "MT", "NL", "PL", "PT", "SI", "SK",
    ];
    if country == "GR" { Some("EL") } else { PRINTED_BARE.into_iter().find(|prefix| *prefix == country) }
}

const BRITISH: &[Scheme] = &[
    S::checked("#########", islands::british_vat),
    S::checked("############", islands::british_vat),
    S::checked("GD###", islands::british_authority),
    S::checked("HA###", islands::british_authority),
];

const GREEK: &[Scheme] = &[S::checked("#########", south_eastern::greek)];

const VAT_IDS: &[(&str, &[Scheme])] = &[
    ("AT", &[S::checked("U########", german_speaking::austrian_vat)]),
    (
        "BE",
        &[
            S::checked("0#########", benelux::belgian),
            S::checked("1#########", benelux::belgian),
            // Before 2005 the numbers had no leading zero, and some are still printed without it.
            S::checked("^########", benelux::belgian),
        ],
    ),
    (
        "BG",
        &[
            S::checked("#########", south_eastern::bulgarian),
            S::checked("##########", south_eastern::bulgarian_person_vat),
        ],
    ),
    (
        "CHE",
        &[
            S::checked("#########", german_speaking::swiss),
            S::checked("#########MWST", german_speaking::swiss),
            S::checked("#########TVA", german_speaking::swiss),
            S::checked("#########IVA", german_speaking::swiss),
            S::checked("#########VAT", german_speaking::swiss),
        ],
    ),
    ("CY", &[S::checked("########@", islands::cypriot_vat)]),
    (
        "CZ",
        &[
            S::checked("########", central::czech_company_vat),
            S::checked("#########", central::czech_short_vat),
            S::checked("##########", central::czech_person_vat),
        ],
    ),
    ("DE", &[S::checked("#########", german_speaking::german_vat)]),
    ("DK", &[S::checked("########", nordic::danish)]),
    ("EE", &[S::checked("#########", baltic::estonian_vat)]),
    ("EL", GREEK),
    (
        "ES",
        &[
            S::checked("########@", iberian::spanish_person),
            S::checked("@#######@", iberian::spanish_person),
            S::checked("@#######*", iberian::spanish_company),
        ],
    ),
    // One-stop shops of sellers outside the Union.
    ("EU", &[S::shaped("#########")]),
    ("FI", &[S::checked("########", nordic::finnish)]),
    ("FR", &[S::checked("**#########", french::french_vat)]),
    ("GB", BRITISH),
    // Greece's prefix is `EL`; its country code is printed as well.
    ("GR", GREEK),
    ("HR", &[S::checked("###########", south_eastern::croatian)]),
    ("HU", &[S::checked("########", central::hungarian)]),
    (
        "IE",
        &[
            S::checked("#######@", islands::irish_vat),
            S::checked("#######@@", islands::irish_vat),
            S::checked("#@#####@", islands::irish_vat_of_old),
            S::checked("#&#####@", islands::irish_vat_of_old),
        ],
    ),
    ("IS", &[S::shaped("#####?")]),
    ("IT", &[S::checked("###########", italian::italian)]),
    (
        "LT",
        &[
            S::checked("#########", baltic::lithuanian_vat),
            S::checked("############", baltic::lithuanian_temporary),
        ],
    ),
    ("LU", &[S::checked("########", benelux::luxembourgish_vat)]),
    ("LV", baltic::LATVIAN),
    ("MT", &[S::checked("########", islands::maltese_vat)]),
    ("NL", &[S::checked("#########B##", benelux::dutch_vat)]),
    ("NO", &[S::checked("#########", nordic::norwegian), S::checked("#########MVA", nordic::norwegian)]),
    ("PL", &[S::checked("##########", central::polish_nip)]),
    ("PT", &[S::checked("#########", iberian::portuguese)]),
    ("RO", &[S::checked("##????????", south_eastern::romanian)]),
    ("SE", &[S::checked("############", nordic::swedish_vat)]),
    ("SI", &[S::checked("########", south_eastern::slovenian_vat)]),
    ("SK", &[S::checked("##########", central::slovak_vat)]),
    // The number of an economic operator (COE).
    ("SM", &[S::shaped("#####")]),
    ("XI", BRITISH),
];
