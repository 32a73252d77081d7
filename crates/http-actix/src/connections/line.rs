//! Connections in the order in which something of them began.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use super::Connection;

/// A connection's place in a line, if it has one. Changed by the line alone.
pub(super) struct Turn(AtomicU64);

const NONE: u64 = u64::MAX;

impl Default for Turn {
    fn default() -> Self {
        Self(AtomicU64::new(NONE))
    }
}

impl Turn {
    pub(super) fn is_some(&self) -> bool {
        self.0.load(Ordering::Acquire) != NONE
    }
}

/// Connections, the first one first.
#[derive(Default)]
pub(super) struct Line {
    by_turn: BTreeMap<u64, Since>,
    next: u64,
}

struct Since {
    moment: Duration,
    connection: Arc<Connection>,
}

impl Line {
    /// Adds a connection as the last one.
    pub(super) fn join(&mut self, turn: &Turn, connection: &Arc<Connection>, moment: Duration) {
        turn.0.store(self.next, Ordering::Release);
        self.by_turn.insert(self.next, Since { moment, connection: Arc::clone(connection) });
        self.next += 1;
    }

    /// Takes a connection out, if it is there.
    pub(super) fn leave(&mut self, turn: &Turn) {
        self.by_turn.remove(&turn.0.swap(NONE, Ordering::AcqRel));
    }

    /// Takes the first one out.
    pub(super) fn first(&mut self) -> Option<Arc<Connection>> {
        self.by_turn.pop_first().map(|(_, since)| since.connection)
    }

    /// Takes the first one out if it has been there since this moment or longer.
    pub(super) fn first_since(&mut self, moment: Duration) -> Option<Arc<Connection>> {
        let first = self.by_turn.first_entry()?;
        (first.get().moment <= moment).then(|| first.remove().connection)
    }
}
