//! The answer to a request that is not HTTP or has too long a head, its line in the log, its measure.

use std::fmt::Write as _;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use actix_web::ResponseError as _;
use actix_web::http::StatusCode;
use bytes::Bytes;
use fieldmark_domain::identity::new_id;
use fieldmark_domain::ports::Clock;

use crate::envelope;
use crate::problem::{Code, Problem};

/// One line in the log for so long: the next one says how many were left out.
const ONE_LINE_IN: Duration = Duration::from_secs(1);

/// Answers what nobody can read.
pub struct Unread {
    clock: Arc<dyn Clock>,
    log: Mutex<Log>,
}

#[derive(Default)]
struct Log {
    last: Option<Duration>,
    left_out: u64,
}

impl Unread {
    /// Takes the time, and the ids of requests, from the clock.
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self { clock, log: Mutex::default() }
    }

    /// What is sent in place of an answer without a body; `None` for bytes that are no such answer.
    pub(super) fn answer(&self, bytes: &[u8], peer: Option<SocketAddr>) -> Option<Bytes> {
        let head = std::str::from_utf8(bytes).ok()?.strip_suffix("\r\n\r\n")?;
        let mut lines = head.split("\r\n");
        let status_line = lines.next()?;
        let status = status_line.strip_prefix("HTTP/1.1 ")?.get(..3)?.parse().ok()?;
        let problem = problem(status)?;
        let id = new_id(self.clock.now()).to_string();
        self.note(status, &id, peer);
        let body = serde_json::to_vec(&envelope::of_problem(&problem, id.clone())).ok()?;
        let mut answer = format!("{status_line}\r\n");
        for line in lines.filter(|line| line.starts_with("date:")) {
            let _ = write!(answer, "{line}\r\n");
        }
        let _ = write!(
            answer,
            "connection: close\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\
             x-content-type-options: nosniff\r\nx-request-id: {id}\r\n\r\n",
            body.len()
        );
        Some([answer.into_bytes(), body].concat().into())
    }

    fn note(&self, status: u16, id: &str, peer: Option<SocketAddr>) {
        metrics::counter!("fieldmark_http_unread_total", "status" => status.to_string()).increment(1);
        let Some(left_out) = self.is_logged() else { return };
        let peer = peer.map(tracing::field::display);
        tracing::info!(peer, status, request_id = id, left_out, "a request could not be read");
    }

    /// Whether there is a line for it, and how many had none since the last line.
    fn is_logged(&self) -> Option<u64> {
        let now = self.clock.monotonic();
        let mut log = self.log.lock().unwrap_or_else(PoisonError::into_inner);
        if log.last.is_some_and(|last| now.saturating_sub(last) < ONE_LINE_IN) {
            log.left_out += 1;
            return None;
        }
        log.last = Some(now);
        Some(std::mem::take(&mut log.left_out))
    }
}

/// The statuses with which Actix Web answers by itself.
fn problem(status: u16) -> Option<Problem> {
    let problem = match status {
        400 => Problem::new(Code::BadRequest, "this is no request of HTTP/1.1"),
        408 => Problem::new(Code::RequestTimeout, "the head of the request did not come in time"),
        431 => Problem::new(Code::RequestHeadTooLarge, "the request's address and headers are too long"),
        500 => Problem::new(Code::InternalError, "the service failed; the log says why"),
        _ => return None,
    };
    debug_assert_eq!(StatusCode::from_u16(status).ok(), Some(problem.status_code()));
    Some(problem)
}

#[cfg(test)]
mod tests {
    use fieldmark_domain::ports::MockClock;
    use serde_json::Value;

    use super::*;

    fn unread() -> Unread {
        let mut clock = MockClock::new();
        clock.expect_now().returning(|| "2026-01-02T03:04:05Z".parse().unwrap());
        let mut milliseconds = 0;
        clock.expect_monotonic().returning(move || {
            milliseconds += 400;
            Duration::from_millis(milliseconds)
        });
        Unread::new(Arc::new(clock))
    }

    #[test]
    fn an_answer_without_a_body_gets_the_envelope() {
        let date = "date: Fri, 02 Jan 2026 03:04:05 GMT";
        for (status, code) in [
            ("400 Bad Request", "bad_request"),
            ("408 Request Timeout", "request_timeout"),
            ("431 Request Header Fields Too Large", "request_head_too_large"),
        ] {
            let bare =
                format!("HTTP/1.1 {status}\r\ncontent-length: 0\r\nconnection: close\r\n{date}\r\n\r\n");
            let answer = unread().answer(bare.as_bytes(), None).unwrap();
            let (head, body) = std::str::from_utf8(&answer).unwrap().split_once("\r\n\r\n").unwrap();
            assert!(head.starts_with(&format!("HTTP/1.1 {status}\r\n{date}\r\n")), "{head}");
            assert!(head.contains(&format!("content-length: {}\r\n", body.len())), "{head}");
            let body: Value = serde_json::from_str(body).unwrap();
            assert_eq!((&body["error"]["code"], &body["success"]), (&code.into(), &false.into()));
            assert!(head.contains(body["meta"]["request_id"].as_str().unwrap()), "{head}");
        }
    }

    #[test]
    fn other_bytes_are_left_alone() {
        let with_a_body = "HTTP/1.1 400 Bad Request\r\ncontent-length: 2\r\n\r\n{}";
        for bytes in [with_a_body, "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n", "4\r\n", ""] {
            assert_eq!(unread().answer(bytes.as_bytes(), None), None, "{bytes}");
        }
    }

    #[test]
    fn many_of_them_are_one_line_a_second() {
        let unread = unread();
        let logged: Vec<Option<u64>> = (0..7).map(|_| unread.is_logged()).collect();
        assert_eq!(logged, [Some(0), None, None, Some(2), None, None, Some(2)]);
    }
}
