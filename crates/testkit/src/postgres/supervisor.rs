//! The shell that supervises a cluster. It outlives the test program for as long as it takes to
//! remove the cluster.
//!
//! A killed program runs no `Drop`, and a static is never dropped; but the pipe to the shell always
//! closes.

use std::io::{BufRead, BufReader, Write};
use std::os::unix::process::CommandExt as _;
use std::process::{Child, ChildStdin, ChildStdout, Stdio};

use super::ClusterError;
use super::programs::Programs;

const SCRIPT: &str = include_str!("supervisor.sh");

/// The supervising shell of one cluster.
#[derive(Debug)]
pub(super) struct Supervisor {
    shell: Child,
    /// `None` after the shell was asked to end.
    input: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
}

impl Supervisor {
    /// Starts the shell, and returns the folder of the new cluster. The server does not run yet.
    pub(super) fn start(programs: &Programs) -> Result<(Self, String), ClusterError> {
        let mut supervisor = Self::spawn(programs).map_err(|error| no_shell(&error))?;
        let folder = supervisor.read_line("make a folder")?;
        supervisor.read_answer("make a cluster")?;
        Ok((supervisor, folder))
    }

    /// Uses a process group of its own: an interrupt from the keyboard is for the test program
    /// only.
    fn spawn(programs: &Programs) -> std::io::Result<Self> {
        let mut shell = programs
            .shell()
            .args(["-c", SCRIPT, "sh"])
            .arg(programs.folder())
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let input = shell.stdin.take();
        let answers = shell.stdout.take().map(BufReader::new);
        let answers = answers.ok_or_else(|| std::io::Error::other("a pipe was asked for"))?;
        Ok(Self { shell, input, answers })
    }

    /// `start` or `stop`.
    pub(super) fn ask(&mut self, operation: &'static str) -> Result<(), ClusterError> {
        let broken = |error: std::io::Error| ClusterError::Broken { operation, reason: error.to_string() };
        if let Some(input) = &mut self.input {
            writeln!(input, "{operation}").map_err(broken)?;
        }
        self.read_answer(operation)
    }

    fn read_answer(&mut self, operation: &'static str) -> Result<(), ClusterError> {
        match self.read_line(operation)?.as_str() {
            "done" => Ok(()),
            reason => Err(ClusterError::Broken { operation, reason: reason.to_owned() }),
        }
    }

    fn read_line(&mut self, operation: &'static str) -> Result<String, ClusterError> {
        let broken = |reason: String| ClusterError::Broken { operation, reason };
        let mut line = String::new();
        match self.answers.read_line(&mut line) {
            Ok(0) => Err(broken("its shell has ended".to_owned())),
            Ok(_) => Ok(line.trim().to_owned()),
            Err(error) => Err(broken(error.to_string())),
        }
    }
}

impl Drop for Supervisor {
    fn drop(&mut self) {
        drop(self.input.take());
        // Callers that wait for the folder to disappear can rely on it.
        let _ended = self.shell.wait();
    }
}

fn no_shell(error: &std::io::Error) -> ClusterError {
    ClusterError::Broken { operation: "start", reason: format!("no shell runs for it: {error}") }
}
