//! Sweden, Norway, Denmark, Finland and Iceland.

use super::Scheme;
use crate::values::check_digits::{is_multiple, passes_luhn};

/// Sweden's organisation number (Skatteverket, SKV 709): Luhn on ten digits; of a person's twelve
/// digits, or after the `16` of an organisation, the first two are ignored.
pub(super) fn swedish(number: &str) -> bool {
    number.len().checked_sub(10).and_then(|start| number.get(start..)).is_some_and(passes_luhn)
}

/// Sweden's VAT number: the organisation number and two digits from `01` to `94`.
pub(super) fn swedish_vat(body: &str) -> bool {
    body.split_at_checked(10)
        .is_some_and(|(number, unit)| passes_luhn(number) && ("01"..="94").contains(&unit))
}

/// Norway's organisation number (Brønnøysundregistrene): modulus 11, weights 3 2 7 6 5 4 3 2.
pub(super) fn norwegian(number: &str) -> bool {
    is_multiple(number, &[3, 2, 7, 6, 5, 4, 3, 2, 1], 11)
}

/// Denmark's CVR number, and the SE number that VAT uses (Erhvervsstyrelsen): modulus 11, weights 2 7 6 5 4 3 2 1.
pub(super) fn danish(number: &str) -> bool {
    is_multiple(number, &[2, 7, 6, 5, 4, 3, 2, 1], 11)
}

/// Finland's business identity code (Patentti- ja rekisterihallitus): modulus 11, weights 7 9 10 5 8 4 2.
pub(super) fn finnish(number: &str) -> bool {
    is_multiple(number, &[7, 9, 10, 5, 8, 4, 2, 1], 11)
}

/// Finland's electronic address (OVT code, ISO/IEC 6523 identifier 0037): `0037`, the digits of the
/// business identity code, and up to five more for a unit.
pub(super) fn finnish_ovt(number: &str) -> bool {
    number.get(4..12).is_some_and(finnish)
}

/// Iceland's kennitala (Þjóðskrá). An organisation's starts with a day to which 40 is added. A
/// person's starts with the day of birth; those issued since 18 February 2026 have no check digit
/// and cannot be distinguished from the older ones.
pub(super) const ICELANDIC: &[Scheme] = &[
    Scheme::checked("4#########", icelandic),
    Scheme::checked("5#########", icelandic),
    Scheme::checked("6#########", icelandic),
    Scheme::checked("7#########", icelandic),
    Scheme::shaped("0^########"),
    Scheme::shaped("1#########"),
    Scheme::shaped("2#########"),
    Scheme::shaped("30########"),
    Scheme::shaped("31########"),
];

/// Modulus 11, weights 3 2 7 6 5 4 3 2 on the first eight digits; the ninth is the check digit. The
/// tenth is the century (8, 9 or 0) and is not part of the sum.
fn icelandic(number: &str) -> bool {
    is_multiple(number, &[3, 2, 7, 6, 5, 4, 3, 2, 1], 11) && number.ends_with(['8', '9', '0'])
}
