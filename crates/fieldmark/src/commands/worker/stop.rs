//! The wish to stop, told to everything that goes on.

use std::sync::Arc;

use anyhow::Context as _;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

/// Says whether to stop.
#[derive(Debug, Clone)]
pub struct Stop(watch::Receiver<bool>, Arc<watch::Sender<bool>>);

impl Stop {
    /// The same for whoever knows channels alone: becomes true when it is time to stop.
    pub fn channel(&self) -> watch::Receiver<bool> {
        self.0.clone()
    }

    /// Wants everything to stop that goes by this.
    pub fn ask(&self) {
        self.1.send_replace(true);
    }

    /// Whether to stop now.
    pub fn is_wanted(&self) -> bool {
        *self.0.borrow()
    }

    /// Returns once it is time to stop.
    pub async fn wanted(&mut self) {
        // A sender that is gone has nothing more to say: then there is no time to stop.
        if self.0.wait_for(|stop| *stop).await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}

/// A stop that comes with SIGTERM, SIGINT (Ctrl-C) or SIGHUP (a terminal that is closed). The second signal ends the
/// program at once.
///
/// # Errors
/// When the system does not let signals be caught.
pub fn on_signal() -> anyhow::Result<Stop> {
    let mut terminate = signal(SignalKind::terminate()).context("signals cannot be caught")?;
    let mut interrupt = signal(SignalKind::interrupt()).context("signals cannot be caught")?;
    let mut hang_up = signal(SignalKind::hangup()).context("signals cannot be caught")?;
    let (sender, receiver) = watch::channel(false);
    let sender = Arc::new(sender);
    let stop = Stop(receiver, Arc::clone(&sender));
    tokio::spawn(async move {
        let mut signals = 0;
        loop {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = interrupt.recv() => {}
                _ = hang_up.recv() => {}
            }
            signals += 1;
            if signals > 1 {
                tracing::warn!("stopped at once; what was being read is tried again when its lease runs out");
                std::process::exit(1);
            }
            tracing::info!("stopping: jobs are given back");
            // Nobody may be left to hear it.
            let _ = sender.send(true);
        }
    });
    Ok(stop)
}
