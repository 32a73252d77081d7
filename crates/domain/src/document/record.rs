//! A document with everything that is known of it, and what follows from its labels together: the checks that they
//! share, the currency of amounts, whether somebody should look.

use super::{Document, DocumentId, Outcome};
use crate::check::Check;
use crate::extraction::{Decision, Findings};
use crate::field::{Field, FieldKind};
use crate::label::{Label, StoredLabel};
use crate::ports::InvoiceIdentity;
use crate::reading::{label_reasons, recheck};
use crate::repetition::{self, NOT_SEEN_BEFORE};
use crate::values::{Currency, FieldValue};

/// A document with everything that is known of it.
#[derive(Debug, Clone, PartialEq)]
pub struct DocumentRecord {
    /// The document.
    pub document: Document,
    /// Its labels, in the order of [`crate::field::Field::ALL`].
    pub labels: Vec<StoredLabel>,
    /// What else was read; `None` before it was.
    pub findings: Option<Findings>,
}

impl DocumentRecord {
    /// The labels that nobody deleted.
    fn standing(&self) -> impl Iterator<Item = &Label> + Clone {
        self.labels.iter().filter(|stored| stored.is_there()).map(|stored| &stored.label)
    }

    /// By what it is known as an invoice.
    pub(crate) fn identity(&self) -> Option<InvoiceIdentity> {
        repetition::identity_of(self.standing())
    }

    /// Why somebody should look at it, as far as its labels tell, with whatever confidence they would have to have.
    pub(crate) fn possible_reasons(&self) -> Vec<String> {
        let labels: Vec<Label> = self.standing().cloned().collect();
        let checks = self.findings.as_ref().map(|findings| findings.checks.as_slice()).unwrap_or_default();
        let repeats = self.document.outcome.as_ref().and_then(|outcome| outcome.repeats);
        let mut reasons = label_reasons(&labels, checks, 1.0);
        reasons.extend(repeats.map(repetition::reason));
        reasons
    }

    /// Says anew what follows from its labels, and answers with what the document comes to. `outdated` are the reasons
    /// that came from labels before.
    pub(crate) fn conclude(
        &mut self,
        mut findings: Findings,
        outdated: &[String],
        invoice: Option<&InvoiceIdentity>,
        first: Option<DocumentId>,
        sure: f32,
    ) -> (Outcome, Findings) {
        let (checks, reasons) = self.check_together(&findings.checks, invoice, first, sure);
        let others = findings.decision.reasons().iter().filter(|reason| !outdated.contains(reason));
        findings.decision = Decision::of(others.cloned().chain(reasons).collect());
        findings.checks = checks;
        findings.currency = self.named_currency().unwrap_or(findings.currency);
        let outcome = Outcome {
            kind: findings.kind,
            currency: findings.currency,
            page_count: findings.page_count,
            decision: findings.decision.clone(),
            min_confidence: self.standing().map(|label| label.confidence).reduce(f32::min),
            repeats: first,
        };
        (outcome, findings)
    }

    /// Checks anew what labels are checked for together, and answers with the document's checks and the reasons to
    /// look at it. `known` are the checks that it had.
    pub(crate) fn check_together(
        &mut self,
        known: &[Check],
        invoice: Option<&InvoiceIdentity>,
        first: Option<DocumentId>,
        sure: f32,
    ) -> (Vec<Check>, Vec<String>) {
        self.share_currency();
        let mut labels: Vec<Label> = self.standing().cloned().collect();
        for label in &mut labels {
            label.checks.retain(|check| check.name != NOT_SEEN_BEFORE);
        }
        let checks = recheck(&mut labels, known);
        let mut reasons = label_reasons(&labels, &checks, sure);
        reasons.extend(first.map(repetition::reason));
        for label in &mut labels {
            let check = invoice.and_then(|invoice| repetition::check_of(label.field, invoice, first));
            label.checks.extend(check);
        }
        for (stored, label) in self.labels.iter_mut().filter(|stored| stored.is_there()).zip(labels) {
            stored.label = label;
        }
        (checks, reasons)
    }

    /// Amounts are in the currency that a person named.
    fn share_currency(&mut self) {
        let Some(currency) = self.named_currency() else { return };
        let is_amount =
            |stored: &&mut StoredLabel| stored.is_there() && stored.label.field.kind() == FieldKind::Money;
        self.labels.iter_mut().filter(is_amount).for_each(|stored| stored.label.currency = currency);
    }

    /// The currency as a person named it, none when a person deleted it; `None` when nobody said anything of it.
    fn named_currency(&self) -> Option<Option<Currency>> {
        let said = self.labels.iter().filter(|stored| stored.label.field == Field::Currency);
        let said =
            said.filter(|stored| stored.reviewed_by.is_some()).max_by_key(|stored| stored.is_there())?;
        Some(match said.label.value {
            FieldValue::Currency(currency) if said.is_there() => Some(currency),
            _ => None,
        })
    }
}
