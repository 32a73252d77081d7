//! A model behind the domain's port: threads that own it, and a bounded line of pages in front of them.
//!
//! Pages are queued one by one, so that those of one request spread over idle threads and those of several requests
//! meet in one call of the model. What a model does with pages is its own business.

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

/// A [`FieldDetector`] whose model runs on threads of its own, behind a bounded queue.
///
/// A page that comes alone is looked at at once: a batch is what waits when a thread becomes free, and nobody waits
/// for company. Pages whose callers have left are skipped. A panic of the model fails the pages of its batch, and the
/// thread goes on. Callers may be on any runtime, or on none. Dropping the queue ends its threads, each after the
/// batch that it is at.
pub struct DetectionQueue {
    identity: DetectorIdentity,
    needs: Needs,
    line: Arc<Line>,
}

/// Why a queue did not start.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum QueueError {
    /// An option is out of its range.
    #[error(transparent)]
    Options(#[from] OptionsError),
    /// The system gives no thread.
    #[error("a thread for detection does not start")]
    Thread(#[source] std::io::Error),
}

impl DetectionQueue {
    /// Starts the threads that own this model.
    ///
    /// # Errors
    /// When an option is out of its range, or a thread does not start.
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
                // Those that did start end with the queue, which is dropped here.
                .map_err(QueueError::Thread)?;
        }
        Ok(queue)
    }

    /// A copy to queue, without what the model does not look at.
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
            // A lane answers whatever happens in the model; it gives no answer only when it is itself no more.
            let gone = |_| Err(DetectError::Failed { reason: "the detector's thread has ended".to_owned() });
            found.push(answer.await.unwrap_or_else(gone)?);
        }
        Ok(found)
    }
}
