//! `synth corpus`: generated invoices with their truth, for `fieldmark eval`.

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use fieldmark_synth::corpus::Corpus;
use fieldmark_synth::{Generator, LayoutFamily};

use super::family;

#[derive(Args)]
pub struct CorpusArguments {
    /// The folder to write to; created if missing.
    #[arg(long)]
    out: PathBuf,
    /// The layout families, separated by commas; if omitted, those that training does not use.
    #[arg(long, value_parser = family, value_delimiter = ',')]
    families: Vec<LayoutFamily>,
    /// Number of invoices per family.
    #[arg(long, default_value_t = 150)]
    each: u64,
    /// Instead: pages with exactly this number of words each, for measuring times; several numbers
    /// separated by commas.
    #[arg(long, value_delimiter = ',', conflicts_with = "families")]
    words: Vec<usize>,
}

/// Writes the corpus.
pub fn run(generator: &Generator, options: &CorpusArguments) -> Result<()> {
    let mut corpus = Corpus::create(&options.out)?;
    if options.words.is_empty() {
        let families = if options.families.is_empty() { LayoutFamily::HELD_OUT } else { &options.families };
        corpus.add_families(generator, families, options.each)?;
    }
    for words in &options.words {
        corpus.add_pages_of(generator, *words, usize::try_from(options.each)?)?;
    }
    corpus.finish()?;
    Ok(())
}
