//! Files on their way in: what is made of them, what is refused, and that nothing of them stays lying about.

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use actix_web::http::StatusCode;
use actix_web::test::TestRequest;
use bytes::Bytes;
use fieldmark_domain::document::DocumentStatus;
use fieldmark_domain::job::Priority;
use fieldmark_domain::ports::{BlobError, Created, NewDocument};
use fieldmark_http_actix::Pace;
use futures_util::FutureExt as _;
use serde_json::json;

use crate::bodies::{Form, before, broken_off, chunked, described, pdf, pieces_every, streamed, stuck};
use crate::mocked::{Answer, Ports, progress, takes_files};
use crate::samples::{DOCUMENT, at, document};

/// The documents that came in.
type Kept = Arc<Mutex<Vec<NewDocument>>>;

/// Ports that keep each file as a new document.
fn keeping() -> (Ports, Kept) {
    let (mut ports, kept) = (Ports::new(), Kept::default());
    takes_files(&mut ports);
    let seen = Arc::clone(&kept);
    ports.documents.expect_create().returning(move |_, new| {
        seen.lock().unwrap().push(new.clone());
        Ok(Created::New)
    });
    (ports, kept)
}

fn post(query: &str) -> TestRequest {
    TestRequest::post().uri(&format!("/api/v1/documents{query}"))
}

fn patch() -> TestRequest {
    TestRequest::patch().uri(&at("")).insert_header(("Content-Type", "application/json"))
}

/// Ports that are not to be asked for anything, and what they answer.
async fn refused(request: TestRequest) -> Answer {
    Ports::new().ask(request).await
}

fn is_empty(folder: &Path) -> bool {
    std::fs::read_dir(folder).unwrap().next().is_none()
}

#[actix_web::test]
async fn a_form_with_a_file_becomes_a_document_and_its_job() {
    let (ports, kept) = keeping();
    let form = Form::default()
        .file("invoice.pdf", &pdf(1))
        .part("tags", "march, paid")
        .part("metadata", r#"{"cost centre": "4711"}"#);
    let request = form.of(post("")).insert_header(("Idempotency-Key", "order-7"));
    let answer = ports.ask(request).await;
    let data = answer.data(201);
    let kept = kept.lock().unwrap();
    let [new] = kept.as_slice() else { panic!("{kept:?}") };
    let (id, job) = (new.document.id.to_string(), new.job.as_ref().unwrap());
    assert_eq!(answer.header("location"), format!("/api/v1/documents/{id}"));
    assert_eq!(answer.header("etag"), "\"1\"");
    assert_eq!((&data["id"], &data["status"], &data["size"]), (&json!(id), &json!("queued"), &json!(19)));
    assert_eq!((&data["filename"], &data["tags"]), (&json!("invoice.pdf"), &json!(["march", "paid"])));
    assert_eq!(data["metadata"], json!({"cost centre": "4711"}));
    assert_eq!(data["job_id"], job.id.to_string());
    assert_eq!((job.priority, job.max_attempts), (Priority::default(), 3));
    assert_eq!(new.idempotency.as_ref().unwrap().key, "order-7");
}

#[actix_web::test]
async fn a_body_may_be_the_file_itself() {
    for (disposition, name) in [
        (None, "unnamed"),
        (Some("attachment; filename=\"inbox/a.pdf\""), "a.pdf"),
        (Some("attachment; filename=\"a.pdf\"; filename*=UTF-8''R%C3%A4kning%207.pdf"), "Räkning 7.pdf"),
        (Some("nonsense"), "unnamed"),
    ] {
        let (ports, kept) = keeping();
        let request = post("").insert_header(("Content-Type", "application/pdf")).set_payload(pdf(1));
        let request = match disposition {
            Some(disposition) => request.insert_header(("Content-Disposition", disposition)),
            None => request,
        };
        assert_eq!(ports.ask(request).await.data(201)["filename"], name);
        assert_eq!(kept.lock().unwrap()[0].document.size, 19);
    }
}

#[actix_web::test]
async fn a_name_is_its_last_part_as_it_looks_and_no_longer_than_said() {
    for (name, kept) in [
        ("C:\\fakepath\\a.pdf", "a.pdf"),
        ("C:\\\\fakepath\\\\a.pdf", "a.pdf"),
        ("a \\\"b\\\".pdf", "a \"b\".pdf"),
        ("../../b.pdf", "b.pdf"),
        ("in\u{202e}fdp.exe", "infdp.exe"),
        (&*format!("{}/c.pdf", "f".repeat(300)), "c.pdf"),
    ] {
        let (ports, _) = keeping();
        let data = ports.ask(Form::default().file(name, &pdf(1)).of(post(""))).await.data(201);
        assert_eq!(data["filename"], kept, "{name}");
    }
    let mut ports = Ports::new();
    takes_files(&mut ports);
    let long = format!("{}.pdf", "x".repeat(252));
    let answer = ports.ask(Form::default().file(&long, &pdf(1)).of(post(""))).await;
    assert_eq!(
        (answer.failure(), answer.details()),
        ((422, "validation_failed".to_owned()), vec!["filename".to_owned()])
    );
}

#[actix_web::test]
async fn a_file_may_wait_to_be_read() {
    let (ports, kept) = keeping();
    let data = ports.ask(post("?process=false").set_payload(pdf(1))).await.data(201);
    assert_eq!((&data["status"], data.get("job_id")), (&json!("received"), None));
    assert_eq!(kept.lock().unwrap()[0].job, None);
    let answer = refused(post("?process=perhaps").set_payload(pdf(1))).await;
    assert_eq!((answer.failure().0, answer.details()), (422, vec!["process".to_owned()]));
}

#[actix_web::test]
async fn the_same_bytes_again_answer_with_the_first_document() {
    let mut ports = Ports::new();
    takes_files(&mut ports);
    ports
        .documents
        .expect_create()
        .returning(|_, _| Ok(Created::Existing(Box::new(document(DocumentStatus::Processed)))));
    let answer = ports.ask(post("").set_payload(pdf(1))).await;
    let data = answer.data(200);
    assert_eq!((&data["id"], data.get("job_id")), (&json!(DOCUMENT.to_string()), None));
    assert_eq!(answer.header("location"), format!("/api/v1/documents/{DOCUMENT}"));
    assert_eq!(answer.header("etag"), "\"3\"");
}

#[actix_web::test]
async fn a_key_that_was_used_for_another_file_is_refused() {
    let mut ports = Ports::new();
    takes_files(&mut ports);
    ports.documents.expect_create().returning(|_, _| Ok(Created::KeyReused));
    let request = post("").insert_header(("Idempotency-Key", "order-7")).set_payload(pdf(1));
    assert_eq!(ports.ask(request).await.failure(), (422, "idempotency_key_reused".to_owned()));
    let several = Form::default().file("a.pdf", &pdf(1)).file("b.pdf", &pdf(2)).of(post(""));
    let answer = refused(several.insert_header(("Idempotency-Key", "order-7"))).await;
    assert_eq!((answer.failure().0, answer.details()), (422, vec!["Idempotency-Key".to_owned()]));
    let unreadable = post("").insert_header(("Idempotency-Key", "é")).set_payload(pdf(1));
    assert_eq!(refused(unreadable).await.failure(), (400, "invalid_header".to_owned()));
}

#[actix_web::test]
async fn each_of_several_files_has_its_own_status() {
    let (ports, kept) = keeping();
    let form = Form::default().file("a.pdf", &pdf(1)).file("b.exe", b"MZ").file("c.pdf", &pdf(3));
    let data = ports.ask(form.part("tags", "march").of(post(""))).await.data(207);
    let outcomes: Vec<_> = data.as_array().unwrap().iter().collect();
    let told = |name: &str| outcomes.iter().map(|outcome| outcome[name].clone()).collect::<Vec<_>>();
    assert_eq!(told("filename"), ["a.pdf", "b.exe", "c.pdf"]);
    assert_eq!(told("status"), [201, 415, 201]);
    assert_eq!(outcomes[1]["error"]["code"], "unsupported_media_type");
    assert!(outcomes[1].get("data").is_none() && outcomes[0].get("error").is_none(), "{data}");
    let kept = kept.lock().unwrap();
    assert_eq!(outcomes[2]["data"]["job_id"], kept[1].job.as_ref().unwrap().id.to_string());
    assert!(kept.iter().all(|new| new.document.description.tags().len() == 1));
}

#[actix_web::test]
async fn what_a_form_must_not_say_is_refused() {
    let file = || Form::default().file("a.pdf", &pdf(1));
    for (form, code, detail) in [
        (Form::default().part("tags", "march"), (422, "validation_failed"), Some("file")),
        (file().part("colour", "red"), (400, "invalid_multipart"), None),
        (file().part("metadata", "{"), (400, "invalid_json"), None),
        (file().part("metadata", r#"{"cost centre": 4711}"#), (422, "validation_failed"), Some("metadata")),
        (file().part("tags", r#"["march""#), (400, "invalid_json"), None),
        (file().part("password", "secret"), (422, "validation_failed"), Some("password")),
        (file().part("metadata", "{}").part("metadata", "{}"), (422, "validation_failed"), Some("metadata")),
        (file().part("password", "a").part("password", "b"), (422, "validation_failed"), Some("password")),
        (file().part("tags", &["a"; 51].join(",")), (422, "validation_failed"), Some("tags")),
        (Form::default().file(&"x".repeat(4097), &pdf(1)), (422, "validation_failed"), Some("file")),
    ] {
        let mut ports = Ports::new();
        ports.limits.body_bytes = 100_000;
        let answer = ports.ask(form.of(post(""))).await;
        assert_eq!(answer.failure(), (code.0, code.1.to_owned()));
        assert_eq!(answer.details().first().map(String::as_str), detail);
    }
    let without_boundary = post("").insert_header(("Content-Type", "multipart/form-data")).set_payload("x");
    assert_eq!(refused(without_boundary).await.failure(), (400, "invalid_multipart".to_owned()));
    let cut = described(post("")).set_payload(file().open());
    assert_eq!(refused(cut).await.failure(), (400, "invalid_multipart".to_owned()));
}

#[actix_web::test]
async fn a_kind_is_told_by_the_bytes_and_not_by_the_name() {
    let (ports, _) = keeping();
    let answer = ports.ask(Form::default().file("invoice.pdf", b"MZ").of(post(""))).await;
    assert_eq!(answer.failure(), (415, "unsupported_media_type".to_owned()));
    let (ports, _) = keeping();
    let data = ports.ask(Form::default().file("invoice.exe", &pdf(1)).of(post(""))).await.data(201);
    assert_eq!(data["media_type"], "application/pdf");
    let (ports, _) = keeping();
    assert_eq!(ports.ask(post("")).await.failure(), (422, "document_empty".to_owned()));
}

#[actix_web::test]
async fn what_is_too_large_is_refused_told_or_not() {
    let told = post("").insert_header(("Content-Length", "1001")).set_payload(vec![0; 1001]);
    assert_eq!(refused(told).await.failure(), (413, "body_too_large".to_owned()));
    let form = Form::default().file("a.pdf", &[0; 1001]).of(post(""));
    assert_eq!(refused(form).await.failure(), (413, "document_too_large".to_owned()));
    let service = Ports::new().serve().await;
    // More than these pieces is never asked for.
    let endless = || std::iter::repeat(Bytes::from_static(&[0; 600]));
    let answer = Answer::of(service.head(chunked(post(""), endless())).await).await;
    assert_eq!(answer.failure(), (413, "document_too_large".to_owned()));
}

#[actix_web::test]
async fn a_form_that_is_too_large_as_a_whole_is_refused_told_or_not() {
    let files = || (0..4).fold(Form::default(), |form, _| form.file("a.pdf", &[0; 900]));
    assert_eq!(refused(files().of(post(""))).await.failure(), (413, "body_too_large".to_owned()));
    let service = Ports::new().serve().await;
    // Parts that are no files count, too.
    let endless = std::iter::repeat_with(|| Form::default().part("tags", "march").open());
    for request in [chunked(described(post("")), [files().open()]), chunked(described(post("")), endless)] {
        let answer = Answer::of(service.head(request).await).await;
        assert_eq!(answer.failure(), (413, "body_too_large".to_owned()));
    }
    let mut ports = Ports::new();
    ports.limits.body_bytes = 100_000;
    let many = (0..=100).fold(Form::default(), |form, _| form.file("a.pdf", b"%PDF-"));
    let answer = ports.ask(many.of(post(""))).await;
    assert_eq!((answer.failure().0, answer.details()), (422, vec!["file".to_owned()]));
}

/// A form whose pieces never end, and how many of them were taken.
fn endless(piece: Bytes) -> (actix_http::Request, Arc<AtomicUsize>) {
    let taken = Arc::<AtomicUsize>::default();
    let counted = Arc::clone(&taken);
    let pieces = std::iter::repeat_with(move || {
        counted.fetch_add(1, Ordering::Relaxed);
        piece.clone()
    });
    (chunked(described(post("")), pieces), taken)
}

#[actix_web::test]
async fn a_form_is_refused_as_soon_as_one_of_its_parts_is_too_much() {
    let mut ports = Ports::new();
    ports.limits.body_bytes = 100 << 20;
    let service = ports.serve().await;
    let part = |name: &str, text: &str| Form::default().part(name, text).open();
    let kilobyte = "x".repeat(1 << 10);
    let open_part = Form::default().part("metadata", &kilobyte).open();
    let head = Bytes::from(format!("{}: {kilobyte}\r\n", "a".repeat(1 << 10)));
    for (first, piece, code) in [
        (None, part("tags", "march"), (422, "validation_failed")),
        (None, part("tags", ""), (422, "validation_failed")),
        (None, part("file", ""), (422, "validation_failed")),
        (None, part("tags", &vec!["a"; 30_000].join(",")), (422, "validation_failed")),
        (Some(open_part), Bytes::from(kilobyte), (422, "validation_failed")),
        (Some(Bytes::from_static(b"------between-the-parts\r\n")), head, (400, "invalid_multipart")),
    ] {
        let (request, taken) = endless(piece);
        let request = match first {
            Some(first) => before(first, request),
            None => request,
        };
        let answer = Answer::of(service.head(request).await).await;
        assert_eq!(answer.failure(), (code.0, code.1.to_owned()));
        let taken = taken.load(Ordering::Relaxed);
        // As many as are buffered: a thousandth of what the form may have.
        assert!(taken < 2000, "{taken} pieces were taken for a {code:?}");
    }
}

#[actix_web::test]
async fn a_body_that_comes_in_too_slowly_is_refused() {
    let mut ports = Ports::new();
    ports.limits.body_pace = Pace { bytes: 1000, within: Duration::from_millis(50) };
    let service = ports.serve().await;
    let form = Form::default().file("a.pdf", &pdf(1)).open();
    let requests = [
        stuck(post(""), Bytes::from_static(b"%PDF-")),
        stuck(described(post("")), form),
        stuck(patch(), Bytes::from_static(b"{")),
        streamed(post(""), pieces_every(Duration::from_millis(5), 100)),
    ];
    for request in requests {
        let answer = Answer::of(service.head(request).await).await;
        assert_eq!(answer.failure(), (408, "request_timeout".to_owned()));
    }
}

#[actix_web::test]
async fn a_body_that_is_fast_enough_may_take_long() {
    let (mut ports, _) = keeping();
    ports.limits.body_pace = Pace { bytes: 1, within: Duration::from_millis(500) };
    let service = ports.serve().await;
    let pieces = pieces_every(Duration::from_millis(30), 40);
    assert_eq!(service.head(streamed(post(""), pieces)).await.status(), StatusCode::CREATED);
}

#[actix_web::test]
async fn storage_without_room_is_to_be_tried_again() {
    let mut ports = Ports::new();
    ports.reader.expect_media_type().returning(|_| Ok(fieldmark_domain::media_type::MediaType::Pdf));
    let reason = || "/var/lib/secret".to_owned();
    ports.blobs.expect_put().returning(move |_| Err(BlobError::OutOfSpace { reason: reason() }));
    let answer = ports.ask(post("").set_payload(pdf(1))).await;
    assert_eq!(answer.failure(), (503, "storage_full".to_owned()));
    assert_eq!(answer.header("retry-after"), "1");
    assert!(!String::from_utf8_lossy(&answer.bytes).contains("secret"));
}

#[actix_web::test]
async fn too_many_at_once_are_refused_without_waiting() {
    let (ports, _) = keeping();
    let service = ports.serve().await;
    let mut held: Vec<_> =
        (0..2).map(|_| service.head(stuck(post(""), Bytes::from_static(b"%PDF-")))).collect();
    assert!(held.iter_mut().all(|upload| upload.now_or_never().is_none()));
    let refused = service.head(stuck(post(""), Bytes::new())).now_or_never().unwrap();
    let answer = Answer::of(refused).await;
    assert_eq!(answer.failure(), (503, "overloaded".to_owned()));
    assert_eq!(answer.header("retry-after"), "1");
    held.pop();
    assert_eq!(service.ask(post("").set_payload(pdf(1))).await.status, StatusCode::CREATED);
}

#[actix_web::test]
async fn no_file_is_left_behind() {
    let folder = tempfile::tempdir().unwrap();
    let (mut ports, kept) = keeping();
    ports.limits.upload_folder = folder.path().to_owned();
    (ports.limits.file_bytes, ports.limits.body_bytes) = (300_000, 500_000);
    let large = || Bytes::from([b"%PDF-".as_slice(), &[0; 200_000]].concat());
    let service = ports.serve().await;
    assert_eq!(service.ask(post("").set_payload(pdf(1))).await.status, StatusCode::CREATED);
    let too_large = chunked(post(""), [large(), large()]);
    assert_eq!(service.head(too_large).await.status(), StatusCode::PAYLOAD_TOO_LARGE);
    for (request, piece) in
        [(post(""), large()), (described(post("")), Form::default().file("a.pdf", &large()).open())]
    {
        let mut upload = service.head(stuck(request, piece));
        assert!(progress(&mut upload).await.is_none());
        // A process that died now would leave nothing either.
        assert!(is_empty(folder.path()));
        drop(upload);
        assert!(is_empty(folder.path()));
    }
    let gone = Answer::of(service.head(broken_off(post(""), large())).await).await;
    assert_eq!(gone.failure(), (400, "bad_request".to_owned()));
    assert!(is_empty(folder.path()));
    assert_eq!(kept.lock().unwrap().len(), 1);
}

#[actix_web::test]
async fn a_folder_for_uploads_that_is_gone_is_the_operators_to_mend() {
    let folder = tempfile::tempdir().unwrap();
    let mut ports = Ports::new();
    ports.limits.upload_folder = folder.path().join("gone");
    (ports.limits.file_bytes, ports.limits.body_bytes) = (300_000, 300_000);
    let answer = ports.ask(post("").set_payload(vec![b'%'; 200_000])).await;
    assert_eq!(answer.failure(), (500, "storage_failed".to_owned()));
    assert!(!String::from_utf8_lossy(&answer.bytes).contains("gone"));
}
