//! The text files that Ultralytics' YOLO trains on, a page each, in a ZIP archive: class and box of each label, the box
//! by its centre, width and height in fractions of the page.

use std::fmt::Write as _;
use std::io::{self, Write};
use std::mem;
use std::sync::{Arc, Mutex, PoisonError};

use fieldmark_domain::field::Field;
use fieldmark_domain::label::StoredLabel;
use zip::write::{SimpleFileOptions, StreamWriter};
use zip::{CompressionMethod, ZipWriter};

use super::coco::{class, pages_with_labels};
use super::{Exported, Writes};

/// Writes the archive.
pub struct Yolo {
    archive: Option<ZipWriter<StreamWriter<Outlet>>>,
    outlet: Outlet,
}

/// What the archive's writer has written and nobody has taken yet.
#[derive(Clone, Default)]
struct Outlet(Arc<Mutex<Vec<u8>>>);

impl Outlet {
    fn take(&self) -> Vec<u8> {
        mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Write for Outlet {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Yolo {
    /// An empty archive.
    pub fn new() -> Self {
        let outlet = Outlet::default();
        Self { archive: Some(ZipWriter::new_stream(outlet.clone())), outlet }
    }

    fn file(&mut self, name: &str, text: &str) -> io::Result<()> {
        let Some(archive) = &mut self.archive else { return Ok(()) };
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        archive.start_file(name, options).map_err(io::Error::other)?;
        archive.write_all(text.as_bytes())
    }
}

impl Writes for Yolo {
    fn begin(&mut self) -> io::Result<Vec<u8>> {
        let mut yaml = String::from("path: .\ntrain: images\nval: images\nnames:\n");
        for field in Field::ALL {
            // Writing to a string does not fail.
            let _ = writeln!(yaml, "  {}: {}", class(*field), field.name());
        }
        self.file("data.yaml", &yaml)?;
        Ok(self.outlet.take())
    }

    fn document(&mut self, exported: &Exported<'_>) -> io::Result<Vec<u8>> {
        for page in pages_with_labels(exported.labels) {
            let lines: String = exported.labels.iter().filter_map(|label| line(label, page)).collect();
            self.file(&format!("labels/{}-{page}.txt", exported.document.id), &lines)?;
        }
        Ok(self.outlet.take())
    }

    fn end(&mut self) -> io::Result<Option<Vec<u8>>> {
        let Some(archive) = self.archive.take() else { return Ok(None) };
        archive.finish().map_err(io::Error::other)?;
        Ok(Some(self.outlet.take()))
    }
}

fn line(label: &StoredLabel, page: u32) -> Option<String> {
    let bounds = label.label.place.filter(|place| place.page == page)?.bounds;
    let (x, y) = (bounds.left + bounds.width / 2.0, bounds.top + bounds.height / 2.0);
    Some(format!("{} {x:.6} {y:.6} {:.6} {:.6}\n", class(label.label.field), bounds.width, bounds.height))
}
