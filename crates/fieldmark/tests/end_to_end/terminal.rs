//! What people see: on a terminal there are tables, colours and a bar, none of which is there in a pipe.

use std::fs::{File, OpenOptions};
use std::io::Read as _;
use std::process::Command;
use std::thread::{self, JoinHandle};

use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};

use crate::bench::{Bench, invoice};

/// Runs a command on a terminal of its own: everything that it shows, and its status.
fn shown(command: &mut Command) -> (String, Option<i32>) {
    let controller = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
    grantpt(&controller).unwrap();
    unlockpt(&controller).unwrap();
    let name = ptsname(&controller, Vec::new()).unwrap().into_string().unwrap();
    let terminal = || OpenOptions::new().read(true).write(true).open(&name).unwrap();
    let mut child = command.stdin(terminal()).stdout(terminal()).stderr(terminal()).spawn().unwrap();
    // A terminal's buffer is small: it must be read while the program writes.
    let reader: JoinHandle<String> = thread::spawn(move || {
        let mut controller = File::from(controller);
        let (mut all, mut some) = (Vec::new(), [0; 4096]);
        // When the last writer has gone, reading fails on Linux and ends elsewhere.
        while let Ok(count @ 1..) = controller.read(&mut some) {
            all.extend_from_slice(&some[..count]);
        }
        String::from_utf8_lossy(&all).into_owned()
    });
    let status = child.wait().unwrap().code();
    // The command holds the terminal open, too.
    command
        .stdin(std::process::Stdio::null())
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null());
    (reader.join().unwrap(), status)
}

#[test]
fn a_terminal_gets_coloured_tables() {
    let bench = Bench::new().with("a.pdf", invoice()).with("b.pdf", "");
    let mut command = bench.command(&["extract", "a.pdf", "b.pdf"]);
    let (text, status) = shown(command.env("TERM", "xterm").env_remove("NO_COLOR"));
    assert_eq!(status, Some(1), "{text}");
    assert!(text.contains("\u{1b}[1ma.pdf") && text.contains("1 read, 1 failed"), "{text}");
}

#[test]
fn who_wants_no_colours_gets_none() {
    let bench = Bench::new().with("a.pdf", invoice());
    let mut command = bench.command(&["extract", "a.pdf"]);
    let (text, status) = shown(command.env("TERM", "xterm").env("NO_COLOR", "1"));
    assert_eq!(status, Some(0), "{text}");
    assert!(text.starts_with("a.pdf  1 page") && !text.contains('\u{1b}'), "{text}");
}
