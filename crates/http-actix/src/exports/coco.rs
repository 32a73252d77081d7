//! The JSON of the COCO dataset (Lin et al., 2014; "Data format" on its site): images, annotations, categories.
//!
//! Images come before annotations in the file and with them from the documents, so that annotations wait in a temporary
//! file without a name until all images are written.

use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::Path;

use fieldmark_domain::field::Field;
use fieldmark_domain::label::StoredLabel;
use serde_json::{Value, json};

use super::{Exported, Writes};
use crate::addresses;
use crate::problem::{Code, Problem};

/// As much of the waiting annotations as is sent at once.
const PIECE: usize = 64 << 10;

/// Writes COCO's JSON.
pub struct Coco {
    annotations: io::BufWriter<File>,
    images: u64,
    written: u64,
    stage: Stage,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Images,
    Annotations,
    Done,
}

impl Coco {
    /// Annotations wait in a file of this folder.
    ///
    /// # Errors
    /// `storage_failed`.
    pub fn new(folder: &Path) -> Result<Self, Problem> {
        let file = tempfile::tempfile_in(folder).map_err(|error| {
            tracing::error!("an export cannot be kept on disk: {error}");
            Problem::new(Code::StorageFailed, "the export cannot be made; the log says why")
        })?;
        Ok(Self { annotations: io::BufWriter::new(file), images: 0, written: 0, stage: Stage::Images })
    }

    fn annotate(&mut self, label: &StoredLabel, image: u64, (columns, rows): (u32, u32)) -> io::Result<()> {
        let Some(place) = label.label.place else { return Ok(()) };
        let bounds = place.bounds;
        let (columns, rows) = (f64::from(columns), f64::from(rows));
        let [left, top, width, height] = [
            f64::from(bounds.left) * columns,
            f64::from(bounds.top) * rows,
            f64::from(bounds.width) * columns,
            f64::from(bounds.height) * rows,
        ]
        .map(|pixels| (pixels * 100.0).round() / 100.0);
        let before = if self.written == 0 { "" } else { "," };
        self.written += 1;
        let annotation = json!({
            "id": self.written, "image_id": image, "category_id": category(label.label.field),
            "bbox": [left, top, width, height], "area": width * height, "iscrowd": 0,
            "text": label.label.raw, "value": label.label.value.to_string(), "score": (f64::from(label.label.confidence) * 1e3).round() / 1e3,
        });
        write!(self.annotations, "{before}\n{annotation}")
    }
}

impl Writes for Coco {
    fn wants_pages(&self) -> bool {
        true
    }

    fn begin(&mut self) -> io::Result<Vec<u8>> {
        let categories: Vec<Value> = Field::ALL
            .iter()
            .map(|field| json!({"id": category(*field), "name": field.name(), "supercategory": "invoice"}))
            .collect();
        Ok(format!(
            "{{\"info\": {{\"description\": \"Fieldmark labels\"}},\n\"categories\": {},\n\"images\": [",
            json!(categories)
        )
        .into_bytes())
    }

    fn document(&mut self, exported: &Exported<'_>) -> io::Result<Vec<u8>> {
        let mut images = Vec::new();
        for page in pages_with_labels(exported.labels) {
            let Some(pixels) = exported.pages.pixels(page) else { continue };
            let before = if self.images == 0 { "" } else { "," };
            self.images += 1;
            let id = exported.document.id;
            let image = json!({
                "id": self.images, "file_name": format!("{id}-{page}.png"), "width": pixels.0, "height": pixels.1,
                "document_id": id.to_string(), "page": page,
                "coco_url": format!("{}?height={}&overlay=false", addresses::of_page(id, page), pixels.1),
            });
            write!(images, "{before}\n{image}")?;
            let number = self.images;
            for label in exported
                .labels
                .iter()
                .filter(|label| label.label.place.is_some_and(|place| place.page == page))
            {
                self.annotate(label, number, pixels)?;
            }
        }
        Ok(images)
    }

    fn end(&mut self) -> io::Result<Option<Vec<u8>>> {
        match self.stage {
            Stage::Images => {
                self.stage = Stage::Annotations;
                self.annotations.flush()?;
                self.annotations.get_mut().seek(SeekFrom::Start(0))?;
                Ok(Some(b"],\n\"annotations\": [".to_vec()))
            }
            Stage::Annotations => {
                let mut piece = Vec::new();
                self.annotations.get_mut().take(PIECE as u64).read_to_end(&mut piece)?;
                if piece.is_empty() {
                    self.stage = Stage::Done;
                    piece = b"]}\n".to_vec();
                }
                Ok(Some(piece))
            }
            Stage::Done => Ok(None),
        }
    }
}

/// The pages that have a label on them, in their order.
pub fn pages_with_labels(labels: &[StoredLabel]) -> Vec<u32> {
    let mut pages: Vec<u32> = labels.iter().filter_map(|label| Some(label.label.place?.page)).collect();
    pages.sort_unstable();
    pages.dedup();
    pages
}

/// Categories are counted from 1, in the order of the fields.
fn category(field: Field) -> usize {
    class(field) + 1
}

/// The number of a field, counted from 0.
pub fn class(field: Field) -> usize {
    Field::ALL.iter().position(|other| *other == field).unwrap_or_default()
}
