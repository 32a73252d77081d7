//! A worker's attempts to get out of its cage: harmless operations that are really executed and
//! that a closed cage refuses.

use std::fs::{File, OpenOptions};
use std::io::{self, ErrorKind};
use std::net::{Ipv4Addr, TcpListener, UdpSocket};
use std::os::unix::net::UnixDatagram;
use std::process::{Command, Stdio};

use crate::cage_report::{Attempt, EscapeAttempt, Outcome};

/// One attempt: `Ok` when it succeeded.
type Try = fn() -> io::Result<()>;

/// Makes every attempt.
pub fn make() -> Vec<Attempt> {
    let attempts: [(EscapeAttempt, Try); 5] = [
        (EscapeAttempt::OpenFile, open_file),
        (EscapeAttempt::OpenOwnProgram, open_own_program),
        (EscapeAttempt::CreateFile, create_file),
        (EscapeAttempt::OpenSocket, open_socket),
        (EscapeAttempt::StartProgram, start_program),
    ];
    attempts.into_iter().map(|(kind, attempt)| Attempt { kind, outcome: outcome(attempt()) }).collect()
}

fn outcome(tried: io::Result<()>) -> Outcome {
    match tried {
        Ok(()) => Outcome::Succeeded,
        Err(error) => {
            let is_refusal = matches!(error.kind(), ErrorKind::PermissionDenied | ErrorKind::Unsupported);
            let reason = error.to_string();
            if is_refusal { Outcome::Refused { reason } } else { Outcome::Undecided { reason } }
        }
    }
}

fn open_file() -> io::Result<()> {
    File::open("/etc/passwd").map(drop)
}

fn open_own_program() -> io::Result<()> {
    File::open(std::env::current_exe()?).map(drop)
}

fn create_file() -> io::Result<()> {
    let path = std::env::temp_dir().join(format!("fieldmark-cage-{}", std::process::id()));
    OpenOptions::new().write(true).create_new(true).open(&path)?;
    // Remove the file. Whether that works is not part of the test.
    let _ = std::fs::remove_file(path);
    Ok(())
}

/// One socket of any kind is a way out: the first that opens decides.
fn open_socket() -> io::Result<()> {
    let any_port = (Ipv4Addr::LOCALHOST, 0);
    UdpSocket::bind(any_port)
        .map(drop)
        .or_else(|_| UnixDatagram::unbound().map(drop))
        .or_else(|_| TcpListener::bind(any_port).map(drop))
}

/// The only program that certainly exists is the worker's own. Started like this worker but without
/// input, it ends by itself. It gets pipes, because opening `/dev/null` would be a file access.
fn start_program() -> io::Result<()> {
    let mut started = Command::new(std::env::current_exe()?)
        .args(std::env::args_os().skip(1))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    let _ = started.kill();
    let _ = started.wait();
    Ok(())
}
