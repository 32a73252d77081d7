//! Text that a spreadsheet calculates where it should be read (CWE-1236; OWASP, "CSV Injection"), and how it is written
//! so that it is read.
//!
//! Knows cells and signs; it knows neither files nor their formats. All writers of cells use [`Cells`], so that there
//! is one rule for all of them.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization as _;

use crate::check::Check;
use crate::field::FieldKind;
use crate::hidden::is_hidden;

/// The check's name.
pub(crate) const NOT_A_FORMULA: &str = "not_a_formula";

/// What spreadsheets take for the end of a cell: Excel cuts at semicolons where commas are decimal marks, whatever
/// quotes the file has.
const SEPARATORS: [char; 4] = [';', '\t', '\r', '\n'];

/// How cells are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Cells {
    /// For people with a spreadsheet: an apostrophe before what would be calculated.
    #[default]
    Inert,
    /// For programs: as it is.
    Raw,
}

impl Cells {
    /// Raw cells if they are asked for.
    #[must_use]
    pub const fn raw_if(raw: bool) -> Self {
        if raw { Self::Raw } else { Self::Inert }
    }

    /// A cell of text. What begins with `=`, `+`, `-`, `@` (in any width, after blanks and quotes, too), a tab or a
    /// line end, gets an apostrophe before it, and so does what begins so after a semicolon, a tab or a line end.
    ///
    /// ```
    /// use fieldmark_domain::spreadsheet::Cells;
    /// assert_eq!(Cells::Inert.text("=HYPERLINK(\"http://a.example\")"), "'=HYPERLINK(\"http://a.example\")");
    /// assert_eq!(Cells::Inert.text("Acme; =1+1"), "Acme;' =1+1");
    /// assert_eq!(Cells::Inert.text("Acme AB"), "Acme AB");
    /// assert_eq!(Cells::Raw.text("=1+1"), "=1+1");
    /// ```
    #[must_use]
    pub fn text(self, text: &str) -> Cow<'_, str> {
        match self {
            Self::Inert => inert(text),
            Self::Raw => Cow::Borrowed(text),
        }
    }

    /// A cell with a field's value, or the words it was read from: amounts stay numbers.
    ///
    /// ```
    /// use fieldmark_domain::field::FieldKind;
    /// use fieldmark_domain::spreadsheet::Cells;
    /// assert_eq!(Cells::Inert.value(FieldKind::Money, "-12.50"), "-12.50");
    /// assert_eq!(Cells::Inert.value(FieldKind::Identifier, "-12.50"), "'-12.50");
    /// ```
    #[must_use]
    pub fn value(self, kind: FieldKind, text: &str) -> Cow<'_, str> {
        let stays = kind == FieldKind::Money && is_amount(text);
        if stays { Cow::Borrowed(text) } else { self.text(text) }
    }
}

fn inert(text: &str) -> Cow<'_, str> {
    let begins_apart = text.starts_with(['\t', '\r', '\n']);
    if !begins_apart && !text.split(SEPARATORS).any(begins_with_a_sign) {
        return Cow::Borrowed(text);
    }
    let mut cell = String::with_capacity(text.len() + 2);
    if begins_apart {
        cell.push('\'');
    }
    for part in text.split_inclusive(SEPARATORS) {
        if begins_with_a_sign(part) {
            cell.push('\'');
        }
        cell.push_str(part);
    }
    Cow::Owned(cell)
}

/// What may come before a formula and does not keep it from being one.
fn is_passed_over(letter: char) -> bool {
    letter.is_whitespace() || letter == '"' || is_hidden(letter)
}

fn begins_with_a_sign(part: &str) -> bool {
    // Signs of other widths and heights are the same signs.
    let first = part.nfkd().find(|letter| !is_passed_over(*letter));
    first.is_some_and(|first| matches!(first, '=' | '+' | '-' | '\u{2212}' | '@'))
}

/// Whether a text is one number with nothing but its sign, its marks and blanks.
fn is_amount(text: &str) -> bool {
    const SIGNS: [char; 3] = ['-', '+', '\u{2212}'];
    let text = text.trim();
    let number = text.strip_prefix(SIGNS).or_else(|| text.strip_suffix(SIGNS)).unwrap_or(text);
    let is_mark = |letter: char| ".,'’ \u{a0}\u{2009}\u{202f}".contains(letter);
    number.contains(|letter: char| letter.is_ascii_digit())
        && number.chars().all(|letter| letter.is_ascii_digit() || is_mark(letter))
}

/// Whether a text is written to be calculated: it begins with an equals sign, or with another sign and then calls a
/// function, refers to cells or asks another program (DDE). Numbers (`-1234`, `+46 8 123 45 67`) and names (`@Home AB`)
/// are no formulas.
///
/// ```
/// use fieldmark_domain::spreadsheet::is_formula;
/// assert!(is_formula("=1") && is_formula("@SUM(A1:A9)") && is_formula("+cmd|' /C calc'!A0"));
/// assert!(!is_formula("-1234") && !is_formula("@Home AB") && !is_formula("A=B"));
/// ```
#[must_use]
pub fn is_formula(text: &str) -> bool {
    text.split(SEPARATORS).any(|part| {
        let plain: String = part.nfkc().collect();
        let plain = plain.trim_start_matches(is_passed_over);
        plain.starts_with('=') || plain.strip_prefix(['+', '-', '\u{2212}', '@']).is_some_and(is_calculation)
    })
}

fn is_calculation(text: &str) -> bool {
    asks_a_program(text) || calls_a_function(text) || refers_to_cells(text)
}

/// `program|'topic'!item`.
fn asks_a_program(text: &str) -> bool {
    text.split_once('|').is_some_and(|(_, topic)| topic.contains('!'))
}

/// A name with a bracket directly behind it.
fn calls_a_function(text: &str) -> bool {
    text.match_indices('(').any(|(place, _)| {
        let before = text.get(..place).unwrap_or_default();
        let is_of_name = |letter: char| letter.is_alphanumeric() || letter == '.' || letter == '_';
        let name = before.rsplit(|letter: char| !is_of_name(letter)).next().unwrap_or_default();
        name.starts_with(char::is_alphabetic)
    })
}

/// A cell of another sheet or with a fixed place, or a sum of several cells.
fn refers_to_cells(text: &str) -> bool {
    let parts: Vec<&str> = text.split(|letter: char| "+-*/^&=<>(),:% ".contains(letter)).collect();
    let cells = parts.iter().filter(|part| is_cell(part));
    let is_clear = cells.clone().any(|part| part.contains(['!', '$']));
    let is_number = |part: &&str| part.chars().all(|letter| letter.is_ascii_digit() || letter == '.');
    let is_sum = cells.count() > 1 && parts.iter().all(|part| is_cell(part) || is_number(part));
    is_clear || is_sum
}

/// `A1`, `$B$12`, `Sheet1!C3`.
fn is_cell(part: &str) -> bool {
    let place = part.rsplit('!').next().unwrap_or_default().replace('$', "");
    let row = place.trim_start_matches(|letter: char| letter.is_ascii_alphabetic());
    let columns = place.len() - row.len();
    (1..=3).contains(&columns)
        && (1..=7).contains(&row.len())
        && row.bytes().all(|digit| digit.is_ascii_digit())
}

/// `not_a_formula`, failed, for a value that is written to be calculated.
pub(crate) fn check(value: &str) -> Option<Check> {
    is_formula(value).then(failed)
}

/// The same for a name or a number of a document: no sign begins one, whatever comes after it.
pub(crate) fn check_name(value: &str) -> Option<Check> {
    (begins_with_a_sign(value) || is_formula(value)).then(failed)
}

fn failed() -> Check {
    Check::new(NOT_A_FORMULA, false).because("a spreadsheet would calculate it")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn every_way_to_begin_a_formula_gets_an_apostrophe() {
        for text in [
            "=1+1",
            "+1",
            "-1",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            "\n=1",
            "  =1",
            "\u{a0}=1",
            "\u{feff}=1",
            "\u{200b}=1",
            "\"=1\"",
            "＝1",
            "＋1",
            "－1",
            "＠SUM(A1)",
            "﹣1",
            "\u{2212}1",
            "⁺1",
        ] {
            let cell = Cells::Inert.text(text);
            assert!(cell.starts_with('\''), "{text:?}: {cell:?}");
            assert_eq!(cell.replace('\'', ""), text);
            assert_eq!(Cells::Raw.text(text), text);
        }
        for text in ["Acme AB", "2024-17", "a@b.se", "1=1", "'=1", "", "A - B", "Tel. +46 8 1"] {
            assert_eq!(Cells::Inert.text(text), text);
        }
    }

    #[test]
    fn a_cell_that_another_separator_begins_is_no_formula_either() {
        assert_eq!(Cells::Inert.text("Acme;=cmd|' /C calc'!A0;x"), "Acme;'=cmd|' /C calc'!A0;x");
        assert_eq!(Cells::Inert.text("Acme\n\"@A(1)"), "Acme\n'\"@A(1)");
        assert_eq!(Cells::Inert.text("30 days; 2 % off"), "30 days; 2 % off");
    }

    #[test]
    fn numbers_stay_numbers_where_a_number_is_meant() {
        for amount in ["-12.50", "1250.00", "-1 234,50", "12,50-", "+7", "\u{2212}1'000.00"] {
            assert_eq!(Cells::Inert.value(FieldKind::Money, amount), amount);
        }
        assert_eq!(Cells::Inert.value(FieldKind::Money, "-1+cmd|'x'!A"), "'-1+cmd|'x'!A");
        assert_eq!(Cells::Inert.value(FieldKind::Money, "--1"), "'--1");
        assert_eq!(Cells::Inert.value(FieldKind::FikLine, "+71<000+123<"), "'+71<000+123<");
        assert_eq!(Cells::Inert.value(FieldKind::Date, "2024-03-14"), "2024-03-14");
        assert_eq!(Cells::Inert.value(FieldKind::Name, "-12.50"), "'-12.50");
    }

    #[test]
    fn formulas_are_known_and_numbers_and_names_are_not() {
        for formula in [
            "=HYPERLINK(\"http://a.example\";\"Invoice\")",
            "=A1",
            "= 1",
            "＝1+1",
            " \u{200b}=1",
            "@SUM(1+1)*cmd|' /C calc'!A0",
            "+cmd|' /C calc'!A0",
            "-2+3+cmd|' /C calc'!D2",
            "+WEBSERVICE(\"http://a.example\")",
            "-Sheet1!A1",
            "+$B$2",
            "@A1:B2",
            "+A1+B2",
            "Acme;=1+1",
        ] {
            assert!(is_formula(formula), "{formula}");
        }
        for value in [
            "-1234",
            "-2024-17",
            "-A12",
            "+46 8 123 45 67",
            "+47 (22) 12 34 56",
            "@Home AB",
            "@Home (Sverige) AB",
            "+Plus | Design AB",
            "- 30 dagar netto (se villkor)",
            "A=B",
            "1+1=2 AB",
            "Yahoo!",
            "",
        ] {
            assert!(!is_formula(value), "{value}");
        }
        for value in ["-1234", "@Home AB", "＋S7", " -1+1"] {
            assert!(check(value).is_none() && check_name(value).is_some(), "{value}");
        }
        assert!(check_name("Acme - Home AB").is_none());
    }

    proptest! {
        #[test]
        fn no_cell_of_text_begins_with_a_sign(text in "[-=+@;\"'\t\r\n a-c1＝＠\u{200b}]{0,12}") {
            let cell = Cells::Inert.text(&text).into_owned();
            prop_assert!(!cell.split(SEPARATORS).any(begins_with_a_sign), "{:?}", cell);
            prop_assert!(!cell.starts_with(['\t', '\r', '\n']));
            prop_assert_eq!(cell.replace('\'', ""), text.replace('\'', ""));
            prop_assert_eq!(Cells::Inert.text(&cell).into_owned(), cell.clone());
        }

        #[test]
        fn what_is_a_formula_is_never_written_as_one(text in any::<String>()) {
            if is_formula(&text) {
                prop_assert!(!is_formula(&Cells::Inert.text(&text)));
            }
        }
    }
}
