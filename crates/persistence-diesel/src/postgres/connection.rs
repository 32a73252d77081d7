//! A connection to PostgreSQL, from an address as libpq writes it to a session that is ready.

use std::time::Duration;

use diesel::{ConnectionError, ConnectionResult};
use diesel_async::{AsyncPgConnection, SimpleAsyncConnection as _};
use tokio_postgres::config::{Host, SslMode};
use tokio_postgres::tls::TlsStream;
use tokio_postgres::{Client, Config, NoTls, Socket};

use super::tls;

/// How long a server may take to be reached where the address does not say.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// A connection on which nothing is answered, not even by the other machine's network, breaks after about so long.
const SILENCE: Duration = Duration::from_secs(15);

/// Reads `postgres://user@host/database?parameters`; the error says what is wrong without any of the values.
pub(crate) fn parse(url: &str) -> Result<Config, String> {
    // Certificates are always checked against the server's name, which is what libpq calls verify-full.
    let url = url.replace("sslmode=verify-full", "sslmode=require");
    let mut config: Config = url.parse().map_err(|error| described(&error))?;
    if config.get_hosts().is_empty() && config.get_hostaddrs().is_empty() {
        return Err("it names no server".to_owned());
    }
    // The host is printed where the server cannot be reached, and this one would hold a part of the password.
    let holds_an_at = |host: &Host| matches!(host, Host::Tcp(name) if name.contains('@'));
    if config.get_hosts().iter().any(holds_an_at) {
        return Err(
            "its server's name has an `@` in it; in a user or a password, `@` is written `%40`".to_owned()
        );
    }
    if config.get_connect_timeout().is_none() {
        config.connect_timeout(CONNECT_TIMEOUT);
    }
    // A server that is gone without a word is told from one that takes its time.
    config.keepalives(true).keepalives_idle(SILENCE).keepalives_interval(SILENCE / 3).keepalives_retries(3);
    if config.get_tcp_user_timeout().is_none() {
        config.tcp_user_timeout(SILENCE);
    }
    if config.get_application_name().is_none() {
        config.application_name("fieldmark");
    }
    Ok(config)
}

/// Server and database, for people.
pub(crate) fn place(config: &Config) -> String {
    let hosts = config.get_hosts().iter().map(|host| match host {
        Host::Tcp(name) => name.clone(),
        #[cfg(unix)]
        Host::Unix(path) => path.display().to_string(),
    });
    let ports: Vec<String> = config.get_ports().iter().map(u16::to_string).collect();
    let port = if ports.is_empty() { "5432".to_owned() } else { ports.join(",") };
    let database = config.get_dbname().or(config.get_user()).unwrap_or("postgres");
    format!("database `{database}` on {} port {port}", hosts.collect::<Vec<_>>().join(","))
}

/// A session in UTC. Where the address prefers TLS, a server whose TLS cannot be used is spoken to without, as libpq does.
pub(crate) async fn establish<S: Session>(config: &Config) -> ConnectionResult<S> {
    match config.get_ssl_mode() {
        SslMode::Disable => plain(config).await,
        SslMode::Prefer => match encrypted(config).await {
            Err(error) if error.may_do_without => plain(&without_tls(config)).await,
            other => other.map_err(|error| error.reason),
        },
        _ => encrypted(config).await.map_err(|error| error.reason),
    }
}

/// What is made of a connection to the server.
pub(crate) trait Session: Sized {
    /// Begins it.
    fn begin<S>(
        client: Client,
        connection: tokio_postgres::Connection<Socket, S>,
    ) -> impl Future<Output = ConnectionResult<Self>> + Send
    where
        S: TlsStream + Unpin + Send + 'static;
}

impl Session for AsyncPgConnection {
    async fn begin<S>(
        client: Client,
        connection: tokio_postgres::Connection<Socket, S>,
    ) -> ConnectionResult<Self>
    where
        S: TlsStream + Unpin + Send + 'static,
    {
        let mut session = Self::try_from_client_and_connection(client, connection).await?;
        // Errors are told from each other by their words where the driver keeps their codes to itself. Not every
        // user may choose the language; then the server's own is read.
        let _own_language = session.batch_execute("SET lc_messages TO 'C'").await;
        Ok(session)
    }
}

fn without_tls(config: &Config) -> Config {
    let mut config = config.clone();
    config.ssl_mode(SslMode::Disable);
    config
}

/// Why a session with TLS did not begin.
struct TlsRefusal {
    reason: ConnectionError,
    /// Whether it is TLS that failed.
    may_do_without: bool,
}

async fn plain<S: Session>(config: &Config) -> ConnectionResult<S> {
    let (client, connection) = config.connect(NoTls).await.map_err(|error| bad(&error))?;
    S::begin(client, connection).await
}

async fn encrypted<S: Session>(config: &Config) -> Result<S, TlsRefusal> {
    let connector = tls::connector().map_err(|error| TlsRefusal {
        reason: ConnectionError::BadConnection(format!("TLS cannot be used: {error}")),
        may_do_without: true,
    })?;
    let connected = config.connect(connector).await;
    let (client, connection) = connected.map_err(|error| TlsRefusal {
        reason: bad(&error),
        // Neither the server's own refusal nor a server that is not there would change without TLS.
        may_do_without: error.as_db_error().is_none() && described(&error).contains("TLS"),
    })?;
    let session = S::begin(client, connection).await;
    session.map_err(|reason| TlsRefusal { reason, may_do_without: false })
}

fn bad(error: &tokio_postgres::Error) -> ConnectionError {
    ConnectionError::BadConnection(described(error))
}

/// An error with all that it came from.
fn described(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text = format!("{text}: {cause}");
        source = cause.source();
    }
    text
}
