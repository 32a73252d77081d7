//! The words of invoices: one lexicon per language, with the differences of its countries.
//!
//! Owns the data of `lexicon/*.toml` and its loading. Does not know which words are set on a page,
//! nor how a value is printed: the composer decides that.

mod entries;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

/// Lists by name, for instance the captions of each field.
pub type Listing = BTreeMap<String, Vec<String>>;

const SOURCES: &[(&str, &str)] = &[
    ("cs", include_str!("../lexicon/cs.toml")),
    ("da", include_str!("../lexicon/da.toml")),
    ("de", include_str!("../lexicon/de.toml")),
    ("en", include_str!("../lexicon/en.toml")),
    ("es", include_str!("../lexicon/es.toml")),
    ("fi", include_str!("../lexicon/fi.toml")),
    ("fr", include_str!("../lexicon/fr.toml")),
    ("it", include_str!("../lexicon/it.toml")),
    ("nb", include_str!("../lexicon/nb.toml")),
    ("nl", include_str!("../lexicon/nl.toml")),
    ("pl", include_str!("../lexicon/pl.toml")),
    ("pt", include_str!("../lexicon/pt.toml")),
    ("sv", include_str!("../lexicon/sv.toml")),
];

/// The names of the slots that a sentence may have, written `{gross}`.
pub const SENTENCE_SLOTS: &[&str] = &[
    "invoice_number",
    "invoice_date",
    "due_date",
    "gross",
    "net",
    "iban",
    "reference",
    "supplier",
    "customer",
    "order_number",
    "delivery_date",
    "bankgiro",
    "phone",
    "email",
    "city",
    "days",
    "percent",
    "other_date",
    "payer_account",
    "mandate",
    "creditor",
    "agent",
];

/// The words of one language, or of one country that writes it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lexicon {
    /// The language (ISO 639-1), or the language and the country: `de`, `de-AT`.
    pub code: String,
    /// The names of the language's own country, in all spellings.
    #[serde(deserialize_with = "entries::phrases")]
    pub countries: Vec<String>,
    /// Places with a town hall.
    #[serde(deserialize_with = "entries::phrases")]
    pub cities: Vec<String>,
    /// The last line of an address: `{city}`, `#` for a digit, `@` for a capital letter.
    #[serde(deserialize_with = "entries::phrases")]
    pub postal_formats: Vec<String>,
    /// Telephone numbers: `#` for a digit.
    #[serde(deserialize_with = "entries::phrases")]
    pub phone_formats: Vec<String>,
    /// Streets, with `{name}` for one of [`Lexicon::street_names`]. The house number is not
    /// included.
    #[serde(deserialize_with = "entries::phrases")]
    pub streets: Vec<String>,
    /// Replacements for `{name}` of a street.
    #[serde(deserialize_with = "entries::phrases")]
    pub street_names: Vec<String>,
    /// Given names.
    #[serde(deserialize_with = "entries::words")]
    pub first_names: Vec<String>,
    /// Family names.
    #[serde(deserialize_with = "entries::phrases")]
    pub surnames: Vec<String>,
    /// Legal forms after a company's name: `AB`, `GmbH & Co. KG`.
    #[serde(deserialize_with = "entries::phrases")]
    pub legal_forms: Vec<String>,
    /// Legal forms before it: `Firma`, `Aktiebolaget`.
    #[serde(deserialize_with = "entries::phrases")]
    pub legal_form_prefixes: Vec<String>,
    /// Words for company names.
    #[serde(deserialize_with = "entries::words")]
    pub company_words: Vec<String>,
    /// Trades, as the second half of a company's name.
    #[serde(deserialize_with = "entries::phrases")]
    pub trades: Vec<String>,
    /// Names of authorities, associations, practices: `{name}` (a company word), `{city}`, `{surname}`, `{trade}`.
    #[serde(deserialize_with = "entries::phrases")]
    pub organisation_patterns: Vec<String>,
    /// Names of banks; some have `{city}` for a place.
    #[serde(deserialize_with = "entries::phrases")]
    pub bank_names: Vec<String>,
    /// Descriptions of goods and services.
    #[serde(deserialize_with = "entries::phrases")]
    pub products: Vec<String>,
    /// Units of quantity.
    #[serde(deserialize_with = "entries::phrases")]
    pub units: Vec<String>,
    /// January to December.
    #[serde(deserialize_with = "entries::phrases")]
    pub months: Vec<String>,
    /// Abbreviations of January to December, one or more series.
    #[serde(deserialize_with = "entries::repeatable_phrases")]
    pub month_abbreviations: Vec<String>,
    /// Mottos under a company's name.
    #[serde(deserialize_with = "entries::phrases")]
    pub slogans: Vec<String>,
    /// Ordinary words, so that an unknown word does not indicate a name.
    #[serde(deserialize_with = "entries::words")]
    pub vocabulary: Vec<String>,
    /// Running text, with slots of [`SENTENCE_SLOTS`].
    #[serde(deserialize_with = "entries::phrases")]
    pub sentences: Vec<String>,
    /// Terms of payment: `#` for the days, `%` for the percentage of a discount (if there are two,
    /// the first is the number and the second its sign).
    #[serde(deserialize_with = "entries::phrases")]
    pub payment_terms: Vec<String>,
    /// Greetings at the end of a letter.
    #[serde(deserialize_with = "entries::phrases")]
    pub closings: Vec<String>,
    /// Sentences that say that the amount will be collected, with slots of [`SENTENCE_SLOTS`].
    #[serde(deserialize_with = "entries::phrases")]
    pub direct_debit: Vec<String>,
    /// Sentences that name a factor or a representative, with slots of [`SENTENCE_SLOTS`].
    #[serde(deserialize_with = "entries::phrases")]
    pub assignments: Vec<String>,
    /// Titles of a document, by kind: `invoice`, `credit_note`, `reminder` …
    #[serde(deserialize_with = "entries::listing")]
    pub titles: Listing,
    /// Captions of a value, by `Field::name()` or by the name of a value that is not a field.
    #[serde(deserialize_with = "entries::listing")]
    pub captions: Listing,
    /// The headers of the item table's columns.
    #[serde(deserialize_with = "entries::listing")]
    pub columns: Listing,
    /// The headers of the tax table's columns: `rate`, `base`, `tax`.
    #[serde(deserialize_with = "entries::listing")]
    pub tax_table: Listing,
    /// The differences of the countries that use this language, by ISO 3166-1 code.
    #[serde(default)]
    pub country: BTreeMap<String, CountryWords>,
}

/// The words of one country that differ from the language's. An empty list means no difference.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CountryWords {
    /// Replaces [`Lexicon::countries`].
    #[serde(deserialize_with = "entries::phrases")]
    pub countries: Vec<String>,
    /// Replaces [`Lexicon::cities`].
    #[serde(deserialize_with = "entries::phrases")]
    pub cities: Vec<String>,
    /// Replaces [`Lexicon::postal_formats`].
    #[serde(deserialize_with = "entries::phrases")]
    pub postal_formats: Vec<String>,
    /// Replaces [`Lexicon::phone_formats`].
    #[serde(deserialize_with = "entries::phrases")]
    pub phone_formats: Vec<String>,
    /// Replaces [`Lexicon::legal_forms`].
    #[serde(deserialize_with = "entries::phrases")]
    pub legal_forms: Vec<String>,
    /// Replaces [`Lexicon::bank_names`].
    #[serde(deserialize_with = "entries::phrases")]
    pub bank_names: Vec<String>,
    /// Replaces the lists of the same name in [`Lexicon::captions`].
    #[serde(deserialize_with = "entries::listing")]
    pub captions: Listing,
}

/// Why a lexicon cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LexiconError {
    /// No file for the language.
    #[error("there is no lexicon for `{0}`")]
    UnknownLanguage(String),
    /// A file without the required content.
    #[error("the lexicon of `{code}` cannot be read: {message}")]
    Malformed {
        /// The language.
        code: String,
        /// The parser's message, with the line.
        message: String,
    },
}

type Lexicons = BTreeMap<String, Lexicon>;

static LEXICONS: LazyLock<Result<Lexicons, LexiconError>> = LazyLock::new(load);

impl Lexicon {
    /// The words of a language (`de`) or of a country that uses it (`de-AT`). A country without
    /// words of its own gets its language's.
    ///
    /// # Errors
    /// [`LexiconError::UnknownLanguage`] if there is no file for the language,
    /// [`LexiconError::Malformed`] if any file is invalid.
    pub fn of(locale: &str) -> Result<&'static Self, LexiconError> {
        let lexicons = LEXICONS.as_ref().map_err(Clone::clone)?;
        let language = locale.split_once('-').map_or(locale, |(language, _)| language);
        lexicons
            .get(locale)
            .or_else(|| lexicons.get(language))
            .ok_or_else(|| LexiconError::UnknownLanguage(locale.to_owned()))
    }

    /// The codes of the languages, without the countries'.
    pub fn languages() -> impl Iterator<Item = &'static str> {
        SOURCES.iter().map(|(code, _)| *code)
    }

    /// The captions of the value with this name; empty if the language has none.
    #[must_use]
    pub fn captions(&self, name: &str) -> &[String] {
        list(&self.captions, name)
    }

    /// The titles of a document of this kind.
    #[must_use]
    pub fn titles(&self, kind: &str) -> &[String] {
        list(&self.titles, kind)
    }

    /// The headers of a column of the item table.
    #[must_use]
    pub fn columns(&self, name: &str) -> &[String] {
        list(&self.columns, name)
    }

    /// The headers of a column of the tax table.
    #[must_use]
    pub fn tax_table(&self, name: &str) -> &[String] {
        list(&self.tax_table, name)
    }

    /// The lexicon with a country's words instead of the language's.
    fn in_country(&self, country: &str, words: &CountryWords) -> Self {
        let mut lexicon = self.clone();
        lexicon.code = format!("{}-{country}", self.code);
        lexicon.country = BTreeMap::new();
        replace(&mut lexicon.countries, &words.countries);
        replace(&mut lexicon.cities, &words.cities);
        replace(&mut lexicon.postal_formats, &words.postal_formats);
        replace(&mut lexicon.phone_formats, &words.phone_formats);
        replace(&mut lexicon.legal_forms, &words.legal_forms);
        replace(&mut lexicon.bank_names, &words.bank_names);
        lexicon.captions.extend(words.captions.clone());
        lexicon
    }
}

fn list<'a>(listing: &'a Listing, name: &str) -> &'a [String] {
    listing.get(name).map_or(&[], Vec::as_slice)
}

fn replace(list: &mut Vec<String>, own: &[String]) {
    if !own.is_empty() {
        list.clear();
        list.extend_from_slice(own);
    }
}

fn load() -> Result<Lexicons, LexiconError> {
    let mut lexicons = Lexicons::new();
    for (code, source) in SOURCES {
        let lexicon = parse(code, source)?;
        for (country, words) in &lexicon.country {
            lexicons.insert(format!("{code}-{country}"), lexicon.in_country(country, words));
        }
        lexicons.insert((*code).to_owned(), lexicon);
    }
    Ok(lexicons)
}

fn parse(code: &str, source: &str) -> Result<Lexicon, LexiconError> {
    toml::from_str(source)
        .map_err(|error| LexiconError::Malformed { code: code.to_owned(), message: error.to_string() })
}
