//! Measures whether threads and batches across requests pay off: pages per second through the
//! queue, relative to one thread that takes one page at a time, all in one run. Several callers
//! request two pages each, again and again.
//!
//!     cargo bench -p fieldmark-detection-candle --bench queue

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
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
/// The best of this number of rounds counts.
const ROUNDS: usize = 6;

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

/// Pages per second of one run.
async fn throughput(queue: &Arc<DetectionQueue>) -> f64 {
    let began = Instant::now();
    let callers: Vec<_> = (0..CALLERS)
        .map(|caller| {
            let queue = Arc::clone(queue);
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
    (CALLERS * REQUESTS * 2) as f64 / began.elapsed().as_secs_f64()
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let cores = std::thread::available_parallelism().unwrap().get();
    let kinds: Vec<(usize, usize)> =
        [1, cores, 2 * cores].into_iter().flat_map(|threads| [1, 8].map(|batch| (threads, batch))).collect();
    let queue = |&(threads, batch): &(usize, usize)| {
        let model = LayoutDetector::bundled(Device::Cpu).unwrap();
        Arc::new(DetectionQueue::start(model, &QueueOptions { queue: 256, batch, threads }).unwrap())
    };
    let queues: Vec<_> = kinds.iter().map(queue).collect();
    let mut best = vec![0.0_f64; kinds.len()];
    // Alternate the variants, so that other load on the machine affects all of them equally.
    for _ in 0..ROUNDS {
        for (queue, best) in queues.iter().zip(&mut best) {
            *best = best.max(throughput(queue).await);
        }
    }
    println!("1 thread, 1 page at once: {:.0} pages a second", best[0]);
    for ((threads, batch), throughput) in kinds.iter().zip(&best) {
        println!("{threads} threads, {batch} pages at once: {:.2} times", throughput / best[0]);
    }
}
