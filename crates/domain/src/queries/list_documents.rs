//! Documents that fit some conditions.

use std::sync::Arc;

use super::window;
use crate::document::{DocumentQuery, FieldCondition, FieldMatch, ListedDocument, search_key};
use crate::listing::Listing;
use crate::ports::DocumentRepository;
use crate::scope::Scope;
use crate::use_case_error::{InvalidField, UseCaseError};

/// How many fields a query may ask for: each costs a look into an index.
const MOST_CONDITIONS: usize = 10;

/// Lists documents.
///
/// ```
/// # use std::sync::Arc;
/// # use fieldmark_domain::{clock::SystemClock, document::*, event::*, job::*, ports::*};
/// # use fieldmark_domain::{samples, scope::*, use_cases::*};
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let memory = fieldmark_persistence_memory::Memory::default();
/// # let (repositories, blobs) = (memory.repositories(), memory.blobs());
/// # let ports = Ports { repositories, blobs, clock: Arc::new(SystemClock::new()) };
/// # let use_cases = UseCases { ports, options: UseCaseOptions::default() };
/// # let scope = Scope::owner(samples::OWNER);
/// # let document = Document::sample(DocumentStatus::Processed);
/// # let event = Event::of(&document, Occurrence::DocumentReceived, samples::NOW);
/// # let new = NewDocument { document, job: None, event, idempotency: None };
/// # use_cases.ports.repositories.documents.create(&scope, &new).await?;
/// let list = use_cases.list_documents();
/// let query = DocumentQuery { text: Some("INVOICE".to_owned()), ..DocumentQuery::default() };
/// assert_eq!(list.execute(&scope, &query).await?.total, 1);
///
/// let query = DocumentQuery { min_confidence: Some(2.0), ..query };
/// let error = list.execute(&scope, &query).await.unwrap_err();
/// assert_eq!(error.code(), "validation_failed");
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct ListDocuments {
    /// Where documents are kept.
    pub documents: Arc<dyn DocumentRepository>,
}

impl ListDocuments {
    /// The documents that fit. Texts may be as people write them: what they are compared as is made here.
    ///
    /// # Errors
    /// [`UseCaseError::Invalid`] for `limit` (1 to 100), `min_confidence` (0 to 1), `q` and `field.…` (something to
    /// look for, in 10 fields at most), `created_to` (not before `created_from`); [`UseCaseError::Repository`].
    pub async fn execute(
        &self,
        scope: &Scope,
        query: &DocumentQuery,
    ) -> Result<Listing<ListedDocument>, UseCaseError> {
        let query = DocumentQuery {
            text: query.text.as_deref().map(search_key),
            fields: query.fields.iter().map(with_key).collect(),
            ..query.clone()
        };
        let details = faults(&query);
        if !details.is_empty() {
            return Err(UseCaseError::Invalid { details });
        }
        Ok(self.documents.list(scope, &query).await?)
    }
}

fn with_key(condition: &FieldCondition) -> FieldCondition {
    let matches = match &condition.matches {
        FieldMatch::Is(text) => FieldMatch::Is(search_key(text)),
        FieldMatch::BeginsWith(text) => FieldMatch::BeginsWith(search_key(text)),
    };
    FieldCondition { field: condition.field, matches }
}

fn faults(query: &DocumentQuery) -> Vec<InvalidField> {
    let mut faults: Vec<InvalidField> = window::fault(query.window).into_iter().collect();
    if query.min_confidence.is_some_and(|confidence| !(0.0..=1.0).contains(&confidence)) {
        faults.push(InvalidField::new("min_confidence", "must be 0 to 1"));
    }
    if query.text.as_deref() == Some("") {
        faults.push(InvalidField::new("q", "must say what to look for"));
    }
    for FieldCondition { field, matches } in &query.fields {
        let (FieldMatch::Is(text) | FieldMatch::BeginsWith(text)) = matches;
        if text.is_empty() {
            faults.push(InvalidField::new(format!("field.{field}"), "must say what to look for"));
        }
    }
    if query.fields.len() > MOST_CONDITIONS {
        let message = format!("up to {MOST_CONDITIONS} fields may be asked for at once");
        faults.push(InvalidField::new("field", message));
    }
    let is_backwards =
        query.created_from.zip(query.created_before).is_some_and(|(from, before)| before < from);
    if is_backwards {
        faults.push(InvalidField::new("created_to", "must not be before created_from"));
    }
    faults
}
