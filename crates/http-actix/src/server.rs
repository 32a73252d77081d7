//! The service that listens: the application on its threads, until it is told to stop.

use std::io;
use std::net::TcpListener;
use std::time::Duration;

use actix_cors::Cors;
use actix_web::body::BoxBody;
use actix_web::dev::{ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::http::header;
use actix_web::middleware::{Compress, from_fn};
use actix_web::{App, Error, HttpServer, web};

use crate::app::routes;
use crate::middleware::around;
use crate::services::{Access, Services};

/// How long a client may take for the head of a request.
const SLOWEST_HEAD: Duration = Duration::from_secs(10);
/// How long a connection may stay open without a request.
const IDLE: Duration = Duration::from_secs(75);
/// How long browsers may keep what other origins are allowed, in seconds.
const PREFLIGHT_SECONDS: usize = 3600;

/// How the service listens.
#[derive(Debug, Clone)]
pub struct ServerOptions {
    /// Threads that answer requests.
    pub threads: usize,
    /// Connections that are open at once, over all threads; those above wait to be accepted.
    pub connections: usize,
    /// How long requests that are being answered may take after the wish to stop.
    pub shutdown: Duration,
}

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
        .wrap(Compress::default())
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
    let services = web::Data::new(services);
    let threads = options.threads.max(1);
    let application = move || {
        // Called once on each thread that answers.
        give_way();
        create_app(services.clone())
    };
    let server = HttpServer::new(application)
        .workers(threads)
        .max_connections(options.connections.div_ceil(threads))
        .client_request_timeout(SLOWEST_HEAD)
        .keep_alive(IDLE)
        // Who closes the connection has left: what was done for them is given up.
        .h1_allow_half_closed(false)
        .shutdown_timeout(options.shutdown.as_secs())
        // Who stops the program decides for all of it.
        .disable_signals()
        .listen(listener)?
        .run();
    let handle = server.handle();
    tokio::pin!(server);
    tokio::select! {
        ended = &mut server => return ended,
        () = stop => {}
    }
    let (ended, ()) = tokio::join!(server, handle.stop(true));
    ended
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
            "idempotency-key",
            "x-api-version",
            "x-request-id",
        ])
        .expose_headers(["etag", "location", "retry-after", "x-process-time", "x-request-id"])
        .max_age(PREFLIGHT_SECONDS)
        // An origin that is not named gets no header, and its browser keeps the answer from it.
        .block_on_origin_mismatch(false);
    access.cors_origins.iter().fold(cors, |cors, origin| cors.allowed_origin(origin))
}
