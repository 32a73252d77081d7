//! The connections that are open: how many there may be, and which one goes when places become scarce.
//!
//! A connection waits for a request, or answers one. Clients that open connections and send nothing must not keep
//! others out: when all places are taken, the connection that has waited longest is closed for the one that comes.
//! Those that answer stay while their clients take the answers; how many may answer at once is bounded, so that there
//! is always one that waits.
//!
//! Knows nothing of HTTP: the middleware says when a request begins, the stream closes itself when it is asked to.

mod line;
mod stream;
mod unread;

use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, AtomicU8, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::Waker;
use std::time::Duration;

use fieldmark_domain::ports::Clock;
use futures_util::task::AtomicWaker;

use line::{Line, Turn};

pub use stream::Watched;
pub use unread::Unread;

/// Places beside those of the settings: there a request for the service's health is answered when all others are taken.
pub const EXTRA: usize = 16;

/// A client that has taken nothing of its answer for so long makes room for others when places are scarce. The system
/// takes more of an answer when a third of what it sends ahead has gone: a client of 4 KiB a second lets a write wait for
/// 11 seconds.
const STALLED: Duration = Duration::from_secs(15);

const OPEN: u8 = 0;
/// Nothing more is read; what was written is still sent.
const ENDING: u8 = 1;
/// Nothing more is read or sent.
const CLOSED: u8 = 2;

/// All connections of the process.
pub struct Connections {
    places: usize,
    clock: Arc<dyn Clock>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    open: usize,
    answering: usize,
    /// Those that wait for a request.
    waiting: Line,
    /// Those whose clients take nothing.
    stalled: Line,
    is_ending: bool,
}

/// One connection, as the stream and the requests on it know it.
struct Connection {
    peer: Option<SocketAddr>,
    state: AtomicU8,
    waits: Turn,
    stalls: Turn,
    is_dropped: AtomicBool,
    answering: AtomicUsize,
    answered: AtomicUsize,
    waker: AtomicWaker,
}

/// An open connection; dropping it frees its place.
pub struct Open {
    connections: Arc<Connections>,
    connection: Arc<Connection>,
}

/// By what a request finds its connection.
#[derive(Clone)]
pub struct OfConnection {
    connections: Arc<Connections>,
    connection: Arc<Connection>,
}

/// A request that is being answered, until the last byte of its answer was made.
pub struct Answering(OfConnection);

/// All places are taken by connections whose requests are being answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AllAnswer;

impl Connections {
    /// None so far, and room for so many, [`EXTRA`] not counted.
    pub fn new(places: usize, clock: Arc<dyn Clock>) -> Arc<Self> {
        metrics::gauge!("fieldmark_http_connections_limit").set(places as f64);
        Arc::new(Self { places, clock, state: Mutex::default() })
    }

    /// A new connection, for which the one that has waited longest is closed if there is no room; `None` when none can
    /// be closed.
    pub fn open(self: &Arc<Self>, peer: Option<SocketAddr>) -> Option<Open> {
        let connection = Arc::new(Connection {
            peer,
            state: AtomicU8::new(OPEN),
            waits: Turn::default(),
            stalls: Turn::default(),
            is_dropped: AtomicBool::new(false),
            answering: AtomicUsize::new(0),
            answered: AtomicUsize::new(0),
            waker: AtomicWaker::new(),
        });
        let mut state = self.state();
        if state.open >= self.places.saturating_add(EXTRA) {
            let longest = state.waiting.first().or_else(|| self.stalled(&mut state))?;
            longest.close(CLOSED, "scarce");
        }
        state.open += 1;
        self.wait(&mut state, &connection);
        drop(state);
        metrics::gauge!("fieldmark_http_connections").increment(1.0);
        Some(Open { connections: Arc::clone(self), connection })
    }

    /// Closes the connections that have waited for a request longer than this, whatever they have sent of one.
    pub fn close_idle(&self, longest: Duration) {
        let Some(since) = self.clock.monotonic().checked_sub(longest) else { return };
        let mut state = self.state();
        while let Some(connection) = state.waiting.first_since(since) {
            connection.close(CLOSED, "idle");
        }
    }

    /// Ends the connections that wait now, and the others when they have answered.
    pub fn end(&self) {
        let mut state = self.state();
        state.is_ending = true;
        while let Some(connection) = state.waiting.first() {
            connection.close(ENDING, "stopping");
        }
    }

    fn wait(&self, state: &mut State, connection: &Arc<Connection>) {
        if state.is_ending {
            return connection.close(ENDING, "stopping");
        }
        if connection.state.load(Ordering::Acquire) != OPEN {
            return;
        }
        state.waiting.join(&connection.waits, connection, self.clock.monotonic());
    }

    /// The one whose client has taken nothing for longest, if that is long.
    fn stalled(&self, state: &mut State) -> Option<Arc<Connection>> {
        state.stalled.first_since(self.clock.monotonic().checked_sub(STALLED)?)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Connection {
    fn close(&self, state: u8, reason: &'static str) {
        if self.state.fetch_max(state, Ordering::AcqRel) < state {
            metrics::counter!("fieldmark_http_connections_closed_total", "reason" => reason).increment(1);
            self.waker.wake();
        }
    }
}

impl Open {
    /// By what requests find it.
    pub fn for_requests(&self) -> OfConnection {
        let Self { connections, connection } = self;
        OfConnection { connections: Arc::clone(connections), connection: Arc::clone(connection) }
    }

    /// The other end.
    pub fn peer(&self) -> Option<SocketAddr> {
        self.connection.peer
    }

    /// Whom to wake when it is to be closed.
    fn will_wake(&self, waker: &Waker) {
        self.connection.waker.register(waker);
    }

    fn may_read(&self) -> bool {
        self.connection.state.load(Ordering::Acquire) == OPEN
    }

    fn may_write(&self) -> bool {
        self.connection.state.load(Ordering::Acquire) < CLOSED
    }

    /// Says whether the client takes what is sent.
    fn is_taken(&self, is_taken: bool) {
        let Self { connections, connection } = self;
        if connection.stalls.is_some() != is_taken {
            return;
        }
        let mut state = connections.state();
        if is_taken {
            state.stalled.leave(&connection.stalls);
        } else {
            state.stalled.join(&connection.stalls, connection, connections.clock.monotonic());
        }
    }

    fn is_answering(&self) -> bool {
        self.connection.answering.load(Ordering::Acquire) > 0
    }

    /// How many requests were answered so far.
    fn answered(&self) -> usize {
        self.connection.answered.load(Ordering::Acquire)
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        let mut state = self.connections.state();
        self.connection.is_dropped.store(true, Ordering::Release);
        state.waiting.leave(&self.connection.waits);
        state.stalled.leave(&self.connection.stalls);
        state.open = state.open.saturating_sub(1);
        drop(state);
        metrics::gauge!("fieldmark_http_connections").decrement(1.0);
    }
}

impl OfConnection {
    /// Says that a request is being answered from now on; `is_vital` for one that is answered when all places are taken.
    ///
    /// # Errors
    /// [`AllAnswer`] when too many others are.
    pub fn answer(&self, is_vital: bool) -> Result<Answering, AllAnswer> {
        let mut state = self.connections.state();
        if state.answering >= self.connections.places && !is_vital {
            let stalled = self.connections.stalled(&mut state).ok_or(AllAnswer)?;
            stalled.close(CLOSED, "stalled");
        }
        state.answering += 1;
        state.waiting.leave(&self.connection.waits);
        self.connection.answering.fetch_add(1, Ordering::AcqRel);
        Ok(Answering(self.clone()))
    }

    /// Whether no further request is wanted on this connection.
    pub fn is_ending(&self) -> bool {
        self.connections.state().is_ending
    }
}

impl Drop for Answering {
    fn drop(&mut self) {
        let OfConnection { connections, connection } = &self.0;
        let mut state = connections.state();
        state.answering = state.answering.saturating_sub(1);
        // In this order: who sees that nothing is being answered sees that it was.
        connection.answered.fetch_add(1, Ordering::AcqRel);
        let left = connection.answering.fetch_sub(1, Ordering::AcqRel) - 1;
        if left == 0 && !connection.is_dropped.load(Ordering::Acquire) {
            connections.wait(&mut state, connection);
        }
    }
}

#[cfg(test)]
mod tests {
    use fieldmark_domain::ports::MockClock;

    use super::*;

    fn connections(places: usize) -> Arc<Connections> {
        let (mut clock, mut seconds) = (MockClock::new(), 0);
        clock.expect_monotonic().returning(move || {
            seconds += 1;
            Duration::from_secs(seconds)
        });
        Connections::new(places, Arc::new(clock))
    }

    fn are_open(open: &[Open]) -> Vec<bool> {
        open.iter().map(Open::may_read).collect()
    }

    #[test]
    fn the_one_that_has_waited_longest_makes_room() {
        let connections = connections(2);
        let mut open: Vec<Open> = (0..2 + EXTRA).map(|_| connections.open(None).unwrap()).collect();
        assert!(are_open(&open).iter().all(|is_open| *is_open));
        // The first one answers, and waits again.
        drop(open[0].for_requests().answer(false).unwrap());
        open.push(connections.open(None).unwrap());
        assert_eq!(are_open(&open)[..4], [true, false, true, true]);
        assert!(!open[1].may_write());
        // A closed one is no candidate any more, and its place is free once it is gone.
        open.remove(1);
        let left = open.len();
        open.push(connections.open(None).unwrap());
        assert_eq!(are_open(&open).iter().filter(|is_open| !**is_open).count(), 1);
        assert_eq!(open.len(), left + 1);
    }

    #[test]
    fn those_that_answer_stay_and_cannot_take_every_place() {
        let connections = connections(2);
        let open: Vec<Open> = (0..2 + EXTRA).map(|_| connections.open(None).unwrap()).collect();
        let requests: Vec<OfConnection> = open.iter().map(Open::for_requests).collect();
        let answering: Vec<Answering> =
            requests[..2].iter().map(|request| request.answer(false).unwrap()).collect();
        assert_eq!(requests[2].answer(false).err(), Some(AllAnswer));
        let vital = requests[3].answer(true).unwrap();
        let others: Vec<Open> = (0..EXTRA - 1).map(|_| connections.open(None).unwrap()).collect();
        assert_eq!(are_open(&open)[..5], [true, true, false, true, false]);
        assert_eq!(are_open(&others), [true; EXTRA - 1]);
        drop((answering, vital));
        assert!(requests[0].answer(false).is_ok());
    }

    #[test]
    fn where_all_answer_no_more_come_in() {
        let connections = connections(1);
        let open: Vec<Open> = (0..1 + EXTRA).map(|_| connections.open(None).unwrap()).collect();
        let _answering: Vec<Answering> =
            open.iter().map(|open| open.for_requests().answer(true).unwrap()).collect();
        assert!(connections.open(None).is_none());
    }

    #[test]
    fn one_that_waits_too_long_is_closed_and_one_that_answers_is_not() {
        let connections = connections(10);
        let open = [connections.open(None).unwrap(), connections.open(None).unwrap()];
        let answering = open[1].for_requests().answer(false).unwrap();
        connections.close_idle(Duration::from_secs(60));
        assert_eq!(are_open(&open), [true, true]);
        connections.close_idle(Duration::ZERO);
        assert_eq!(are_open(&open), [false, true]);
        drop(answering);
        connections.close_idle(Duration::ZERO);
        assert_eq!(are_open(&open), [false, false]);
    }

    #[test]
    fn a_client_that_takes_nothing_makes_room_and_one_that_takes_its_answer_does_not() {
        let connections = connections(2);
        let open: Vec<Open> = (0..3).map(|_| connections.open(None).unwrap()).collect();
        let requests: Vec<OfConnection> = open.iter().map(Open::for_requests).collect();
        let _answering = [requests[0].answer(false).unwrap(), requests[1].answer(false).unwrap()];
        open[0].is_taken(false);
        open[1].is_taken(false);
        open[0].is_taken(true);
        assert_eq!(requests[2].answer(false).err(), Some(AllAnswer), "it has not been long yet");
        for _ in 0..STALLED.as_secs() {
            connections.clock.monotonic();
        }
        let _third = requests[2].answer(false).unwrap();
        assert_eq!(are_open(&open), [true, false, true]);
        assert_eq!(requests[2].answer(false).err(), Some(AllAnswer), "the other one takes its answer");
    }

    #[test]
    fn when_it_ends_those_that_answer_do_so_first() {
        let connections = connections(10);
        let open = [connections.open(None).unwrap(), connections.open(None).unwrap()];
        let request = open[1].for_requests();
        let answering = request.answer(false).unwrap();
        connections.end();
        assert_eq!(are_open(&open), [false, true]);
        assert!(request.is_ending() && open[0].may_write());
        drop(answering);
        assert!(!open[1].may_read() && open[1].may_write());
        assert!(!connections.open(None).unwrap().may_read());
    }
}
