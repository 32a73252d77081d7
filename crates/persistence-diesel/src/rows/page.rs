//! The row of a page.

use diesel::prelude::*;
use fieldmark_domain::document::DocumentId;
use fieldmark_domain::extraction::PageSummary;
use fieldmark_domain::page::{PageSize, TextLayer, TextVerdict};

use super::{json, names};
use crate::faults::Fault;
use crate::schema::pages;
use crate::types::Id;

/// The stored part of a document's page.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = pages, treat_none_as_default_value = false)]
pub(crate) struct PageRow {
    document_id: Id,
    number: i64,
    width_pt: f32,
    height_pt: f32,
    source: Option<String>,
    verdict: String,
    reasons: String,
}

impl PageRow {
    pub(crate) fn of(document: DocumentId, page: &PageSummary) -> Result<Self, Fault> {
        Ok(Self {
            document_id: Id(document.0),
            number: page.number.into(),
            width_pt: page.size.width_pt,
            height_pt: page.size.height_pt,
            source: page.source.map(|source| source.name().to_owned()),
            verdict: verdict_name(page.text.verdict).to_owned(),
            reasons: json::written(&page.text.reasons)?,
        })
    }

    pub(crate) fn into_page(self) -> Result<PageSummary, Fault> {
        Ok(PageSummary {
            number: u32::try_from(self.number).map_err(Fault::broken)?,
            size: PageSize { width_pt: self.width_pt, height_pt: self.height_pt },
            source: self.source.as_deref().map(names::source).transpose()?,
            text: TextLayer { verdict: verdict(&self.verdict)?, reasons: json::read(&self.reasons)? },
        })
    }
}

const fn verdict_name(verdict: TextVerdict) -> &'static str {
    match verdict {
        TextVerdict::Good => "good",
        TextVerdict::Garbled => "garbled",
        TextVerdict::None => "none",
    }
}

fn verdict(name: &str) -> Result<TextVerdict, Fault> {
    let all = [TextVerdict::Good, TextVerdict::Garbled, TextVerdict::None];
    names::one_of(&all, verdict_name, name)
}
