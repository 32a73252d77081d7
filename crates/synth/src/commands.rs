//! The subcommands of `synth`, and which invoices of the endless row they take.

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
    /// Everything follows from the seed: the same seed makes the same invoices.
    #[arg(long, default_value_t = 1, global = true)]
    seed: u64,
}

#[derive(Subcommand)]
enum Command {
    /// Writes one invoice as a PDF, and what it says as JSON beside it.
    Sample(sample::SampleArguments),
    /// Writes feature shards for training.
    Shards(shards::ShardArguments),
    /// Writes what speaks for each value read from generated pages, and whether it is right.
    Evidence(evidence::EvidenceArguments),
    /// Writes invoices as PDFs with their truth, as `fieldmark eval` takes it.
    Corpus(corpus::CorpusArguments),
    /// Paints a sheet of pages to look at.
    Gallery(gallery::GalleryArguments),
    /// Gives files that are spoilt on purpose to the program, and counts what becomes of them.
    Mutate(mutate::MutateArguments),
    /// Prints what generated pages are like, beside real ones if a folder of them is named.
    Statistics(statistics::StatisticsArguments),
}

/// Does what is asked.
pub fn run(arguments: Arguments) -> Result<()> {
    let generator = Generator::new(arguments.seed);
    match arguments.command {
        Command::Sample(wish) => sample::run(&generator, &wish),
        Command::Shards(wish) => shards::run(&generator, arguments.seed, &wish),
        Command::Evidence(wish) => evidence::run(&generator, arguments.seed, &wish),
        Command::Corpus(wish) => corpus::run(&generator, &wish),
        Command::Gallery(wish) => gallery::run(&generator, &wish),
        Command::Mutate(wish) => mutate::run(arguments.seed, &wish),
        Command::Statistics(wish) => statistics::run(&generator, &wish),
    }
}

/// Which invoices of the endless row are taken.
#[derive(Args)]
struct Choice {
    /// Where in the endless row to begin.
    #[arg(long, default_value_t = 0)]
    first: u64,
    /// Invoices of this layout family alone.
    #[arg(long, value_parser = family)]
    family: Option<LayoutFamily>,
    /// Language and country, for instance sv-SE; any when left out.
    #[arg(long)]
    locale: Option<Locale>,
}

impl Choice {
    /// The invoices with their indices, endless.
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
        format!("no family has this name; there are {}", names.join(", "))
    })
}
