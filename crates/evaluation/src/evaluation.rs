//! Everything that is measured of a set of documents: what counts of each, beside what was claimed of it.

use std::collections::BTreeMap;

use crate::calibration::Given;
use crate::error_kinds::{ErrorKind, kind_of};
use crate::predictions::Values;
use crate::readings::{DocumentReading, Readings};
use crate::scoring::judge;
use crate::tally::{Counts, Tally, Verdict};
use crate::truth::TruthRow;

/// One document, scored.
#[derive(Debug)]
pub struct ScoredDocument<'a> {
    /// What is true of it.
    pub row: &'a TruthRow,
    /// Each value that counts, with what became of it.
    pub verdicts: Vec<(&'a str, Verdict)>,
    /// Each value that is not right, with what went wrong.
    pub errors: Vec<(&'a str, ErrorKind)>,
    /// Everything that was claimed however unsure, as far as it counts.
    pub given: Vec<(&'a str, Given)>,
    /// What else was read; `None` when the document could not be read.
    pub reading: Option<&'a DocumentReading>,
}

impl<'a> ScoredDocument<'a> {
    /// Scores a document.
    pub fn of(row: &'a TruthRow, readings: &'a Readings, with_extra: bool) -> Self {
        let claims = readings.claims(&row.file);
        let judgements = judge(row, readings.values.of(&row.file), with_extra);
        let errors = judgements
            .iter()
            .filter_map(|judgement| Some((judgement.field, kind_of(row, judgement, claims)?)))
            .collect();
        let claimed: Values =
            claims.into_iter().flatten().map(|(field, claim)| (field.clone(), claim.value.clone())).collect();
        let given = judge(row, Some(&claimed), with_extra)
            .into_iter()
            .filter_map(|judgement| {
                let confidence = claims?.get(judgement.field)?.confidence;
                let is_right = judgement.verdict == Verdict::Right;
                Some((judgement.field, Given { confidence, is_right }))
            })
            .collect();
        Self {
            row,
            verdicts: judgements.iter().map(|judgement| (judgement.field, judgement.verdict)).collect(),
            errors,
            given,
            reading: readings.document(&row.file),
        }
    }

    /// The counts of all its fields.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for (_, verdict) in &self.verdicts {
            counts.add(*verdict);
        }
        counts
    }
}

/// A set of scored documents.
#[derive(Debug, Clone)]
pub struct Evaluation<'a, 'd> {
    /// The documents.
    pub documents: Vec<&'d ScoredDocument<'a>>,
}

impl<'a, 'd> Evaluation<'a, 'd> {
    /// The counts by field.
    pub fn tally(&self) -> Tally {
        let mut tally = Tally::default();
        for document in &self.documents {
            tally.documents += 1;
            tally.answered += u32::from(document.reading.is_some());
            for (field, verdict) in &document.verdicts {
                tally.add(field, *verdict);
            }
        }
        tally
    }

    /// The documents in groups, by what is said of each; those of which nothing is said are left out.
    pub fn grouped(&self, name: impl Fn(&'a TruthRow) -> Option<&'a str>) -> BTreeMap<&'a str, Self> {
        let mut groups: BTreeMap<&str, Self> = BTreeMap::new();
        for document in &self.documents {
            if let Some(name) = name(document.row) {
                groups.entry(name).or_insert_with(|| Self { documents: Vec::new() }).documents.push(document);
            }
        }
        groups
    }

    /// The counts of each template.
    pub fn templates(&self) -> BTreeMap<&'a str, Counts> {
        let groups = self.grouped(|row| Some(row.template()));
        groups.into_iter().map(|(template, group)| (template, group.tally().total())).collect()
    }

    /// The mean of the templates' F1; of templates of which anything counts.
    pub fn macro_f1(&self) -> f64 {
        let templates = self.templates();
        let scores: Vec<f64> = templates
            .values()
            .filter(|counts| **counts != Counts::default())
            .map(|counts| counts.f1())
            .collect();
        scores.iter().sum::<f64>() / scores.len().max(1) as f64
    }

    /// Everything that was claimed of a field, or of all.
    pub fn given(&self, wanted: Option<&str>) -> Vec<Given> {
        let all = self.documents.iter().flat_map(|document| &document.given);
        all.filter(|(field, _)| wanted.is_none_or(|wanted| wanted == *field))
            .map(|(_, given)| *given)
            .collect()
    }
}
