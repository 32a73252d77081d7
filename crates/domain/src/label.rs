//! A label: a field's chosen value, with where it was found, how sure it is, and what else it could have been.

use crate::check::Check;
use crate::field::Field;
use crate::geometry::PageBox;
use crate::values::{Currency, FieldValue};

/// Where a value comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Source {
    /// An e-invoice embedded in the file.
    Xml,
    /// The page's own text.
    TextLayer,
    /// Text that was recognised in a picture.
    Ocr,
    /// Follows from other values of the document.
    Derived,
    /// Said by a person.
    Person,
}

impl Source {
    /// The stable name: `xml`, `text_layer`, `ocr`, `derived` or `person`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Xml => "xml",
            Self::TextLayer => "text_layer",
            Self::Ocr => "ocr",
            Self::Derived => "derived",
            Self::Person => "person",
        }
    }
}

/// A value that a field might have.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// The value.
    pub value: FieldValue,
    /// The words it was read from, with single spaces.
    pub raw: String,
    /// Its rank among the field's candidates, 0..1; not a probability.
    pub score: f32,
    /// Where its best mention stands; `None` for a value that no page shows.
    pub place: Option<PageBox>,
    /// The words that name it, where they were found.
    pub caption: Option<PageBox>,
    /// What holds of the value by itself.
    pub checks: Vec<Check>,
    /// What spoke for and against it, one phrase each, for people.
    pub reasons: Vec<String>,
}

/// A field's chosen value.
#[derive(Debug, Clone, PartialEq)]
pub struct Label {
    /// The field.
    pub field: Field,
    /// Its value.
    pub value: FieldValue,
    /// The currency of an amount; `None` for other fields, and where the document does not tell.
    pub currency: Option<Currency>,
    /// The words it was read from; empty for a derived value.
    pub raw: String,
    /// How likely it is right, 0..0.99.
    pub confidence: f32,
    /// Where it comes from.
    pub source: Source,
    /// Where it stands; `None` for a value that no page shows.
    pub place: Option<PageBox>,
    /// Where the words stand that name it.
    pub caption: Option<PageBox>,
    /// What holds of it, by itself and beside the other fields.
    pub checks: Vec<Check>,
    /// All candidates of the field, the best first; empty unless they were asked for.
    pub candidates: Vec<Candidate>,
}
