//! What to look for among many documents, and in which order.

use jiff::Timestamp;
use unicode_normalization::UnicodeNormalization as _;

use super::{Document, DocumentId, DocumentStatus};
use crate::field::Field;
use crate::label::StoredLabel;
use crate::listing::Window;

/// Which documents, in which order, and how much of them. Every condition must hold.
///
/// ```
/// use fieldmark_domain::document::{DocumentQuery, DocumentStatus, FieldCondition, FieldMatch};
/// use fieldmark_domain::field::Field;
///
/// // The invoices of suppliers whose names begin with "ekholm" that a reviewer has not decided on.
/// let query = DocumentQuery {
///     statuses: vec![DocumentStatus::Processed],
///     fields: vec![FieldCondition::written(Field::SupplierName, "ekholm*")],
///     with_labels: true,
///     ..DocumentQuery::default()
/// };
/// assert_eq!(query.fields[0].matches, FieldMatch::BeginsWith("ekholm".to_owned()));
/// assert!(query.order.descending && query.window.limit == 20);
/// ```
#[derive(Debug, Clone, PartialEq, Default)]
pub struct DocumentQuery {
    /// One of these; every status when empty.
    pub statuses: Vec<DocumentStatus>,
    /// Received at this moment or later.
    pub created_from: Option<Timestamp>,
    /// Received before this moment.
    pub created_before: Option<Timestamp>,
    /// The file name, the supplier's name or the invoice number begins so, whatever the case.
    pub text: Option<String>,
    /// What its labels say.
    pub fields: Vec<FieldCondition>,
    /// It was read and has labels, and none is less sure.
    pub min_confidence: Option<f32>,
    /// The order.
    pub order: Order,
    /// Only what comes after this place in the order: what the order's key says there, and the id of the document
    /// that is there, or was. Whoever goes on from the last document of a part meets each document once that neither
    /// comes nor changes meanwhile, however many come and go around it; by [`SortKey::CreatedAt`] one that changes,
    /// too.
    pub after: Option<(Timestamp, DocumentId)>,
    /// Which part of the list, or of what comes after that place.
    pub window: Window,
    /// Whether the labels are wanted, too.
    pub with_labels: bool,
    /// Whether it does not matter how many there are, which costs a look at each of them: the list's total is then
    /// the number of its items.
    pub without_total: bool,
}

/// What one label of a document says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldCondition {
    /// The label's field.
    pub field: Field,
    /// How its value and the wanted one compare, both as [`search_key`] makes them.
    pub matches: FieldMatch,
}

impl FieldCondition {
    /// What a person writes who looks for a value: with a star at its end the value begins so, otherwise it is the same.
    #[must_use]
    pub fn written(field: Field, text: &str) -> Self {
        let matches = match text.strip_suffix('*') {
            Some(beginning) => FieldMatch::BeginsWith(beginning.to_owned()),
            None => FieldMatch::Is(text.to_owned()),
        };
        Self { field, matches }
    }
}

/// How a value is compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldMatch {
    /// It is the same.
    Is(String),
    /// It begins so.
    BeginsWith(String),
}

/// By what a list is sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum SortKey {
    /// When it was received.
    #[default]
    CreatedAt,
    /// When it was last changed.
    UpdatedAt,
}

impl SortKey {
    /// Every key.
    pub const ALL: [Self; 2] = [Self::CreatedAt, Self::UpdatedAt];

    /// The stable name, for instance `created_at`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::CreatedAt => "created_at",
            Self::UpdatedAt => "updated_at",
        }
    }
}

/// The order of a list; documents that are equal in it are sorted by their ids, in the same direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Order {
    /// By what.
    pub key: SortKey,
    /// The largest first.
    pub descending: bool,
}

impl Default for Order {
    /// The newest first.
    fn default() -> Self {
        Self { key: SortKey::CreatedAt, descending: true }
    }
}

/// A document in a list.
#[derive(Debug, Clone, PartialEq)]
pub struct ListedDocument {
    /// The document.
    pub document: Document,
    /// Its labels, in the order of [`Field::ALL`] and without candidates; none unless they were asked for.
    pub labels: Vec<StoredLabel>,
}

/// The longest key, in characters: indexes hold no more.
const LONGEST_KEY: usize = 100;

/// By what a text is found whatever its case, width and spaces: NFKC, lower case, single spaces, the first 100
/// characters.
///
/// ```
/// use fieldmark_domain::document::search_key;
/// assert_eq!(search_key("  Ångström  AB "), "ångström ab");
/// ```
#[must_use]
pub fn search_key(text: &str) -> String {
    let lower: String = text.nfkc().flat_map(char::to_lowercase).filter(|letter| *letter != '\0').collect();
    let spaced: Vec<&str> = lower.split_whitespace().collect();
    spaced.join(" ").chars().take(LONGEST_KEY).collect()
}
