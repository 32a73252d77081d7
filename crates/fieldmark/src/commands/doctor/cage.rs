//! The cage of the reading processes, and their tries to get out. A hold that is missing leaves the cage
//! open and nothing else: reading works without, a hostile file only has less to overcome.

use fieldmark_document_reader::{
    Attempt, CageReport, EscapeAttempt, Hold, HoldName, HoldState, Outcome, ReaderOptions, WorkerPool,
};

use super::finding::Finding;

const HOLDS: &str = "cage";
const ATTEMPTS: &str = "cage_attempts";

/// Asks a worker for its cage and has it tried.
pub async fn look(options: &ReaderOptions) -> Vec<Finding> {
    let inspected = match WorkerPool::new(options.clone()) {
        Ok(pool) => pool.inspect().await.map_err(|error| error.to_string()),
        Err(error) => Err(error.to_string()),
    };
    match inspected {
        Ok(report) => findings(&report),
        // Reading fails for the same reason, and says so where it counts.
        Err(reason) => vec![Finding::open(HOLDS, "inspection", reason)],
    }
}

fn findings(report: &CageReport) -> Vec<Finding> {
    report.holds.iter().map(hold_finding).chain(report.attempts.iter().map(attempt_finding)).collect()
}

fn hold_finding(hold: &Hold) -> Finding {
    let name = hold.name.name();
    match &hold.state {
        HoldState::Holds => Finding::good(HOLDS, name, promise(hold.name)),
        HoldState::Missing { reason } => {
            let finding = Finding::open(HOLDS, name, format!("{} ({reason})", lack(hold.name)));
            match remedy(hold.name) {
                Some(remedy) => finding.mended_by(remedy),
                None => finding,
            }
        }
    }
}

const fn promise(hold: HoldName) -> &'static str {
    match hold {
        HoldName::Environment => "nothing of the environment is visible",
        HoldName::WorkingFolder => "the working folder is /",
        HoldName::Memory => "memory is limited",
        HoldName::CoreDumps => "no core dumps",
        HoldName::FileSize => "no byte can be written to a file",
        HoldName::OpenFiles => "few files can be open",
        HoldName::InheritedFiles => "no file that others left open can be used",
        HoldName::NewPrivileges => "no program gives new privileges",
        HoldName::Capabilities => "nothing that root may beyond others",
        HoldName::FileSystem => "Landlock: only the system's fonts can be read, nothing written",
        HoldName::Network => "Landlock: no TCP",
        HoldName::OtherProcesses => "Landlock: no signals to other processes",
        HoldName::SystemCalls => "seccomp: no sockets, no programs, no other processes",
    }
}

/// What is so without the hold.
const fn lack(hold: HoldName) -> &'static str {
    match hold {
        HoldName::Environment => "something of the environment is visible",
        HoldName::WorkingFolder => "the working folder is the reader's",
        HoldName::Memory => "memory is not limited",
        HoldName::CoreDumps => "core dumps may be written",
        HoldName::FileSize => "files can be written",
        HoldName::OpenFiles => "the number of open files is not limited",
        HoldName::InheritedFiles => "files that others left open may be used",
        HoldName::NewPrivileges => "a program may give new privileges",
        HoldName::Capabilities => "root keeps what it may beyond others",
        HoldName::FileSystem => "Landlock does not guard files",
        HoldName::Network => "Landlock does not guard TCP",
        HoldName::OtherProcesses => "Landlock does not guard other processes from signals",
        HoldName::SystemCalls => "seccomp closes no system call",
    }
}

const fn remedy(hold: HoldName) -> Option<&'static str> {
    match hold {
        HoldName::FileSystem | HoldName::Network | HoldName::OtherProcesses => {
            Some("a Linux with Landlock (6.12 has all of it), in a container that does not hide it")
        }
        HoldName::SystemCalls => Some("a Linux with seccomp filters, on x86-64 or ARM64"),
        HoldName::InheritedFiles => {
            Some("start Fieldmark with no more open than its standard files (in a shell 3>&- closes file 3)")
        }
        _ => None,
    }
}

fn attempt_finding(attempt: &Attempt) -> Finding {
    let (name, kind) = (attempt.kind.name(), described(attempt.kind));
    match &attempt.outcome {
        Outcome::Refused { reason } => Finding::good(ATTEMPTS, name, format!("{kind}: refused ({reason})")),
        Outcome::Succeeded => Finding::open(ATTEMPTS, name, format!("{kind}: it could be done")),
        Outcome::Undecided { reason } => {
            Finding::doubtful(ATTEMPTS, name, format!("{kind}: failed, which tells nothing ({reason})"))
        }
    }
}

const fn described(kind: EscapeAttempt) -> &'static str {
    match kind {
        EscapeAttempt::OpenFile => "to read /etc/passwd",
        EscapeAttempt::OpenOwnProgram => "to read its own program",
        EscapeAttempt::CreateFile => "to create a file in /tmp",
        EscapeAttempt::OpenSocket => "to open a socket",
        EscapeAttempt::StartProgram => "to start a program",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::doctor::finding::State;

    #[test]
    fn a_missing_hold_leaves_the_cage_open_and_has_its_reason_and_remedy() {
        let state = HoldState::Missing { reason: "too old".to_owned() };
        let finding = hold_finding(&Hold { name: HoldName::FileSystem, state });
        assert_eq!((finding.state, finding.name), (State::Open, "file_system"));
        assert_eq!(finding.detail, "Landlock does not guard files (too old)");
        assert!(finding.remedy.unwrap().contains("Landlock"));
        let state = HoldState::Missing { reason: "2 files".to_owned() };
        let finding = hold_finding(&Hold { name: HoldName::InheritedFiles, state });
        assert!(finding.remedy.unwrap().contains("standard files"));
    }

    #[test]
    fn a_way_out_is_open_and_a_try_that_tells_nothing_is_doubtful() {
        let tried = |outcome| attempt_finding(&Attempt { kind: EscapeAttempt::OpenSocket, outcome });
        assert_eq!(tried(Outcome::Succeeded).state, State::Open);
        assert_eq!(tried(Outcome::Undecided { reason: "no network".to_owned() }).state, State::Doubtful);
        let refused = tried(Outcome::Refused { reason: "not permitted".to_owned() });
        assert_eq!(refused.state, State::Good);
        assert!(refused.detail.contains("not permitted"));
    }
}
