//! The words of invoices: one lexicon per language, with what its countries write differently.
//!
//! Owns the data of `lexicon/*.toml` and the way in. Does not know which words go onto a page,
//! nor how a value is written: that is the composer's.

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
    /// The name of the language's own country, in its ways of writing.
    #[serde(deserialize_with = "entries::phrases")]
    pub countries: Vec<String>,
    /// Places that have a town hall.
    #[serde(deserialize_with = "entries::phrases")]
    pub cities: Vec<String>,
    /// The last line of an address: `{city}`, `#` for a digit, `@` for a capital letter.
    #[serde(deserialize_with = "entries::phrases")]
    pub postal_formats: Vec<String>,
    /// Telephone numbers: `#` for a digit.
    #[serde(deserialize_with = "entries::phrases")]
    pub phone_formats: Vec<String>,
    /// Streets, with `{name}` for one of [`Lexicon::street_names`]. The house's number is not in it.
    #[serde(deserialize_with = "entries::phrases")]
    pub streets: Vec<String>,
    /// What fills `{name}` of a street.
    #[serde(deserialize_with = "entries::phrases")]
    pub street_names: Vec<String>,
    /// Given names.
    #[serde(deserialize_with = "entries::words")]
    pub first_names: Vec<String>,
    /// Family names.
    #[serde(deserialize_with = "entries::phrases")]
    pub surnames: Vec<String>,
    /// What stands after a company's name: `AB`, `GmbH & Co. KG`.
    #[serde(deserialize_with = "entries::phrases")]
    pub legal_forms: Vec<String>,
    /// What stands before it: `Firma`, `Aktiebolaget`.
    #[serde(deserialize_with = "entries::phrases")]
    pub legal_form_prefixes: Vec<String>,
    /// Words that names of companies are built of.
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
    /// January to December in short, once or several times over.
    #[serde(deserialize_with = "entries::repeatable_phrases")]
    pub month_abbreviations: Vec<String>,
    /// Mottos under a company's name.
    #[serde(deserialize_with = "entries::phrases")]
    pub slogans: Vec<String>,
    /// Ordinary words, so that an unknown word does not mean a name.
    #[serde(deserialize_with = "entries::words")]
    pub vocabulary: Vec<String>,
    /// Running text, with slots of [`SENTENCE_SLOTS`].
    #[serde(deserialize_with = "entries::phrases")]
    pub sentences: Vec<String>,
    /// Terms of payment: `#` for the days, `%` for a discount's percent (where there are two, the first is the
    /// number and the second its sign).
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
    /// What a document is called, by kind: `invoice`, `credit_note`, `reminder` …
    #[serde(deserialize_with = "entries::listing")]
    pub titles: Listing,
    /// What is printed beside a value, by `Field::name()` or by the name of a value that is no field.
    #[serde(deserialize_with = "entries::listing")]
    pub captions: Listing,
    /// The heads of the item table's columns.
    #[serde(deserialize_with = "entries::listing")]
    pub columns: Listing,
    /// The heads of the tax table's columns: `rate`, `base`, `tax`.
    #[serde(deserialize_with = "entries::listing")]
    pub tax_table: Listing,
    /// What the countries that write this language have of their own, by ISO 3166-1 code.
    #[serde(default)]
    pub country: BTreeMap<String, CountryWords>,
}

/// What one country writes differently. An empty list leaves the language's as it is.
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

/// Why there is no lexicon.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LexiconError {
    /// No file for the language.
    #[error("there is no lexicon for `{0}`")]
    UnknownLanguage(String),
    /// A file that does not say what a lexicon must.
    #[error("the lexicon of `{code}` cannot be read: {message}")]
    Malformed {
        /// The language.
        code: String,
        /// What the parser says, with the line.
        message: String,
    },
}

type Lexicons = BTreeMap<String, Lexicon>;

static LEXICONS: LazyLock<Result<Lexicons, LexiconError>> = LazyLock::new(load);

impl Lexicon {
    /// The words of a language (`de`) or of a country that writes it (`de-AT`). A country without words of
    /// its own gets its language's.
    ///
    /// # Errors
    /// [`LexiconError::UnknownLanguage`] where there is no file for the language,
    /// [`LexiconError::Malformed`] where any file is broken.
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

    /// What may be printed beside the value of this name; empty where the language has no word for it.
    #[must_use]
    pub fn captions(&self, name: &str) -> &[String] {
        list(&self.captions, name)
    }

    /// What a document of this kind is called.
    #[must_use]
    pub fn titles(&self, kind: &str) -> &[String] {
        list(&self.titles, kind)
    }

    /// The heads of a column of the item table.
    #[must_use]
    pub fn columns(&self, name: &str) -> &[String] {
        list(&self.columns, name)
    }

    /// The heads of a column of the tax table.
    #[must_use]
    pub fn tax_table(&self, name: &str) -> &[String] {
        list(&self.tax_table, name)
    }

    /// The lexicon with a country's own words in place of the language's.
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
