//! The real program as a service on a port that was free.

use std::io::{BufRead, BufReader};
use std::process::{Child, ChildStderr, Stdio};
use std::sync::mpsc::{self, Sender};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use crate::keeping::place::Place;

/// How the program says where it listens.
const LISTENS_AT: &str = "listening on http://";
/// Long enough for a slow machine that builds at the same time.
const PATIENCE: Duration = Duration::from_secs(120);

/// A service that is killed at the end of the test, in a place of its own.
pub struct Server {
    pub place: Place,
    process: Child,
    address: String,
    log: Arc<Mutex<String>>,
}

impl Server {
    /// Serves what is kept in this place.
    pub fn start(place: Place) -> Self {
        let (process, address, log) = Self::spawn(&place);
        Self { place, process, address, log }
    }

    /// Kills the process as `kill -9` does, and serves the same place again.
    pub fn kill_and_start_again(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
        (self.process, self.address, self.log) = Self::spawn(&self.place);
    }

    /// Tells the process to stop, as a service manager does.
    pub fn terminate(&self) {
        let process = rustix::process::Pid::from_child(&self.process);
        rustix::process::kill_process(process, rustix::process::Signal::TERM).unwrap();
    }

    /// The process.
    pub fn id(&self) -> u32 {
        self.process.id()
    }

    /// Waits for the process's end, and answers with its status.
    pub fn ended(&mut self) -> Option<i32> {
        self.process.wait().unwrap().code()
    }

    fn spawn(place: &Place) -> (Child, String, Arc<Mutex<String>>) {
        let mut command = place.command(&["serve", "--bind", "127.0.0.1:0"]);
        let mut process = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let (log, (sender, receiver)) = (Arc::<Mutex<String>>::default(), mpsc::channel());
        let (said, kept) = (process.stderr.take().unwrap(), Arc::clone(&log));
        // It goes on reading: a service whose log nobody takes stands still.
        std::thread::spawn(move || listen(said, &kept, &sender));
        let Ok(address) = receiver.recv_timeout(PATIENCE) else {
            let _ = process.kill();
            panic!("it does not listen: {}", log.lock().unwrap());
        };
        (process, address, log)
    }

    /// The address of a path on it.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// What it has logged so far.
    pub fn log(&self) -> String {
        self.log.lock().unwrap().clone()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Keeps what is logged, and tells the address as soon as it is said.
fn listen(said: ChildStderr, log: &Mutex<String>, sender: &Sender<String>) {
    for line in BufReader::new(said).lines().map_while(Result::ok) {
        if let Some((_, rest)) = line.split_once(LISTENS_AT) {
            let address = rest.split(',').next().unwrap_or_default();
            let _ = sender.send(address.to_owned());
        }
        let mut log = log.lock().unwrap();
        log.push_str(&line);
        log.push('\n');
    }
}
