//! The queue with a model that the tests control call by call.

use std::collections::VecDeque;
use std::sync::mpsc;
use std::sync::{Mutex, PoisonError};
use std::task::Poll;

use fieldmark_domain::detection::SpanClass;
use fieldmark_domain::field::Field;
use fieldmark_domain::geometry::BoundingBox;
use fieldmark_domain::page::{PageSize, TextLayer, TextVerdict, Word};
use futures_util::poll;

use super::*;

/// Reports each call, and answers it only when the test allows it: each page gets one detection
/// that names its number.
struct SteeredModel {
    begun: mpsc::Sender<Vec<u32>>,
    let_go: Mutex<mpsc::Receiver<Act>>,
}

/// The model's reaction to a call.
enum Act {
    Answer,
    Fail,
    Panic,
    AnswerTooLittle,
}

/// The test's handle of a [`SteeredModel`].
struct Steering {
    begun: mpsc::Receiver<Vec<u32>>,
    let_go: mpsc::Sender<Act>,
}

impl Steering {
    /// Waits for the next call, and returns its pages.
    fn next_call(&self) -> Vec<u32> {
        self.begun.recv().unwrap()
    }

    fn let_go(&self, act: Act) {
        self.let_go.send(act).unwrap();
    }
}

fn steered() -> (SteeredModel, Steering) {
    let ((tell, begun), (let_go, wait)) = (mpsc::channel(), mpsc::channel());
    (SteeredModel { begun: tell, let_go: Mutex::new(wait) }, Steering { begun, let_go })
}

impl PageModel for SteeredModel {
    fn identity(&self) -> DetectorIdentity {
        DetectorIdentity { name: "steered-1".to_owned(), sha256: String::new() }
    }

    fn needs(&self) -> Needs {
        Needs { words: true, raster_height: None }
    }

    fn detect(&self, pages: &[Page]) -> Result<Vec<Vec<Detection>>, DetectError> {
        self.begun.send(pages.iter().map(|page| page.number).collect()).unwrap();
        let act = self.let_go.lock().unwrap_or_else(PoisonError::into_inner).recv().unwrap();
        match act {
            Act::Answer => Ok(pages.iter().map(named).collect()),
            Act::Fail => Err(DetectError::Failed { reason: "no memory left".to_owned() }),
            Act::Panic => panic!("index out of bounds"),
            Act::AnswerTooLittle => Ok(Vec::new()),
        }
    }
}

fn named(page: &Page) -> Vec<Detection> {
    let (class, bounds) = (SpanClass::Value(Field::InvoiceNumber), page.words[0].bounds);
    vec![Detection { class, score: 0.9, bounds, words: vec![page.number] }]
}

fn page(number: u32) -> Page {
    let bounds = BoundingBox { left: 0.1, top: 0.1, width: 0.1, height: 0.02 };
    Page {
        number,
        size: PageSize { width_pt: 595.0, height_pt: 842.0 },
        words: vec![Word { text: number.to_string(), bounds, font_size: 10.0 }],
        text_layer: TextLayer { verdict: TextVerdict::Good, reasons: Vec::new() },
        raster: None,
    }
}

fn pages(numbers: &[u32]) -> Vec<Page> {
    numbers.iter().map(|number| page(*number)).collect()
}

fn answers(numbers: &[u32]) -> Vec<Vec<Detection>> {
    pages(numbers).iter().map(named).collect()
}

/// One thread with a model that the test controls.
fn queue(queue: usize, batch: usize) -> (DetectionQueue, Steering) {
    let (model, steering) = steered();
    (DetectionQueue::start(model, &QueueOptions { queue, batch, threads: 1 }).unwrap(), steering)
}

fn reason(answer: Poll<Result<Vec<Vec<Detection>>, DetectError>>) -> String {
    match answer {
        Poll::Ready(Err(DetectError::Failed { reason })) => reason,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn no_more_pages_wait_than_there_are_places() {
    let (queue, steering) = queue(3, 1);
    let looked_at = pages(&[1]);
    let mut first = queue.detect(&looked_at);
    assert!(poll!(&mut first).is_pending());
    assert_eq!(steering.next_call(), [1]);
    let (two, three, four) = (pages(&[2, 3]), pages(&[4, 5]), pages(&[6]));
    let mut second = queue.detect(&two);
    assert!(poll!(&mut second).is_pending());
    assert_eq!(queue.detect(&three).await, Err(DetectError::Overloaded), "one place is left for two pages");
    let mut third = queue.detect(&four);
    assert!(poll!(&mut third).is_pending(), "the last place is not taken by a request that was refused");
    assert_eq!(queue.detect(&pages(&[7])).await, Err(DetectError::Overloaded));
    (0..4).for_each(|_| steering.let_go(Act::Answer));
    assert_eq!(first.await, Ok(answers(&[1])));
    assert_eq!(second.await, Ok(answers(&[2, 3])));
    assert_eq!(third.await, Ok(answers(&[6])));
    (0..3).for_each(|_| steering.let_go(Act::Answer));
    assert_eq!(
        queue.detect(&pages(&[8, 9, 10])).await,
        Ok(answers(&[8, 9, 10])),
        "all places are free again"
    );
    assert_eq!(queue.detect(&pages(&[1, 2, 3, 4])).await, Err(DetectError::Overloaded));
}

#[tokio::test]
async fn pages_of_several_requests_share_a_call_and_each_caller_gets_its_own() {
    let (queue, steering) = queue(8, 4);
    let (one, two, three) = (pages(&[1]), pages(&[2, 3]), pages(&[4, 5, 6]));
    let mut first = queue.detect(&one);
    assert!(poll!(&mut first).is_pending());
    assert_eq!(steering.next_call(), [1], "a page that comes alone does not wait for company");
    let (mut second, mut third) = (queue.detect(&two), queue.detect(&three));
    assert!(poll!(&mut second).is_pending() && poll!(&mut third).is_pending());
    (0..3).for_each(|_| steering.let_go(Act::Answer));
    assert_eq!(third.await, Ok(answers(&[4, 5, 6])));
    assert_eq!(second.await, Ok(answers(&[2, 3])));
    assert_eq!(first.await, Ok(answers(&[1])));
    assert_eq!(steering.next_call(), [2, 3, 4, 5], "in the order in which they came, no more than a batch");
    assert_eq!(steering.next_call(), [6]);
}

#[tokio::test]
async fn pages_of_callers_who_left_are_not_looked_at() {
    let (queue, steering) = queue(8, 2);
    let (one, two, three) = (pages(&[1]), pages(&[2, 3, 4]), pages(&[5, 6]));
    let mut first = queue.detect(&one);
    assert!(poll!(&mut first).is_pending());
    assert_eq!(steering.next_call(), [1]);
    let (mut second, mut third) = (queue.detect(&two), queue.detect(&three));
    assert!(poll!(&mut second).is_pending() && poll!(&mut third).is_pending());
    drop(second);
    (0..2).for_each(|_| steering.let_go(Act::Answer));
    assert_eq!(third.await, Ok(answers(&[5, 6])));
    assert_eq!(steering.next_call(), [5, 6], "the rest of the batch is filled from behind those who left");
    assert!(steering.begun.try_recv().is_err());
}

#[tokio::test]
async fn places_of_callers_who_left_are_reused() {
    let (queue, steering) = queue(2, 2);
    let (one, two, three) = (pages(&[1]), pages(&[2, 3]), pages(&[4, 5]));
    let mut first = queue.detect(&one);
    assert!(poll!(&mut first).is_pending());
    assert_eq!(steering.next_call(), [1]);
    let mut second = queue.detect(&two);
    assert!(poll!(&mut second).is_pending());
    drop(second);
    let mut third = queue.detect(&three);
    assert!(poll!(&mut third).is_pending(), "the model is still at its first page, and there is a place");
    (0..2).for_each(|_| steering.let_go(Act::Answer));
    assert_eq!(third.await, Ok(answers(&[4, 5])));
}

#[tokio::test]
async fn a_fault_of_the_model_fails_one_batch() {
    let (queue, steering) = queue(8, 1);
    for (act, said) in [
        (Act::Panic, "index out of bounds"),
        (Act::Fail, "no memory left"),
        (Act::AnswerTooLittle, "0 results for 1 pages"),
    ] {
        steering.let_go(act);
        let answer = queue.detect(&pages(&[1])).await;
        assert!(reason(Poll::Ready(answer)).contains(said));
        steering.let_go(Act::Answer);
        assert_eq!(queue.detect(&pages(&[2])).await, Ok(answers(&[2])));
    }
}

#[tokio::test]
async fn a_request_without_pages_does_not_call_the_model() {
    let (queue, steering) = queue(1, 1);
    assert_eq!(queue.detect(&[]).await, Ok(Vec::new()));
    assert!(steering.begun.try_recv().is_err());
}

#[tokio::test]
async fn only_what_the_model_looks_at_is_queued() {
    let (queue, _steering) = queue(1, 1);
    let raster = fieldmark_domain::page::GrayRaster { width: 1, height: 1, pixels: vec![0] };
    let pictured = Page { raster: Some(raster), ..page(3) };
    assert_eq!(queue.copy_of(&pictured), page(3));
}

#[test]
fn dropping_the_queue_ends_its_threads() {
    let (model, steering) = steered();
    let queue = DetectionQueue::start(model, &QueueOptions { queue: 1, batch: 1, threads: 3 }).unwrap();
    assert_eq!(queue.identity().name, "steered-1");
    drop(queue);
    // The threads own the model, and the model owns the sender: this returns when the last thread
    // has ended.
    assert!(steering.begun.recv().is_err());
}

#[test]
fn lanes_with_nothing_to_do_get_their_share() {
    let places = Arc::new(tokio::sync::Semaphore::new(5));
    let (waiting, _callers): (VecDeque<_>, Vec<_>) = (1..=5)
        .map(|number| {
            let (caller, answer) = tokio::sync::oneshot::channel();
            let place = Arc::clone(&places).try_acquire_owned().unwrap();
            (line::WaitingPage::new(page(number), caller, place), answer)
        })
        .unzip();
    let mut state = line::State { waiting, idle_lanes: 1, is_closed: false };
    assert_eq!([8, 8, 8].map(|batch| state.take(batch).len()), [3, 1, 1]);
}

#[test]
fn options_out_of_range_start_no_thread() {
    let (model, steering) = steered();
    let refused = DetectionQueue::start(model, &QueueOptions { queue: 1, batch: 0, threads: 1 });
    assert!(matches!(refused, Err(QueueError::Options(_))));
    assert!(steering.begun.recv().is_err());
}
