//! A request from its beginning to its answer.

use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use actix_web::body::{BodySize, BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::error::InternalError;
use actix_web::http::header::{HeaderName, HeaderValue, USER_AGENT};
use actix_web::http::{ConnectionType, Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage as _, web};
use bytes::Bytes;
use fieldmark_domain::identity::new_id;
use fieldmark_domain::ports::Clock;
use tracing::{Instrument as _, Span, field};

use super::headers;
use crate::addresses;
use crate::client;
use crate::connections::{AllAnswer, Answering, OfConnection};
use crate::envelope;
use crate::problem::{Code, Problem};
use crate::request_id::RequestId;
use crate::services::Services;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// Seconds from the request's head to the answer's.
const PROCESS_TIME: HeaderName = HeaderName::from_static("x-process-time");
/// The longest id that is taken from a client.
const LONGEST_ID: usize = 128;
/// The most bytes of an answer that are given to its connection at once.
const LARGEST_PIECE: usize = 32 << 10;
/// The most characters of an address that are logged.
const LONGEST_PATH: usize = 500;
/// The most characters of a client's `User-Agent` that are logged.
const LONGEST_USER_AGENT: usize = 200;
/// What the log says of a client who left before the answer, as nginx does.
const CLIENT_LEFT: u16 = 499;

/// Wraps a request.
///
/// # Errors
/// None of its own.
pub async fn around(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let Some(clock) =
        request.app_data::<web::Data<Services>>().map(|services| Arc::clone(&services.use_cases.ports.clock))
    else {
        return Ok(next.call(request).await?.map_into_boxed_body());
    };
    let id = request_id(&request).unwrap_or_else(|| new_id(clock.now()).to_string());
    request.extensions_mut().insert(RequestId(id.clone()));
    // Of the highest level, so that lines of every level carry it.
    let span = tracing::error_span!(
        "request",
        request_id = id,
        owner = field::Empty,
        document = field::Empty,
        job = field::Empty
    );
    let connection = request.conn_data::<OfConnection>().cloned();
    let mut account = Account::open(&request, clock, span.clone());
    let answering = connection.as_ref().map(|connection| connection.answer(is_vital(&request))).transpose();
    let answered = match &answering {
        Ok(_) => next.call(request).instrument(span.clone()).await.map(ServiceResponse::map_into_boxed_body),
        Err(AllAnswer) => Ok(request.error_response(Problem::overloaded("connections"))),
    };
    let mut response = match answered {
        Ok(response) => span.in_scope(|| rendered(response)),
        // What a middleware refuses has no request any more that an answer could be made for.
        Err(error) => {
            account.close(error.as_response_error().status_code(), BodySize::None);
            let refused = InternalError::from_response("", error.error_response());
            return Err(refused.into());
        }
    };
    let took = account.close(response.status(), response.response().body().size());
    let headers = response.headers_mut();
    if let Ok(id) = HeaderValue::from_str(&id) {
        headers.insert(REQUEST_ID, id);
    }
    if let Ok(seconds) = HeaderValue::from_str(&format!("{:.6}", took.as_secs_f64())) {
        headers.insert(PROCESS_TIME, seconds);
    }
    headers::harden(headers);
    if answering.is_err() || connection.is_some_and(|connection| connection.is_ending()) {
        response.response_mut().head_mut().set_connection_type(ConnectionType::Close);
    }
    let answering = answering.ok().flatten();
    Ok(response.map_body(|_, body| WholeAnswer { body, rest: Bytes::new(), _answering: answering }.boxed()))
}

/// What is answered when all places are taken, too.
fn is_vital(request: &ServiceRequest) -> bool {
    [addresses::LIVE, addresses::READY].contains(&request.path())
}

/// A body in small pieces: a client that does not take it holds no copy of the whole. Its connection answers until it is
/// dropped.
struct WholeAnswer {
    body: BoxBody,
    /// What is left of the piece that the body gave last.
    rest: Bytes,
    _answering: Option<Answering>,
}

impl MessageBody for WholeAnswer {
    type Error = Box<dyn std::error::Error>;

    fn size(&self) -> BodySize {
        self.body.size()
    }

    fn poll_next(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, Self::Error>>> {
        if self.rest.is_empty() {
            match Pin::new(&mut self.body).poll_next(context) {
                Poll::Ready(Some(Ok(piece))) => self.rest = piece,
                ended => return ended,
            }
        }
        let length = self.rest.len().min(LARGEST_PIECE);
        Poll::Ready(Some(Ok(self.rest.split_to(length))))
    }
}

/// The client's own id, where it is one that a log bears.
fn request_id(request: &ServiceRequest) -> Option<String> {
    let id = request.headers().get(REQUEST_ID)?.to_str().ok()?;
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "-_.:".contains(letter);
    ((1..=LONGEST_ID).contains(&id.len()) && id.chars().all(is_plain)).then(|| id.to_owned())
}

/// The client behind trusted proxies; `None` where there are none.
fn client_of(peer: SocketAddr, request: &ServiceRequest) -> Option<IpAddr> {
    let trusted = &request.app_data::<web::Data<Services>>()?.access.trusted_proxies;
    let client = client::address(peer, request.headers(), trusted);
    (client != peer.ip().to_canonical()).then_some(client)
}

/// What a client calls itself, as far as a line of the log bears it.
fn user_agent(request: &ServiceRequest) -> Option<String> {
    let value = request.headers().get(USER_AGENT)?;
    let text = String::from_utf8_lossy(value.as_bytes());
    Some(text.chars().filter(|letter| !letter.is_control()).take(LONGEST_USER_AGENT).collect())
}

/// An answer whose failure, if it is one, is in its envelope.
fn rendered<B: MessageBody + 'static>(response: ServiceResponse<B>) -> ServiceResponse<BoxBody> {
    let Some(problem) = problem(&response) else { return response.map_into_boxed_body() };
    let (request, failed) = response.into_parts();
    let mut answer = envelope::failed(&problem, &request);
    for (name, value) in failed.headers() {
        if !answer.headers().contains_key(name) {
            answer.headers_mut().append(name.clone(), value.clone());
        }
    }
    ServiceResponse::new(request, answer)
}

/// What went wrong, where the answer says that something did and has no body of ours.
fn problem<B: MessageBody>(response: &ServiceResponse<B>) -> Option<Problem> {
    let status = response.status();
    if !status.is_client_error() && !status.is_server_error() {
        return None;
    }
    let Some(error) = response.response().error() else {
        let is_empty = matches!(response.response().body().size(), BodySize::None | BodySize::Sized(0));
        return is_empty.then(|| of_status(status, String::new()));
    };
    if let Some(problem) = error.as_error::<Problem>() {
        return Some(problem.clone());
    }
    Some(of_status(status, error.to_string()))
}

/// What Actix Web itself answers with.
fn of_status(status: StatusCode, message: String) -> Problem {
    let or = |default: &str| if message.is_empty() { default.to_owned() } else { message.clone() };
    match status {
        StatusCode::UNAUTHORIZED => Problem::new(Code::Unauthorized, or("a credential is missing")),
        StatusCode::NOT_FOUND => Problem::new(Code::NotFound, or("there is nothing under this address")),
        StatusCode::METHOD_NOT_ALLOWED => {
            Problem::new(Code::MethodNotAllowed, or("the address does not take this method"))
        }
        StatusCode::PAYLOAD_TOO_LARGE => Problem::new(Code::BodyTooLarge, or("the body is over the limit")),
        StatusCode::UNSUPPORTED_MEDIA_TYPE => {
            Problem::new(Code::UnsupportedMediaType, or("the body is of no kind that is taken"))
        }
        status if status.is_client_error() => {
            Problem::new(Code::BadRequest, or("the request cannot be read"))
        }
        status => {
            tracing::error!(status = status.as_u16(), "{message}");
            Problem::new(Code::InternalError, "the service failed; the log says why")
        }
    }
}

/// What the log and the measures are told of a request, once: by its answer, or when its client leaves.
struct Account {
    clock: Arc<dyn Clock>,
    begun: Duration,
    method: &'static str,
    path: String,
    route: String,
    peer: Option<SocketAddr>,
    /// For whom the peer asks, where it is a trusted proxy.
    client: Option<IpAddr>,
    user_agent: Option<String>,
    span: Span,
    is_open: bool,
}

impl Account {
    fn open(request: &ServiceRequest, clock: Arc<dyn Clock>, span: Span) -> Self {
        metrics::gauge!("fieldmark_http_requests_in_flight").increment(1.0);
        let begun = clock.monotonic();
        let method = name_of(request.method());
        let path = request.path().chars().take(LONGEST_PATH).collect();
        // The pattern of the address, which has few values, where there is one.
        let route = request.match_pattern().unwrap_or_else(|| "none".to_owned());
        let (peer, user_agent) = (request.peer_addr(), user_agent(request));
        let client = peer.and_then(|peer| client_of(peer, request));
        Self { clock, begun, method, path, route, peer, client, user_agent, span, is_open: true }
    }

    fn close(&mut self, status: StatusCode, body: BodySize) -> Duration {
        let bytes = match body {
            BodySize::Sized(bytes) => Some(bytes),
            BodySize::None => Some(0),
            BodySize::Stream => None,
        };
        self.tell(status.as_u16(), bytes)
    }

    fn tell(&mut self, status: u16, bytes: Option<u64>) -> Duration {
        self.is_open = false;
        let took = self.clock.monotonic().saturating_sub(self.begun);
        let milliseconds = (took.as_secs_f64() * 1e5).round() / 1e2;
        let Self { method, path, route, user_agent, .. } = self;
        let (peer, client) = (self.peer.map(field::display), self.client.map(field::display));
        // One macro for both levels: a level must be a constant.
        macro_rules! line {
            ($level:ident) => {
                tracing::$level!(
                    method,
                    path,
                    route,
                    status,
                    ms = milliseconds,
                    bytes,
                    peer,
                    client,
                    user_agent,
                    "answered"
                )
            };
        }
        // Who guesses tokens is in the log of those, too, who keep only warnings.
        let is_guess = status == StatusCode::UNAUTHORIZED.as_u16();
        self.span.in_scope(|| if is_guess { line!(warn) } else { line!(info) });
        let (method, route) = (*method, route.clone());
        metrics::gauge!("fieldmark_http_requests_in_flight").decrement(1.0);
        metrics::counter!(
            "fieldmark_http_requests_total",
            "method" => method, "route" => route.clone(), "status" => status.to_string()
        )
        .increment(1);
        metrics::histogram!("fieldmark_http_request_seconds", "method" => method, "route" => route)
            .record(took.as_secs_f64());
        took
    }
}

impl Drop for Account {
    fn drop(&mut self) {
        if self.is_open {
            self.tell(CLIENT_LEFT, None);
        }
    }
}

/// The method as a label of a measure: those that exist, and one name for all others.
fn name_of(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}
