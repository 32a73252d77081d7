//! Prints synthetic invoices as text with the class of each span, and writes them as PDF files if a
//! folder is given: `cargo run -p fieldmark-synth --example show -- FIRST COUNT [LOCALE|FAMILY|any]
//! [FOLDER]`.

use std::error::Error;
use std::io::Write;
use std::path::Path;

use fieldmark_synth::page::{SyntheticPage, SyntheticWord};
use fieldmark_synth::pdf::{self, PdfOptions};
use fieldmark_synth::{Generator, LayoutFamily, Locale, SyntheticInvoice};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let number = |place: usize, other: u64| arguments.get(place).map_or(Ok(other), |text| text.parse());
    let (first, count) = (number(0, 0)?, number(1, 1)?);
    let wanted = arguments.get(2).filter(|text| *text != "any");
    let family = LayoutFamily::ALL.iter().find(|family| wanted.is_some_and(|name| name == family.name()));
    let locale: Option<Locale> = match family {
        Some(_) => None,
        None => wanted.map(|text| text.parse()).transpose()?,
    };
    let generator = Generator::new(1);
    let mut out = std::io::stdout().lock();
    for index in first..first + count {
        let invoice = match (locale, family) {
            (Some(locale), _) => generator.invoice_in(locale, index),
            (None, Some(family)) => generator.invoice_of(*family, index),
            (None, None) => generator.invoice(index),
        };
        match arguments.get(3) {
            Some(folder) => {
                let name = format!("{index}-{}-{}.pdf", invoice.family, invoice.locale);
                std::fs::write(
                    Path::new(folder).join(name),
                    pdf::write(&invoice.pages, &PdfOptions::default()),
                )?;
            }
            None => print(&invoice, index, &mut out)?,
        }
    }
    Ok(())
}

fn print(invoice: &SyntheticInvoice, index: u64, out: &mut impl Write) -> std::io::Result<()> {
    writeln!(out, "===== {index} {} {}", invoice.family, invoice.locale)?;
    for page in &invoice.pages {
        print_page(page, out)?;
    }
    for (field, value) in &invoice.truth {
        writeln!(out, "  {field}: {value}")?;
    }
    Ok(())
}

fn print_page(page: &SyntheticPage, out: &mut impl Write) -> std::io::Result<()> {
    writeln!(out, "----- {} x {}", page.size.width_pt, page.size.height_pt)?;
    let mut words: Vec<&SyntheticWord> = page.words.iter().collect();
    words.sort_by(|a, b| a.baseline.total_cmp(&b.baseline).then(a.left.total_cmp(&b.left)));
    let mut line = String::new();
    let mut baseline = f32::MIN;
    for word in words {
        if word.baseline - baseline > 2.0 {
            writeln!(out, "{line}")?;
            line.clear();
            baseline = word.baseline;
        }
        let column = (word.left / page.size.width_pt * 150.0) as usize;
        while line.chars().count() < column {
            line.push(' ');
        }
        let mark = if word.starts_span { "‹" } else { "" };
        let class = if word.starts_span {
            word.class.map_or(String::new(), |class| format!("›{} ", class.name()))
        } else {
            String::new()
        };
        line.push_str(&format!("{mark}{}{class} ", word.text));
    }
    writeln!(out, "{line}")
}
