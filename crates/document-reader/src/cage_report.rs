//! The restrictions on a worker process (the cage), as the worker reports and tests them. Does not
//! know how the restrictions are applied.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The cage of one worker: its restrictions, and the results of the worker's attempts to get out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CageReport {
    /// Every restriction, active or not.
    pub holds: Vec<Hold>,
    /// The attempts that the worker made from inside the cage.
    pub attempts: Vec<Attempt>,
}

/// One restriction and its state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hold {
    /// Which restriction this is.
    pub name: HoldName,
    /// Whether it is active.
    pub state: HoldState,
}

/// A restriction on a worker.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum HoldName {
    /// No environment variable is left except `LD_LIBRARY_PATH`.
    Environment,
    /// The working folder is `/`.
    WorkingFolder,
    /// `RLIMIT_DATA`.
    Memory,
    /// `RLIMIT_CORE` is 0: no core dump can contain the user's file.
    CoreDumps,
    /// `RLIMIT_FSIZE` is 0.
    FileSize,
    /// `RLIMIT_NOFILE` is small.
    OpenFiles,
    /// Files that the reader's process left open to its children cannot be used.
    InheritedFiles,
    /// A started program gets no new privileges (`PR_SET_NO_NEW_PRIVS`).
    NewPrivileges,
    /// The process has no capabilities, even as root.
    Capabilities,
    /// Landlock: only the system's fonts can be opened, and nothing can be written.
    FileSystem,
    /// Landlock: no TCP.
    Network,
    /// Landlock: no signals to outside processes and no connections to their abstract sockets.
    OtherProcesses,
    /// seccomp: no sockets, programs, processes, memory of other processes, mounts or similar
    /// calls.
    SystemCalls,
}

/// Whether a restriction is active.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum HoldState {
    /// It is active.
    Holds,
    /// It is not active.
    Missing {
        /// The reason, as text for people.
        reason: String,
    },
}

/// One attempt of the worker to get out, and its result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attempt {
    /// What the worker attempted.
    pub kind: EscapeAttempt,
    /// The result.
    pub outcome: Outcome,
}

/// What a worker attempts in order to test its cage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum EscapeAttempt {
    /// To read `/etc/passwd`.
    OpenFile,
    /// To read the worker's own program.
    OpenOwnProgram,
    /// To create a file in the folder for temporary files.
    CreateFile,
    /// To open sockets: UDP, TCP and local.
    OpenSocket,
    /// To start another process of the worker's own program.
    StartProgram,
}

/// The result of an attempt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// The system refused it.
    Refused {
        /// The system's error message.
        reason: String,
    },
    /// The attempt succeeded: the cage is open here.
    Succeeded,
    /// It failed for a reason that is independent of the cage.
    Undecided {
        /// The system's error message.
        reason: String,
    },
}

impl Hold {
    /// A restriction, from the result of applying it.
    pub(crate) fn after(name: HoldName, closed: Result<(), String>) -> Self {
        let state = closed.map_or_else(|reason| HoldState::Missing { reason }, |()| HoldState::Holds);
        Self { name, state }
    }
}

impl CageReport {
    /// Whether this restriction is active.
    #[must_use]
    pub fn holds(&self, name: HoldName) -> bool {
        self.holds.iter().any(|hold| hold.name == name && hold.state == HoldState::Holds)
    }

    /// The result of this attempt; `None` when it was not made.
    #[must_use]
    pub fn outcome(&self, kind: EscapeAttempt) -> Option<&Outcome> {
        self.attempts.iter().find(|attempt| attempt.kind == kind).map(|attempt| &attempt.outcome)
    }
}

impl HoldName {
    /// A stable name in `snake_case`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Environment => "environment",
            Self::WorkingFolder => "working_folder",
            Self::Memory => "memory",
            Self::CoreDumps => "core_dumps",
            Self::FileSize => "file_size",
            Self::OpenFiles => "open_files",
            Self::InheritedFiles => "inherited_files",
            Self::NewPrivileges => "new_privileges",
            Self::Capabilities => "capabilities",
            Self::FileSystem => "file_system",
            Self::Network => "network",
            Self::OtherProcesses => "other_processes",
            Self::SystemCalls => "system_calls",
        }
    }
}

impl EscapeAttempt {
    /// A stable name in `snake_case`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::OpenFile => "open_file",
            Self::OpenOwnProgram => "open_own_program",
            Self::CreateFile => "create_file",
            Self::OpenSocket => "open_socket",
            Self::StartProgram => "start_program",
        }
    }
}

impl fmt::Display for HoldName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

impl fmt::Display for EscapeAttempt {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}
