//! What an owner says of a document: its name, tags and notes, within bounds.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

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
    /// A tag without white space around it.
    ///
    /// # Errors
    /// [`DescriptionError`] when it is empty, longer than 50 characters, or holds control characters.
    pub fn parse(text: &str) -> Result<Self, DescriptionError> {
        let text = text.trim();
        if text.is_empty() || text.chars().count() > LONGEST_TAG || text.chars().any(char::is_control) {
            let message = format!("a tag is 1 to {LONGEST_TAG} characters on one line");
            return Err(DescriptionError::new("tags", message));
        }
        Ok(Self(text.to_owned()))
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
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Description {
    filename: String,
    tags: BTreeSet<Tag>,
    metadata: Metadata,
}

impl Description {
    /// A description that is nothing but a file name. Of a path the last part counts, what cannot be printed is left
    /// out, and what is too long is cut before its extension: no upload fails for its name.
    #[must_use]
    pub fn of_file(name: &str) -> Self {
        let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
        let plain: String = last.chars().filter(|letter| !letter.is_control()).collect();
        let filename = shortened(plain.trim());
        let filename = if filename.is_empty() { "unnamed".to_owned() } else { filename };
        Self { filename, tags: BTreeSet::new(), metadata: Metadata::new() }
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

    /// The same with other metadata.
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
            if length == 0 || length > LONGEST_KEY || key.chars().any(char::is_control) {
                return refused(format!("the name of an entry is 1 to {LONGEST_KEY} characters on one line"));
            }
            if value.chars().count() > LONGEST_VALUE || value.contains('\0') {
                return refused(format!("the value of `{key}` is up to {LONGEST_VALUE} characters"));
            }
        }
        self.metadata = metadata;
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

/// Up to [`LONGEST_FILENAME`] characters, the extension among them.
fn shortened(name: &str) -> String {
    let length = name.chars().count();
    if length <= LONGEST_FILENAME {
        return name.to_owned();
    }
    let extension = name.rfind('.').map(|dot| name.split_at(dot).1).filter(|end| end.chars().count() <= 16);
    let extension = extension.unwrap_or_default();
    let kept = LONGEST_FILENAME - extension.chars().count();
    name.chars().take(kept).chain(extension.chars()).collect()
}
