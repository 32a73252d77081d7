//! Bad files and exceeded limits: each has its own error, and the next file is read.

use std::path::PathBuf;

use fieldmark_document_reader::{ReaderOptions, WorkerPool};
use fieldmark_domain::ports::{DocumentReader, ReadError, ReadRequest};
use libtest_mimic::Trial;

use crate::files;
use crate::set_up::{options, pool, read, reason, trial};

pub fn trials() -> Vec<Trial> {
    vec![
        trial("an_encrypted_file_wants_its_password", an_encrypted_file_wants_its_password),
        trial("a_truncated_file_is_unreadable", a_truncated_file_is_unreadable),
        trial("a_file_without_pages_says_so", a_file_without_pages_says_so),
        trial("what_is_no_pdf_reaches_no_worker", what_is_no_pdf_reaches_no_worker),
        trial("pages_beyond_the_limit_are_counted_only", pages_beyond_the_limit_are_counted_only),
        trial("a_page_alone_keeps_within_the_limits", a_page_alone_keeps_within_the_limits),
        trial("a_picture_over_the_limit_is_too_large", a_picture_over_the_limit_is_too_large),
        trial("a_missing_library_says_how_to_get_it", a_missing_library_says_how_to_get_it),
        trial("a_library_that_is_none_says_so", a_library_that_is_none_says_so),
        trial("a_worker_program_must_be_one", a_worker_program_must_be_one),
    ]
}

async fn reads_the_next(pool: &WorkerPool) {
    let document = read(pool, files::good()).await.unwrap();
    assert_eq!(document.pages[0].words[0].text, "Invoice");
}

async fn an_encrypted_file_wants_its_password() {
    let pool = pool(options());
    let file = files::encrypted("open sesame");
    let attempt = |password: Option<&str>| {
        pool.read(ReadRequest { password: password.map(str::to_owned), ..ReadRequest::new(file.clone()) })
    };
    assert_eq!(attempt(None).await, Err(ReadError::Encrypted { password_given: false }));
    for wrong in ["", "open", "open\0sesame"] {
        assert_eq!(attempt(Some(wrong)).await, Err(ReadError::Encrypted { password_given: true }), "{wrong}");
    }
    let document = attempt(Some("open sesame")).await.unwrap();
    assert!(document.metadata.encrypted);
    assert_eq!(document.pages[0].words[0].text, "Invoice");
    reads_the_next(&pool).await;
}

async fn a_truncated_file_is_unreadable() {
    let pool = pool(options());
    let file = files::good();
    let error = read(&pool, file[..200].to_vec()).await.unwrap_err();
    assert!(reason(error).contains("broken"));
    // The remaining part may be readable; it must not crash the worker.
    for cut in (200..file.len()).step_by(97) {
        let answer = read(&pool, file[..cut].to_vec()).await;
        assert!(
            matches!(answer, Ok(_) | Err(ReadError::Unreadable { .. } | ReadError::NoPages)),
            "cut at {cut}: {answer:?}"
        );
    }
    reads_the_next(&pool).await;
}

async fn a_file_without_pages_says_so() {
    let pool = pool(options());
    assert_eq!(read(&pool, files::pages(0)).await, Err(ReadError::NoPages));
    reads_the_next(&pool).await;
}

async fn what_is_no_pdf_reaches_no_worker() {
    let pool = pool(ReaderOptions { max_file_bytes: 10_000, ..options() });
    assert_eq!(read(&pool, Vec::new()).await, Err(ReadError::Empty));
    assert_eq!(
        read(&pool, b"Dear Sir".to_vec()).await,
        Err(ReadError::UnsupportedMediaType { found: String::new() })
    );
    let mut large = files::good();
    large.resize(10_001, b' ');
    assert!(matches!(read(&pool, large).await, Err(ReadError::TooLarge { .. })));
    assert!(pool.idle_workers().is_empty(), "a worker was started");
    reads_the_next(&pool).await;
}

async fn pages_beyond_the_limit_are_counted_only() {
    let pool = pool(ReaderOptions { max_pages: 2, ..options() });
    let document = read(&pool, files::pages(5)).await.unwrap();
    assert_eq!((document.pages.len(), document.page_count), (2, 5));
    reads_the_next(&pool).await;
}

async fn a_page_alone_keeps_within_the_limits() {
    let pool = pool(ReaderOptions { max_pages: 2, ..options() });
    for (number, read) in [(1, 1), (2, 1), (3, 0), (5, 0), (6, 0)] {
        let request = ReadRequest { only_page: Some(number), ..ReadRequest::new(files::pages(5)) };
        let document = pool.read(request).await.unwrap();
        assert_eq!((document.pages.len(), document.page_count), (read, 5), "page {number}");
    }
    reads_the_next(&pool).await;
}

async fn a_picture_over_the_limit_is_too_large() {
    let pool = pool(ReaderOptions { max_pixels: 100_000, ..options() });
    let request = |rows| ReadRequest { raster_height: Some(rows), ..ReadRequest::new(files::good()) };
    assert!(matches!(pool.read(request(1000)).await, Err(ReadError::TooLarge { .. })));
    assert!(pool.read(request(300)).await.unwrap().pages[0].raster.is_some());
    reads_the_next(&pool).await;
}

async fn a_missing_library_says_how_to_get_it() {
    let pool = pool(ReaderOptions { pdfium: Some(PathBuf::from("/nowhere/libpdfium.so")), ..options() });
    let error = read(&pool, files::good()).await.unwrap_err();
    assert_eq!(error.code(), "reader_unavailable");
    let message = error.to_string();
    assert!(message.contains("cargo xtask pdfium") && message.contains("/nowhere/libpdfium.so"), "{message}");
}

async fn a_library_that_is_none_says_so() {
    let no_library = std::env::current_exe().unwrap().with_extension("d");
    let no_library = if no_library.exists() { no_library } else { PathBuf::from("/etc/passwd") };
    let pool = pool(ReaderOptions { pdfium: Some(no_library), ..options() });
    let error = read(&pool, files::good()).await.unwrap_err();
    assert!(
        matches!(&error, ReadError::Unavailable { reason } if reason.contains("cannot be used")),
        "{error}"
    );
}

async fn a_worker_program_must_be_one() {
    for (program, arguments) in [("/nowhere/fieldmark", vec![]), ("/bin/echo", vec!["what?".into()])] {
        let pool = pool(ReaderOptions {
            worker_program: PathBuf::from(program),
            worker_arguments: arguments,
            ..options()
        });
        let error = read(&pool, files::good()).await.unwrap_err();
        assert_eq!(error.code(), "reader_unavailable", "{program}: {error}");
    }
}
