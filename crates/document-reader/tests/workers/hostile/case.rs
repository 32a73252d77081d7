//! One malicious file, its expected outcome, and the good file after it.

use fieldmark_document_reader::{ReaderOptions, WorkerPool};
use fieldmark_domain::content::DocumentContent;
use fieldmark_domain::page::Page;
use fieldmark_domain::ports::{DocumentReader, ReadError, ReadRequest};
use libtest_mimic::Trial;

use crate::files;
use crate::set_up::{options, pool, read, run};

/// The expected outcome of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It is read.
    Read,
    /// It is refused with this code, and the worker keeps running.
    Refused(&'static str),
    /// It is read or refused, depending on the libraries; the worker keeps running.
    Answered,
    /// Like [`Outcome::Answered`], or the worker is stopped at a limit of memory or time.
    Stopped,
}

/// A check of the document.
type Look = Box<dyn Fn(&DocumentContent) + Send>;

/// A file with its expected outcome.
pub struct Case {
    name: String,
    outcome: Outcome,
    request: Box<dyn Fn() -> ReadRequest + Send>,
    look: Vec<Look>,
}

/// A case with this name; the file is created when the case runs.
pub fn case(name: impl Into<String>, outcome: Outcome, file: impl Fn() -> Vec<u8> + Send + 'static) -> Case {
    Case { name: name.into(), outcome, request: Box::new(move || ReadRequest::new(file())), look: Vec::new() }
}

impl Case {
    /// Requests pictures with this many rows.
    pub fn drawn(self, rows: u32) -> Self {
        self.asking(move |request| ReadRequest { raster_height: Some(rows), ..request })
    }

    /// Requests only this page.
    pub fn alone(self, number: u32) -> Self {
        self.asking(move |request| ReadRequest { only_page: Some(number), ..request })
    }

    /// Sends a password.
    pub fn opened_with(self, password: &'static str) -> Self {
        self.asking(move |request| ReadRequest { password: Some(password.to_owned()), ..request })
    }

    /// Checks the document, if it is read.
    pub fn looked_at(mut self, look: impl Fn(&DocumentContent) + Send + 'static) -> Self {
        self.look.push(Box::new(look));
        self
    }

    /// The expected words of the first page, if it is read.
    pub fn showing(self, words: &'static [&'static str]) -> Self {
        self.looked_at(move |document| assert_eq!(texts(&document.pages[0]), words))
    }

    /// The expected names of the embedded files, if it is read.
    pub fn listing(self, names: &'static [&'static str]) -> Self {
        self.looked_at(move |document| assert_eq!(document.metadata.attachments, names))
    }

    fn asking(self, change: impl Fn(ReadRequest) -> ReadRequest + Send + 'static) -> Self {
        Self { request: Box::new(move || change((self.request)())), ..self }
    }

    /// The test that reads the file, and a good file afterwards.
    pub fn into_trial(self) -> Trial {
        Trial::test(format!("hostile_{}", self.name), move || {
            run(async { self.hold(&pool(usual_options())).await });
            Ok(())
        })
    }

    async fn hold(&self, pool: &WorkerPool) {
        reads_a_good_file(pool).await;
        let worker = pool.idle_workers();
        let answer = pool.read((self.request)()).await;
        let worker_went_on = pool.idle_workers() == worker;
        self.judge(&answer, worker_went_on);
        reads_a_good_file(pool).await;
    }

    fn judge(&self, answer: &Result<DocumentContent, ReadError>, worker_went_on: bool) {
        let is_refusal = |error: &ReadError| {
            matches!(
                error.code(),
                "document_unreadable"
                    | "document_too_large"
                    | "document_without_pages"
                    | "document_encrypted"
            )
        };
        let holds = match (self.outcome, answer) {
            (Outcome::Read, answer) => answer.is_ok(),
            (Outcome::Refused(code), answer) => answer.as_ref().is_err_and(|error| error.code() == code),
            (Outcome::Answered | Outcome::Stopped, answer) => answer.as_ref().err().is_none_or(is_refusal),
        };
        assert!(holds, "{:?} was to come of {}, not {}", self.outcome, self.name, described(answer));
        assert!(
            worker_went_on || self.outcome == Outcome::Stopped && is_stopped(answer),
            "{} cost the worker: {}",
            self.name,
            described(answer)
        );
        if let Ok(document) = answer {
            is_sound(document);
            self.look.iter().for_each(|look| look(document));
        }
    }
}

/// One test for many files, read by one pool.
pub fn together(name: &str, cases: Vec<Case>) -> Trial {
    Trial::test(format!("hostile_{name}"), move || {
        run(async {
            let pool = pool(usual_options());
            for case in &cases {
                case.hold(&pool).await;
            }
        });
        Ok(())
    })
}

/// The default options of a user.
fn usual_options() -> ReaderOptions {
    let usual = ReaderOptions::default();
    ReaderOptions { timeout: usual.timeout, memory_bytes: usual.memory_bytes, ..options() }
}

async fn reads_a_good_file(pool: &WorkerPool) {
    let document = read(pool, files::good()).await.unwrap();
    assert_eq!(texts(&document.pages[0]), ["Invoice", "2041"]);
}

/// Whether a limit ended the worker, rather than a crash.
fn is_stopped(answer: &Result<DocumentContent, ReadError>) -> bool {
    matches!(answer, Err(ReadError::Unreadable { reason })
        if reason.contains("the memory limit of") || reason.contains("the time limit of"))
}

/// Checks that a document is within its own limits, whatever the file contains.
fn is_sound(document: &DocumentContent) {
    assert!(document.pages.len() <= 100);
    assert!(document.pages.len() <= document.page_count as usize);
    for page in &document.pages {
        let size = [page.size.width_pt, page.size.height_pt];
        assert!(size.iter().all(|side| side.is_finite() && *side > 0.0), "{size:?}");
        for word in &page.words {
            let bounds = word.bounds;
            let edges = [bounds.left, bounds.top, bounds.right(), bounds.bottom(), word.font_size];
            assert!(edges.iter().all(|edge| edge.is_finite()), "{word:?}");
            assert!(!word.text.is_empty() && !word.text.contains(char::is_control), "{word:?}");
        }
    }
}

/// The words of a page.
pub fn texts(page: &Page) -> Vec<&str> {
    page.words.iter().map(|word| word.text.as_str()).collect()
}

fn described(answer: &Result<DocumentContent, ReadError>) -> String {
    match answer {
        Ok(document) => {
            let words: Vec<&str> = document.pages.iter().flat_map(texts).take(8).collect();
            let pages = document.pages.len();
            format!("{pages} of {} pages, {words:?}, {:?}", document.page_count, document.metadata)
        }
        Err(error) => format!("{}: {error}", error.code()),
    }
}
