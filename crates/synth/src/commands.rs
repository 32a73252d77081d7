//! The subcommands of `synth`, and the selection of invoices in the generator's endless sequence.

mod corpus;
mod evidence;
mod gallery;
mod mutate;
pub mod page_reader;
mod sample;
mod shards;
mod statistics;

use anyhow::Result;
use clap::{Args, Parser, Subcommand};
use fieldmark_synth::{Generator, LayoutFamily, Locale, SyntheticInvoice};

/// Makes synthetic invoices.
#[derive(Parser)]
#[command(version)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
    /// The seed determines everything: the same seed creates the same invoices.
    #[arg(long, default_value_t = 1, global = true)]
    seed: u64,
}

#[derive(Subcommand)]
enum Command {
    /// Writes one invoice as a PDF, with its truth as JSON next to it.
    Sample(sample::SampleArguments),
    /// Writes feature shards for training.
    Shards(shards::ShardArguments),
    /// Writes the evidence for each value read from generated pages, and whether it is right.
    Evidence(evidence::EvidenceArguments),
    /// Writes invoices as PDFs with their truth, in the format of `fieldmark eval`.
    Corpus(corpus::CorpusArguments),
    /// Paints a sheet of pages to look at.
    Gallery(gallery::GalleryArguments),
    /// Lets the program read mutated files, and counts the outcomes.
    Mutate(mutate::MutateArguments),
    /// Prints statistics of generated pages, next to real ones if a folder is given.
    Statistics(statistics::StatisticsArguments),
}

/// Runs a subcommand.
pub fn run(arguments: Arguments) -> Result<()> {
    let generator = Generator::new(arguments.seed);
    match arguments.command {
        Command::Sample(options) => sample::run(&generator, &options),
        Command::Shards(options) => shards::run(&generator, arguments.seed, &options),
        Command::Evidence(options) => evidence::run(&generator, arguments.seed, &options),
        Command::Corpus(options) => corpus::run(&generator, &options),
        Command::Gallery(options) => gallery::run(&generator, &options),
        Command::Mutate(options) => mutate::run(arguments.seed, &options),
        Command::Statistics(options) => statistics::run(&generator, &options),
    }
}

/// Which invoices of the sequence are used.
#[derive(Args)]
struct Choice {
    /// The index of the first invoice.
    #[arg(long, default_value_t = 0)]
    first: u64,
    /// Only invoices of this layout family.
    #[arg(long, value_parser = family)]
    family: Option<LayoutFamily>,
    /// Language and country, for instance sv-SE; any if omitted.
    #[arg(long)]
    locale: Option<Locale>,
}

impl Choice {
    /// The invoices with their indices, an endless sequence.
    fn invoices(&self, generator: &Generator) -> impl Iterator<Item = (u64, SyntheticInvoice)> {
        let invoice = |index| match self.locale {
            Some(locale) => generator.invoice_in(locale, index),
            None => generator.invoice(index),
        };
        let is_wanted =
            |invoice: &SyntheticInvoice| self.family.is_none_or(|family| invoice.family == family);
        (self.first..)
            .map(move |index| (index, invoice(index)))
            .filter(move |(_, invoice)| is_wanted(invoice))
    }
}

fn family(name: &str) -> Result<LayoutFamily, String> {
    LayoutFamily::ALL.iter().copied().find(|family| family.name() == name).ok_or_else(|| {
        let names: Vec<&str> = LayoutFamily::ALL.iter().map(|family| family.name()).collect();
        format!("there is no such family; use one of {}", names.join(", "))
    })
}
