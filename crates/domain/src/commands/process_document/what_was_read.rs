//! From an extraction to what is kept of it, beside what was kept before.

use super::merging::{difference, merged};
use super::{AttemptError, ProcessDocument};
use crate::commands::Extracted;
use crate::document::DocumentRecord;
use crate::event::{Event, Occurrence};
use crate::extraction::Extraction;
use crate::job::ClaimedJob;
use crate::ports::ReadLabels;
use crate::reading::label_reasons;
use crate::scope::Scope;

impl ProcessDocument {
    /// What is to be kept, of the document and its labels as they are now.
    pub(super) async fn what_was_read(
        &self,
        scope: &Scope,
        claimed: &ClaimedJob,
        extracted: &Extracted,
    ) -> Result<ReadLabels, AttemptError> {
        let id = claimed.job.document;
        // The document comes first: whoever changes a label from now on changes its version.
        let document = self.settle.documents.find(scope, id).await?.ok_or(AttemptError::Withdrawn)?;
        let before = self.labels.list(scope, id).await?.ok_or(AttemptError::Withdrawn)?;
        let Extraction { labels, findings } = &extracted.extraction;
        let now = self.settle.clock.now();
        let after = merged(&before, labels, id, now);
        let mut record = DocumentRecord { document, labels: after, findings: None };
        let invoice = record.identity();
        let first = match &invoice {
            Some(invoice) => self.settle.documents.first_of(scope, invoice, id).await?,
            None => None,
        };
        let sure = self.options.sure();
        let outdated = label_reasons(labels, &findings.checks, sure);
        let (outcome, findings) = record.conclude(findings.clone(), &outdated, invoice.as_ref(), first, sure);
        record.document.finish(outcome, now)?;
        let difference = difference(&before, &record.labels, now);
        let decision = findings.decision.name().to_owned();
        let event = Event::of(&record.document, Occurrence::DocumentProcessed { decision }, now);
        Ok(ReadLabels {
            lease: claimed.lease,
            document: record.document,
            findings,
            labels: difference.written,
            removed: difference.removed,
            changes: difference.changes,
            identity: invoice,
            event,
        })
    }
}
