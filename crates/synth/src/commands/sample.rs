//! `synth sample`: one invoice as a PDF, with its truth as JSON next to it.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Args;
use fieldmark_synth::pdf::{self, PdfOptions};
use fieldmark_synth::{Generator, Locale};

#[derive(Args)]
pub struct SampleArguments {
    /// Language and country, for instance sv-SE; any if omitted.
    #[arg(long)]
    locale: Option<Locale>,
    /// The index of the invoice.
    #[arg(long, default_value_t = 0)]
    index: u64,
    /// The PDF to write; the truth is written next to it with the extension `json`.
    #[arg(long)]
    out: PathBuf,
}

/// Writes the sample.
pub fn run(generator: &Generator, options: &SampleArguments) -> Result<()> {
    let invoice = match options.locale {
        Some(locale) => generator.invoice_in(locale, options.index),
        None => generator.invoice(options.index),
    };
    let out = &options.out;
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
