//! `synth corpus`: generated invoices with their truth, for `fieldmark eval`.

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use fieldmark_synth::corpus::Corpus;
use fieldmark_synth::{Generator, LayoutFamily};

use super::family;

#[derive(Args)]
pub struct CorpusArguments {
    /// The folder to write to; made when it is not there.
    #[arg(long)]
    out: PathBuf,
    /// The layout families, with commas between them; those that training never sees when left out.
    #[arg(long, value_parser = family, value_delimiter = ',')]
    families: Vec<LayoutFamily>,
    /// How many invoices of each family.
    #[arg(long, default_value_t = 150)]
    each: u64,
    /// Instead: pages of exactly so many words each, for measuring times; several numbers with commas between them.
    #[arg(long, value_delimiter = ',', conflicts_with = "families")]
    words: Vec<usize>,
}

/// Writes the corpus.
pub fn run(generator: &Generator, wish: &CorpusArguments) -> Result<()> {
    let mut corpus = Corpus::create(&wish.out)?;
    if wish.words.is_empty() {
        let families = if wish.families.is_empty() { LayoutFamily::HELD_OUT } else { &wish.families };
        corpus.add_families(generator, families, wish.each)?;
    }
    for words in &wish.words {
        corpus.add_pages_of(generator, *words, usize::try_from(wish.each)?)?;
    }
    corpus.finish()?;
    Ok(())
}
