//! The service that listens: the application on its threads, until it is told to stop.

use std::future::ready;
use std::io;
use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use actix_cors::Cors;
use actix_http::error::DispatchError;
use actix_http::{HttpService, Protocol};
use actix_server::ServerBuilder;
use actix_service::{IntoServiceFactory as _, ServiceFactoryExt as _, fn_service, map_config};
use actix_web::body::BoxBody;
use actix_web::dev::{AppConfig, ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::http::header;
use actix_web::middleware::{Compress, from_fn};
use actix_web::rt::net::TcpStream;
use actix_web::{App, Error, web};

use crate::app::routes;
use crate::connections::{Connections, EXTRA, Unread, Watched};
use crate::middleware::around;
use crate::outgoing::{Paced, Patience, distinguish, hold};
use crate::services::{Access, Services};

/// How long a client may take for the head of a request.
const SLOWEST_HEAD: Duration = Duration::from_secs(10);
/// How long a connection may stay open without a request.
const IDLE: Duration = Duration::from_secs(75);
/// How long browsers may keep what other origins are allowed, in seconds.
const PREFLIGHT_SECONDS: usize = 3600;
/// How often it is looked for connections that have waited too long.
const LOOK: Duration = Duration::from_secs(5);
/// How long a client that was refused may go on sending.
const LINGER: Duration = Duration::from_secs(1);
/// Connections that the system has accepted and the service has not: as many as Linux keeps by itself.
const BACKLOG: i32 = 4096;

/// As much as the system takes of an answer beyond what it has sent, in bytes. It takes more as soon as a third of it is
/// sent: with a larger buffer, a client that keeps the pace would look for a long time like one that takes nothing.
const SENT_AHEAD: usize = 128 << 10;

/// How the service listens.
#[derive(Debug, Clone)]
pub struct ServerOptions {
    /// Threads that answer requests.
    pub threads: usize,
    /// Connections that are open at once, over all threads. Beyond, the one that has waited longest for a request is
    /// closed; where none waits, requests are refused.
    pub connections: usize,
    /// How long clients may let their answers wait.
    pub patience: Patience,
    /// How long requests that are being answered may take after the wish to stop.
    pub shutdown: Duration,
}

impl ServerOptions {
    /// How many connections may be open where so many descriptors are left for them.
    ///
    /// It is fewer: some are open for a moment while others are closed for them.
    #[must_use]
    pub const fn connections_within(descriptors: usize, threads: usize) -> usize {
        (descriptors / 5 * 4).saturating_sub(EXTRA + threads * SLACK)
    }

    /// Connections that a thread may have. Only a thread that does not come to closing connections has so many, and
    /// then no more are accepted for it.
    fn connections_of_a_thread(&self, threads: usize) -> usize {
        (self.connections.saturating_add(EXTRA) / 4).saturating_mul(5).div_ceil(threads) + SLACK
    }
}

/// Actix takes no more.
const MOST_THREADS: usize = 512;
/// Connections of a thread beyond its share.
const SLACK: usize = 16;

/// The application with everything that is around a request, as the server and tests use it.
pub fn create_app(
    services: web::Data<Services>,
) -> App<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<BoxBody>,
        Error = Error,
        InitError = (),
    >,
> {
    let cors = cors(&services.access);
    App::new()
        .app_data(services)
        .configure(routes)
        .wrap(from_fn(hold))
        .wrap(Compress::default())
        .wrap(from_fn(distinguish))
        .wrap(cors)
        // What is wrapped last is asked first.
        .wrap(from_fn(around))
}

/// Answers requests until `stop` comes, then finishes those that are being answered.
///
/// # Errors
/// When the threads cannot be started, or the socket fails.
pub async fn serve(
    listener: TcpListener,
    services: Services,
    options: &ServerOptions,
    stop: impl Future<Output = ()>,
) -> io::Result<()> {
    let threads = options.threads.clamp(1, MOST_THREADS);
    let clock = Arc::clone(&services.use_cases.ports.clock);
    let connections = Connections::new(options.connections, Arc::clone(&clock));
    let (services, unread, patience) =
        (web::Data::new(services), Arc::new(Unread::new(clock)), options.patience);
    let accepting = Arc::clone(&connections);
    let each_thread = move || answering(&services, &accepting, &unread, patience);
    deepen_backlog(&listener);
    let server = ServerBuilder::new()
        .workers(threads)
        .max_concurrent_connections(options.connections_of_a_thread(threads))
        .shutdown_timeout(options.shutdown.as_secs())
        // Who stops the program decides for all of it.
        .disable_signals()
        .listen("http", listener, each_thread)?
        .run();
    let handle = server.handle();
    tokio::pin!(server);
    tokio::select! {
        ended = &mut server => return ended,
        () = close_idle(&connections) => {}
        () = stop => {}
    }
    connections.end();
    let (ended, ()) = tokio::join!(server, handle.stop(true));
    ended
}

/// What a thread does with connections; called once on each.
fn answering(
    services: &web::Data<Services>,
    connections: &Arc<Connections>,
    unread: &Arc<Unread>,
    patience: Patience,
) -> impl ServiceFactory<TcpStream, Config = (), Response = (), Error = DispatchError, InitError = ()> + use<>
{
    give_way();
    let application =
        create_app(services.clone()).into_factory().map_err(|error: Error| error.error_response());
    let http = HttpService::<_, _, BoxBody>::build()
        .client_request_timeout(SLOWEST_HEAD)
        .client_disconnect_timeout(LINGER)
        .keep_alive(IDLE)
        // Who closes the connection has left: what was done for them is given up.
        .h1_allow_half_closed(false)
        .on_connect_ext(|stream: &Watched, data| {
            data.insert(stream.for_requests());
        })
        .finish(map_config(application, |()| AppConfig::default()));
    let (connections, unread) = (Arc::clone(connections), Arc::clone(unread));
    fn_service(move |stream: TcpStream| {
        let peer = stream.peer_addr().ok();
        send_little_ahead(&stream);
        let open = connections.open(peer).ok_or_else(|| io::ErrorKind::QuotaExceeded.into());
        let watched = open.map(|open| Watched::new(Paced::new(stream, patience), open, Arc::clone(&unread)));
        ready(watched.map(|watched| (watched, Protocol::Http1, peer)).map_err(DispatchError::Io))
    })
    .and_then(http)
}

/// Lets more clients wait for the service to accept them: who does not get in asks again a second later.
fn deepen_backlog(listener: &TcpListener) {
    if let Err(error) = rustix::net::listen(listener, BACKLOG) {
        tracing::debug!("few connections wait to be accepted: {error}");
    }
}

/// Closes connections that Actix Web's own timers forget: those that have sent a part of a second request, or go on
/// sending a body that was refused.
async fn close_idle(connections: &Connections) {
    let mut looks = tokio::time::interval(LOOK);
    loop {
        looks.tick().await;
        connections.close_idle(IDLE + LOOK);
    }
}

/// Keeps small what the system takes of answers for clients that do not read them.
fn send_little_ahead(stream: &TcpStream) {
    if let Err(error) = rustix::net::sockopt::set_socket_send_buffer_size(stream, SENT_AHEAD) {
        tracing::debug!("the system decides how much it sends ahead: {error}");
    }
}

/// Lets this thread give way to those that read documents: under overload most requests are refused, and refusing must
/// not take the time from those that were not. On Linux the priority is a thread's own.
#[cfg(target_os = "linux")]
fn give_way() {
    if let Err(error) = rustix::process::setpriority_process(None, YIELDING) {
        tracing::debug!("requests are answered at the usual priority: {error}");
    }
}

#[cfg(not(target_os = "linux"))]
const fn give_way() {}

/// How far threads that answer give way: a nice value of 10, a tenth of the usual share where processors are short.
#[cfg(target_os = "linux")]
const YIELDING: i32 = 10;

/// Which pages of other origins may ask, and what they may see of the answers.
fn cors(access: &Access) -> Cors {
    let cors = Cors::default()
        .allowed_methods(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"])
        .allowed_headers([
            header::ACCEPT.as_str(),
            header::AUTHORIZATION.as_str(),
            header::CONTENT_TYPE.as_str(),
            header::IF_MATCH.as_str(),
            header::IF_NONE_MATCH.as_str(),
            header::IF_RANGE.as_str(),
            header::RANGE.as_str(),
            "idempotency-key",
            "x-api-version",
            "x-request-id",
        ])
        .expose_headers([
            "accept-ranges",
            "content-range",
            "etag",
            "location",
            "retry-after",
            "x-process-time",
            "x-request-id",
        ])
        .max_age(PREFLIGHT_SECONDS)
        // An origin that is not named gets no header, and its browser keeps the answer from it.
        .block_on_origin_mismatch(false);
    access.cors_origins.iter().fold(cors, |cors, origin| cors.allowed_origin(origin))
}
