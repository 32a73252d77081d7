//! Finds a true value on a page: the first run of words of a line that prints it.
//!
//! Only for statistics: a value that is printed in an unusual way is not found, and no other text
//! is taken for it.

use std::collections::BTreeSet;

use fieldmark_domain::field::{Field, FieldKind};
use fieldmark_domain::layout::PageLayout;
use fieldmark_domain::page::{PageSize, Word};

use super::portrait::Sight;

/// Maximum number of words of a value in one line.
const MAX_WORDS: usize = 10;

/// The value's first mention, from the top.
pub fn find(field: Field, value: &str, words: &[Word], size: PageSize) -> Option<Sight> {
    PageLayout::of(words, size).lines.iter().find_map(|line| {
        let line: Vec<&Word> = line.iter().filter_map(|index| words.get(*index)).collect();
        find_in_line(field, value, &line)
    })
}

/// The shortest run of words that prints the value, without a caption.
fn find_in_line(field: Field, value: &str, line: &[&Word]) -> Option<Sight> {
    (1..=line.len().min(MAX_WORDS)).find_map(|length| {
        line.windows(length).find_map(|run| {
            let printed: Vec<&str> = run.iter().map(|word| word.text.as_str()).collect();
            says(field.kind(), &printed.join(" "), value).then(|| Sight::of(run)).flatten()
        })
    })
}

/// Whether a printed text is the value.
fn says(kind: FieldKind, printed: &str, value: &str) -> bool {
    match kind {
        FieldKind::Money => amount_of(printed).is_some_and(|amount| Some(amount) == amount_of(value)),
        FieldKind::Date => says_date(printed, value),
        _ => {
            let value = bare(value);
            !value.is_empty() && bare(printed) == value
        }
    }
}

fn bare(text: &str) -> String {
    text.chars().filter(|character| character.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// An amount in hundredths without its sign, with any separators; two digits after the last
/// separator are hundredths. `None` for other texts.
fn amount_of(text: &str) -> Option<u64> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let is_amount = |character: char| character.is_ascii_digit() || " .,'’-–+:".contains(character);
    if digits.is_empty() || !text.chars().all(is_amount) {
        return None;
    }
    let whole: u64 = digits.parse().ok()?;
    let decimals = text.trim_end_matches(['-', '–', ':']).rsplit(['.', ',']).next();
    let has_hundredths =
        text.contains(['.', ',']) && decimals.is_some_and(|decimals| decimals.trim().len() == 2);
    if has_hundredths { Some(whole) } else { whole.checked_mul(100) }
}

/// Whether a text contains the numbers of a date's day, month and year, and no others; the month
/// may be a word.
fn says_date(printed: &str, value: &str) -> bool {
    let numbers = numbers_of(value);
    let [year, month, day] = numbers.as_slice() else { return false };
    let said = numbers_of(printed);
    let years = [*year, year % 100];
    let named_month = printed.split(|character: char| !character.is_alphabetic()).any(|word| word.len() > 2);
    match said.as_slice() {
        [one] => years.iter().any(|year| *one == year * 10_000 + month * 100 + day),
        [_, _] if named_month => years.iter().any(|year| same_numbers(&said, &[*year, *day])),
        [_, _, _] => years.iter().any(|year| same_numbers(&said, &[*year, *month, *day])),
        _ => false,
    }
}

fn numbers_of(text: &str) -> Vec<u64> {
    text.split(|character: char| !character.is_ascii_digit())
        .filter_map(|number| number.parse().ok())
        .collect()
}

fn same_numbers(one: &[u64], other: &[u64]) -> bool {
    one.iter().collect::<BTreeSet<_>>() == other.iter().collect::<BTreeSet<_>>()
}

#[cfg(test)]
mod tests {
    use fieldmark_domain::geometry::BoundingBox;

    use super::*;

    #[test]
    fn values_are_known_however_they_are_printed() {
        for (kind, printed, value) in [
            (FieldKind::Money, "1 250,00", "1250.00"),
            (FieldKind::Money, "1.250:-", "1250.00"),
            (FieldKind::Money, "-99.5", "99.50"),
            (FieldKind::Date, "24.12.23", "2023-12-24"),
            (FieldKind::Date, "24 dec 2023", "2023-12-24"),
            (FieldKind::Date, "20231224", "2023-12-24"),
            (FieldKind::Iban, "SE45 5000 0000", "SE4550000000"),
            (FieldKind::Name, "Åkeri AB,", "ÅKERI AB"),
        ] {
            // 99.5 has one decimal and is not a usual print of 99.50.
            assert_eq!(says(kind, printed, value), printed != "-99.5", "{printed}");
        }
        for (kind, printed, value) in [
            (FieldKind::Money, "1250,00 SEK", "1250.00"),
            (FieldKind::Date, "24.11.23", "2023-12-24"),
            (FieldKind::Date, "24 2023", "2023-12-24"),
            (FieldKind::Identifier, "—", "—"),
        ] {
            assert!(!says(kind, printed, value), "{printed}");
        }
    }

    #[test]
    fn the_first_run_of_words_is_found_at_its_place() {
        let word = |text: &str, left: f32, top: f32| Word {
            text: text.to_owned(),
            bounds: BoundingBox { left, top, width: 0.08, height: 0.01 },
            font_size: 9.0,
        };
        let words =
            [word("Nr", 0.1, 0.1), word("250", 0.3, 0.1), word("1", 0.2, 0.1), word("1250", 0.2, 0.5)];
        let size = PageSize { width_pt: 600.0, height_pt: 800.0 };
        let seen = find(Field::TotalGross, "1250.00", &words, size).unwrap();
        assert_eq!(seen.text, "1 250");
        assert!((seen.centre.0 - 0.29).abs() < 1e-3 && (seen.centre.1 - 0.105).abs() < 1e-3, "{seen:?}");
        assert_eq!(find(Field::TotalGross, "9.00", &words, size), None);
        let dated = [word("Datum", 0.1, 0.1), word("24.12.23", 0.2, 0.1)];
        let seen = find(Field::InvoiceDate, "2023-12-24", &dated, size).unwrap();
        assert_eq!(seen.text, "24.12.23", "without its caption");
    }
}
