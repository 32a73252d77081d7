//! `synth evidence`: the evidence for each value that is read from generated pages, and whether it
//! is right, for fitting confidences.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Args;
use fieldmark_detection_candle::{Device, LayoutDetector};
use fieldmark_domain::content::DocumentContent;
use fieldmark_domain::field::{Field, FieldKind};
use fieldmark_domain::page::{Page, TextLayer, TextVerdict};
use fieldmark_domain::reading::evidence_of_choices;
use fieldmark_synth::reading_noise::read_with_noise;
use fieldmark_synth::{Generator, LayoutFamily, SyntheticInvoice};
use rand::SeedableRng;
use rand::rngs::StdRng;

#[derive(Args)]
pub struct EvidenceArguments {
    /// The file to write: one JSON object per line, with `family`, `field`, `right` and `evidence`.
    #[arg(long)]
    out: PathBuf,
    /// A folder with the weights; the compiled-in ones if omitted.
    #[arg(long)]
    model: Option<PathBuf>,
    /// Number of invoices per family that training does not use.
    #[arg(long, default_value_t = 1000)]
    each: u64,
}

/// Reads the invoices and writes a line for each value.
pub fn run(generator: &Generator, seed: u64, options: &EvidenceArguments) -> Result<()> {
    let detector = match &options.model {
        Some(folder) => LayoutDetector::load(folder, Device::Cpu)?,
        None => LayoutDetector::bundled(Device::Cpu)?,
    };
    let file =
        File::create(&options.out).with_context(|| format!("cannot write {}", options.out.display()))?;
    let mut lines = BufWriter::new(file);
    for family in LayoutFamily::HELD_OUT {
        for index in 0..options.each {
            let invoice = generator.invoice_of(*family, index);
            let document = as_read(&invoice, seed ^ index);
            let found = detector.detect(&document.pages)?;
            for (field, value, evidence) in evidence_of_choices(&document, &found) {
                let right = is_right(&invoice, field, &value.to_string());
                let line = serde_json::json!({
                    "family": family.name(), "field": field.name(), "right": right, "evidence": evidence,
                });
                writeln!(lines, "{line}").context("cannot write the evidence")?;
            }
        }
    }
    lines.flush().context("cannot write the evidence")
}

/// The pages as a document reader would return them, with a reader's errors.
fn as_read(invoice: &SyntheticInvoice, seed: u64) -> DocumentContent {
    let mut random = StdRng::seed_from_u64(seed);
    let pages = invoice.pages.iter().zip(1..).map(|(page, number)| Page {
        number,
        size: page.size,
        words: read_with_noise(page, &mut random).into_iter().map(|labelled| labelled.word).collect(),
        text_layer: TextLayer { verdict: TextVerdict::Good, reasons: Vec::new() },
        raster: None,
    });
    DocumentContent::of_pages(pages.collect())
}

/// Whether a value equals the invoice's, ignoring case and punctuation.
fn is_right(invoice: &SyntheticInvoice, field: Field, value: &str) -> bool {
    // A KID is compared as the payment reference that it is.
    let field = if field == Field::Kid { Field::PaymentReference } else { field };
    let truth = invoice.truth.get(&field).or_else(|| invoice.unprinted.get(&field));
    let plain = |text: &str| -> String {
        let kept = text.chars().filter(|letter| letter.is_alphanumeric());
        kept.flat_map(char::to_lowercase).collect()
    };
    truth.is_some_and(|truth| match field.kind() {
        FieldKind::Money => value.trim_start_matches('-') == truth.trim_start_matches('-'),
        _ => plain(value) == plain(truth),
    })
}
