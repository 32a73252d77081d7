//! Bodies of requests: forms, and such as come in piece by piece.

use actix_http::error::PayloadError;
use actix_http::{BoxedPayloadStream, Payload};
use actix_web::test::TestRequest;
use bytes::Bytes;
use futures_util::stream::{self, Stream, StreamExt as _};

use crate::mocked::to_service;

const BOUNDARY: &str = "----between-the-parts";

/// A file that is taken for a PDF, with bytes of its own.
pub fn pdf(which: u32) -> Vec<u8> {
    format!("%PDF-1.7 the file {which}").into_bytes()
}

/// A form (RFC 7578).
#[derive(Default)]
pub struct Form(Vec<u8>);

impl Form {
    pub fn file(self, name: &str, bytes: &[u8]) -> Self {
        self.add(&format!("name=\"file\"; filename=\"{name}\""), bytes)
    }

    pub fn part(self, name: &str, text: &str) -> Self {
        self.add(&format!("name=\"{name}\""), text.as_bytes())
    }

    fn add(mut self, parameters: &str, bytes: &[u8]) -> Self {
        let head = format!("--{BOUNDARY}\r\nContent-Disposition: form-data; {parameters}\r\n\r\n");
        self.0.extend_from_slice(head.as_bytes());
        self.0.extend_from_slice(bytes);
        self.0.extend_from_slice(b"\r\n");
        self
    }

    /// The request with this form as its body.
    pub fn of(self, request: TestRequest) -> TestRequest {
        let mut body = self.0;
        body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
        described(request).insert_header(("Content-Length", body.len())).set_payload(body)
    }

    /// The form without its end.
    pub fn open(self) -> Bytes {
        self.0.into()
    }
}

/// A request that says that its body is such a form.
pub fn described(request: TestRequest) -> TestRequest {
    request.insert_header(("Content-Type", format!("multipart/form-data; boundary={BOUNDARY}")))
}

/// A request whose body comes in chunks, without its length being told.
pub fn chunked<I>(request: TestRequest, pieces: I) -> actix_http::Request
where
    I: IntoIterator<Item = Bytes>,
    I::IntoIter: 'static,
{
    streamed(request, stream::iter(pieces).map(Ok))
}

/// A request of whose body no more comes than this piece.
pub fn stuck(request: TestRequest, piece: Bytes) -> actix_http::Request {
    streamed(request, stream::iter([Ok(piece)]).chain(stream::pending()))
}

/// A request whose client goes away after this piece.
pub fn broken_off(request: TestRequest, piece: Bytes) -> actix_http::Request {
    streamed(request, stream::iter([Ok(piece), Err(PayloadError::Incomplete(None))]))
}

/// Small pieces with a pause before each.
pub fn pieces_every(
    pause: std::time::Duration,
    count: usize,
) -> impl Stream<Item = Result<Bytes, PayloadError>> + 'static {
    stream::iter(0..count).then(move |_| async move {
        tokio::time::sleep(pause).await;
        Ok(Bytes::from_static(b"%PDF-"))
    })
}

/// The same request with one more piece before those that it has.
pub fn before(piece: Bytes, mut request: actix_http::Request) -> actix_http::Request {
    let rest = request.take_payload();
    let pieces: BoxedPayloadStream = Box::pin(stream::iter([Ok(piece)]).chain(rest));
    request.replace_payload(Payload::Stream { payload: pieces }).0
}

/// A request whose body are these pieces.
pub fn streamed(
    request: TestRequest,
    pieces: impl Stream<Item = Result<Bytes, PayloadError>> + 'static,
) -> actix_http::Request {
    let pieces: BoxedPayloadStream = Box::pin(pieces);
    to_service(request).replace_payload(Payload::Stream { payload: pieces }).0
}
