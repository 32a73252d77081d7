//! Documents drawn by hand: lines of words, and what a detector would say of them.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a sketch that is wrong should fail its test"
)]

use fieldmark_domain::content::DocumentContent;
use fieldmark_domain::detection::{Detection, SpanClass};
use fieldmark_domain::field::Field;
use fieldmark_domain::geometry::BoundingBox;
use fieldmark_domain::page::{Page, PageSize, TextLayer, TextVerdict, Word};
use fieldmark_domain::reading::{Reading, ReadingOptions, read_fields};

const SIZE: PageSize = PageSize { width_pt: 600.0, height_pt: 800.0 };
const LETTER: f32 = 5.0;
const SPACE: f32 = 3.0;
const HEIGHT: f32 = 10.0;

/// A page in the making. Places are points.
#[derive(Default)]
pub struct Sketch {
    words: Vec<Word>,
    detections: Vec<Detection>,
}

impl Sketch {
    /// Words that the detector says nothing of.
    pub fn text(mut self, left: f32, top: f32, text: &str) -> Self {
        self.put(left, top, text);
        self
    }

    /// Words that the detector takes for something.
    pub fn span(mut self, left: f32, top: f32, text: &str, class: SpanClass, score: f32) -> Self {
        let words = self.put(left, top, text);
        self.detect(words, class, score);
        self
    }

    /// A field's value.
    pub fn value(self, left: f32, top: f32, text: &str, field: Field, score: f32) -> Self {
        self.span(left, top, text, SpanClass::Value(field), score)
    }

    /// A field's caption.
    pub fn caption(self, left: f32, top: f32, text: &str, field: Field) -> Self {
        self.span(left, top, text, SpanClass::Caption(field), 0.95)
    }

    /// Another claim on the words that were put last.
    pub fn also(mut self, class: SpanClass, score: f32) -> Self {
        let words = self.detections.last().map(|last| last.words.clone()).unwrap_or_default();
        self.detect(words, class, score);
        self
    }

    /// A claim on all words inside a box, given as a detector of pictures gives it.
    pub fn block(
        mut self,
        left: f32,
        top: f32,
        right: f32,
        bottom: f32,
        class: SpanClass,
        score: f32,
    ) -> Self {
        let (width, height) = (SIZE.width_pt, SIZE.height_pt);
        let bounds = BoundingBox::from_edges(left / width, top / height, right / width, bottom / height);
        self.detections.push(Detection { class, score, bounds, words: Vec::new() });
        self
    }

    fn put(&mut self, left: f32, top: f32, text: &str) -> Vec<u32> {
        let mut x = left;
        text.split(' ')
            .map(|word| {
                let width = LETTER * word.chars().count() as f32;
                let bounds = BoundingBox::from_edges(
                    x / SIZE.width_pt,
                    top / SIZE.height_pt,
                    (x + width) / SIZE.width_pt,
                    (top + HEIGHT) / SIZE.height_pt,
                );
                x += width + SPACE;
                self.words.push(Word { text: word.to_owned(), bounds, font_size: HEIGHT });
                u32::try_from(self.words.len() - 1).unwrap()
            })
            .collect()
    }

    fn detect(&mut self, words: Vec<u32>, class: SpanClass, score: f32) {
        let boxes = words.iter().map(|word| &self.words[*word as usize].bounds);
        let bounds = BoundingBox::union_of(boxes).unwrap();
        self.detections.push(Detection { class, score, bounds, words });
    }

    /// The page as a document of its own, and its detections.
    pub fn finish(self) -> (DocumentContent, Vec<Vec<Detection>>) {
        let page = Page {
            number: 1,
            size: SIZE,
            words: self.words,
            text_layer: TextLayer { verdict: TextVerdict::Good, reasons: Vec::new() },
            raster: None,
        };
        (DocumentContent::of_pages(vec![page]), vec![self.detections])
    }

    /// Reads the page, however unsure: which value is chosen is what sketches ask.
    pub fn read(self) -> Reading {
        let (document, detections) = self.finish();
        read_fields(&document, &detections, &ReadingOptions { threshold: 0.0, ..ReadingOptions::default() })
    }
}

/// A field's value in its normal form; empty when it was not found.
pub fn value(reading: &Reading, field: Field) -> String {
    reading
        .labels
        .iter()
        .find(|label| label.field == field)
        .map(|label| label.value.to_string())
        .unwrap_or_default()
}
