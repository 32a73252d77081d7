//! The owner says something else of a document.

use std::sync::Arc;

use super::changing::{Target, change_document};
use crate::document::{Description, Document, DocumentId, Metadata, Tag};
use crate::event::{Event, Occurrence};
use crate::ports::{Clock, DocumentRepository, DocumentUpdate, JobsChange};
use crate::scope::Scope;
use crate::use_case_error::{InvalidField, UseCaseError};

/// Changes a document's file name, tags and metadata.
#[derive(Clone)]
pub struct ChangeDocument {
    /// Where documents are kept.
    pub documents: Arc<dyn DocumentRepository>,
    /// Tells when.
    pub clock: Arc<dyn Clock>,
}

/// What is to be said of a document; what is `None` stays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeDocumentRequest {
    /// The document.
    pub document: DocumentId,
    /// The name of the file.
    pub filename: Option<String>,
    /// All its tags.
    pub tags: Option<Vec<String>>,
    /// All its metadata.
    pub metadata: Option<Metadata>,
    /// The version that the caller has seen; `None` changes whichever is there.
    pub expected_version: Option<u64>,
}

impl ChangeDocument {
    /// Changes the document and answers with it as it is then.
    ///
    /// # Errors
    /// [`UseCaseError::NotFound`], [`UseCaseError::Invalid`] for `filename`, `tags` or `metadata`,
    /// [`UseCaseError::Stale`],
    /// [`UseCaseError::Contended`], [`UseCaseError::Repository`].
    pub async fn execute(
        &self,
        scope: &Scope,
        request: &ChangeDocumentRequest,
    ) -> Result<Document, UseCaseError> {
        let target = Target::there(request.document, request.expected_version);
        change_document(&*self.documents, scope, target, |mut document| {
            let now = self.clock.now();
            document.describe(described(request, &document.description)?, now);
            let events = vec![Event::of(&document, Occurrence::DocumentChanged, now)];
            Ok(DocumentUpdate { document, jobs: JobsChange::Keep, events })
        })
        .await
    }
}

fn described(request: &ChangeDocumentRequest, before: &Description) -> Result<Description, UseCaseError> {
    let description = match &request.filename {
        Some(filename) => Description::named(filename)?,
        None => Description::of_file(before.filename()),
    };
    let metadata = request.metadata.as_ref().unwrap_or_else(|| before.metadata());
    let description = description.with_metadata(metadata.clone())?;
    let tags = match &request.tags {
        Some(tags) => parse_tags(tags)?,
        None => before.tags().iter().cloned().collect(),
    };
    Ok(description.with_tags(tags.into_iter().collect())?)
}

/// Tags of a person's texts; what is wrong with each one is said.
pub(super) fn parse_tags(texts: &[String]) -> Result<Vec<Tag>, UseCaseError> {
    let (mut tags, mut details) = (Vec::new(), Vec::new());
    for text in texts {
        match Tag::parse(text) {
            Ok(tag) => tags.push(tag),
            Err(error) => details.push(InvalidField::from(error)),
        }
    }
    if details.is_empty() { Ok(tags) } else { Err(UseCaseError::Invalid { details }) }
}
