//! A label: a field's chosen value, with where it was found, how sure it is, and what else it could have been.

use std::fmt;

use jiff::Timestamp;
use uuid::Uuid;

use crate::check::Check;
use crate::document::DocumentId;
use crate::field::Field;
use crate::geometry::PageBox;
use crate::scope::UserId;
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
    /// Every source.
    pub const ALL: [Self; 5] = [Self::Xml, Self::TextLayer, Self::Ocr, Self::Derived, Self::Person];

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
///
/// ```
/// use fieldmark_domain::field::Field;
/// use fieldmark_domain::label::{Label, LabelState, Source};
/// use fieldmark_domain::values::{Currency, FieldValue, Notation};
///
/// let raw = "1 250,00 kr";
/// let total = Label {
///     field: Field::TotalGross,
///     value: FieldValue::parse(Field::TotalGross.kind(), raw, &Notation::default())?,
///     currency: Some(Currency::SEK),
///     raw: raw.to_owned(),
///     confidence: 0.93,
///     source: Source::TextLayer,
///     place: None,
///     caption: None,
///     checks: Vec::new(),
///     candidates: Vec::new(),
/// };
/// // The history keeps what a label said, without what was made of it.
/// assert_eq!(LabelState::from(&total).value.to_string(), "1250.00");
/// # Ok::<(), fieldmark_domain::values::ParseValueError>(())
/// ```
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
    /// How likely it is right. What a program read: 0.01 to 0.995. What a person said: 1.
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

/// A label's id, a UUIDv7 (RFC 9562).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LabelId(pub Uuid);

impl fmt::Display for LabelId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

/// A label as it is kept.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredLabel {
    /// Its id.
    pub id: LabelId,
    /// Whose value it is.
    pub document: DocumentId,
    /// What it says.
    pub label: Label,
    /// Who added, corrected or deleted it; `None` when nobody did.
    pub reviewed_by: Option<UserId>,
    /// Counts its changes, from 1.
    pub version: u64,
    /// When it was first there.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
    /// When somebody deleted it; a deleted label is kept so that reading the document again does not bring it back.
    pub deleted_at: Option<Timestamp>,
}

impl StoredLabel {
    /// Whether nobody deleted it.
    #[must_use]
    pub const fn is_there(&self) -> bool {
        self.deleted_at.is_none()
    }
}

/// What was done with a label.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LabelAct {
    /// The document was read, and this is what was found; or it was read again, and something else was.
    Read,
    /// A person added it.
    Added,
    /// A person said something else.
    Corrected,
    /// A person deleted it, or reading the document again did not find it any more.
    Deleted,
}

impl LabelAct {
    /// Every act.
    pub const ALL: [Self; 4] = [Self::Read, Self::Added, Self::Corrected, Self::Deleted];

    /// The stable name, for instance `corrected`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Added => "added",
            Self::Corrected => "corrected",
            Self::Deleted => "deleted",
        }
    }
}

/// What a label said at one time.
#[derive(Debug, Clone, PartialEq)]
pub struct LabelState {
    /// The value.
    pub value: FieldValue,
    /// The currency of an amount.
    pub currency: Option<Currency>,
    /// The words it was read from.
    pub raw: String,
    /// How likely it was right, as [`Label::confidence`].
    pub confidence: f32,
    /// Where it came from.
    pub source: Source,
    /// Where it stood.
    pub place: Option<PageBox>,
}

impl From<&Label> for LabelState {
    fn from(label: &Label) -> Self {
        Self {
            value: label.value.clone(),
            currency: label.currency,
            raw: label.raw.clone(),
            confidence: label.confidence,
            source: label.source,
            place: label.place,
        }
    }
}

/// One entry of a document's history: what a label said before and afterwards, who changed it and when.
#[derive(Debug, Clone, PartialEq)]
pub struct LabelChange {
    /// The entry's id, a UUIDv7; entries are in the order of their ids.
    pub id: Uuid,
    /// The document.
    pub document: DocumentId,
    /// The label.
    pub label: LabelId,
    /// Its field.
    pub field: Field,
    /// What was done.
    pub act: LabelAct,
    /// What it said before; `None` when it was not there.
    pub before: Option<LabelState>,
    /// What it says since; `None` when it is gone.
    pub after: Option<LabelState>,
    /// Who did it; `None` when the program did.
    pub by: Option<UserId>,
    /// When.
    pub at: Timestamp,
}
