//! Workers that crash, hang, use too much memory or are killed: one caller gets an error, and the
//! next file is read.

use std::io::Write;
use std::process::{Command, Stdio};
use std::time::Duration;

use fieldmark_document_reader::{ReaderOptions, WorkerPool};
use fieldmark_domain::ports::ReadError;
use libtest_mimic::Trial;
use rustix::process::{Pid, Signal, kill_process};

use crate::files::{self, Mark};
use crate::set_up::{WORKER_ARGUMENT, options, pool, read, reason, trial};

pub fn trials() -> Vec<Trial> {
    vec![
        trial("a_crash_costs_one_answer", a_crash_costs_one_answer),
        trial("a_worker_that_hangs_is_killed_in_time", a_worker_that_hangs_is_killed_in_time),
        trial("a_worker_that_eats_memory_is_stopped", a_worker_that_eats_memory_is_stopped),
        trial("a_panic_and_a_print_are_survived", a_panic_and_a_print_are_survived),
        trial("a_worker_killed_in_the_middle_is_replaced", a_worker_killed_in_the_middle_is_replaced),
        trial("a_worker_killed_in_between_is_no_files_fault", a_worker_killed_in_between_is_no_files_fault),
        trial("others_do_not_notice", others_do_not_notice),
        trial("those_beyond_the_queue_are_refused", those_beyond_the_queue_are_refused),
        trial("a_caller_who_leaves_frees_the_worker", a_caller_who_leaves_frees_the_worker),
        trial("a_worker_is_reused", a_worker_is_reused),
        trial("a_worker_does_not_outlive_its_reader", a_worker_does_not_outlive_its_reader),
    ]
}

async fn reads_the_next(pool: &WorkerPool) {
    assert_eq!(read(pool, files::good()).await.unwrap().pages.len(), 1);
}

fn kill(process: u32) {
    let process = Pid::from_raw(i32::try_from(process).unwrap()).unwrap();
    kill_process(process, Signal::KILL).unwrap();
}

async fn a_crash_costs_one_answer() {
    let pool = pool(options());
    for (mark, words) in [(Mark::Abort, "crashed (signal 6)"), (Mark::Exit, "crashed (exit status 0)")] {
        let reason = reason(read(&pool, files::marked(mark)).await.unwrap_err());
        assert!(reason.contains(words), "{reason}");
        reads_the_next(&pool).await;
    }
}

async fn a_worker_that_hangs_is_killed_in_time() {
    let pool = pool(ReaderOptions { timeout: Duration::from_secs(3), ..options() });
    pool.warm_up().unwrap();
    let worker = pool.idle_workers()[0];
    let reason = reason(read(&pool, files::marked(Mark::Hang)).await.unwrap_err());
    assert!(reason.contains("time limit of 3 s"), "{reason}");
    let process = Pid::from_raw(i32::try_from(worker).unwrap()).unwrap();
    assert!(rustix::process::test_kill_process(process).is_err(), "the worker still runs");
    reads_the_next(&pool).await;
}

async fn a_worker_that_eats_memory_is_stopped() {
    let pool = pool(ReaderOptions { memory_bytes: 256 << 20, ..options() });
    let reason = reason(read(&pool, files::marked(Mark::EatMemory)).await.unwrap_err());
    assert!(reason.contains("memory limit of 256 MiB"), "{reason}");
    reads_the_next(&pool).await;
}

async fn a_panic_and_a_print_are_survived() {
    let pool = pool(options());
    let answer = read(&pool, files::marked(Mark::Panic)).await;
    assert!(reason(answer.unwrap_err()).contains("cannot handle"), "the panic is an answer");
    let worker = pool.idle_workers();
    assert_eq!(read(&pool, files::marked(Mark::Print)).await.unwrap().pages.len(), 1);
    reads_the_next(&pool).await;
    assert_eq!(pool.idle_workers(), worker, "the worker went on");
}

async fn a_worker_killed_in_the_middle_is_replaced() {
    let pool = pool(options());
    reads_the_next(&pool).await;
    let worker = pool.idle_workers()[0];
    let (answer, ()) = tokio::join!(read(&pool, files::marked(Mark::Hang)), async {
        tokio::time::sleep(Duration::from_millis(300)).await;
        kill(worker);
    });
    let reason = reason(answer.unwrap_err());
    assert!(reason.contains("crashed (signal 9)"), "{reason}");
    reads_the_next(&pool).await;
    assert_ne!(pool.idle_workers(), [worker]);
}

async fn a_worker_killed_in_between_is_no_files_fault() {
    let pool = pool(options());
    reads_the_next(&pool).await;
    let worker = pool.idle_workers()[0];
    kill(worker);
    tokio::time::sleep(Duration::from_millis(300)).await;
    reads_the_next(&pool).await;
    assert_ne!(pool.idle_workers(), [worker]);
}

async fn others_do_not_notice() {
    let pool = pool(ReaderOptions { workers: 2, ..options() });
    let good_reads = async {
        for _ in 0..5 {
            reads_the_next(&pool).await;
        }
    };
    // All files have the same time limit. The hanging read is dropped, which ends its worker, when
    // the good files are read; so these have as much time as a busy machine needs.
    tokio::select! {
        biased;
        hanging = read(&pool, files::marked(Mark::Hang)) => panic!("it did not hang: {hanging:?}"),
        () = good_reads => {}
    }
}

async fn those_beyond_the_queue_are_refused() {
    let pool = pool(ReaderOptions { queue: 1, timeout: Duration::from_secs(3), ..options() });
    let (hanging, waiting, refused) = tokio::join!(
        read(&pool, files::marked(Mark::Hang)),
        read(&pool, files::good()),
        read(&pool, files::good())
    );
    assert!(hanging.is_err());
    assert!(waiting.is_ok(), "{waiting:?}");
    assert_eq!(refused, Err(ReadError::Overloaded));
    reads_the_next(&pool).await;
}

async fn a_caller_who_leaves_frees_the_worker() {
    let pool = pool(options());
    let left = tokio::time::timeout(Duration::from_millis(500), read(&pool, files::marked(Mark::Hang))).await;
    assert!(left.is_err(), "it hung");
    reads_the_next(&pool).await;
}

async fn a_worker_is_reused() {
    let pool = pool(options());
    assert!(pool.idle_workers().is_empty(), "no worker runs before the first file");
    reads_the_next(&pool).await;
    let worker = pool.idle_workers();
    reads_the_next(&pool).await;
    assert_eq!(pool.idle_workers(), worker);
}

async fn a_worker_does_not_outlive_its_reader() {
    let start = || {
        Command::new(std::env::current_exe().unwrap())
            .arg(WORKER_ARGUMENT)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap()
    };
    let mut idle = start();
    drop(idle.stdin.take());
    assert!(idle.wait().unwrap().success());

    let mut unheard = start();
    drop(unheard.stdout.take());
    let _ = unheard.stdin.take().unwrap().write_all(&[0; 12]);
    let status = unheard.wait().unwrap();
    assert!(status.code().is_some(), "a broken pipe is no crash: {status}");
}
