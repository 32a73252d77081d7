//! `synth shards`: features of generated pages, for the trainer.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Args;
use fieldmark_synth::Generator;
use fieldmark_synth::shards::Shard;

#[derive(Args)]
pub struct ShardArguments {
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
}

/// Writes the shards.
pub fn run(generator: &Generator, seed: u64, wish: &ShardArguments) -> Result<()> {
    let out = &wish.out;
    fs::create_dir_all(out).with_context(|| format!("cannot make {}", out.display()))?;
    for number in wish.first..wish.first + wish.shards {
        let mut shard = Shard::new();
        // A shard's invoices have indices of their own, whatever came before it.
        shard.fill(generator, seed, number * 1_000_000, wish.pages);
        let path = out.join(format!("shard-{number:04}.safetensors"));
        shard.write(&path, seed)?;
    }
    Ok(())
}
