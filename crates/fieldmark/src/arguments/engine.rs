//! Options of every subcommand that reads documents.

use std::num::NonZeroUsize;

use clap::Args;

/// How documents are read.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Reading")]
pub struct EngineArguments {
    /// Give fields from this confidence on, 0 to 1 [default: detection.threshold, 0.1]
    #[arg(long, value_name = "0..1", value_parser = threshold)]
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

fn threshold(text: &str) -> Result<f32, String> {
    match text.parse::<f32>() {
        Ok(value) if (0.0..=1.0).contains(&value) => Ok(value),
        _ => Err("must be a number from 0 to 1".to_owned()),
    }
}

/// More documents at once than any machine has use for.
const MOST_JOBS: usize = 256;

pub fn jobs(text: &str) -> Result<NonZeroUsize, String> {
    let wanted: Option<NonZeroUsize> = text.parse().ok();
    wanted
        .filter(|jobs| jobs.get() <= MOST_JOBS)
        .ok_or_else(|| format!("a number from 1 to {MOST_JOBS} is wanted"))
}
