//! `synth sample`: one invoice as a PDF, and its truth as JSON beside it.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Args;
use fieldmark_synth::pdf::{self, PdfOptions};
use fieldmark_synth::{Generator, Locale};

#[derive(Args)]
pub struct SampleArguments {
    /// Language and country, for instance sv-SE; any when left out.
    #[arg(long)]
    locale: Option<Locale>,
    /// Which invoice of the endless row.
    #[arg(long, default_value_t = 0)]
    index: u64,
    /// The PDF to write; the truth goes beside it with the extension `json`.
    #[arg(long)]
    out: PathBuf,
}

/// Writes the sample.
pub fn run(generator: &Generator, wish: &SampleArguments) -> Result<()> {
    let invoice = match wish.locale {
        Some(locale) => generator.invoice_in(locale, wish.index),
        None => generator.invoice(wish.index),
    };
    let out = &wish.out;
    let bytes = pdf::write(&invoice.pages, &PdfOptions::default());
    fs::write(out, bytes).with_context(|| format!("cannot write {}", out.display()))?;
    let truth: serde_json::Map<String, serde_json::Value> =
        invoice.truth.iter().map(|(field, value)| (field.name().to_owned(), value.clone().into())).collect();
    let described = serde_json::json!({
        "file": out.file_name().map(|name| name.to_string_lossy()),
        "locale": invoice.locale.to_string(),
        "family": invoice.family.to_string(),
        "fields": truth,
    });
    let path = out.with_extension("json");
    fs::write(&path, serde_json::to_string_pretty(&described)?)
        .with_context(|| format!("cannot write {}", path.display()))
}
