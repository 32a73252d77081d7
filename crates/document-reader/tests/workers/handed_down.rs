//! A worker that inherits open files and really tries to use them.
//!
//! A file of which only the number is known cannot be used without unsafe code. The tests' worker
//! therefore opens the files itself, before it becomes a worker: to the cage these are files that
//! were open at the start. `mmap` is unsafe as well and is left out here; the filter's own tests
//! cover it.

use std::fs::File;
use std::io::{self, ErrorKind, IoSliceMut, PipeReader, PipeWriter, Read, Seek, Write};
use std::os::fd::{AsFd, AsRawFd, BorrowedFd};
use std::os::unix::fs::FileExt;
use std::process::ExitCode;

use fieldmark_document_reader::{HoldName, ReaderOptions};
use libtest_mimic::Trial;

use crate::files;
use crate::set_up::{options, pool, read, trial};

/// With this second argument the tests' worker opens files before it becomes a worker.
pub const ARGUMENT: &str = "with-files";
/// More files than one filter can cover, with a free number after each.
const COUNT: usize = 20;

pub fn trials() -> Vec<Trial> {
    vec![
        trial("files_that_are_handed_down_are_useless", files_that_are_handed_down_are_useless),
        trial("without_a_cage_the_same_files_can_be_used", without_a_cage_the_same_files_can_be_used),
    ]
}

/// A worker that tries to use its files for each document, and panics instead of reading when it
/// can use one.
pub fn work() -> ExitCode {
    let handed_down = HandedDown::open().unwrap();
    fieldmark_document_reader::run_worker_observed(|_| {
        let tried = handed_down.try_everything();
        assert!(tried.iter().all(|(_, outcome)| is_refusal(outcome)), "{tried:?}");
    })
}

fn is_refusal(outcome: &io::Result<()>) -> bool {
    matches!(outcome, Err(error) if error.kind() == ErrorKind::PermissionDenied)
}

struct HandedDown {
    files: Vec<File>,
    reader: PipeReader,
    writer: PipeWriter,
}

impl HandedDown {
    fn open() -> io::Result<Self> {
        let program = std::env::current_exe()?;
        let mut files = Vec::new();
        let mut gaps = Vec::new();
        for _ in 0..COUNT {
            files.push(File::open(&program)?);
            gaps.push(File::open(&program)?);
        }
        let (reader, mut writer) = io::pipe()?;
        writer.write_all(&[0; 64])?;
        Ok(Self { files, reader, writer })
    }

    fn try_everything(&self) -> Vec<(&'static str, io::Result<()>)> {
        let mut tried: Vec<_> = self.files.iter().flat_map(try_file).collect();
        tried.extend([
            ("read a pipe", (&self.reader).read_exact(&mut [0])),
            ("write to a pipe", (&self.writer).write_all(&[0])),
            ("open a pipe again", read_again(self.reader.as_fd())),
        ]);
        tried
    }
}

/// A file that `dup2` puts in the place of an allowed one could be used like it. No worker that
/// starts meanwhile may inherit the copy of a pipe.
fn read_in_the_place_of_another(file: &File) -> io::Result<()> {
    let mut place = io::stderr().as_fd().try_clone_to_owned()?;
    rustix::io::dup2(file, &mut place)?;
    File::from(place).read_exact(&mut [0])
}

fn try_file(mut file: &File) -> [(&'static str, io::Result<()>); 8] {
    [
        ("read", file.read_exact(&mut [0])),
        ("pread", file.read_exact_at(&mut [0], 0)),
        ("readv", file.read_vectored(&mut [IoSliceMut::new(&mut [0])]).map(drop)),
        ("lseek", file.rewind()),
        ("dup", rustix::io::dup(file).map(drop).map_err(io::Error::from)),
        ("fcntl", file.try_clone().map(drop)),
        ("dup2", read_in_the_place_of_another(file)),
        ("open again", read_again(file.as_fd())),
    ]
}

fn read_again(file: BorrowedFd<'_>) -> io::Result<()> {
    File::open(format!("/proc/self/fd/{}", file.as_raw_fd()))?.read_exact(&mut [0])
}

async fn files_that_are_handed_down_are_useless() {
    let options = options();
    let arguments = options.worker_arguments.iter().cloned().chain([ARGUMENT.into()]).collect();
    let pool = pool(ReaderOptions { worker_arguments: arguments, ..options });
    let report = pool.inspect().await.unwrap();
    for name in [HoldName::InheritedFiles, HoldName::SystemCalls] {
        assert!(report.holds(name), "{name}: {report:?}");
    }
    assert_eq!(read(&pool, files::good()).await.unwrap().pages.len(), 1);
}

/// Checks that it was the cage that refused these operations.
async fn without_a_cage_the_same_files_can_be_used() {
    let tried = HandedDown::open().unwrap().try_everything();
    assert_eq!(tried.len(), 8 * COUNT + 3);
    assert!(tried.iter().all(|(_, outcome)| outcome.is_ok()), "{tried:?}");
}
