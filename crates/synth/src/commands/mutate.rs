//! `synth mutate`: lets the real program read mutated files, and prints a table of the outcomes.

use std::io::Write as _;
use std::path::PathBuf;

use anyhow::{Context as _, Result, bail};
use clap::Args;
use fieldmark_synth::campaign::Campaign;

#[derive(Args)]
pub struct MutateArguments {
    /// The program under test.
    #[arg(long)]
    program: PathBuf,
    /// Number of mutated PDFs.
    #[arg(long, default_value_t = 5000)]
    pdfs: u64,
    /// Number of mutated e-invoices.
    #[arg(long, default_value_t = 2000)]
    invoices: u64,
    /// A folder for the files; files that revealed a fault stay there.
    #[arg(long)]
    dir: PathBuf,
    /// Number of files per run of the command.
    #[arg(long, default_value_t = 250)]
    batch: u64,
    /// Every how many-th file is also sent to the service; 0 for none.
    #[arg(long, default_value_t = 10)]
    served: u64,
}

/// Runs the campaign.
///
/// # Errors
/// When a fault was found; the table is printed first.
pub fn run(seed: u64, options: &MutateArguments) -> Result<()> {
    let absolute = |path: &PathBuf| std::path::absolute(path).with_context(|| path.display().to_string());
    let library = std::env::var("FIELDMARK_READER__PDFIUM").ok();
    let campaign = Campaign {
        program: absolute(&options.program)?,
        environment: library.map(|path| ("FIELDMARK_READER__PDFIUM".to_owned(), path)).into_iter().collect(),
        folder: absolute(&options.dir)?,
        seed,
        pdfs: options.pdfs,
        invoices: options.invoices,
        batch: options.batch,
        served: options.served,
    };
    let all = options.pdfs.saturating_add(options.invoices);
    // If standard error is closed, nobody reads the progress.
    let tally = campaign.run(|done| drop(writeln!(std::io::stderr(), "{done} of {all}")))?;
    writeln!(
        std::io::stdout(),
        "seed {seed}: {} PDFs, {} e-invoices\n{tally}",
        options.pdfs,
        options.invoices
    )
    .context("the table cannot be printed")?;
    match tally.faults.len() {
        0 => Ok(()),
        count => bail!("{count} faults; the files are in {}", campaign.folder.join("findings").display()),
    }
}
