//! A folder and a database of its own, and the program to be run with them.

use std::collections::BTreeSet;
use std::process::{Child, Command, Stdio};

use fieldmark_testkit::postgres::{Cluster, Schema};
use serde_json::Value;

use crate::bench::{Bench, Ended, invoice_numbered, rows};

/// Where documents are kept during a test.
pub struct Place {
    pub bench: Bench,
    settings: Vec<(&'static str, String)>,
    open_files: Option<u32>,
    _schema: Option<Schema>,
}

impl Place {
    /// The file in the data folder, as it is without settings.
    pub fn with_sqlite() -> Self {
        Self { bench: Bench::new(), settings: Vec::new(), open_files: None, _schema: None }
    }

    /// A schema of its own in the cluster that the tests share.
    pub fn with_postgres() -> Self {
        let schema = Cluster::shared().unwrap().schema().unwrap();
        let settings = vec![("FIELDMARK_DATABASE__URL", schema.url())];
        Self { bench: Bench::new(), settings, open_files: None, _schema: Some(schema) }
    }

    /// One place for each kind of database.
    pub fn both() -> [Self; 2] {
        [Self::with_sqlite(), Self::with_postgres()]
    }

    /// The same with one more setting.
    pub fn set(mut self, variable: &'static str, value: &str) -> Self {
        self.settings.push((variable, value.to_owned()));
        self
    }

    /// The same for a program that may have so many files open and no more.
    pub fn with_open_files(self, limit: u32) -> Self {
        Self { open_files: Some(limit), ..self }
    }

    /// The same with one more file.
    pub fn with(mut self, name: &str, content: impl AsRef<[u8]>) -> Self {
        self.bench = self.bench.with(name, content);
        self
    }

    /// The same with so many invoices in the folder `in`, each with a number of its own.
    pub fn with_invoices(mut self, count: usize) -> Self {
        for number in 0..count {
            self = self.with(&format!("in/{number:03}.pdf"), invoice_numbered(number));
        }
        self
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = self.bench.command(arguments);
        if let Some(limit) = self.open_files {
            command = limited(&command, limit);
        }
        command.envs(self.settings.iter().map(|(name, value)| (name, value)));
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Ended {
        Ended::of(&self.command(arguments).output().unwrap())
    }

    /// The rows that a command prints that succeeds.
    #[track_caller]
    pub fn rows(&self, arguments: &[&str]) -> Vec<Value> {
        rows(&self.run(arguments).printed(0))
    }

    /// A worker that goes on by itself.
    pub fn start_worker(&self) -> Child {
        let mut command = self.command(&["worker", "--jobs", "2"]);
        command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    }

    /// The jobs that have come so far.
    pub fn jobs(&self, status: &str) -> Vec<Value> {
        self.rows(&["jobs", "--status", status, "--limit", "100"])
    }

    /// Every document was read, and has what reading it once gives: its own number, no field twice, one entry of
    /// the history for each label.
    #[track_caller]
    pub fn everything_was_done_once(&self, count: usize) {
        let documents = self.rows(&["documents", "--limit", "100", "--labels"]);
        assert_eq!(documents.len(), count);
        let mut numbers = BTreeSet::new();
        for document in &documents {
            assert_eq!(document["status"], "processed", "{document}");
            let labels = document["labels"].as_array().unwrap();
            let fields: BTreeSet<&str> =
                labels.iter().map(|label| label["field"].as_str().unwrap()).collect();
            assert_eq!(fields.len(), labels.len(), "{document}");
            let number = labels.iter().find(|label| label["field"] == "invoice_number").unwrap();
            numbers.insert(number["value"].as_str().unwrap().to_owned());
            let id = document["id"].as_str().unwrap();
            let history = self.rows(&["labels", "history", id, "--limit", "100"]);
            assert_eq!(history.len(), labels.len(), "{history:?}");
            assert!(history.iter().all(|entry| entry["act"] == "read"), "{history:?}");
        }
        assert_eq!(numbers.len(), count, "{numbers:?}");
        assert_eq!(self.jobs("succeeded").len(), count);
    }
}

/// The same command under a limit of open files that it cannot raise.
fn limited(command: &Command, open_files: u32) -> Command {
    let mut shell = Command::new("bash");
    shell.arg("-c").arg(format!("ulimit -n {open_files} && exec \"$0\" \"$@\""));
    shell.arg(command.get_program()).args(command.get_args());
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => shell.env(name, value),
            None => shell.env_remove(name),
        };
    }
    if let Some(folder) = command.get_current_dir() {
        shell.current_dir(folder);
    }
    shell
}
