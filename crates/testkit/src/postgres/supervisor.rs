//! The shell that keeps a cluster and outlives the test program by as long as it takes to remove it.
//!
//! A program that is killed runs no `Drop`, and a static is never dropped: but the pipe to the shell closes always.

use std::io::{BufRead, BufReader, Write};
use std::os::unix::process::CommandExt as _;
use std::process::{Child, ChildStdin, ChildStdout, Stdio};

use super::ClusterError;
use super::programs::Programs;

const SCRIPT: &str = include_str!("supervisor.sh");

/// A shell that was started for one cluster.
#[derive(Debug)]
pub(super) struct Supervisor {
    shell: Child,
    /// `None` once it has been told to go.
    wishes: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
}

impl Supervisor {
    /// Starts it, and answers with the folder of the cluster that it has made. The server does not run yet.
    pub(super) fn start(programs: &Programs) -> Result<(Self, String), ClusterError> {
        let mut supervisor = Self::spawn(programs).map_err(|error| no_shell(&error))?;
        let folder = supervisor.read_line("make a folder")?;
        supervisor.read_answer("make a cluster")?;
        Ok((supervisor, folder))
    }

    /// In a process group of its own: an interrupt from the keyboard is for the test program alone.
    fn spawn(programs: &Programs) -> std::io::Result<Self> {
        let mut shell = programs
            .shell()
            .args(["-c", SCRIPT, "sh"])
            .arg(programs.folder())
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let wishes = shell.stdin.take();
        let answers = shell.stdout.take().map(BufReader::new);
        let answers = answers.ok_or_else(|| std::io::Error::other("a pipe was asked for"))?;
        Ok(Self { shell, wishes, answers })
    }

    /// `start` or `stop`.
    pub(super) fn ask(&mut self, wish: &'static str) -> Result<(), ClusterError> {
        let broken = |error: std::io::Error| ClusterError::Broken { wish, reason: error.to_string() };
        if let Some(wishes) = &mut self.wishes {
            writeln!(wishes, "{wish}").map_err(broken)?;
        }
        self.read_answer(wish)
    }

    fn read_answer(&mut self, wish: &'static str) -> Result<(), ClusterError> {
        match self.read_line(wish)?.as_str() {
            "done" => Ok(()),
            reason => Err(ClusterError::Broken { wish, reason: reason.to_owned() }),
        }
    }

    fn read_line(&mut self, wish: &'static str) -> Result<String, ClusterError> {
        let broken = |reason: String| ClusterError::Broken { wish, reason };
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
        drop(self.wishes.take());
        // Whoever waits for the folder to go sees it gone.
        let _ended = self.shell.wait();
    }
}

fn no_shell(error: &std::io::Error) -> ClusterError {
    ClusterError::Broken { wish: "start", reason: format!("no shell runs for it: {error}") }
}
