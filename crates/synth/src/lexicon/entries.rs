//! The notation of lists in a lexicon's file: as one string, separated by line breaks and `|`, or
//! by spaces.
//!
//! Thousands of words are easier to read and to sort without quotation marks. Does not know the
//! meaning of the lists.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer};

use super::Listing;

/// Entries of any number of words, separated by line breaks and `|`.
pub(super) fn phrases<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    let entries = split_phrases(&String::deserialize(deserializer)?);
    refuse_repeats(&entries)?;
    Ok(entries)
}

/// Like [`phrases`], but an entry may occur twice (`mar` in two series of months).
pub(super) fn repeatable_phrases<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Vec<String>, D::Error> {
    Ok(split_phrases(&String::deserialize(deserializer)?))
}

/// Entries of one word each, separated by white space.
pub(super) fn words<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    let entries: Vec<String> =
        String::deserialize(deserializer)?.split_whitespace().map(str::to_owned).collect();
    refuse_repeats(&entries)?;
    Ok(entries)
}

/// A table of [`phrases`].
pub(super) fn listing<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Listing, D::Error> {
    let mut listing = Listing::new();
    for (name, text) in BTreeMap::<String, String>::deserialize(deserializer)? {
        let entries = split_phrases(&text);
        refuse_repeats::<D::Error>(&entries)?;
        listing.insert(name, entries);
    }
    Ok(listing)
}

fn split_phrases(text: &str) -> Vec<String> {
    text.split(['\n', '|']).map(str::trim).filter(|entry| !entry.is_empty()).map(str::to_owned).collect()
}

fn refuse_repeats<E: serde::de::Error>(entries: &[String]) -> Result<(), E> {
    let mut seen = std::collections::BTreeSet::new();
    match entries.iter().find(|entry| !seen.insert(entry.as_str())) {
        Some(entry) => Err(E::custom(format!("`{entry}` stands twice in one list"))),
        None => Ok(()),
    }
}
