//! What an owner says of a document: its name, tags and notes, within bounds.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use unicode_normalization::UnicodeNormalization as _;

use crate::hidden::{is_hidden, visible};

/// The longest file name, in characters.
const LONGEST_FILENAME: usize = 255;
/// The longest tag, in characters.
const LONGEST_TAG: usize = 50;
/// The most tags of a document.
const MOST_TAGS: usize = 50;
/// The most entries of a document's metadata.
const MOST_ENTRIES: usize = 50;
/// The longest name of an entry, in characters.
const LONGEST_KEY: usize = 40;
/// The longest value of an entry, in characters.
const LONGEST_VALUE: usize = 500;

/// A word by which its owner finds a document again.
///
/// ```
/// use fieldmark_domain::document::Tag;
///
/// assert_eq!(Tag::parse("  to be paid ")?.as_str(), "to be paid");
/// assert!(Tag::parse("two\nlines").is_err() && Tag::parse(" ").is_err());
/// # Ok::<(), fieldmark_domain::document::DescriptionError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Tag(String);

/// What its owner notes about a document, by name: up to 50 entries, names up to 40 characters, values up to 500.
pub type Metadata = BTreeMap<String, String>;

/// Words about a document that cannot be kept as they are.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct DescriptionError {
    /// `filename`, `tags` or `metadata`.
    pub part: &'static str,
    /// What is wrong, for people.
    pub message: String,
}

impl DescriptionError {
    fn new(part: &'static str, message: impl Into<String>) -> Self {
        Self { part, message: message.into() }
    }
}

impl Tag {
    /// A tag without white space around it and marks that nobody sees ([`crate::hidden`]).
    ///
    /// # Errors
    /// [`DescriptionError`] when it is empty, longer than 50 characters, or holds control characters.
    pub fn parse(text: &str) -> Result<Self, DescriptionError> {
        let (text, kept) = (text.trim(), seen(text));
        let kept = kept.trim();
        if kept.is_empty() || text.chars().count() > LONGEST_TAG || text.chars().any(char::is_control) {
            let message = format!("a tag is 1 to {LONGEST_TAG} characters on one line");
            return Err(DescriptionError::new("tags", message));
        }
        Ok(Self(kept.to_owned()))
    }

    /// The tag's text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Tag {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&self.0)
    }
}

/// What an owner says of a document.
///
/// ```
/// use std::collections::BTreeSet;
/// use fieldmark_domain::document::{Description, Metadata, Tag};
///
/// let notes = Metadata::from([("cost centre".to_owned(), "47/11".to_owned())]);
/// let tags = BTreeSet::from([Tag::parse("paid")?]);
/// let description = Description::named("C:\\mail\\May.pdf")?.with_tags(tags)?.with_metadata(notes)?;
/// assert_eq!(description.filename(), "May.pdf");
/// assert_eq!(description.metadata()["cost centre"], "47/11");
/// assert_eq!(Description::named("..").unwrap_err().part, "filename");
/// # Ok::<(), fieldmark_domain::document::DescriptionError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Description {
    filename: String,
    tags: BTreeSet<Tag>,
    metadata: Metadata,
}

impl Description {
    /// A description that is nothing but the name of a file that was kept before: cleaned as
    /// [`Description::named`] does, and `unnamed` when nothing is left of it.
    #[must_use]
    pub fn of_file(name: &str) -> Self {
        let kept = kept_name(name);
        let filename = if kept.is_empty() { "unnamed".to_owned() } else { kept };
        Self { filename, tags: BTreeSet::new(), metadata: Metadata::new() }
    }

    /// A description that is nothing but a file name, as its owner says it. Of a path the last part counts, whichever
    /// system's it is; Unicode is composed (NFC), and what cannot be seen is left out ([`crate::hidden`]).
    ///
    /// # Errors
    /// [`DescriptionError`] when nothing is left, or more than 255 characters.
    pub fn named(name: &str) -> Result<Self, DescriptionError> {
        let length = kept_name(name).chars().count();
        if length == 0 {
            return Err(DescriptionError::new("filename", "a file has a name"));
        }
        if length > LONGEST_FILENAME {
            let message = format!("the name of a file is 1 to {LONGEST_FILENAME} characters");
            return Err(DescriptionError::new("filename", message));
        }
        Ok(Self::of_file(name))
    }

    /// The same for a file that comes in, perhaps without a name: no upload fails for having none.
    ///
    /// # Errors
    /// [`DescriptionError`] when the name has more than 255 characters.
    pub fn of_upload(name: &str) -> Result<Self, DescriptionError> {
        if kept_name(name).is_empty() { Ok(Self::of_file(name)) } else { Self::named(name) }
    }

    /// The same with other tags.
    ///
    /// # Errors
    /// [`DescriptionError`] when they are more than 50.
    pub fn with_tags(mut self, tags: BTreeSet<Tag>) -> Result<Self, DescriptionError> {
        if tags.len() > MOST_TAGS {
            return Err(DescriptionError::new("tags", format!("a document has up to {MOST_TAGS} tags")));
        }
        self.tags = tags;
        Ok(self)
    }

    /// The same with other metadata, of which marks that nobody sees ([`crate::hidden`]) are left out.
    ///
    /// # Errors
    /// [`DescriptionError`] when a bound of [`Metadata`] is exceeded.
    pub fn with_metadata(mut self, metadata: Metadata) -> Result<Self, DescriptionError> {
        let refused = |message: String| Err(DescriptionError::new("metadata", message));
        if metadata.len() > MOST_ENTRIES {
            return refused(format!("a document's metadata has up to {MOST_ENTRIES} entries"));
        }
        for (key, value) in &metadata {
            let length = key.chars().count();
            if seen(key).is_empty() || length > LONGEST_KEY || key.chars().any(char::is_control) {
                return refused(format!("the name of an entry is 1 to {LONGEST_KEY} characters on one line"));
            }
            if value.chars().count() > LONGEST_VALUE || value.contains('\0') {
                return refused(format!("the value of `{key}` is up to {LONGEST_VALUE} characters"));
            }
        }
        let entries = metadata.len();
        self.metadata = metadata.into_iter().map(|(key, value)| (seen(&key), seen(&value))).collect();
        if self.metadata.len() < entries {
            return refused("two entries have names that look the same".to_owned());
        }
        Ok(self)
    }

    /// The name of the file, without folders.
    #[must_use]
    pub fn filename(&self) -> &str {
        &self.filename
    }

    /// The tags, sorted.
    #[must_use]
    pub const fn tags(&self) -> &BTreeSet<Tag> {
        &self.tags
    }

    /// The notes.
    #[must_use]
    pub const fn metadata(&self) -> &Metadata {
        &self.metadata
    }
}

/// What is kept of a file's name; empty when nothing of it can be seen.
fn kept_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let is_left_out = |letter: char| is_hidden(letter) || letter.is_control() || is_line_end(letter);
    let kept =
        last.chars().filter(|letter| !is_left_out(*letter)).nfc().collect::<String>().trim().to_owned();
    // The names that every folder has for itself and for the one above.
    if matches!(kept.as_str(), "." | "..") { String::new() } else { kept }
}

/// The separators of lines and paragraphs, which are no controls.
const fn is_line_end(letter: char) -> bool {
    matches!(letter, '\u{2028}' | '\u{2029}')
}

/// Words of an owner as they look.
fn seen(text: &str) -> String {
    visible(text).into_owned()
}
