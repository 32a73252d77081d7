//! Reads PDF files and prints, for each page, its size, the verdict on its text, and its lines.
//!
//! `cargo run -p fieldmark-document-reader --example read_pdf -- [--raster ROWS] [--quiet] FILE…`
//!
//! The path of libpdfium is `FIELDMARK_READER__PDFIUM` (an absolute path). Without it, libpdfium is
//! looked for beside this program and in the repository's folder `data`. The program starts itself
//! as the worker, as a service that embeds the reader would.

#![expect(clippy::print_stdout, reason = "a program for the terminal")]

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use fieldmark_document_reader::{ReaderOptions, WorkerPool, run_worker};
use fieldmark_domain::content::DocumentContent;
use fieldmark_domain::layout::PageLayout;
use fieldmark_domain::ports::{DocumentReader, ReadRequest};

/// Where `cargo xtask pdfium` puts the library.
const DATA_FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../data");

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1).peekable();
    if arguments.peek().is_some_and(|first| first == "reader-worker") {
        return run_worker();
    }
    let options = ReaderOptions {
        pdfium: std::env::var_os("FIELDMARK_READER__PDFIUM").map(PathBuf::from),
        data_folder: Some(PathBuf::from(DATA_FOLDER)),
        ..ReaderOptions::default()
    };
    let (Ok(pool), Ok(runtime)) =
        (WorkerPool::new(options), tokio::runtime::Builder::new_current_thread().enable_all().build())
    else {
        return ExitCode::FAILURE;
    };
    let (mut raster_height, mut quiet) = (None, false);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--raster" => raster_height = arguments.next().and_then(|rows| rows.parse().ok()),
            "--quiet" => quiet = true,
            file => runtime.block_on(show(&pool, file, raster_height, quiet)),
        }
    }
    ExitCode::SUCCESS
}

async fn show(pool: &WorkerPool, file: &str, raster_height: Option<u32>, quiet: bool) {
    let bytes = match std::fs::read(file) {
        Ok(bytes) => bytes,
        Err(error) => return println!("{file}: {error}"),
    };
    let start = Instant::now();
    let answer = pool.read(ReadRequest { raster_height, ..ReadRequest::new(bytes) }).await;
    let milliseconds = start.elapsed().as_millis();
    match answer {
        Ok(document) => print(file, &document, milliseconds, quiet),
        Err(error) => println!("{file}: {milliseconds} ms, {}: {error}", error.code()),
    }
}

fn print(file: &str, document: &DocumentContent, milliseconds: u128, quiet: bool) {
    println!("{file}: {milliseconds} ms, {} pages, {:?}", document.page_count, document.metadata);
    for page in &document.pages {
        let (verdict, count) = (&page.text_layer, page.words.len());
        println!("page {}: {:?}, {count} words, {:?}", page.number, page.size, verdict);
        let layout = PageLayout::of(&page.words, page.size);
        for line in layout.lines.iter().filter(|_| !quiet) {
            let words: Vec<&str> =
                line.iter().filter_map(|&index| Some(page.words.get(index)?.text.as_str())).collect();
            println!("  {}", words.join(" "));
        }
    }
}
