//! The format of a word, independent of its language: amount, date, IBAN, VAT id, BIC, check
//! digits, currency, punctuation. These are hints for the model; the domain parses the values.

/// Number of flags of a word.
pub const FLAGS: usize = 30;

/// The flags of a word, each 0..1.
pub fn flags(word: &str) -> [f32; FLAGS] {
    let letters: Vec<char> = word.chars().collect();
    let length = letters.len().max(1) as f32;
    let count = |test: fn(&char) -> bool| letters.iter().filter(|letter| test(letter)).count();
    let digits = count(char::is_ascii_digit);
    let alphabetic = count(|letter| letter.is_alphabetic());
    let uppercase = count(|letter| letter.is_uppercase());
    let core = word.trim_matches(|c| ".,;:()#".contains(c));
    let digit_text: String = letters.iter().filter(|letter| letter.is_ascii_digit()).collect();
    let inner = |wanted: char| letters.iter().skip(1).any(|letter| *letter == wanted);
    let on = |test: bool| if test { 1.0 } else { 0.0 };
    [
        digits as f32 / length,
        alphabetic as f32 / length,
        uppercase as f32 / length,
        length.min(20.0) / 20.0,
        (digits as f32).min(14.0) / 14.0,
        on(is_amount(word)),
        on(is_date(core)),
        on(is_iban(core)),
        on(is_iban_head(core)),
        on(is_vat_id(core)),
        on(is_bic(core)),
        on(word.ends_with(':')),
        on(word.contains('@')),
        on(is_web_address(word)),
        on(word.contains('%')),
        on(is_currency(core) || word.contains(['€', '$', '£'])),
        on(core.len() == 4 && digits == 4 && (core.starts_with("19") || core.starts_with("20"))),
        on(digits == letters.len() && matches!(digits, 8..=11 | 13 | 14)),
        on(digits >= 5 && passes_luhn(&digit_text)),
        on(word.starts_with('#')),
        on(word.starts_with(['-', '−', '–', '('])),
        on(inner(':')),
        on(word.contains('/')),
        on(inner('-')),
        on(word.ends_with([',', ';', '.'])),
        on(letters.first().is_some_and(|letter| letter.is_uppercase())),
        on(alphabetic > 1 && uppercase == alphabetic),
        on(is_grouped_number(core)),
        on(alphabetic > 0 && digits > 0),
        on(digits == 0 && alphabetic == 0),
    ]
}

/// Digits in groups, two decimals: `1.234,56`, `1'234.56`, `-12,00`, `€99.90`, `(1,250.00)`, `1250:-`.
fn is_amount(word: &str) -> bool {
    let core = word.trim_matches(|c: char| "€$£()-−–+ ".contains(c) || c.is_alphabetic());
    if let Some(whole) = core.strip_suffix(":") {
        return is_plain_or_grouped(whole);
    }
    let mut parts = core.rsplitn(2, ['.', ',']);
    let (Some(fraction), Some(whole)) = (parts.next(), parts.next()) else { return false };
    fraction.len() == 2 && is_digits(fraction) && is_plain_or_grouped(whole)
}

fn is_plain_or_grouped(whole: &str) -> bool {
    !whole.is_empty() && (is_digits(whole) || is_grouped_number(whole))
}

/// `1.234`, `12,345,678`, `1'234`: one to three digits, then groups of three.
fn is_grouped_number(text: &str) -> bool {
    let mut groups = text.split(['.', ',', '\'', '’']);
    let head = groups.next().unwrap_or_default();
    let mut rest = 0;
    for group in groups {
        if group.len() != 3 || !is_digits(group) {
            return false;
        }
        rest += 1;
    }
    rest > 0 && (1..=3).contains(&head.len()) && is_digits(head)
}

/// Three parts between equal separators: numbers, or a month's name in the middle; or eight digits that
/// start with a year.
fn is_date(core: &str) -> bool {
    if core.len() == 8 && is_digits(core) {
        return core.starts_with("19") || core.starts_with("20");
    }
    ['.', '-', '/'].iter().any(|separator| {
        let parts: Vec<&str> = core.split(*separator).collect();
        let [first, middle, last] = parts.as_slice() else { return false };
        let numeric = |part: &str, lengths: &[usize]| lengths.contains(&part.len()) && is_digits(part);
        let middle_ok = numeric(middle, &[1, 2])
            || (middle.chars().count() >= 3 && middle.chars().all(char::is_alphabetic));
        let day_first = numeric(first, &[1, 2]) && numeric(last, &[2, 4]);
        let year_first = numeric(first, &[4]) && numeric(last, &[1, 2]);
        middle_ok && (day_first || year_first)
    })
}

fn is_iban(core: &str) -> bool {
    let core = core.strip_prefix("IBAN").map_or(core, |rest| rest.trim_start_matches(':'));
    is_iban_head(core.get(..4).unwrap_or_default())
        && (12..=34).contains(&core.len())
        && core.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
}

/// Country and check digits: the first group of a spaced IBAN.
fn is_iban_head(core: &str) -> bool {
    let bytes = core.as_bytes();
    bytes.len() == 4
        && bytes.iter().take(2).all(u8::is_ascii_uppercase)
        && bytes.iter().skip(2).all(u8::is_ascii_digit)
}

fn is_vat_id(core: &str) -> bool {
    const PREFIXES: [&str; 34] = [
        "AT", "BE", "BG", "CHE", "CY", "CZ", "DE", "DK", "EE", "EL", "ES", "EU", "FI", "FR", "GB", "HR",
        "HU", "IE", "IT", "LT", "LU", "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK", "XI", "IM",
        "GR",
    ];
    let body = PREFIXES.iter().find_map(|prefix| core.strip_prefix(prefix));
    body.is_some_and(|body| {
        let digits = body.bytes().filter(u8::is_ascii_digit).count();
        digits >= 7
            && body.len() <= 15
            && body.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-".contains(&byte))
    })
}

/// ISO 9362: four letters, a country code of two letters, two more characters, and optionally three
/// for a branch.
fn is_bic(core: &str) -> bool {
    matches!(core.len(), 8 | 11)
        && core.bytes().take(6).all(|byte| byte.is_ascii_uppercase())
        && core.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
}

fn is_web_address(word: &str) -> bool {
    let lower = word.to_lowercase();
    lower.starts_with("www") || lower.starts_with("http")
}

fn is_currency(core: &str) -> bool {
    const CODES: [&str; 19] = [
        "eur", "usd", "gbp", "sek", "nok", "dkk", "chf", "pln", "czk", "aud", "cad", "inr", "huf", "ron",
        "bgn", "kr", "zł", "kč", "euro",
    ];
    let lower = core.to_lowercase();
    CODES.contains(&lower.as_str())
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The mod-10 check of ISO/IEC 7812-1, annex B.
fn passes_luhn(digits: &str) -> bool {
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(place, byte)| {
            let digit = u32::from(byte - b'0');
            if place % 2 == 0 { digit } else { digit * 2 / 10 + digit * 2 % 10 }
        })
        .sum();
    sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_in_the_notations_of_many_countries() {
        for amount in [
            "1.234,56",
            "1'234.56",
            "1,234.56",
            "12,00",
            "-12,00",
            "(1,250.00)",
            "€99.90",
            "1250:-",
            "99,90kr",
        ] {
            assert!(is_amount(amount), "{amount}");
        }
        for other in ["1234", "12,3", "2024-01-31", "1.23.45", "a,00", "12.345.6,78", ""] {
            assert!(!is_amount(other), "{other}");
        }
    }

    #[test]
    fn dates_in_numbers_and_with_names() {
        for date in ["2024-01-31", "31.1.2024", "31/01/24", "31-mars-2024", "20240131"] {
            assert!(is_date(date), "{date}");
        }
        for other in ["2024", "1.234.567", "12-3456-7", "10.0.0.1", "31012024"] {
            assert!(!is_date(other), "{other}");
        }
    }

    #[test]
    fn bank_and_tax_identifiers() {
        assert!(
            is_iban("DE89370400440532013000") && is_iban("IBAN:SE4550000000058398257466") && !is_iban("DE89")
        );
        assert!(is_iban_head("SE45") && !is_iban_head("SEK5"));
        assert!(
            is_vat_id("SE556677889901") && is_vat_id("CHE-123.456.789") && !is_vat_id("DESK1234567890123456")
        );
        assert!(is_bic("DEUTDEFF500") && is_bic("NDEASESS") && !is_bic("NDEASES"));
        assert!(passes_luhn("49927398716") && !passes_luhn("49927398717"));
    }
}
