//! Reads mutated files with `fieldmark extract`, many at once.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead as _, BufReader, Read as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::Instant;

use serde_json::Value;

use super::memory::Watch;
use super::tally::Tally;
use super::{Campaign, CampaignError, HANG_TIMEOUT, Spoilt};

/// The folder of the files of the current run.
const BATCH: &str = "batch";
/// The folder of files that revealed a fault.
const FINDINGS: &str = "findings";

/// Reads the files with one run of the command, and counts the answers.
pub(super) fn read(campaign: &Campaign, files: &[Spoilt], tally: &mut Tally) -> Result<(), CampaignError> {
    let folder = campaign.folder.join(BATCH);
    write_all(&folder, files)?;
    let faults = tally.faults.len();
    let start = |source| CampaignError::Start { program: campaign.program.clone(), source };
    let mut command = campaign.command();
    // Names are passed one by one: files that a folder search skips would have no answer.
    command.args(["extract", "--format", "jsonl", "--candidates"]);
    command.args(files.iter().map(|file| Path::new(BATCH).join(&file.name)));
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().map_err(start)?;
    let watch = Watch::over(child.id());
    let answered = take_answers(&mut child, tally);
    tally.note_memory(watch.end());
    for file in files {
        match answered.get(&file.name) {
            Some(1) => {}
            Some(count) => tally.faults.push(format!("{}: {count} answers", file.name)),
            None => tally.faults.push(format!("{}: no answer", file.name)),
        }
    }
    keep_findings(campaign, files, tally.faults.get(faults..).unwrap_or_default())
}

fn write_all(folder: &Path, files: &[Spoilt]) -> Result<(), CampaignError> {
    let unwritten = |path: &Path| {
        let path = path.to_owned();
        move |source| CampaignError::Write { path, source }
    };
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(unwritten(folder))?;
    }
    fs::create_dir_all(folder).map_err(unwritten(folder))?;
    files.iter().try_for_each(|file| {
        let path = folder.join(&file.name);
        fs::write(&path, &file.bytes).map_err(unwritten(&path))
    })
}

/// Keeps the files that a fault names.
fn keep_findings(campaign: &Campaign, files: &[Spoilt], faults: &[String]) -> Result<(), CampaignError> {
    let named = |file: &&Spoilt| faults.iter().any(|fault| fault.starts_with(&file.name));
    let found: Vec<&Spoilt> = files.iter().filter(named).collect();
    let folder = campaign.folder.join(FINDINGS);
    let unwritten = |path: PathBuf| move |source| CampaignError::Write { path, source };
    if !found.is_empty() {
        fs::create_dir_all(&folder).map_err(unwritten(folder.clone()))?;
    }
    found.iter().try_for_each(|file| {
        let path = folder.join(&file.name);
        fs::write(&path, &file.bytes).map_err(unwritten(path.clone()))
    })
}

/// The number of answers for each file, until the command ended or hung.
fn take_answers(child: &mut Child, tally: &mut Tally) -> BTreeMap<String, u64> {
    let lines = lines_of(child);
    let complaints = complaints_of(child);
    let mut answered = BTreeMap::new();
    let mut last = Instant::now();
    loop {
        match lines.recv_timeout(HANG_TIMEOUT) {
            Ok(line) => {
                let file = count(&line, tally);
                tally.waited(last.elapsed().as_secs_f64() * 1000.0, &file);
                last = Instant::now();
                *answered.entry(file).or_default() += 1;
            }
            Err(RecvTimeoutError::Disconnected) => break,
            Err(RecvTimeoutError::Timeout) => {
                tally.faults.push(format!("the command hangs: no answer for {} s", HANG_TIMEOUT.as_secs()));
                // It may have ended by itself in the meantime.
                let _ = child.kill();
                break;
            }
        }
    }
    let status = child.wait();
    let said = complaints.join().unwrap_or_default();
    match status {
        Ok(status) if matches!(status.code(), Some(0 | 1)) => {}
        Ok(status) => tally.faults.push(format!("the command ended with {status}: {}", said.trim())),
        Err(error) => tally.faults.push(format!("the command's exit status is unknown: {error}")),
    }
    if said.contains("panicked") {
        tally.faults.push(format!("the command panicked: {}", said.trim()));
    }
    answered
}

/// Counts a line; returns the name of its file.
fn count(line: &str, tally: &mut Tally) -> String {
    let Ok(row) = serde_json::from_str::<Value>(line) else {
        tally.faults.push(format!("a line is not JSON: {}", line.chars().take(200).collect::<String>()));
        return String::new();
    };
    let file = row.get("file").and_then(Value::as_str).unwrap_or_default();
    let name = Path::new(file).file_name().unwrap_or_default().to_string_lossy().into_owned();
    tally.count_command(&name, &row);
    name
}

fn lines_of(child: &mut Child) -> Receiver<String> {
    let (sender, lines) = mpsc::channel();
    if let Some(output) = child.stdout.take() {
        thread::spawn(move || {
            let lines = BufReader::new(output).lines();
            lines.map_while(Result::ok).try_for_each(|line| sender.send(line).ok())
        });
    }
    lines
}

/// Reads the command's standard error, so that the command never blocks on it.
fn complaints_of(child: &mut Child) -> thread::JoinHandle<String> {
    let errors = child.stderr.take();
    thread::spawn(move || {
        let mut said = Vec::new();
        if let Some(mut errors) = errors {
            // The output before the pipe broke is sufficient.
            let _ = errors.read_to_end(&mut said);
        }
        String::from_utf8_lossy(&said).into_owned()
    })
}
