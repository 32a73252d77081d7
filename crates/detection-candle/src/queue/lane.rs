//! One thread that calls the model: takes a batch, computes it, and answers each caller.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Instant;

use fieldmark_domain::detection::Detection;
use fieldmark_domain::page::Page;
use fieldmark_domain::ports::DetectError;

use super::line::{Line, WaitingPage};
use super::measurements;
use crate::page_model::PageModel;

/// Works until the queue is closed.
pub fn work(model: &dyn PageModel, line: &Line, batch: usize) {
    while let Some(taken) = line.take(batch) {
        look_at(model, taken);
    }
}

fn look_at(model: &dyn PageModel, taken: Vec<WaitingPage>) {
    let (pages, callers): (Vec<Page>, Vec<_>) =
        taken.into_iter().map(|waiting| (waiting.page, waiting.caller)).unzip();
    let began = Instant::now();
    let found = detect(model, &pages);
    measurements::batch(pages.len(), began.elapsed());
    let answers: Vec<_> = match found {
        Ok(found) => found.into_iter().map(Ok).collect(),
        Err(error) => pages.iter().map(|_| Err(error.clone())).collect(),
    };
    for (caller, answer) in callers.into_iter().zip(answers) {
        // The caller may have left; then it needs no answer.
        let _ = caller.send(answer);
    }
}

/// The model's answer. A panic of the model becomes an error, so that the thread keeps running.
fn detect(model: &dyn PageModel, pages: &[Page]) -> Result<Vec<Vec<Detection>>, DetectError> {
    let failed = |reason: String| Err(DetectError::Failed { reason });
    match catch_unwind(AssertUnwindSafe(|| model.detect(pages))) {
        Ok(Ok(found)) if found.len() != pages.len() => {
            failed(format!("the model returned {} results for {} pages", found.len(), pages.len()))
        }
        Ok(answer) => answer,
        Err(panic) => failed(format!("the model panicked: {}", message_of(&*panic))),
    }
}

fn message_of(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("no message")
}
