//! Options of every subcommand that reads documents.

use std::num::NonZeroUsize;

use clap::Args;

use super::numbers::share;

/// How documents are read.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Reading")]
pub struct EngineArguments {
    /// Give fields from this confidence on, 0 to 1 [default: detection.threshold, 0.1]
    #[arg(long, value_name = "0..1", value_parser = share)]
    pub threshold: Option<f32>,

    /// Where the model computes: cpu or cuda [default: detection.device, cpu]
    #[arg(long, value_name = "DEVICE", value_parser = ["cpu", "cuda"])]
    pub device: Option<String>,

    /// How many documents to read at once [default: the number of processor cores]
    #[arg(long, short, value_name = "N", value_parser = jobs)]
    pub jobs: Option<NonZeroUsize>,

    /// Read the pages alone: leave out e-invoices in XML (Factur-X, ZUGFeRD, XRechnung, Peppol BIS), inside PDFs
    /// and as files of their own
    #[arg(long)]
    pub no_xml: bool,
}

/// More documents at once than any machine has use for.
const MOST_JOBS: usize = 256;

pub fn jobs(text: &str) -> Result<NonZeroUsize, String> {
    let wanted: Option<NonZeroUsize> = text.parse().ok();
    wanted
        .filter(|jobs| jobs.get() <= MOST_JOBS)
        .ok_or_else(|| format!("must be a whole number from 1 to {MOST_JOBS}"))
}
