//! Records the statements that the connections of this process run.

use std::sync::{Mutex, MutexGuard, PoisonError};

use diesel::connection::{Instrumentation, InstrumentationEvent, set_default_instrumentation};

static STATEMENTS: Mutex<Vec<String>> = Mutex::new(Vec::new());
static TURN: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

fn statements() -> MutexGuard<'static, Vec<String>> {
    STATEMENTS.lock().unwrap_or_else(PoisonError::into_inner)
}

struct Recorder;

impl Instrumentation for Recorder {
    fn on_connection_event(&mut self, event: InstrumentationEvent<'_>) {
        if let InstrumentationEvent::StartQuery { query, .. } = event {
            statements().push(query.to_string());
        }
    }
}

/// Records connections from now on. One test at a time.
pub async fn record() -> tokio::sync::MutexGuard<'static, ()> {
    let turn = TURN.lock().await;
    set_default_instrumentation(|| Some(Box::new(Recorder))).unwrap();
    turn
}

/// The queries since the last call, without statements that begin and end transactions; their binds
/// follow `-- binds:`.
pub fn queries() -> Vec<String> {
    let all = std::mem::take(&mut *statements());
    all.into_iter().filter(|statement| statement.trim_start().starts_with("SELECT")).collect()
}
