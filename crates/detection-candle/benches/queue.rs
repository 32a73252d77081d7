//! Whether threads and batches over requests pay: pages a second through the queue, as a ratio to one thread that
//! takes one page at a time, all in this run. Several callers ask for two pages each, again and again.
//!
//!     cargo bench -p fieldmark-detection-candle --bench queue

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark may panic, and prints what it measured"
)]

use std::hint::black_box;
use std::sync::Arc;
use std::time::Instant;

use fieldmark_detection_candle::{DetectionQueue, Device, LayoutDetector, QueueOptions};
use fieldmark_domain::geometry::BoundingBox;
use fieldmark_domain::page::{Page, PageSize, TextLayer, TextVerdict, Word};
use fieldmark_domain::ports::FieldDetector as _;

const CALLERS: usize = 8;
const REQUESTS: usize = 5;
/// The best of so many runs counts.
const RUNS: usize = 3;

fn page(words: usize) -> Page {
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
    Page {
        number: 1,
        size: PageSize { width_pt: 595.0, height_pt: 842.0 },
        words: (0..words).map(word).collect(),
        text_layer: TextLayer { verdict: TextVerdict::Good, reasons: Vec::new() },
        raster: None,
    }
}

/// Pages a second.
async fn throughput(options: QueueOptions) -> f64 {
    let model = LayoutDetector::bundled(Device::Cpu).unwrap();
    let queue = Arc::new(DetectionQueue::start(model, &options).unwrap());
    queue.detect(&[page(150)]).await.unwrap();
    let mut best = 0.0_f64;
    for _ in 0..RUNS {
        let began = Instant::now();
        let callers: Vec<_> = (0..CALLERS)
            .map(|caller| {
                let queue = Arc::clone(&queue);
                let pages = [page(120 + caller * 10), page(60 + caller * 5)];
                tokio::spawn(async move {
                    for _ in 0..REQUESTS {
                        black_box(queue.detect(&pages).await.unwrap());
                    }
                })
            })
            .collect();
        for caller in callers {
            caller.await.unwrap();
        }
        best = best.max((CALLERS * REQUESTS * 2) as f64 / began.elapsed().as_secs_f64());
    }
    best
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let cores = std::thread::available_parallelism().unwrap().get();
    let single = throughput(QueueOptions { queue: 256, batch: 1, lanes: 1 }).await;
    println!("1 thread, 1 page at once: {single:.0} pages a second");
    for lanes in [1, cores, 2 * cores] {
        for batch in [1, 8] {
            let ratio = throughput(QueueOptions { queue: 256, batch, lanes }).await / single;
            println!("{lanes} threads, {batch} pages at once: {ratio:.2} times");
        }
    }
}
