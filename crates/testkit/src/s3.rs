//! An S3 server for tests: moto, in the environment that `cargo xtask test` creates.
//!
//! The server ends when the test program ends, for any reason: a shell waits on a pipe that only
//! the test program holds, and then ends the server.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::os::unix::process::CommandExt as _;
use std::process::{ChildStdin, Command, Stdio};
use std::sync::OnceLock;
use std::sync::mpsc::{self, Sender};
use std::thread;
use std::time::Duration;

use crate::python::{EnvironmentMissing, environment};

/// Starts the server, waits until the other end of its own input is closed, and ends the server.
const SUPERVISED: &str = "\"$@\" </dev/null & server=$!; cat >/dev/null; kill \"$server\" 2>/dev/null";
/// The text before the address in the server's output.
const ADDRESS_PREFIX: &str = "Running on http://";
/// Time limit for the start: a slow machine that builds at the same time takes some seconds.
const TIMEOUT: Duration = Duration::from_secs(120);

/// Why the server is not available. Tests that need it fail with this error; they are never
/// skipped.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum S3Missing {
    /// The Python environment does not exist.
    #[error(transparent)]
    Environment(#[from] EnvironmentMissing),
    /// The server did not start, or an operation failed.
    #[error("moto's server failed: {reason}")]
    Server {
        /// The error.
        reason: String,
    },
}

/// A running server without credentials: any key is accepted.
#[derive(Debug)]
pub struct S3Server {
    address: SocketAddr,
    /// Closes when the test program ends.
    _lifeline: ChildStdin,
}

/// The server of this test program, started at the first call.
///
/// # Errors
/// [`S3Missing`], each time.
pub fn server() -> Result<&'static S3Server, S3Missing> {
    static SERVER: OnceLock<Result<S3Server, S3Missing>> = OnceLock::new();
    SERVER.get_or_init(S3Server::start).as_ref().map_err(Clone::clone)
}

impl S3Server {
    /// Uses a process group of its own: an interrupt from the keyboard would end the shell and
    /// leave the server.
    fn start() -> Result<Self, S3Missing> {
        let python = environment("moto")?;
        let mut shell = Command::new("sh")
            .args(["-c", SUPERVISED, "sh"])
            .arg(python)
            .args(["-I", "-m", "moto.server", "-H", "127.0.0.1", "-p", "0"])
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(failure)?;
        let lifeline = shell.stdin.take().ok_or_else(|| failure("no input"))?;
        let said = shell.stderr.take().ok_or_else(|| failure("no output"))?;
        let (sender, receiver) = mpsc::channel();
        // Keeps reading: a server whose output is not read blocks.
        thread::spawn(move || listen(said, &sender));
        match receiver.recv_timeout(TIMEOUT) {
            Ok(Ok(address)) => Ok(Self { address, _lifeline: lifeline }),
            Ok(Err(said)) => Err(failure(said)),
            Err(_) => Err(failure(format!("no output for {TIMEOUT:?}"))),
        }
    }

    /// Its address: `http://127.0.0.1:…`.
    #[must_use]
    pub fn endpoint(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The same as a socket address.
    #[must_use]
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Creates a bucket.
    ///
    /// # Errors
    /// [`S3Missing::Server`].
    pub fn make_bucket(&self, name: &str) -> Result<(), S3Missing> {
        let answer = self.ask("PUT", name, b"").map_err(failure)?;
        if answer.starts_with("HTTP/1.1 200") { Ok(()) } else { Err(failure(answer)) }
    }

    /// Replaces an object without the knowledge of the store that wrote it.
    ///
    /// # Errors
    /// [`S3Missing::Server`].
    pub fn replace(&self, bucket: &str, key: &str, bytes: &[u8]) -> Result<(), S3Missing> {
        let answer = self.ask("PUT", &format!("{bucket}/{key}"), bytes).map_err(failure)?;
        if answer.starts_with("HTTP/1.1 200") { Ok(()) } else { Err(failure(answer)) }
    }

    fn ask(&self, method: &str, path: &str, body: &[u8]) -> std::io::Result<String> {
        let mut stream = TcpStream::connect(self.address)?;
        let length = body.len();
        write!(
            stream,
            "{method} /{path} HTTP/1.1\r\nHost: {}\r\nAuthorization: AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/s3/aws4_request\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n",
            self.address
        )?;
        stream.write_all(body)?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        Ok(answer)
    }
}

/// Sends the address as soon as it is printed, or the whole output when the server ends without it.
fn listen(said: impl Read, sender: &Sender<Result<SocketAddr, String>>) {
    let mut everything = String::new();
    for line in BufReader::new(said).lines().map_while(Result::ok) {
        if let Some((_, address)) = line.split_once(ADDRESS_PREFIX) {
            let address = address.trim().parse().map_err(|_| line.clone());
            let _ = sender.send(address);
        }
        everything.push_str(&line);
        everything.push('\n');
    }
    let _ = sender.send(Err(everything));
}

fn failure(reason: impl ToString) -> S3Missing {
    S3Missing::Server { reason: reason.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_that_ends_says_why() {
        let (sender, receiver) = mpsc::channel();
        listen(&b"No module named moto\n"[..], &sender);
        assert_eq!(receiver.recv(), Ok(Err("No module named moto\n".to_owned())));
    }

    #[test]
    fn the_address_is_read_among_other_lines() {
        let (sender, receiver) = mpsc::channel();
        listen(&b"WARNING\n * Running on http://127.0.0.1:4321\nGET /\n"[..], &sender);
        assert_eq!(receiver.recv(), Ok(Ok(SocketAddr::from(([127, 0, 0, 1], 4321)))));
    }
}
