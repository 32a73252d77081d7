//! The extractions of a set of documents: the values that users get, and besides them every value
//! however unsure, with its confidence and the other candidates.

use std::collections::HashMap;

use fieldmark_report::{ExtractionReport, FileReport, TaxLineReport, TimingReport};

use crate::predictions::{Predictions, Values, stem};

/// A field's value with its confidence.
#[derive(Debug, Clone, PartialEq)]
pub struct Claim {
    /// The value in its normal form.
    pub value: String,
    /// How sure the reader is, 0..1.
    pub confidence: f64,
    /// All values that were considered, this one among them.
    pub candidates: Vec<String>,
}

/// What is known of one document beside its fields' values.
#[derive(Debug, Clone, Default)]
pub struct DocumentReading {
    /// Whether nobody needs to look.
    pub is_accepted: bool,
    /// What the document is for, if that is known.
    pub kind: Option<String>,
    /// The tax by rate.
    pub tax: Vec<TaxLineReport>,
    /// How many pages it has, of those that were read.
    pub pages: usize,
    /// How long it took.
    pub timing: Option<TimingReport>,
}

/// The extractions of a set of documents.
#[derive(Debug, Default)]
pub struct Readings {
    /// The values that users get.
    pub values: Predictions,
    documents: HashMap<String, DocumentReading>,
    /// Everything that was claimed, by the stem of the document's file and the field's name.
    claims: HashMap<String, HashMap<String, Claim>>,
    /// The model that looked, by its name, and its rules.
    pub made_with: Option<(String, String)>,
    /// How large its weights are, if that is known.
    pub weights_bytes: Option<u64>,
}

impl Readings {
    /// Values of which nothing else is known.
    pub fn of_values(values: Predictions) -> Self {
        Self { values, ..Self::default() }
    }

    /// No extraction yet, by a model with weights of this size.
    pub fn with_weights_of(weights_bytes: Option<u64>) -> Self {
        Self { weights_bytes, ..Self::default() }
    }

    /// Adds the extraction that users get of a document.
    pub fn add(&mut self, report: &FileReport) {
        let fields = report.extraction().map_or(&[][..], |read| &read.fields);
        let values: Values =
            fields.iter().map(|(field, found)| (field.name().to_owned(), found.value.clone())).collect();
        self.values.add(&report.file, values);
        if let Some(read) = report.extraction() {
            self.documents.insert(stem(&report.file), reading(read));
            self.made_with = Some((read.provenance.model.clone(), read.provenance.rules.clone()));
        }
    }

    /// Adds every value of a document, however unsure.
    pub fn add_claims(&mut self, report: &FileReport) {
        let fields = report.extraction().map_or(&[][..], |read| &read.fields);
        let claims = fields.iter().map(|(field, found)| {
            let others = found.candidates.iter().flatten().map(|candidate| candidate.value.clone());
            let claim = Claim {
                value: found.value.clone(),
                confidence: found.confidence,
                candidates: others.collect(),
            };
            (field.name().to_owned(), claim)
        });
        self.claims.insert(stem(&report.file), claims.collect());
    }

    /// What else is known of the document with this file; `None` if it could not be read.
    pub fn document(&self, file: &str) -> Option<&DocumentReading> {
        self.documents.get(&stem(file))
    }

    /// All claims on the document with this file.
    pub fn claims(&self, file: &str) -> Option<&HashMap<String, Claim>> {
        self.claims.get(&stem(file))
    }
}

fn reading(read: &ExtractionReport) -> DocumentReading {
    DocumentReading {
        is_accepted: read.decision == "accept",
        kind: read.kind.map(str::to_owned),
        tax: read.tax.clone(),
        pages: read.pages.len(),
        timing: Some(read.timing_ms),
    }
}
