//! `synth`: sample invoices as PDF files with their truth, and feature shards for training.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::{Parser, Subcommand};
use fieldmark_synth::pdf::{self, PdfOptions};
use fieldmark_synth::shards::Shard;
use fieldmark_synth::{Generator, Locale, SyntheticInvoice};

/// Makes synthetic invoices.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
    /// Everything follows from the seed: the same seed makes the same invoices.
    #[arg(long, default_value_t = 1, global = true)]
    seed: u64,
}

#[derive(Subcommand)]
enum Command {
    /// Writes one invoice as a PDF, and what it says as JSON beside it.
    Sample {
        /// Language and country, for instance sv-SE; any when left out.
        #[arg(long)]
        locale: Option<Locale>,
        /// Which invoice of the endless row.
        #[arg(long, default_value_t = 0)]
        index: u64,
        /// The PDF to write; the truth goes beside it with the extension `json`.
        #[arg(long)]
        out: PathBuf,
    },
    /// Writes feature shards for training.
    Shards {
        /// The folder to write to; made when it is not there.
        #[arg(long)]
        out: PathBuf,
        /// How many shards.
        #[arg(long, default_value_t = 30)]
        shards: u64,
        /// Pages in a shard.
        #[arg(long, default_value_t = 4096)]
        pages: usize,
        /// The number of the first shard, to go on where an earlier run ended.
        #[arg(long, default_value_t = 0)]
        first: u64,
    },
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let generator = Generator::new(arguments.seed);
    match arguments.command {
        Command::Sample { locale, index, out } => {
            let invoice = match locale {
                Some(locale) => generator.invoice_in(locale, index),
                None => generator.invoice(index),
            };
            write_sample(&invoice, &out)
        }
        Command::Shards { out, shards, pages, first } => {
            fs::create_dir_all(&out).with_context(|| format!("cannot make {}", out.display()))?;
            for number in first..first + shards {
                let mut shard = Shard::new();
                // A shard's invoices have indices of their own, whatever came before it.
                shard.fill(&generator, arguments.seed, number * 1_000_000, pages);
                let path = out.join(format!("shard-{number:04}.safetensors"));
                shard.write(&path, arguments.seed)?;
            }
            Ok(())
        }
    }
}

fn write_sample(invoice: &SyntheticInvoice, out: &std::path::Path) -> Result<()> {
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
