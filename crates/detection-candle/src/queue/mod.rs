//! Runs a model behind the domain's port: threads that own it, and a bounded queue of pages in
//! front of them.
//!
//! Pages are queued one by one, so that the pages of one request spread over idle threads and pages
//! of several requests share one call of the model. Does not know what a model does with pages.

mod lane;
mod line;
mod measurements;
mod options;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use async_trait::async_trait;
use fieldmark_domain::detection::Detection;
use fieldmark_domain::page::Page;
use fieldmark_domain::ports::{DetectError, DetectorIdentity, FieldDetector, Needs};

use crate::page_model::PageModel;
use line::Line;
pub use options::{OptionsError, QueueOptions};

/// A [`FieldDetector`] whose model runs on its own threads, behind a bounded queue.
///
/// A single page is processed at once: a batch contains what waits when a thread becomes free, and
/// no page waits for others. Pages whose callers have left are skipped. A panic of the model fails
/// the pages of its batch, and the thread keeps running. Callers may be on any runtime or on none.
/// Dropping the queue ends its threads, each after its current batch.
pub struct DetectionQueue {
    identity: DetectorIdentity,
    needs: Needs,
    line: Arc<Line>,
}

/// Why a queue did not start.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum QueueError {
    /// An option is outside its range.
    #[error(transparent)]
    Options(#[from] OptionsError),
    /// The system cannot start a thread.
    #[error("a detection thread cannot be started")]
    Thread(#[source] std::io::Error),
}

impl DetectionQueue {
    /// Starts the threads that own this model.
    ///
    /// # Errors
    /// When an option is outside its range, or a thread cannot be started.
    pub fn start(model: impl PageModel + 'static, options: &QueueOptions) -> Result<Self, QueueError> {
        options.validate()?;
        measurements::describe();
        let line = Arc::new(Line::new(options.queue));
        let queue = Self { identity: model.identity(), needs: model.needs(), line };
        let (model, batch) = (Arc::new(model), options.batch);
        for number in 1..=options.threads {
            let (model, line) = (Arc::clone(&model), Arc::clone(&queue.line));
            std::thread::Builder::new()
                .name(format!("detection-{number}"))
                .spawn(move || lane::work(&*model, &line, batch))
                // Threads that did start end when the queue is dropped here.
                .map_err(QueueError::Thread)?;
        }
        Ok(queue)
    }

    /// A copy of the page for the queue, without the parts that the model does not use.
    fn copy_of(&self, page: &Page) -> Page {
        let raster = self.needs.raster_height.and(page.raster.clone());
        let words = if self.needs.words { page.words.clone() } else { Vec::new() };
        Page { number: page.number, size: page.size, words, text_layer: page.text_layer.clone(), raster }
    }
}

impl Drop for DetectionQueue {
    fn drop(&mut self) {
        self.line.close();
    }
}

#[async_trait]
impl FieldDetector for DetectionQueue {
    fn identity(&self) -> DetectorIdentity {
        self.identity.clone()
    }

    fn needs(&self) -> Needs {
        self.needs
    }

    async fn detect(&self, pages: &[Page]) -> Result<Vec<Vec<Detection>>, DetectError> {
        let answers = self.line.enter(pages.iter().map(|page| self.copy_of(page)))?;
        let mut found = Vec::with_capacity(answers.len());
        for answer in answers {
            // A thread always sends an answer, even if the model panics; no answer means that the
            // thread has ended.
            let gone = |_| Err(DetectError::Failed { reason: "the detector's thread has ended".to_owned() });
            found.push(answer.await.unwrap_or_else(gone)?);
        }
        Ok(found)
    }
}
