//! What a worker cannot do, tested from inside, and that it can still read files.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use fieldmark_document_reader::{CageReport, EscapeAttempt, HoldName, HoldState, Outcome, ReaderOptions};
use libtest_mimic::{Completion, Failed, Trial};
use rustix::io::{FdFlags, fcntl_setfd};

use crate::files::{self, Mark};
use crate::set_up::{options, pool, read, run, trial};

pub fn trials() -> Vec<Trial> {
    vec![
        trial(
            "a_worker_opens_no_file_no_socket_and_no_program",
            a_worker_opens_no_file_no_socket_and_no_program,
        ),
        trial("every_restriction_is_reported_once", every_restriction_is_reported_once),
        trial(
            "a_worker_knows_nothing_of_its_readers_environment",
            a_worker_knows_nothing_of_its_readers_environment,
        ),
        trial("a_worker_reads_with_a_file_that_it_inherits", a_worker_reads_with_a_file_that_it_inherits),
        Trial::ignorable_test("a_caged_worker_still_looks_for_fonts", a_caged_worker_still_looks_for_fonts),
        trial("a_cage_needs_no_library", a_cage_needs_no_library),
        trial("a_worker_program_is_found_by_its_bare_name", a_worker_program_is_found_by_its_bare_name),
        trial("a_caged_worker_starts_quickly", a_caged_worker_starts_quickly),
    ]
}

async fn report() -> CageReport {
    pool(options()).inspect().await.unwrap()
}

fn refused(report: &CageReport, kind: EscapeAttempt) -> bool {
    matches!(report.outcome(kind), Some(Outcome::Refused { .. }))
}

/// A system without Landlock and without seccomp, such as a container that forbids both, cannot
/// pass: each test names the one that it needs.
async fn a_worker_opens_no_file_no_socket_and_no_program() {
    let report = report().await;
    assert!(report.holds(HoldName::SystemCalls), "this system allows no seccomp filter: {report:?}");
    // Without Landlock the filter refuses to open any file.
    for kind in [
        EscapeAttempt::OpenFile,
        EscapeAttempt::OpenOwnProgram,
        EscapeAttempt::CreateFile,
        EscapeAttempt::OpenSocket,
        EscapeAttempt::StartProgram,
    ] {
        assert!(refused(&report, kind), "{kind}: {report:?}");
    }
}

async fn every_restriction_is_reported_once() {
    let report = report().await;
    let mut names: Vec<&str> = report.holds.iter().map(|hold| hold.name.name()).collect();
    names.sort_unstable();
    let count = names.len();
    names.dedup();
    assert_eq!((count, names.len()), (13, 13), "{report:?}");
    // Restrictions that every Linux kernel supports.
    let always = [
        HoldName::WorkingFolder,
        HoldName::Memory,
        HoldName::CoreDumps,
        HoldName::FileSize,
        HoldName::OpenFiles,
        HoldName::NewPrivileges,
        HoldName::Capabilities,
    ];
    for name in always {
        assert!(report.holds(name), "{name}: {report:?}");
    }
    for hold in &report.holds {
        assert!(!matches!(&hold.state, HoldState::Missing { reason } if reason.is_empty()), "{report:?}");
    }
}

async fn a_worker_knows_nothing_of_its_readers_environment() {
    assert!(std::env::vars_os().count() > 1, "cargo gives tests an environment");
    assert!(report().await.holds(HoldName::Environment));
    // The kernel shows the environment that a process was started with.
    let pool = pool(options());
    pool.warm_up().unwrap();
    let told = format!("/proc/{}/environ", pool.idle_workers()[0]);
    let is_started =
        |environment: &Vec<u8>| environment.is_empty() || environment.starts_with(b"LD_LIBRARY_PATH=");
    let mut environment = std::fs::read(&told).unwrap();
    for _ in 0..100 {
        if is_started(&environment) {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
        environment = std::fs::read(&told).unwrap();
    }
    let names: Vec<&[u8]> = environment
        .split(|byte| *byte == 0)
        .filter(|variable| !variable.is_empty())
        .map(|variable| variable.split(|byte| *byte == b'=').next().unwrap())
        .collect();
    assert!(names.iter().all(|name| *name == b"LD_LIBRARY_PATH"), "{names:?}");
}

/// The file is left open for every child that starts meanwhile, which does not disturb them.
/// `handed_down` tests that it is unusable.
async fn a_worker_reads_with_a_file_that_it_inherits() {
    let handed_down = File::open("/etc/passwd").unwrap();
    fcntl_setfd(&handed_down, FdFlags::empty()).unwrap();
    let pool = pool(options());
    let report = pool.inspect().await.unwrap();
    assert!(report.holds(HoldName::InheritedFiles), "{report:?}");
    assert_eq!(read(&pool, files::good()).await.unwrap().pages.len(), 1);
}

fn a_caged_worker_still_looks_for_fonts() -> Result<Completion, Failed> {
    if !Path::new("/usr/share/fonts").is_dir() {
        return Ok(Completion::ignored_with("there is no /usr/share/fonts to look for"));
    }
    if a_pipe_is_handed_down() {
        return Ok(Completion::ignored_with(
            "whoever started the tests left a pipe open: workers open nothing",
        ));
    }
    run(async {
        if !report().await.holds(HoldName::FileSystem) {
            return Ok(Completion::ignored_with("without Landlock a worker opens nothing"));
        }
        let answer = read(&pool(options()), files::marked(Mark::ListFonts)).await;
        assert!(answer.is_ok(), "the folder of fonts cannot be read: {answer:?}");
        Ok(Completion::Completed)
    })
}

/// Whether workers inherit a file without a path beyond the standard three, according to proc(5).
fn a_pipe_is_handed_down() -> bool {
    const CLOSED_IN_CHILDREN: u32 = 0o2_000_000;
    let is_left = |number: u32| {
        let told = std::fs::read_to_string(format!("/proc/self/fdinfo/{number}")).unwrap_or_default();
        let flags = told.lines().find_map(|line| line.strip_prefix("flags:"));
        flags.is_some_and(|flags| u32::from_str_radix(flags.trim(), 8).unwrap() & CLOSED_IN_CHILDREN == 0)
    };
    let has_no_path = |number: u32| {
        let target = std::fs::read_link(format!("/proc/self/fd/{number}"));
        target.is_ok_and(|target| target.symlink_metadata().is_err())
    };
    let open = std::fs::read_dir("/proc/self/fd").unwrap();
    open.filter_map(|entry| entry.unwrap().file_name().to_str()?.parse().ok())
        .any(|number| number > 2 && is_left(number) && has_no_path(number))
}

async fn a_cage_needs_no_library() {
    let pool = pool(ReaderOptions { pdfium: Some(PathBuf::from("/nowhere/libpdfium.so")), ..options() });
    let report = pool.inspect().await.unwrap();
    assert!(report.holds(HoldName::WorkingFolder));
    assert!(read(&pool, files::good()).await.is_err());
    assert!(pool.idle_workers().is_empty(), "a worker without its library is not kept");
}

async fn a_worker_program_is_found_by_its_bare_name() {
    let pool = pool(ReaderOptions {
        worker_program: PathBuf::from("sh"),
        worker_arguments: vec!["-c".into(), "echo no worker >&2".into()],
        ..options()
    });
    let error = read(&pool, files::good()).await.unwrap_err().to_string();
    assert!(error.contains("no worker"), "{error}");
}

/// A start with a cage takes some milliseconds; the bound leaves room for a busy machine and still
/// detects a cage that became slow.
async fn a_caged_worker_starts_quickly() {
    let pool = pool(options());
    let mut fastest = Duration::MAX;
    for _ in 0..5 {
        let start = Instant::now();
        pool.inspect().await.unwrap();
        fastest = fastest.min(start.elapsed());
    }
    assert!(fastest < Duration::from_millis(500), "{fastest:?}");
}
