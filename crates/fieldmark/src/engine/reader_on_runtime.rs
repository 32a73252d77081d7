//! A document reader whose reads all happen on one runtime, whichever runtime its callers are on.
//!
//! The worker processes' pipes belong to the runtime on which they were opened, and workers are kept for the next file.

use std::sync::Arc;

use async_trait::async_trait;
use fieldmark_domain::content::DocumentContent;
use fieldmark_domain::media_type::MediaType;
use fieldmark_domain::ports::{DocumentReader, ReadError, ReadRequest};
use tokio::runtime::Handle;
use tokio::task::JoinSet;
use tracing::Instrument as _;

/// Reads on the runtime of this handle. A read whose future is dropped is dropped there, too.
pub struct ReaderOnRuntime<Reader> {
    reader: Arc<Reader>,
    runtime: Handle,
}

impl<Reader: DocumentReader> ReaderOnRuntime<Reader> {
    /// Has this reader read on that runtime.
    pub const fn new(reader: Arc<Reader>, runtime: Handle) -> Self {
        Self { reader, runtime }
    }
}

#[async_trait]
impl<Reader: DocumentReader + 'static> DocumentReader for ReaderOnRuntime<Reader> {
    async fn read(&self, request: ReadRequest) -> Result<DocumentContent, ReadError> {
        let reader = Arc::clone(&self.reader);
        // A set ends its tasks when it is dropped.
        let mut reading = JoinSet::new();
        let read = async move { reader.read(request).await };
        reading.spawn_on(read.in_current_span(), &self.runtime);
        match reading.join_next().await {
            Some(Ok(answer)) => answer,
            Some(Err(error)) if error.is_panic() => std::panic::resume_unwind(error.into_panic()),
            Some(Err(_)) | None => {
                Err(ReadError::Unavailable { reason: "the program is about to end".to_owned() })
            }
        }
    }

    fn media_type(&self, bytes: &[u8]) -> Result<MediaType, ReadError> {
        self.reader.media_type(bytes)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;
    use std::thread::ThreadId;

    use tokio::sync::oneshot;

    use super::*;
    use crate::engine::runtime;

    /// Tells on which thread it reads, and reads until it is dropped when it is to wait.
    struct Told {
        thread: Mutex<Option<oneshot::Sender<ThreadId>>>,
        dropped: Mutex<Option<oneshot::Sender<()>>>,
        waits: bool,
    }

    struct TellsDrop(Option<oneshot::Sender<()>>);

    impl Drop for TellsDrop {
        fn drop(&mut self) {
            if let Some(dropped) = self.0.take() {
                let _ = dropped.send(());
            }
        }
    }

    #[async_trait]
    impl DocumentReader for Told {
        async fn read(&self, request: ReadRequest) -> Result<DocumentContent, ReadError> {
            assert!(!request.bytes.is_empty(), "nothing to read");
            let _tells = TellsDrop(self.dropped.lock().unwrap().take());
            let thread = self.thread.lock().unwrap().take().unwrap();
            thread.send(std::thread::current().id()).unwrap();
            if self.waits {
                std::future::pending::<()>().await;
            }
            Err(ReadError::NoPages)
        }

        fn media_type(&self, _: &[u8]) -> Result<MediaType, ReadError> {
            Ok(MediaType::Xml)
        }
    }

    type Ends = (ReaderOnRuntime<Told>, oneshot::Receiver<ThreadId>, oneshot::Receiver<()>);

    fn reader(runtime: &Handle, waits: bool) -> Ends {
        let ((thread, on_thread), (dropped, is_dropped)) = (oneshot::channel(), oneshot::channel());
        let told = Told { thread: Mutex::new(Some(thread)), dropped: Mutex::new(Some(dropped)), waits };
        (ReaderOnRuntime::new(Arc::new(told), runtime.clone()), on_thread, is_dropped)
    }

    /// A test's runtime is the caller's; the other one is the reader's.
    fn on_two_runtimes<Testing: Future<Output = ()>>(test: impl FnOnce(Handle) -> Testing) {
        let other = runtime(std::num::NonZeroUsize::MIN).unwrap();
        let callers = tokio::runtime::Builder::new_current_thread().build().unwrap();
        callers.block_on(test(other.handle().clone()));
    }

    #[test]
    fn reads_happen_on_the_other_runtime() {
        on_two_runtimes(|other| async move {
            let (reader, on_thread, _) = reader(&other, false);
            assert_eq!(reader.media_type(b"<"), Ok(MediaType::Xml));
            assert_eq!(reader.read(ReadRequest::new(*b"%PDF-")).await, Err(ReadError::NoPages));
            assert_ne!(on_thread.await.unwrap(), std::thread::current().id());
        });
    }

    #[test]
    fn a_caller_who_leaves_takes_the_read_along() {
        on_two_runtimes(|other| async move {
            let (reader, on_thread, is_dropped) = reader(&other, true);
            tokio::select! {
                answer = reader.read(ReadRequest::new(*b"%PDF-")) => panic!("{answer:?}"),
                begun = on_thread => assert!(begun.is_ok()),
            }
            // Comes only when the read's future is dropped while it waits.
            assert_eq!(is_dropped.await, Ok(()));
        });
    }

    #[test]
    #[should_panic(expected = "nothing to read")]
    fn a_panic_is_the_callers() {
        on_two_runtimes(|other| async move {
            let (reader, _on_thread, _is_dropped) = reader(&other, false);
            let _ = reader.read(ReadRequest::new(Vec::new())).await;
        });
    }
}
