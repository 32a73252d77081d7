//! Writes the seeds of `frames`: pipes with the frames that readers and workers really write.
//!
//! `cargo run --example frame_seeds` in this package's folder, when a message has changed.

use std::error::Error;
use std::fs;
use std::path::Path;

use fieldmark_document_reader::fuzzing::{Answer, Finish, Order, ReadOrder, write};
use fieldmark_domain::content::FileMetadata;
use fieldmark_domain::media_type::MediaType;
use fieldmark_domain::geometry::BoundingBox;
use fieldmark_domain::page::{Page, PageSize, TextLayer, TextVerdict, Word};
use serde::Serialize;

fn main() -> Result<(), Box<dyn Error>> {
    let order = ReadOrder { password: Some("open".to_owned()), ..ReadOrder::default() };
    let read = pipe(&[(&Order::Read(order), b"%PDF-1.7"), (&Order::Read(ReadOrder::default()), b"")])?;
    let answers = pipe(&[
        (&Answer::Greeting("fieldmark reader worker".to_owned()), b""),
        (&Answer::Page { page: page(), raster: Some((2, 3)) }, &[255; 6]),
        (&finish(), b""),
    ])?;
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds/frames");
    fs::create_dir_all(&folder)?;
    fs::write(folder.join("orders"), read)?;
    fs::write(folder.join("answers"), answers)?;
    Ok(())
}

/// The target's allowance, three numbers of 16 bits, and the frames.
fn pipe<M: Serialize>(frames: &[(&M, &[u8])]) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut pipe: Vec<u8> = [1000_u16, 1000, 100].into_iter().flat_map(u16::to_le_bytes).collect();
    for (message, body) in frames {
        write(&mut pipe, message, body)?;
    }
    Ok(pipe)
}

fn page() -> Page {
    let bounds = BoundingBox { left: 0.7, top: 0.6, width: 0.1, height: 0.012 };
    Page {
        number: 1,
        size: PageSize { width_pt: 595.3, height_pt: 841.9 },
        words: vec![Word { text: "1.250,00".to_owned(), bounds, font_size: 10.0 }],
        text_layer: TextLayer { verdict: TextVerdict::Good, reasons: Vec::new() },
        raster: None,
    }
}

fn finish() -> Answer {
    Answer::Finished(Box::new(Finish {
        media_type: MediaType::Pdf,
        metadata: FileMetadata { title: Some("Invoice".to_owned()), ..FileMetadata::default() },
        page_count: 1,
        electronic_invoices: Vec::new(),
        unread: vec!["an attachment".to_owned()],
    }))
}
