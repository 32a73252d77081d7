//! Workers that are killed, stopped, and left without their database.

use fieldmark_testkit::postgres::Cluster;

use super::place::Place;
use crate::bench::until;

fn drain(place: &Place) {
    let mut command = place.command(&["worker", "--drain", "--jobs", "2"]);
    let ended = crate::bench::Ended::of(&command.output().unwrap());
    ended.printed(0);
}

#[test]
fn a_worker_that_is_killed_loses_nothing_and_doubles_nothing() {
    const COUNT: usize = 40;
    for place in Place::both() {
        let place = place.set("FIELDMARK_JOBS__LEASE", "1s").set("FIELDMARK_JOBS__MAX_ATTEMPTS", "20");
        let place = place.with_invoices(COUNT);
        assert_eq!(place.rows(&["submit", "in"]).len(), COUNT);
        let mut killed_at_work = 0;
        until("three workers killed at work", || {
            let mut worker = place.start_worker();
            let done = place.jobs("succeeded").len();
            until("a job that the worker did", || place.jobs("succeeded").len() > done || done == COUNT);
            worker.kill().unwrap();
            worker.wait().unwrap();
            // What runs now is held by nobody alive.
            killed_at_work += usize::from(!place.jobs("running").is_empty());
            killed_at_work >= 3 || place.jobs("succeeded").len() == COUNT
        });
        assert!(killed_at_work >= 1, "no job was running when a worker was killed");
        drain(&place);
        place.everything_was_done_once(COUNT);
    }
}

#[test]
fn a_worker_that_is_stopped_gives_its_jobs_back_at_once() {
    for place in Place::both() {
        // The lease alone would keep the jobs for longer than the test waits.
        let place = place.set("FIELDMARK_JOBS__LEASE", "10m").with_invoices(20);
        place.rows(&["submit", "in"]);
        let mut worker = place.start_worker();
        until("a job is running", || !place.jobs("running").is_empty());
        let process = rustix::process::Pid::from_child(&worker);
        rustix::process::kill_process(process, rustix::process::Signal::TERM).unwrap();
        assert!(worker.wait().unwrap().success());
        assert_eq!(place.jobs("running").len(), 0);
        drain(&place);
        place.everything_was_done_once(20);
        assert!(place.jobs("succeeded").iter().all(|job| job["attempts"] == 1));
    }
}

#[test]
fn a_database_that_goes_away_for_a_while_costs_nothing() {
    let cluster = Cluster::start().unwrap();
    let schema = cluster.schema().unwrap();
    let place = Place::with_sqlite().set("FIELDMARK_DATABASE__URL", &schema.url());
    let place = place.set("FIELDMARK_JOBS__LEASE", "2s").set("FIELDMARK_JOBS__MAX_ATTEMPTS", "20");
    let place = place.with_invoices(20);
    place.rows(&["submit", "in"]);
    let mut worker = place.start_worker();
    until("a job that the worker did", || !place.jobs("succeeded").is_empty());
    cluster.stop().unwrap();
    let refused = place.run(&["jobs"]);
    assert_eq!(refused.status, Some(2), "{refused:?}");
    cluster.resume().unwrap();
    until("all jobs are done", || place.jobs("succeeded").len() == 20);
    assert!(worker.try_wait().unwrap().is_none(), "the worker gave up");
    worker.kill().unwrap();
    worker.wait().unwrap();
    place.everything_was_done_once(20);
}

#[test]
fn a_job_that_waits_is_cancelled_at_once() {
    for place in Place::both() {
        let place = place.with_invoices(1);
        let job = place.rows(&["submit", "in"])[0]["job_id"].as_str().unwrap().to_owned();
        assert_eq!(place.rows(&["jobs", "cancel", &job])[0]["status"], "cancelled");
        place.run(&["worker", "--drain"]).printed(0);
        assert_eq!(place.rows(&["documents"])[0]["status"], "received");
        assert_eq!(place.run(&["jobs", "cancel", &job]).status, Some(1));
    }
}
