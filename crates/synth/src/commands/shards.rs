//! `synth shards`: features of generated pages, for the trainer.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Args;
use fieldmark_synth::Generator;
use fieldmark_synth::shards::Shard;

#[derive(Args)]
pub struct ShardArguments {
    /// The folder to write to; created if missing.
    #[arg(long)]
    out: PathBuf,
    /// Number of shards.
    #[arg(long, default_value_t = 30)]
    shards: u64,
    /// Pages in a shard.
    #[arg(long, default_value_t = 4096)]
    pages: usize,
    /// The number of the first shard, to continue an earlier run.
    #[arg(long, default_value_t = 0)]
    first: u64,
}

/// Writes the shards.
pub fn run(generator: &Generator, seed: u64, options: &ShardArguments) -> Result<()> {
    let out = &options.out;
    fs::create_dir_all(out).with_context(|| format!("cannot make {}", out.display()))?;
    for number in options.first..options.first + options.shards {
        let mut shard = Shard::new();
        // The indices of a shard's invoices do not depend on earlier shards.
        shard.fill(generator, seed, number * 1_000_000, options.pages);
        let path = out.join(format!("shard-{number:04}.safetensors"));
        shard.write(&path, seed)?;
    }
    Ok(())
}
