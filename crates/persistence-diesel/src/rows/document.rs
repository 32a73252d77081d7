//! The row of a document, without pages, labels and findings.

use std::collections::BTreeSet;

use diesel::prelude::*;
use fieldmark_domain::blob::Sha256;
use fieldmark_domain::document::{
    Description, Document, DocumentId, Failure, Metadata, Outcome, Tag, search_key,
};
use fieldmark_domain::scope::OwnerId;

use super::{json, names};
use crate::faults::Fault;
use crate::schema::documents;
use crate::types::{Id, Moment};

/// The columns of a document that every view needs.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = documents, primary_key(id, owner_id, media_type, size, sha256, created_at))]
#[diesel(treat_none_as_null = true, treat_none_as_default_value = false)]
pub(crate) struct DocumentRow {
    pub(crate) id: Id,
    owner_id: Id,
    filename: String,
    tags: String,
    metadata: String,
    media_type: String,
    size: i64,
    sha256: Vec<u8>,
    status: String,
    kind: Option<String>,
    currency: Option<String>,
    page_count: Option<i64>,
    decision: Option<String>,
    reasons: Option<String>,
    min_confidence: Option<f32>,
    repeats: Option<Id>,
    failure_code: Option<String>,
    failure_message: Option<String>,
    version: i64,
    created_at: Moment,
    updated_at: Moment,
    processed_at: Option<Moment>,
    deleted_at: Option<Moment>,
}

/// A document as it is written: with the search key of its file name.
#[derive(Debug, Clone, Insertable, AsChangeset)]
#[diesel(table_name = documents, primary_key(id))]
pub(crate) struct WrittenDocument {
    #[diesel(embed)]
    pub(crate) row: DocumentRow,
    filename_key: String,
}

impl WrittenDocument {
    /// A document with the version to write.
    pub(crate) fn of(document: &Document, version: u64) -> Result<Self, Fault> {
        let row = DocumentRow::of(document, version)?;
        Ok(Self { row, filename_key: search_key(document.description.filename()) })
    }
}

impl DocumentRow {
    fn of(document: &Document, version: u64) -> Result<Self, Fault> {
        let (outcome, failure) = (document.outcome.as_ref(), document.failure.as_ref());
        let description = &document.description;
        let tags: Vec<&str> = description.tags().iter().map(Tag::as_str).collect();
        let reasons = outcome.map(|outcome| json::written(&outcome.decision.reasons())).transpose()?;
        Ok(Self {
            id: Id(document.id.0),
            owner_id: Id(document.owner.0),
            filename: description.filename().to_owned(),
            tags: json::written(&tags)?,
            metadata: json::written(description.metadata())?,
            media_type: document.media_type.name().to_owned(),
            size: i64::try_from(document.size).map_err(Fault::broken)?,
            sha256: document.sha256.0.to_vec(),
            status: document.status.name().to_owned(),
            kind: outcome.and_then(|outcome| outcome.kind).map(|kind| kind.name().to_owned()),
            currency: outcome.and_then(|outcome| outcome.currency).map(|currency| currency.code().to_owned()),
            page_count: outcome.map(|outcome| outcome.page_count.into()),
            decision: outcome.map(|outcome| outcome.decision.name().to_owned()),
            reasons,
            min_confidence: outcome.and_then(|outcome| outcome.min_confidence),
            repeats: outcome.and_then(|outcome| outcome.repeats).map(|first| Id(first.0)),
            failure_code: failure.map(|failure| json::plain(&failure.code)),
            failure_message: failure.map(|failure| json::plain(&failure.message)),
            version: i64::try_from(version).map_err(Fault::broken)?,
            created_at: document.created_at.into(),
            updated_at: document.updated_at.into(),
            processed_at: document.processed_at.map(Moment::from),
            deleted_at: document.deleted_at.map(Moment::from),
        })
    }

    /// Converts the row to a document.
    pub(crate) fn into_document(self) -> Result<Document, Fault> {
        let outcome = self.outcome()?;
        Ok(Document {
            id: DocumentId(self.id.0),
            owner: OwnerId(self.owner_id.0),
            description: description(&self.filename, &self.tags, &self.metadata)?,
            media_type: names::media_type(&self.media_type)?,
            size: u64::try_from(self.size).map_err(Fault::broken)?,
            sha256: digest(&self.sha256)?,
            status: names::document_status(&self.status)?,
            outcome,
            failure: self
                .failure_code
                .zip(self.failure_message)
                .map(|(code, message)| Failure { code, message }),
            version: u64::try_from(self.version).map_err(Fault::broken)?,
            created_at: self.created_at.into(),
            updated_at: self.updated_at.into(),
            processed_at: self.processed_at.map(Into::into),
            deleted_at: self.deleted_at.map(Into::into),
        })
    }

    fn outcome(&self) -> Result<Option<Outcome>, Fault> {
        let (Some(decision), Some(page_count)) = (&self.decision, self.page_count) else { return Ok(None) };
        let reasons = self.reasons.as_deref().map(json::read).transpose()?.unwrap_or_default();
        Ok(Some(Outcome {
            kind: self.kind.as_deref().map(names::document_kind).transpose()?,
            currency: self.currency.as_deref().map(names::currency).transpose()?,
            page_count: u32::try_from(page_count).map_err(Fault::broken)?,
            decision: names::decision(decision, reasons)?,
            min_confidence: self.min_confidence,
            repeats: self.repeats.map(|first| DocumentId(first.0)),
        }))
    }
}

fn description(filename: &str, tags: &str, metadata: &str) -> Result<Description, Fault> {
    let tags: Vec<String> = json::read(tags)?;
    let tags: Result<BTreeSet<Tag>, _> = tags.iter().map(|tag| Tag::parse(tag)).collect();
    let metadata: Metadata = json::read(metadata)?;
    Description::of_file(filename)
        .with_tags(tags.map_err(Fault::broken)?)
        .and_then(|description| description.with_metadata(metadata))
        .map_err(Fault::broken)
}

/// A digest from its stored bytes.
pub(crate) fn digest(bytes: &[u8]) -> Result<Sha256, Fault> {
    bytes.try_into().map(Sha256).map_err(Fault::broken)
}
