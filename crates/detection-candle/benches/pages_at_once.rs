//! Measures the cost of one page, and of batching pages of unequal length on the processor: the
//! time of a padded batch relative to its pages one by one, and relative to a batch without
//! padding, all in one run.
//!
//!     cargo bench -p fieldmark-detection-candle

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark may panic, and prints what it measured"
)]

use std::hint::black_box;
use std::time::Instant;

use fieldmark_detection_candle::features::PageFeatures;
use fieldmark_detection_candle::{Device, LayoutDetector};
use fieldmark_domain::geometry::BoundingBox;
use fieldmark_domain::page::{PageSize, Word};

const REPEATS: u32 = 20;

fn features(words: usize) -> PageFeatures {
    let word = |index: usize| Word {
        text: if index.is_multiple_of(5) { format!("{index}.234,56") } else { format!("Posten{index}") },
        bounds: BoundingBox {
            left: 0.05 + 0.11 * (index % 8) as f32,
            top: 0.03 + 0.014 * (index / 8) as f32,
            width: 0.09,
            height: 0.011,
        },
        font_size: 9.0,
    };
    let words: Vec<Word> = (0..words).map(word).collect();
    PageFeatures::of(&words, PageSize { width_pt: 595.0, height_pt: 842.0 })
}

/// The minimum of some runs, in milliseconds.
fn milliseconds(mut work: impl FnMut()) -> f64 {
    work();
    let once = |work: &mut dyn FnMut()| {
        let began = Instant::now();
        work();
        began.elapsed().as_secs_f64() * 1000.0
    };
    (0..REPEATS).map(|_| once(&mut work)).fold(f64::INFINITY, f64::min)
}

fn main() {
    let detector = LayoutDetector::bundled(Device::Cpu).unwrap();
    let mut one_by_one = 0.0;
    let pages: Vec<PageFeatures> = [80, 150, 250, 500].into_iter().map(features).collect();
    for page in &pages {
        let time = milliseconds(|| {
            black_box(detector.logits(vec![page]).unwrap());
        });
        println!("{:4} words: {time:7.2} ms", page.len());
        one_by_one += time;
    }
    let together = milliseconds(|| {
        black_box(detector.logits(pages.iter().collect()).unwrap());
    });
    println!(
        "all four padded into one batch: {together:.2} ms, {:.2} times one by one",
        together / one_by_one
    );
    let page = features(150);
    let one_by_one = milliseconds(|| {
        for _ in 0..8 {
            black_box(detector.logits(vec![&page]).unwrap());
        }
    });
    let together = milliseconds(|| {
        black_box(detector.logits(vec![&page; 8]).unwrap());
    });
    println!(
        "eight of the same length in one batch: {together:.2} ms, {:.2} times one by one",
        together / one_by_one
    );
}
