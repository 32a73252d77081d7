//! Names of companies, organisations and persons.

use std::fmt;

use super::ParseValueError;
use super::scan::{settled, single_spaced};

/// A party's name, as printed, in one line with single spaces.
///
/// ```
/// use fieldmark_domain::values::Name;
///
/// let name = Name::parse(" Ekholm  Bygg AB, ")?;
/// assert_eq!(name.to_string(), "Ekholm Bygg AB");
/// assert!(name.has_legal_form());
/// assert_eq!(name.folded(), Name::parse("EKHOLM-BYGG AB")?.folded());
/// assert!(Name::parse("4711").is_err());
/// # Ok::<(), fieldmark_domain::values::ParseValueError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Name(String);

impl Name {
    /// Parses a name: two to 120 characters with at least one letter.
    ///
    /// # Errors
    /// [`ParseValueError`] when there is no letter, or the text is too short or too long.
    pub fn parse(text: &str) -> Result<Self, ParseValueError> {
        let spaced = single_spaced(text);
        let name = settled(&spaced, without_marks);
        let length = name.chars().count();
        if (2..=120).contains(&length) && name.chars().any(char::is_alphabetic) {
            Ok(Self(name.to_owned()))
        } else {
            Err(ParseValueError::new(text, "a name"))
        }
    }

    /// Accepts a name as a machine-readable invoice states it: 1 to 240 characters of any kind.
    ///
    /// # Errors
    /// [`ParseValueError`] when the text is empty or too long.
    pub fn stated(text: &str) -> Result<Self, ParseValueError> {
        let name = single_spaced(text);
        if (1..=240).contains(&name.chars().count()) {
            Ok(Self(name))
        } else {
            Err(ParseValueError::new(text, "a name"))
        }
    }

    /// The name as printed.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Letters and digits in lower case, for comparing two spellings of one name.
    #[must_use]
    pub fn folded(&self) -> String {
        self.0.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    }

    /// Whether a word other than the first one is a legal form ("AB", "GmbH", "Oy"). A form that is
    /// also an ordinary word in some language counts only at the end of the name.
    #[must_use]
    pub fn has_legal_form(&self) -> bool {
        let last = self.0.rsplit(' ').next();
        let counts = |word: &str| is_legal_form(word) && (!is_ordinary_word(word) || last == Some(word));
        self.0.split(' ').skip(1).any(counts)
    }
}

/// The name without surrounding marks and without full stops that end a sentence.
fn without_marks(name: &str) -> &str {
    let name = name.trim_matches(|letter: char| letter.is_whitespace() || ",;:|•·*/-–—_\"'".contains(letter));
    if is_abbreviation(name) { name } else { name.trim_end_matches('.') }
}

/// Whether the last full stop belongs to the name ("Inc.", "B.V.", "e.V.").
fn is_abbreviation(name: &str) -> bool {
    let last = name.rsplit(' ').next().unwrap_or_default();
    last.ends_with('.')
        && (is_legal_form(last) || last.trim_end_matches('.').contains('.') || last.chars().count() <= 4)
}

impl fmt::Display for Name {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&self.0)
    }
}

/// Legal forms without their full stops and slashes, in lower case.
const LEGAL_FORMS: &str = "ab hb kb ek as asa da ans enk sa ba aps ks is amba oy oyj ky tmi ry osk gmbh mbh ag kg kgaa \
ohg gbr ug ek eg ev gesmbh gmbhcokg ltd limited plc llp llc inc corp corporation co company lp pty bv nv vof cv \
bvba srl sarl sas sasu eurl sci snc scop scp sprl spa sapa snc slu sl slne sc spzoo spj spk sro as vos lda ltda \
se aktiebolag handelsbolag kommanditbolag förening forening stiftelse stiftelsen gesellschaft genossenschaft sagl sàrl \
publ";

/// Whether a word of a name is a company's legal form, with or without full stops and in any case.
///
/// ```
/// use fieldmark_domain::values::is_legal_form;
/// assert!(is_legal_form("A/S") && is_legal_form("B.V.") && is_legal_form("GmbH,"));
/// assert!(!is_legal_form("Bygg"));
/// ```
#[must_use]
pub fn is_legal_form(word: &str) -> bool {
    let plain: String =
        word.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    // "is", "as" and "da" are also words; as legal forms they are written with a capital or a
    // slash.
    let emphatic =
        word.contains('/') || word.chars().next().is_some_and(char::is_uppercase) || plain.len() > 3;
    emphatic && LEGAL_FORMS.split_ascii_whitespace().any(|form| form == plain)
}

/// Whether a legal form without full stops is also an ordinary word ("vos", "sa", "is", "co").
fn is_ordinary_word(form: &str) -> bool {
    const WORDS: [&str; 13] = ["vos", "sa", "se", "is", "as", "an", "da", "ba", "sl", "co", "ek", "eg", "sc"];
    let lower = form.to_lowercase();
    WORDS.contains(&lower.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_of_a_sentence_is_no_legal_form() {
        assert!(!Name::parse("GÉRER VOS DÉPENSES").unwrap().has_legal_form());
        assert!(Name::parse("Lindqvist S.A. Luxembourg").unwrap().has_legal_form());
        assert!(Name::parse("Holm & Sønner AS").unwrap().has_legal_form());
    }

    #[test]
    fn a_name_keeps_its_own_stops_and_loses_the_rest() {
        for (text, name) in [
            ("Ekholm  Bygg AB,", "Ekholm Bygg AB"),
            ("Sanders B.V.", "Sanders B.V."),
            ("Northwind Inc.", "Northwind Inc."),
            ("- Praxis Dr. Lind •", "Praxis Dr. Lind"),
            ("Tack för köpet.", "Tack för köpet"),
            ("3M", "3M"),
            ("ID_..", "ID"),
        ] {
            assert_eq!(Name::parse(text).unwrap().as_str(), name);
        }
        assert!(Name::parse("12-34").is_err() && Name::parse("A").is_err());
    }

    #[test]
    fn prints_of_one_name_fold_to_the_same() {
        assert_eq!(
            Name::parse("EKHOLM BYGG-AB").unwrap().folded(),
            Name::parse("Ekholm Bygg AB").unwrap().folded()
        );
        assert!(Name::parse("Lind Aktiebolag").unwrap().has_legal_form());
        assert!(!Name::parse("AB Lind").unwrap().has_legal_form());
    }
}
