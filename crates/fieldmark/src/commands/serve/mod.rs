//! `fieldmark serve`: the service over HTTP, and the jobs that it takes in.

mod dependencies;
mod wiring;

use std::net::{SocketAddr, TcpListener};
use std::num::NonZeroUsize;
use std::time::Duration;

use anyhow::Context as _;
use fieldmark_http_actix::server::{self, ServerOptions};
use fieldmark_http_actix::{Patience, Telemetry};

use crate::agreement;
use crate::arguments::ServeArguments;
use crate::commands::worker::{Runner, on_signal};
use crate::engine::{self, Reading};
use crate::exit_status::ExitStatus;
use crate::open_files;
use crate::settings::{HttpSettings, Settings};
use crate::store::Store;

/// How often measures are sorted.
const UPKEEP: Duration = Duration::from_secs(5);

/// Serves until it is stopped.
///
/// # Errors
/// When nothing was begun: an address that cannot be listened on, no model, no database, no store of bytes.
pub fn run(settings: &Settings, arguments: &ServeArguments) -> anyhow::Result<ExitStatus> {
    let settings = with_address(settings, arguments)?;
    let limit = open_files::raise();
    let listener = listen(&settings.http)?;
    let workers = settings.jobs.workers.and_then(NonZeroUsize::new);
    let slots = arguments.jobs.or(workers).unwrap_or_else(engine::cores);
    let telemetry = Telemetry::start()?;
    let runtime = engine::runtime(slots)?;
    // Those whose files are read while they wait.
    let waiting = settings.http.max_inferences.saturating_add(settings.http.max_pictures);
    let reading =
        Reading::start_on(&settings, arguments.device.as_deref(), slots, waiting, runtime.handle())?;
    reading.wait_for_model()?;
    runtime.block_on(async {
        let stop = on_signal()?;
        let store = Store::open(&settings).await?;
        let _in_use = store.database.hold().await?;
        agreement::warn(&store).await;
        tokio::spawn(keep_up(telemetry.clone()));
        let services = wiring::services(
            &settings,
            arguments.device.as_deref(),
            &store,
            &reading,
            telemetry,
            stop.channel(),
        )?;
        let jobs = (!arguments.no_jobs).then(|| {
            let runner = Runner::new(&store, reading.extract.clone(), stop.clone());
            tokio::spawn(runner.run(slots, false))
        });
        let options = ServerOptions {
            threads: engine::cores().get(),
            connections: connections(&settings, slots.get(), limit),
            patience: Patience {
                longest: settings.http.answer_timeout,
                bytes_a_second: settings.http.min_answer_rate,
            },
            shutdown: settings.http.shutdown,
        };
        announce(&settings.http, listener.local_addr()?);
        let mut stopping = stop.clone();
        let served = server::serve(listener, services, &options, stopping.wanted()).await;
        // A service that broke stops its jobs, too: somebody must start it again.
        stop.ask();
        if let Some(jobs) = jobs {
            jobs.await.context("the jobs broke")?;
        }
        served.context("the service broke")
    })?;
    tracing::info!("stopped");
    Ok(ExitStatus::AllWell)
}

/// How many connections are open at once, and a word about it where it is not what the settings say.
fn connections(settings: &Settings, slots: usize, limit: usize) -> usize {
    let (wanted, given) = (settings.http.max_connections, open_files::connections(settings, slots, limit));
    if given < wanted {
        tracing::warn!(
            "{given} connections at once, not http.max_connections ({wanted}): only {limit} files may be open; \
             raise the hard limit (ulimit -Hn, or LimitNOFILE of systemd)"
        );
    }
    given
}

/// Keeps what is measured small while nobody asks for it.
async fn keep_up(telemetry: Telemetry) {
    let mut ticks = tokio::time::interval(UPKEEP);
    loop {
        ticks.tick().await;
        telemetry.keep_up();
    }
}

/// The settings with what was said on the command line.
fn with_address(settings: &Settings, arguments: &ServeArguments) -> anyhow::Result<Settings> {
    let mut settings = settings.clone();
    if let Some(bind) = &arguments.bind {
        settings.http.bind.clone_from(bind);
        settings.validate().map_err(|what| anyhow::anyhow!("--bind: {what}"))?;
    }
    Ok(settings)
}

/// Listens where the settings say; for everybody only with a token.
fn listen(http: &HttpSettings) -> anyhow::Result<TcpListener> {
    let address = http.address().with_context(|| format!("http.bind is no address: {}", http.bind))?;
    anyhow::ensure!(
        http.token.is_some() || address.ip().is_loopback(),
        "{address} can be reached from other machines: set a token that callers must give (http.token, \
         FIELDMARK_HTTP__TOKEN), or listen on 127.0.0.1"
    );
    TcpListener::bind(address).with_context(|| format!("cannot listen on {address}"))
}

fn announce(http: &HttpSettings, address: SocketAddr) {
    tracing::info!("listening on http://{address}, its API at http://{address}/docs");
    if http.token.is_none() {
        tracing::warn!("there is no http.token: every program of this machine may ask");
    }
}
