//! Listens to what PostgreSQL tells of changes by any process, on a connection of its own.
//!
//! The database's triggers notify; what is heard becomes [`Signals`]. A connection that breaks is made anew, with
//! growing waits in between, for as long as the database is open here. Nothing that is heard is needed for
//! correctness: whoever waits for jobs also looks by itself, and a cache that may miss something is emptied.

use std::future::poll_fn;
use std::hash::{BuildHasher as _, RandomState};
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use fieldmark_domain::document::DocumentId;
use fieldmark_domain::job::RetryPolicy;
use tokio::task::AbortHandle;
use tokio::time::sleep;
use tokio_postgres::tls::{MakeTlsConnect, TlsConnect};
use tokio_postgres::{AsyncMessage, Config, Connection, Error, Notification, Socket};
use uuid::Uuid;

use crate::signals::Signals;

/// Jobs wait. Without a payload.
const JOBS: &str = "fieldmark_jobs";
/// A document changed. The payload is its id.
const DOCUMENTS: &str = "fieldmark_documents";
/// How long to wait before connecting again.
const RECONNECTION: RetryPolicy =
    RetryPolicy { first: Duration::from_millis(200), cap: Duration::from_secs(5) };
/// How long the server may be silent on an idle connection before it is asked for a sign of life.
const KEEPALIVE: Duration = Duration::from_secs(15);

/// A listening task, which ends when this is dropped.
#[derive(Debug)]
pub(crate) struct Listener(AbortHandle);

impl Drop for Listener {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl Listener {
    /// Starts to listen on the current runtime.
    pub(crate) fn start<T>(mut config: Config, tls: T, signals: Arc<Signals>) -> Self
    where
        T: MakeTlsConnect<Socket> + Clone + Send + Sync + 'static,
        T::Stream: Send,
        T::TlsConnect: Send,
        <T::TlsConnect as TlsConnect<Socket>>::Future: Send,
    {
        config.application_name("fieldmark listener").connect_timeout(KEEPALIVE);
        config
            .keepalives(true)
            .keepalives_idle(KEEPALIVE)
            .keepalives_interval(KEEPALIVE)
            .keepalives_retries(3);
        let task = tokio::spawn(async move {
            let mut failures = 0;
            loop {
                failures += 1;
                let error = listen(&config, tls.clone(), &signals, &mut failures).await;
                signals.turn_deaf();
                let wait = RECONNECTION.wait_after(failures, RandomState::new().hash_one(failures));
                tracing::warn!(%error, ?wait, "the connection that listens to the database is lost");
                sleep(wait).await;
            }
        });
        Self(task.abort_handle())
    }
}

/// Listens until the connection breaks, and answers why it did. Sets the failures to none once it listens.
async fn listen<T>(config: &Config, tls: T, signals: &Signals, failures: &mut u32) -> String
where
    T: MakeTlsConnect<Socket>,
{
    let (client, mut connection) = match config.connect(tls).await {
        Ok(connected) => connected,
        Err(error) => return error.to_string(),
    };
    let mut listening = pin!(subscribe(&client));
    let mut is_listening = false;
    loop {
        tokio::select! {
            answer = &mut listening, if !is_listening => match answer {
                Ok(()) => {
                    (is_listening, *failures) = (true, 0);
                    signals.hear_again();
                }
                Err(error) => return error.to_string(),
            },
            heard = next(&mut connection) => match heard {
                Ok(message) => tell(&message, signals),
                Err(error) => return error,
            },
        }
    }
}

async fn subscribe(client: &tokio_postgres::Client) -> Result<(), Error> {
    client.batch_execute(&format!("LISTEN {JOBS}; LISTEN {DOCUMENTS}")).await
}

async fn next<S>(connection: &mut Connection<Socket, S>) -> Result<AsyncMessage, String>
where
    S: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin,
{
    match poll_fn(|context| connection.poll_message(context)).await {
        Some(Ok(message)) => Ok(message),
        Some(Err(error)) => Err(error.to_string()),
        None => Err("the server closed the connection".to_owned()),
    }
}

fn tell(message: &AsyncMessage, signals: &Signals) {
    let AsyncMessage::Notification(notification) = message else { return };
    match notification.channel() {
        JOBS => signals.job_waits(),
        DOCUMENTS => tell_of_document(notification, signals),
        _ => {}
    }
}

fn tell_of_document(notification: &Notification, signals: &Signals) {
    match Uuid::parse_str(notification.payload()) {
        Ok(id) => signals.document_changed(DocumentId(id)),
        // Somebody else notifies on our channel, or in another way than we know.
        Err(_) => signals.any_document_changed(),
    }
}
