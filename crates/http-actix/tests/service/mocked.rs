//! The service on mocked ports, and requests to it.

use std::sync::Arc;
use std::time::Duration;

use actix_web::body::{BoxBody, to_bytes};
use actix_web::dev::{Service, ServiceResponse};
use actix_web::http::header::HeaderMap;
use actix_web::test::{TestRequest, init_service};
use actix_web::{Error, HttpResponse, http::StatusCode, web};
use fieldmark_domain::blob::Sha256;
use fieldmark_domain::commands::ExtractDocument;
use fieldmark_domain::media_type::MediaType;
use fieldmark_domain::ports::{
    BlobPart, Clock, DetectorIdentity, DocumentReader, MockBlobPieces, MockBlobStore, MockClock,
    MockDocumentReader, MockDocumentRepository, MockErasureRepository, MockFieldDetector, MockFileAudit,
    MockJobQueue, MockJobRepository, MockLabelRepository, MockOutbox, MockPagePainter, Needs, OpenBlob,
    ReadError, Repositories,
};
use fieldmark_domain::reading::ReadingOptions;
use fieldmark_domain::use_cases::{self, UseCaseOptions, UseCases};
use fieldmark_http_actix::server::create_app;
use fieldmark_http_actix::{Access, Admission, BuiltFrom, Limits, Pace, Services, Telemetry};
use futures_util::FutureExt as _;
use futures_util::future::LocalBoxFuture;
use serde_json::Value;
use tokio::sync::watch;

use crate::samples::moment;

/// The ports, to be told what to expect.
pub struct Ports {
    pub documents: MockDocumentRepository,
    pub labels: MockLabelRepository,
    pub erasures: MockErasureRepository,
    pub jobs: MockJobRepository,
    pub blobs: MockBlobStore,
    pub reader: MockDocumentReader,
    pub detector: MockFieldDetector,
    pub painter: MockPagePainter,
    pub clock: MockClock,
    pub options: UseCaseOptions,
    pub access: Access,
    pub limits: Limits,
    pub dependencies: Vec<Arc<dyn fieldmark_http_actix::health::Dependency>>,
}

impl Ports {
    pub fn new() -> Self {
        let mut detector = MockFieldDetector::new();
        detector
            .expect_identity()
            .returning(|| DetectorIdentity { name: "layout-2".to_owned(), sha256: "ab".repeat(32) });
        detector.expect_needs().return_const(Needs { words: true, raster_height: None });
        Self {
            documents: MockDocumentRepository::new(),
            labels: MockLabelRepository::new(),
            erasures: MockErasureRepository::new(),
            jobs: MockJobRepository::new(),
            blobs: MockBlobStore::new(),
            reader: MockDocumentReader::new(),
            detector,
            painter: MockPagePainter::new(),
            clock: clock(),
            options: options(),
            access: Access::default(),
            limits: limits(),
            dependencies: Vec::new(),
        }
    }

    /// Asks once, as a program of this machine.
    pub async fn ask(self, request: TestRequest) -> Answer {
        self.serve().await.ask(request).await
    }

    /// The service on these ports.
    pub async fn serve(mut self) -> Served<impl Answers> {
        let reader = Arc::new(std::mem::replace(&mut self.reader, MockDocumentReader::new()));
        self.serve_reading_with(reader).await
    }

    /// The service on these ports, and a reader that takes its time, which a mock does not.
    pub async fn serve_reading_with(self, reader: Arc<dyn DocumentReader>) -> Served<impl Answers> {
        let services = self.services(reader);
        Served(init_service(create_app(web::Data::new(services))).await)
    }

    /// What the routes need, on these ports.
    pub fn services(self, reader: Arc<dyn DocumentReader>) -> Services {
        let clock: Arc<dyn Clock> = Arc::new(self.clock);
        let repositories = Repositories {
            documents: Arc::new(self.documents),
            erasures: Arc::new(self.erasures),
            labels: Arc::new(self.labels),
            jobs: Arc::new(self.jobs),
            queue: Arc::new(MockJobQueue::new()),
            outbox: Arc::new(MockOutbox::new()),
            file_audit: Arc::new(MockFileAudit::new()),
        };
        let ports = use_cases::Ports { repositories, blobs: Arc::new(self.blobs), clock: Arc::clone(&clock) };
        Services {
            use_cases: UseCases { ports, options: self.options },
            extract: ExtractDocument { reader, detector: Arc::new(self.detector), clock },
            painter: Arc::new(self.painter),
            access: self.access,
            admission: Admission::new(&self.limits),
            limits: self.limits,
            dependencies: self.dependencies,
            telemetry: Telemetry::detached().unwrap(),
            built_from: BuiltFrom { version: "0.1.0".to_owned(), ..BuiltFrom::default() },
            device: "cpu".to_owned(),
            stopping: watch::channel(false).1,
        }
    }
}

/// What the service is, as requests see it.
pub trait Answers:
    Service<actix_http::Request, Response = ServiceResponse<BoxBody>, Error = Error, Future: 'static>
{
}

impl<S> Answers for S where
    S: Service<actix_http::Request, Response = ServiceResponse<BoxBody>, Error = Error, Future: 'static>
{
}

/// The service, ready to be asked.
pub struct Served<S>(S);

impl<S: Answers> Served<S> {
    pub async fn ask(&self, request: TestRequest) -> Answer {
        Answer::of(self.head(to_service(request)).await).await
    }

    /// Sends a request made by [`to_service`]; its answer is there before its body is.
    pub fn head(&self, request: actix_http::Request) -> LocalBoxFuture<'static, HttpResponse<BoxBody>> {
        let answering = self.0.call(request);
        Box::pin(async move {
            match answering.await {
                Ok(response) => response.into_parts().1,
                Err(error) => error.error_response(),
            }
        })
    }
}

/// Lets a request come as far as it comes by itself, and its answer if that is there.
pub async fn progress<T>(answering: &mut LocalBoxFuture<'static, T>) -> Option<T> {
    const LOOKS: usize = 50;
    for _ in 0..LOOKS {
        if let Some(answer) = answering.now_or_never() {
            return Some(answer);
        }
        tokio::task::yield_now().await;
    }
    None
}

/// A request of a program of this machine.
pub fn to_service(request: TestRequest) -> actix_http::Request {
    request.insert_header(("Host", "localhost:8080")).to_request()
}

/// What was answered.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
}

impl Answer {
    /// What was answered, once its body is whole.
    pub async fn of(response: HttpResponse<BoxBody>) -> Self {
        let (status, headers) = (response.status(), response.headers().clone());
        let bytes = to_bytes(response.into_body()).await.unwrap().to_vec();
        Self { status, headers, bytes }
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes)
            .unwrap_or_else(|error| panic!("{error}: {:?}", String::from_utf8_lossy(&self.bytes)))
    }

    /// The data of an answer that succeeded with this status.
    pub fn data(&self, status: u16) -> Value {
        let body = self.json();
        assert_eq!(
            (self.status.as_u16(), &body["success"], &body["error"]),
            (status, &Value::Bool(true), &Value::Null),
            "{body}"
        );
        assert!(body["meta"]["request_id"].is_string(), "{body}");
        body["data"].clone()
    }

    /// Status and code of an answer that failed.
    pub fn failure(&self) -> (u16, String) {
        let body = self.json();
        assert_eq!((&body["success"], &body["data"]), (&Value::Bool(false), &Value::Null), "{body}");
        assert_eq!(body["meta"]["request_id"], self.header("x-request-id"), "{body}");
        assert!(!body["error"]["message"].as_str().unwrap().is_empty(), "{body}");
        (self.status.as_u16(), body["error"]["code"].as_str().unwrap().to_owned())
    }

    /// The parts of the request that were refused.
    pub fn details(&self) -> Vec<String> {
        let details = self.json()["error"]["details"].clone();
        details
            .as_array()
            .unwrap()
            .iter()
            .map(|detail| detail["field"].as_str().unwrap().to_owned())
            .collect()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

/// Lets files come in: PDFs by their first bytes, and a store that keeps all of them.
pub fn takes_files(ports: &mut Ports) {
    ports.reader.expect_media_type().returning(|bytes| match bytes {
        [] => Err(ReadError::Empty),
        bytes if bytes.starts_with(b"%PDF-") => Ok(MediaType::Pdf),
        _ => Err(ReadError::UnsupportedMediaType { found: String::new() }),
    });
    ports.blobs.expect_put().returning(|_| Ok(Sha256([5; 32])));
    ports.blobs.expect_contains().returning(|_| Ok(true));
}

/// A file that is opened: these bytes of it, in pieces of so many.
pub fn opened(whole: &[u8], part: BlobPart, piece: usize) -> OpenBlob {
    let wanted = match part {
        BlobPart::Whole => whole.to_vec(),
        BlobPart::Range { offset, length } => {
            whole.iter().skip(offset as usize).take(length as usize).copied().collect()
        }
    };
    let pieces: Vec<Vec<u8>> = wanted.chunks(piece).map(<[u8]>::to_vec).collect();
    let mut pieces = pieces.into_iter();
    let mut read = MockBlobPieces::new();
    read.expect_next().returning(move || Ok(pieces.next()));
    OpenBlob { size: whole.len() as u64, pieces: Box::new(read) }
}

fn options() -> UseCaseOptions {
    UseCaseOptions {
        max_file_bytes: 1000,
        max_attempts: 3,
        reading: ReadingOptions { threshold: 0.5, ..ReadingOptions::default() },
        ..UseCaseOptions::default()
    }
}

fn limits() -> Limits {
    Limits {
        file_bytes: 1000,
        body_bytes: 2500,
        body_time: Duration::from_secs(30),
        body_pace: Pace::default(),
        inferences: 2,
        uploads: 2,
        downloads: 2,
        pictures: 2,
        answer_bytes: 64 << 20,
        infer_deadline: Duration::from_secs(5),
        longest_wait: Duration::from_secs(60),
        upload_folder: std::env::temp_dir(),
        min_free_bytes: 0,
    }
}

pub fn clock() -> MockClock {
    let mut clock = MockClock::new();
    clock.expect_now().returning(|| moment(100));
    clock.expect_monotonic().return_const(Duration::from_secs(7));
    clock
}
