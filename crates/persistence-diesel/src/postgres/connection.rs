//! Opens connections to PostgreSQL, from an address in libpq's format to a configured session.

use std::time::Duration;

use diesel::{ConnectionError, ConnectionResult};
use diesel_async::{AsyncPgConnection, SimpleAsyncConnection as _};
use tokio_postgres::config::{Host, SslMode};
use tokio_postgres::tls::TlsStream;
use tokio_postgres::{Client, Config, NoTls, Socket};

use super::tls;

/// Time limit for connecting, if the address contains none.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// A connection without any answer, even from the other machine's network, breaks after about this
/// time.
const KEEPALIVE_TIMEOUT: Duration = Duration::from_secs(15);

/// Parses `postgres://user@host/database?parameters`; the error describes the fault without any of
/// the values.
pub(crate) fn parse(url: &str) -> Result<Config, String> {
    // Certificates are always checked against the server's name: what libpq calls verify-full.
    let url = url.replace("sslmode=verify-full", "sslmode=require");
    let mut config: Config = url.parse().map_err(|error| described(&error))?;
    if config.get_hosts().is_empty() && config.get_hostaddrs().is_empty() {
        return Err("it names no server".to_owned());
    }
    // The host is printed when the server cannot be reached, and this host would contain a part of
    // the password.
    let holds_an_at = |host: &Host| matches!(host, Host::Tcp(name) if name.contains('@'));
    if config.get_hosts().iter().any(holds_an_at) {
        return Err(
            "its server's name has an `@` in it; in a user or a password, `@` is written `%40`".to_owned()
        );
    }
    if config.get_connect_timeout().is_none() {
        config.connect_timeout(CONNECT_TIMEOUT);
    }
    // Keepalives distinguish a server that is gone from a slow one.
    config
        .keepalives(true)
        .keepalives_idle(KEEPALIVE_TIMEOUT)
        .keepalives_interval(KEEPALIVE_TIMEOUT / 3)
        .keepalives_retries(3);
    if config.get_tcp_user_timeout().is_none() {
        config.tcp_user_timeout(KEEPALIVE_TIMEOUT);
    }
    if config.get_application_name().is_none() {
        config.application_name("fieldmark");
    }
    Ok(config)
}

/// Server and database, as text for people.
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

/// A session in UTC. If the address only prefers TLS and the server's TLS cannot be used, connects
/// without TLS, as libpq does.
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

/// A session on top of a connection to the server.
pub(crate) trait Session: Sized {
    /// Creates the session.
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
        // Errors are recognised by their English messages where the driver does not expose their
        // codes. Some users may not change the language; then the server's own language is used.
        let _own_language = session.batch_execute("SET lc_messages TO 'C'").await;
        Ok(session)
    }
}

fn without_tls(config: &Config) -> Config {
    let mut config = config.clone();
    config.ssl_mode(SslMode::Disable);
    config
}

/// Why a session with TLS could not be established.
struct TlsRefusal {
    reason: ConnectionError,
    /// Whether TLS is the reason.
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
        // Without TLS, an error of the server itself or an unreachable server would be the same.
        may_do_without: error.as_db_error().is_none() && described(&error).contains("TLS"),
    })?;
    let session = S::begin(client, connection).await;
    session.map_err(|reason| TlsRefusal { reason, may_do_without: false })
}

fn bad(error: &tokio_postgres::Error) -> ConnectionError {
    ConnectionError::BadConnection(described(error))
}

/// An error with the whole chain of its sources.
fn described(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text = format!("{text}: {cause}");
        source = cause.source();
    }
    text
}
