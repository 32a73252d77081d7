//! The register's number inside a VAT number, in the countries whose VAT numbers contain it.

use crate::values::scan::all_digits;

/// The number in its register's notation, from the prefix and the body of a VAT number.
pub(super) fn org_number_in(prefix: &str, body: &str) -> Option<String> {
    let digits = |from: usize, to: usize| body.get(from..to).filter(|part| all_digits(part));
    let own = |length: usize| digits(0, length).filter(|_| body.len() == length).map(str::to_owned);
    match prefix {
        "SE" if body.len() == 12 => Some(format!("{}-{}", digits(0, 6)?, digits(6, 10)?)),
        "NO" if (9..=12).contains(&body.len()) => digits(0, 9).map(str::to_owned),
        "FI" if body.len() == 8 => Some(format!("{}-{}", digits(0, 7)?, digits(7, 8)?)),
        "FR" if body.len() == 11 => digits(2, 11).map(str::to_owned),
        "ES" if body.len() == 9 => Some(body.to_owned()),
        "CHE" if body.len() >= 9 => {
            Some(format!("CHE-{}.{}.{}", digits(0, 3)?, digits(3, 6)?, digits(6, 9)?))
        }
        "RO" if (2..=10).contains(&body.len()) => own(body.len()),
        "CZ" | "DK" => own(8),
        "BG" | "PT" => own(9),
        "BE" => own(10).or_else(|| own(9).map(|number| format!("0{number}"))),
        "HR" | "LV" => own(11),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::values::VatId;

    #[test]
    fn some_countries_make_the_vat_number_of_the_registers() {
        for (vat, number) in [
            ("SE202100548901", Some("202100-5489")),
            ("NO912345678MVA", Some("912345678")),
            ("DK12345674", Some("12345674")),
            ("FI12345671", Some("1234567-1")),
            ("FR83404833048", Some("404833048")),
            ("ESB12345674", Some("B12345674")),
            ("CHE107787577IVA", Some("CHE-107.787.577")),
            ("BE0403170701", Some("0403170701")),
            ("BE403170701", Some("0403170701")),
            ("BE40317070", None),
            ("CZ25123891", Some("25123891")),
            ("CZ7103192745", None),
            ("RO18547290", Some("18547290")),
            ("HR33392005961", Some("33392005961")),
            ("PT501964843", Some("501964843")),
            ("DE123456789", None),
            ("IT12345670785", None),
        ] {
            let found = VatId::parse(vat, None).unwrap().org_number();
            assert_eq!(found.map(|number| number.to_string()).as_deref(), number, "{vat}");
        }
    }
}
