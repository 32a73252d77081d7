//! What holds a worker back, as the worker itself tells and tries it. Knows nothing of how it is done.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The cage of one worker: what was closed around it, and what happened when it tried to get out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CageReport {
    /// Every hold that there is, whether it holds or not.
    pub holds: Vec<Hold>,
    /// What the worker tried from inside.
    pub attempts: Vec<Attempt>,
}

/// One hold and its state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hold {
    /// Which one.
    pub name: HoldName,
    /// Whether it holds.
    pub state: HoldState,
}

/// What a hold takes from a worker.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum HoldName {
    /// Nothing of the environment is left but where the program's own libraries are.
    Environment,
    /// The working folder is `/`.
    WorkingFolder,
    /// `RLIMIT_DATA`.
    Memory,
    /// `RLIMIT_CORE` is 0: no core dump can hold the user's file.
    CoreDumps,
    /// `RLIMIT_FSIZE` is 0.
    FileSize,
    /// `RLIMIT_NOFILE` is small.
    OpenFiles,
    /// What the reader's process left open to its children is out of reach.
    InheritedFiles,
    /// No program gives new privileges (`PR_SET_NO_NEW_PRIVS`).
    NewPrivileges,
    /// No capability is left, not even to root.
    Capabilities,
    /// Landlock: only the system's fonts can be opened, and nothing written.
    FileSystem,
    /// Landlock: no TCP.
    Network,
    /// Landlock: no signals and no abstract sockets to processes outside.
    OtherProcesses,
    /// seccomp: no sockets, programs, processes, other processes' memory, mounts and their like.
    SystemCalls,
}

/// Whether a hold holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum HoldState {
    /// It does.
    Holds,
    /// It does not.
    Missing {
        /// Why, for people.
        reason: String,
    },
}

/// One thing that the worker tried, and how it went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attempt {
    /// What was tried.
    pub deed: Deed,
    /// How it went.
    pub outcome: Outcome,
}

/// What a worker tries in order to test its cage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Deed {
    /// To read `/etc/passwd`.
    OpenFile,
    /// To read the worker's own program.
    OpenOwnProgram,
    /// To create a file in the folder for temporary files.
    CreateFile,
    /// To open sockets: UDP, TCP and local ones.
    OpenSocket,
    /// To start the worker's own program once more.
    StartProgram,
}

/// How an attempt went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// The system refused it.
    Refused {
        /// In the system's words.
        reason: String,
    },
    /// It could be done.
    Succeeded,
    /// It failed for a reason that says nothing about the cage.
    Undecided {
        /// In the system's words.
        reason: String,
    },
}

impl Hold {
    /// A hold after what was done to close it.
    pub(crate) fn after(name: HoldName, closed: Result<(), String>) -> Self {
        let state = closed.map_or_else(|reason| HoldState::Missing { reason }, |()| HoldState::Holds);
        Self { name, state }
    }
}

impl CageReport {
    /// Whether this hold holds.
    #[must_use]
    pub fn holds(&self, name: HoldName) -> bool {
        self.holds.iter().any(|hold| hold.name == name && hold.state == HoldState::Holds)
    }

    /// How this attempt went; `None` when it was not made.
    #[must_use]
    pub fn outcome(&self, deed: Deed) -> Option<&Outcome> {
        self.attempts.iter().find(|attempt| attempt.deed == deed).map(|attempt| &attempt.outcome)
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

impl Deed {
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

impl fmt::Display for Deed {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}
