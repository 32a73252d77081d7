//! `synth mutate`: spoilt files through the real program, and a table of what became of them.

use std::io::Write as _;
use std::path::PathBuf;

use anyhow::{Context as _, Result, bail};
use clap::Args;
use fieldmark_synth::campaign::Campaign;

#[derive(Args)]
pub struct MutateArguments {
    /// The program to try.
    #[arg(long)]
    program: PathBuf,
    /// How many spoilt PDFs.
    #[arg(long, default_value_t = 5000)]
    pdfs: u64,
    /// How many spoilt e-invoices.
    #[arg(long, default_value_t = 2000)]
    invoices: u64,
    /// A folder for the files; those that found a fault stay there.
    #[arg(long)]
    dir: PathBuf,
    /// How many files one run of the command gets.
    #[arg(long, default_value_t = 250)]
    batch: u64,
    /// Every how many-th file goes through the service, too; none for 0.
    #[arg(long, default_value_t = 10)]
    served: u64,
}

/// Tries the files.
///
/// # Errors
/// When something was found that must not be, after the table.
pub fn run(seed: u64, wish: &MutateArguments) -> Result<()> {
    let absolute = |path: &PathBuf| std::path::absolute(path).with_context(|| path.display().to_string());
    let library = std::env::var("FIELDMARK_READER__PDFIUM").ok();
    let campaign = Campaign {
        program: absolute(&wish.program)?,
        environment: library.map(|path| ("FIELDMARK_READER__PDFIUM".to_owned(), path)).into_iter().collect(),
        folder: absolute(&wish.dir)?,
        seed,
        pdfs: wish.pdfs,
        invoices: wish.invoices,
        batch: wish.batch,
        served: wish.served,
    };
    let all = wish.pdfs.saturating_add(wish.invoices);
    // Nobody is left to tell when standard error is closed.
    let tally = campaign.run(|done| drop(writeln!(std::io::stderr(), "{done} of {all}")))?;
    writeln!(std::io::stdout(), "seed {seed}: {} PDFs, {} e-invoices\n{tally}", wish.pdfs, wish.invoices)
        .context("the table cannot be printed")?;
    match tally.faults.len() {
        0 => Ok(()),
        count => bail!("{count} faults; the files are in {}", campaign.folder.join("findings").display()),
    }
}
