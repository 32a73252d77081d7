//! Reads mutated files with `POST /infer?store=false` of a service that the campaign starts, over
//! plain HTTP/1.1.

use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use super::memory::Watch;
use super::tally::{Outcome, Tally};
use super::{Campaign, CampaignError, HANG_TIMEOUT, Spoilt};

/// Time limit until the service listens.
const START: Duration = Duration::from_secs(60);

/// A service that runs until this value is dropped.
pub(super) struct Service {
    child: Child,
    address: String,
    watch: Option<Watch>,
}

impl Drop for Service {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Service {
    /// Starts the service on a free port of this machine, with its data in the campaign's folder.
    pub(super) fn start(campaign: &Campaign) -> Result<Self, CampaignError> {
        let start = |source| CampaignError::Start { program: campaign.program.clone(), source };
        std::fs::create_dir_all(&campaign.folder).map_err(start)?;
        // A port that was free a moment ago; the service refuses to start on an occupied one.
        let free = std::net::TcpListener::bind("127.0.0.1:0").and_then(|socket| socket.local_addr());
        let address = free.map_err(start)?.to_string();
        let mut command = campaign.command();
        command.arg("serve").env("FIELDMARK_HTTP__BIND", &address);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let child = command.spawn().map_err(start)?;
        let watch = Some(Watch::over(child.id()));
        let mut service = Self { child, address, watch };
        service.wait().map_err(start)?;
        Ok(service)
    }

    fn wait(&mut self) -> io::Result<()> {
        let begun = Instant::now();
        loop {
            if TcpStream::connect(&self.address).is_ok() {
                return Ok(());
            }
            if let Some(status) = self.child.try_wait()? {
                return Err(io::Error::other(format!("the service ended with {status}")));
            }
            if begun.elapsed() > START {
                return Err(io::Error::other("the service does not listen"));
            }
            std::thread::sleep(Duration::from_millis(100));
        }
    }

    /// Reads a file and counts the answer.
    pub(super) fn read(&mut self, file: &Spoilt, tally: &mut Tally) {
        match self.answer(file) {
            Ok((status, body)) => match outcome(status, &body) {
                Some(outcome) => tally.count_service(&file.name, outcome),
                None => tally.faults.push(format!("{}: the service answers {status}, {body}", file.name)),
            },
            Err(error) => tally.faults.push(format!("{}: no answer of the service: {error}", file.name)),
        }
    }

    fn answer(&self, file: &Spoilt) -> io::Result<(u16, Value)> {
        let mut connection = TcpStream::connect(&self.address)?;
        connection.set_read_timeout(Some(HANG_TIMEOUT))?;
        let kind = if file.name.ends_with(".pdf") { "pdf" } else { "xml" };
        write!(
            connection,
            "POST /api/v1/infer?store=false HTTP/1.1\r\nHost: {}\r\nContent-Type: application/{kind}\r\n\
             Content-Length: {}\r\nConnection: close\r\n\r\n",
            self.address,
            file.bytes.len()
        )?;
        connection.write_all(&file.bytes)?;
        let mut answer = BufReader::new(connection);
        let mut head = String::new();
        answer.read_line(&mut head)?;
        let status = head.split_whitespace().nth(1).and_then(|status| status.parse().ok());
        let status = status.ok_or_else(|| io::Error::other(format!("no status: {head}")))?;
        let mut rest = Vec::new();
        answer.read_to_end(&mut rest)?;
        let rest = String::from_utf8_lossy(&rest);
        let body = rest.split_once("\r\n\r\n").map_or("", |(_, body)| body);
        // The body is one JSON object, even if it was sent in chunks.
        let object = body.find('{').zip(body.rfind('}')).and_then(|(begin, end)| body.get(begin..=end));
        let parsed = object.and_then(|object| serde_json::from_str(object).ok());
        Ok((status, parsed.unwrap_or(Value::Null)))
    }

    /// Ends the service; a service that ended before is a fault.
    pub(super) fn end(mut self, tally: &mut Tally) {
        if let Ok(Some(status)) = self.child.try_wait() {
            tally.faults.push(format!("the service ended with {status}"));
        }
        if let Some(watch) = self.watch.take() {
            tally.note_memory(watch.end());
        }
    }
}

/// The outcome of an answer; `None` for an answer that no file may cause.
fn outcome(status: u16, body: &Value) -> Option<Outcome> {
    let text = |pointer: &str| body.pointer(pointer)?.as_str();
    match status {
        200 => body.pointer("/data/fields")?.is_object().then_some(Outcome::Read),
        400..=499 => Some(Outcome::of_error(text("/error/code")?, text("/error/message")?)),
        _ => None,
    }
}
