//! Listens to PostgreSQL's notifications of changes by any process, on a separate connection.
//!
//! Converts the notifications on each [`Channel`] to [`Signals`]. A broken connection is opened
//! again, with growing delays, for as long as the database is open in this process. Correctness
//! does not depend on notifications: callers that wait for jobs or their ends also check by
//! themselves, and a cache that may have missed one is emptied.

use std::future::poll_fn;
use std::hash::{BuildHasher as _, RandomState};
use std::pin::pin;
use std::task::{Context, Poll};
use std::time::Duration;

use diesel::ConnectionResult;
use fieldmark_domain::document::DocumentId;
use fieldmark_domain::job::{JobId, RetryPolicy};
use tokio::time::sleep;
use tokio_postgres::tls::TlsStream;
use tokio_postgres::{AsyncMessage, Client, Config, Connection, Error, Socket};
use uuid::Uuid;

use super::connection::{self, Session};
use crate::notifications::Channel;
use crate::signals::{SharedSignals, Signals};

/// How long to wait before connecting again.
const RECONNECTION: RetryPolicy =
    RetryPolicy { first: Duration::from_millis(200), cap: Duration::from_secs(5) };
/// How long an idle connection may be silent before it is probed.
const KEEPALIVE: Duration = Duration::from_secs(15);

/// Starts listening on the current runtime, until the last user of these signals is dropped.
pub(crate) fn start(config: &Config) -> SharedSignals {
    let mut config = config.clone();
    config.application_name("fieldmark listener");
    config.keepalives(true).keepalives_idle(KEEPALIVE).keepalives_interval(KEEPALIVE).keepalives_retries(3);
    SharedSignals::fed_by(|signals| async move {
        let mut failures = 0;
        loop {
            let error = listen(&config, &signals, &mut failures).await;
            signals.suspend();
            failures += 1;
            let wait = RECONNECTION.wait_after(failures, RandomState::new().hash_one(failures));
            tracing::warn!(%error, ?wait, "the connection that listens to the database is lost");
            sleep(wait).await;
        }
    })
}

/// A connection whose notifications are polled.
struct Link {
    client: Client,
    messages: Box<dyn Messages>,
}

/// The server's unsolicited messages. Query results arrive only while these are polled.
trait Messages: Send {
    fn poll_message(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<AsyncMessage, Error>>>;
}

impl<S: TlsStream + Unpin + Send> Messages for Connection<Socket, S> {
    fn poll_message(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<AsyncMessage, Error>>> {
        Self::poll_message(self, context)
    }
}

impl Session for Link {
    async fn begin<S>(client: Client, connection: Connection<Socket, S>) -> ConnectionResult<Self>
    where
        S: TlsStream + Unpin + Send + 'static,
    {
        Ok(Self { client, messages: Box::new(connection) })
    }
}

/// Listens until the connection breaks, and returns the reason. Resets the number of failures when
/// listening has started.
async fn listen(config: &Config, signals: &Signals, failures: &mut u32) -> String {
    let Link { client, mut messages } = match connection::establish(config).await {
        Ok(link) => link,
        Err(error) => return error.to_string(),
    };
    let mut listening = pin!(subscribe(&client));
    let mut is_listening = false;
    loop {
        tokio::select! {
            answer = &mut listening, if !is_listening => match answer {
                Ok(()) => {
                    (is_listening, *failures) = (true, 0);
                    signals.resume();
                }
                Err(error) => return error.to_string(),
            },
            message = poll_fn(|context| messages.poll_message(context)) => match message {
                Some(Ok(message)) => dispatch(&message, signals),
                Some(Err(error)) => return error.to_string(),
                None => return "the server closed it".to_owned(),
            },
        }
    }
}

async fn subscribe(client: &Client) -> Result<(), Error> {
    let all = Channel::ALL.map(|channel| format!("LISTEN {}", channel.name()));
    client.batch_execute(&all.join("; ")).await
}

fn dispatch(message: &AsyncMessage, signals: &Signals) {
    let AsyncMessage::Notification(notification) = message else { return };
    let channel = Channel::ALL.into_iter().find(|channel| channel.name() == notification.channel());
    // A payload that is not an id means any job or document: another program notifies on our
    // channels.
    let named = Uuid::parse_str(notification.payload()).ok();
    match (channel, named) {
        (Some(Channel::Jobs), _) => signals.job_waits(),
        (Some(Channel::EndedJobs), Some(id)) => signals.job_ended(JobId(id)),
        (Some(Channel::EndedJobs), None) => signals.any_job_ended(),
        (Some(Channel::Documents), Some(id)) => signals.document_changed(DocumentId(id)),
        (Some(Channel::Documents), None) => signals.any_document_changed(),
        (None, _) => {}
    }
}
