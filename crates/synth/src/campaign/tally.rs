//! The outcomes of mutated files, counted.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::Value;

/// The outcome of one file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// It was read.
    Read,
    /// It was refused with this code.
    Refused(String),
    /// Its reading process exceeded the time limit and was ended: a valid answer.
    TimeLimit,
    /// Its reading process exceeded the memory limit and was ended: a valid answer.
    MemoryLimit,
    /// Its reading process crashed, which affected only this file.
    WorkerDied(String),
}

/// The number of files per outcome, and the faults.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Tally {
    /// By the command.
    pub by_command: BTreeMap<Outcome, u64>,
    /// By the service.
    pub by_service: BTreeMap<Outcome, u64>,
    /// Faults: internal errors, missing answers, a program that crashed or hangs.
    pub faults: Vec<String>,
    /// The longest duration in milliseconds that an answer reports, and its file.
    pub slowest: Option<(f64, String)>,
    /// The longest time without output of the command, in milliseconds, and the file whose answer
    /// came then.
    pub longest_wait: Option<(f64, String)>,
    /// The peak memory of the program in bytes; `None` where the system does not report it.
    pub program_memory: Option<u64>,
    /// The peak memory of a reading process in bytes.
    pub worker_memory: Option<u64>,
}

/// Codes of faults of the program, not of the file.
const INTERNAL: [&str; 4] = ["internal_error", "detector_failed", "reader_unavailable", "overloaded"];

impl Outcome {
    /// The outcome of an answer with an error.
    pub(super) fn of_error(code: &str, message: &str) -> Self {
        let died = || message.split_once("crashed").map(|(_, how)| how.trim().to_owned());
        match code {
            "document_unreadable" if message.contains("time limit") => Self::TimeLimit,
            "document_unreadable" if message.contains("memory limit") => Self::MemoryLimit,
            "document_unreadable" if message.contains("invalid answer") => {
                Self::WorkerDied("(invalid answer)".to_owned())
            }
            "document_unreadable" => died().map_or_else(|| Self::Refused(code.to_owned()), Self::WorkerDied),
            code => Self::Refused(code.to_owned()),
        }
    }

    fn is_internal(&self) -> bool {
        matches!(self, Self::Refused(code) if INTERNAL.contains(&code.as_str()))
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read => formatter.pad("read"),
            Self::Refused(code) => formatter.pad(code),
            Self::TimeLimit => formatter.pad("over the time limit (ended by rule)"),
            Self::MemoryLimit => formatter.pad("over the memory limit (ended by rule)"),
            Self::WorkerDied(how) => formatter.pad(&format!("reading process died {how}")),
        }
    }
}

impl Tally {
    /// Counts the command's answer for a file.
    pub(super) fn count_command(&mut self, file: &str, row: &Value) {
        let outcome = outcome(row);
        self.note(file, &outcome);
        if let Some(timing) = row.get("timing_ms").and_then(Value::as_object) {
            let took = timing.values().filter_map(Value::as_f64).sum();
            keep_longest(&mut self.slowest, took, file);
        }
        *self.by_command.entry(outcome).or_default() += 1;
    }

    /// Counts the service's answer for a file.
    pub(super) fn count_service(&mut self, file: &str, outcome: Outcome) {
        self.note(file, &outcome);
        *self.by_service.entry(outcome).or_default() += 1;
    }

    /// Records a time without an answer, if it is the longest.
    pub(super) fn waited(&mut self, milliseconds: f64, file: &str) {
        keep_longest(&mut self.longest_wait, milliseconds, file);
    }

    /// Records the peak memory of the program and of one of its reading processes.
    pub(super) fn note_memory(&mut self, (program, worker): (Option<u64>, Option<u64>)) {
        self.program_memory = self.program_memory.max(program);
        self.worker_memory = self.worker_memory.max(worker);
    }

    fn note(&mut self, file: &str, outcome: &Outcome) {
        if outcome.is_internal() {
            self.faults.push(format!("{file}: {outcome}"));
        }
    }

    /// The number of the command's answers.
    #[must_use]
    pub fn answers(&self) -> u64 {
        self.by_command.values().sum()
    }

    /// The number of answers about a crashed reading process.
    #[must_use]
    pub fn deaths(&self) -> u64 {
        let died = self.by_command.iter().filter(|(outcome, _)| matches!(outcome, Outcome::WorkerDied(_)));
        died.map(|(_, count)| count).sum()
    }
}

fn outcome(row: &Value) -> Outcome {
    let Some(error) = row.get("error") else { return Outcome::Read };
    let text = |name: &str| error.get(name).and_then(Value::as_str).unwrap_or_default();
    Outcome::of_error(text("code"), text("message"))
}

fn keep_longest(kept: &mut Option<(f64, String)>, milliseconds: f64, file: &str) {
    if kept.as_ref().is_none_or(|(longest, _)| milliseconds > *longest) {
        *kept = Some((milliseconds, file.to_owned()));
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (title, counts) in [("by the command", &self.by_command), ("by the service", &self.by_service)] {
            if counts.is_empty() {
                continue;
            }
            writeln!(formatter, "{title}")?;
            for (outcome, count) in counts {
                writeln!(formatter, "  {outcome:<44} {count:>6}")?;
            }
            writeln!(formatter, "  {:<44} {:>6}", "in all", counts.values().sum::<u64>())?;
        }
        let time = |kept: &Option<(f64, String)>| {
            kept.as_ref().map_or_else(|| "–".to_owned(), |(time, file)| format!("{time:.0} ms ({file})"))
        };
        let memory =
            |bytes: Option<u64>| bytes.map_or_else(|| "–".to_owned(), |bytes| format!("{} MiB", bytes >> 20));
        writeln!(formatter, "slowest answer: {}", time(&self.slowest))?;
        writeln!(formatter, "longest without an answer: {}", time(&self.longest_wait))?;
        writeln!(formatter, "most memory of the program: {}", memory(self.program_memory))?;
        writeln!(formatter, "most memory of a reading process: {}", memory(self.worker_memory))?;
        writeln!(formatter, "faults: {}", self.faults.len())?;
        self.faults.iter().try_for_each(|fault| writeln!(formatter, "  {fault}"))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn of(code: &str, message: &str) -> Outcome {
        outcome(&json!({"file": "a.pdf", "error": {"code": code, "message": message}}))
    }

    #[test]
    fn a_process_that_died_is_distinguished_from_one_that_was_ended_and_from_a_broken_file() {
        let unreadable = |message: &str| of("document_unreadable", message);
        assert_eq!(unreadable("it is broken"), Outcome::Refused("document_unreadable".to_owned()));
        assert_eq!(unreadable("took longer than the time limit of 15 s"), Outcome::TimeLimit);
        assert_eq!(unreadable("takes more than the memory limit of 768 MiB"), Outcome::MemoryLimit);
        assert_eq!(
            unreadable("the process that read it crashed (signal 11)"),
            Outcome::WorkerDied("(signal 11)".to_owned())
        );
        assert_eq!(outcome(&json!({"file": "a.pdf", "fields": {}})), Outcome::Read);
    }

    #[test]
    fn what_is_the_programs_fault_is_a_fault() {
        let mut tally = Tally::default();
        for code in ["document_unreadable", "internal_error", "reader_unavailable"] {
            tally.count_command(code, &json!({"error": {"code": code, "message": ""}}));
        }
        assert_eq!((tally.answers(), tally.faults.len(), tally.deaths()), (3, 2, 0));
    }
}
