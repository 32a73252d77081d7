//! A worker's tries to get out of its cage: harmless deeds, really done, that a closed cage refuses.

use std::fs::{File, OpenOptions};
use std::io::{self, ErrorKind};
use std::net::{Ipv4Addr, TcpListener, UdpSocket};
use std::os::unix::net::UnixDatagram;
use std::process::{Command, Stdio};

use crate::cage_report::{Attempt, Deed, Outcome};

/// One try: good when it could be done.
type Try = fn() -> io::Result<()>;

/// Tries everything.
pub fn make() -> Vec<Attempt> {
    let deeds: [(Deed, Try); 5] = [
        (Deed::OpenFile, open_file),
        (Deed::OpenOwnProgram, open_own_program),
        (Deed::CreateFile, create_file),
        (Deed::OpenSocket, open_socket),
        (Deed::StartProgram, start_program),
    ];
    deeds.into_iter().map(|(deed, attempt)| Attempt { deed, outcome: outcome(attempt()) }).collect()
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
    // It must not stay; whether it can be removed is not what was asked.
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

/// The one program that is certainly there is the worker's own: started like this worker, without input,
/// it ends by itself. Pipes are no way out; `/dev/null` would be a file to open.
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
