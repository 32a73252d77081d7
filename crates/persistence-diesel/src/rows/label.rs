//! The row of a label, with and without its candidates.

use diesel::prelude::*;
use fieldmark_domain::document::{DocumentId, search_key};
use fieldmark_domain::field::Field;
use fieldmark_domain::geometry::PageBox;
use fieldmark_domain::label::{Candidate, Label, LabelId, StoredLabel};
use fieldmark_domain::scope::{OwnerId, UserId};
use fieldmark_domain::values::Money;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;
use serde::{Deserialize, Serialize};

use super::shapes::{BoxShape, CheckShape, checks_read, checks_written, value_read};
use super::{json, names};
use crate::faults::Fault;
use crate::schema::labels;
use crate::types::{Id, Moment};

/// A label as lists show it.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = labels, primary_key(id, document_id, created_at))]
#[diesel(treat_none_as_null = true, treat_none_as_default_value = false)]
pub(crate) struct LabelRow {
    id: Id,
    pub(crate) document_id: Id,
    field: String,
    value: String,
    currency: Option<String>,
    raw: String,
    confidence: f32,
    source: String,
    place: Option<String>,
    caption: Option<String>,
    checks: String,
    reviewed_by: Option<Id>,
    version: i64,
    created_at: Moment,
    updated_at: Moment,
    deleted_at: Option<Moment>,
}

/// A label as it is written: with its candidates and its search keys.
#[derive(Debug, Clone, Insertable, AsChangeset)]
#[diesel(table_name = labels, primary_key(id, owner_id))]
#[diesel(treat_none_as_null = true, treat_none_as_default_value = false)]
pub(crate) struct WrittenLabel {
    #[diesel(embed)]
    row: LabelRow,
    owner_id: Id,
    search_key: String,
    amount: Option<i64>,
    candidates: String,
}

/// A possible value of a field.
#[derive(Debug, Serialize, Deserialize)]
struct CandidateShape {
    value: String,
    raw: String,
    score: f32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    place: Option<BoxShape>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    caption: Option<BoxShape>,
    #[serde(default)]
    checks: Vec<CheckShape>,
    #[serde(default)]
    reasons: Vec<String>,
}

impl WrittenLabel {
    /// A label of an owner's document with the version to write.
    pub(crate) fn of(stored: &StoredLabel, owner: OwnerId, version: u64) -> Result<Self, Fault> {
        let label = &stored.label;
        let candidates: Vec<CandidateShape> = label.candidates.iter().map(CandidateShape::from).collect();
        Ok(Self {
            row: LabelRow::of(stored, version)?,
            owner_id: Id(owner.0),
            search_key: search_key(&label.value.to_string()),
            amount: label.value.money().and_then(ten_thousandths),
            candidates: json::written(&candidates)?,
        })
    }
}

impl LabelRow {
    fn of(stored: &StoredLabel, version: u64) -> Result<Self, Fault> {
        let label = &stored.label;
        Ok(Self {
            id: Id(stored.id.0),
            document_id: Id(stored.document.0),
            field: label.field.name().to_owned(),
            value: json::plain(&label.value.to_string()),
            currency: label.currency.map(|currency| currency.code().to_owned()),
            raw: json::plain(&label.raw),
            confidence: label.confidence,
            source: label.source.name().to_owned(),
            place: box_written(label.place)?,
            caption: box_written(label.caption)?,
            checks: json::written(&checks_written(&label.checks))?,
            reviewed_by: stored.reviewed_by.map(|user| Id(user.0)),
            version: i64::try_from(version).map_err(Fault::broken)?,
            created_at: stored.created_at.into(),
            updated_at: stored.updated_at.into(),
            deleted_at: stored.deleted_at.map(Moment::from),
        })
    }

    /// The label without its candidates.
    pub(crate) fn into_label(self) -> Result<StoredLabel, Fault> {
        let field = names::field(&self.field)?;
        let label = Label {
            field,
            value: value_read(field, &self.value)?,
            currency: self.currency.as_deref().map(names::currency).transpose()?,
            raw: self.raw,
            confidence: self.confidence,
            source: names::source(&self.source)?,
            place: box_read(self.place.as_deref())?,
            caption: box_read(self.caption.as_deref())?,
            checks: checks_read(json::read(&self.checks)?),
            candidates: Vec::new(),
        };
        Ok(StoredLabel {
            id: LabelId(self.id.0),
            document: DocumentId(self.document_id.0),
            label,
            reviewed_by: self.reviewed_by.map(|user| UserId(user.0)),
            version: u64::try_from(self.version).map_err(Fault::broken)?,
            created_at: self.created_at.into(),
            updated_at: self.updated_at.into(),
            deleted_at: self.deleted_at.map(Into::into),
        })
    }

    /// The label with its candidates.
    pub(crate) fn into_label_with(self, candidates: &str) -> Result<StoredLabel, Fault> {
        let mut stored = self.into_label()?;
        let shapes: Vec<CandidateShape> = json::read(candidates)?;
        let field = stored.label.field;
        let candidates = shapes.into_iter().map(|shape| shape.into_candidate(field));
        stored.label.candidates = candidates.collect::<Result<_, Fault>>()?;
        Ok(stored)
    }
}

impl From<&Candidate> for CandidateShape {
    fn from(candidate: &Candidate) -> Self {
        Self {
            value: candidate.value.to_string(),
            raw: candidate.raw.clone(),
            score: candidate.score,
            place: candidate.place.map(BoxShape::from),
            caption: candidate.caption.map(BoxShape::from),
            checks: checks_written(&candidate.checks),
            reasons: candidate.reasons.clone(),
        }
    }
}

impl CandidateShape {
    fn into_candidate(self, field: Field) -> Result<Candidate, Fault> {
        Ok(Candidate {
            value: value_read(field, &self.value)?,
            raw: self.raw,
            score: self.score,
            place: self.place.map(PageBox::from),
            caption: self.caption.map(PageBox::from),
            checks: checks_read(self.checks),
            reasons: self.reasons,
        })
    }
}

/// An amount as an integer, which both databases store exactly; `None` when it does not fit.
fn ten_thousandths(amount: Money) -> Option<i64> {
    amount.amount().checked_mul(Decimal::from(10_000))?.to_i64()
}

fn box_written(place: Option<PageBox>) -> Result<Option<String>, Fault> {
    place.map(|place| json::written(&BoxShape::from(place))).transpose()
}

fn box_read(text: Option<&str>) -> Result<Option<PageBox>, Fault> {
    text.map(|text| json::read::<BoxShape>(text).map(PageBox::from)).transpose()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_kept_in_ten_thousandths() {
        for (amount, kept) in [("1250", Some(12_500_000)), ("-0.0001", Some(-1)), ("1000000000000000", None)]
        {
            assert_eq!(ten_thousandths(Money::new(amount.parse().unwrap())), kept, "{amount}");
        }
    }
}
