//! `synth gallery`: a sheet of generated pages to look at, rendered from their PDFs like in a
//! viewer.

mod sheet;
mod tints;

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Args;
use fieldmark_domain::page::GrayRaster;
use fieldmark_synth::page::SyntheticPage;
use fieldmark_synth::pdf::{self, PdfOptions};
use fieldmark_synth::{Generator, SyntheticInvoice};

use super::Choice;
use super::page_reader::PageReader;
use sheet::Sheet;

/// Points in an inch.
const POINTS: f32 = 72.0;

#[derive(Args)]
pub struct GalleryArguments {
    /// The PNG to write.
    #[arg(long)]
    out: PathBuf,
    #[command(flatten)]
    choice: Choice,
    /// Number of pages; all pages of an invoice are shown, one after the other.
    #[arg(long, default_value_t = 24)]
    count: usize,
    /// Number of pages per row.
    #[arg(long, default_value_t = 6)]
    columns: usize,
    /// Resolution: pixels per inch of page.
    #[arg(long, default_value_t = 70.0)]
    dots_per_inch: f32,
    /// Tint each word by its class and underline it by the role of its block.
    #[arg(long)]
    labels: bool,
}

/// A page and its labels.
struct Exhibit {
    page: SyntheticPage,
    raster: GrayRaster,
    caption: String,
}

/// Paints the sheet.
pub fn run(generator: &Generator, options: &GalleryArguments) -> Result<()> {
    let reader = PageReader::new()?;
    let mut exhibits = Vec::new();
    for (index, invoice) in options.choice.invoices(generator) {
        exhibits.extend(photograph(&reader, index, invoice, options.dots_per_inch)?);
        if exhibits.len() >= options.count {
            break;
        }
    }
    exhibits.truncate(options.count);
    let mut sheet = Sheet::of(&exhibits, options.columns);
    for (place, exhibit) in exhibits.iter().enumerate() {
        sheet.hang(place, exhibit, options.labels);
    }
    let png = sheet.into_png(options.labels)?;
    fs::write(&options.out, png).with_context(|| format!("cannot write {}", options.out.display()))
}

/// The pages of an invoice with their pictures.
fn photograph(
    reader: &PageReader,
    index: u64,
    invoice: SyntheticInvoice,
    dots_per_inch: f32,
) -> Result<Vec<Exhibit>> {
    let Some(height) = invoice.pages.first().map(|page| page.size.height_pt) else { return Ok(Vec::new()) };
    let rows = (height / POINTS * dots_per_inch).round().max(1.0) as u32;
    let document = reader.read(pdf::write(&invoice.pages, &PdfOptions::default()), Some(rows))?;
    let named = format!("{index} {} {} {}", invoice.family, invoice.locale, invoice.kind.name());
    let rasters = document.pages.into_iter().map(|page| page.raster);
    let pages = invoice.pages.into_iter().zip(rasters).enumerate();
    Ok(pages
        .filter_map(|(number, (page, raster))| {
            let caption = if number == 0 { named.clone() } else { format!("{named} p{}", number + 1) };
            Some(Exhibit { page, raster: raster?, caption })
        })
        .collect())
}
