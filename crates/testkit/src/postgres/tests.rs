//! Tests on real clusters.

use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::*;

/// Set for the test that acts as the killed program.
const VICTIM: &str = "FIELDMARK_TESTKIT_POSTGRES_VICTIM";

fn folder(cluster: &Cluster) -> PathBuf {
    PathBuf::from(&cluster.folder)
}

#[test]
fn a_schema_has_what_is_made_in_it_and_goes_with_its_test() {
    let cluster = Cluster::shared().unwrap();
    let (one, other) = (cluster.schema().unwrap(), cluster.schema().unwrap());
    let execute = |schema: &Schema, statement: &str| cluster.programs.execute(&schema.url(), statement);
    execute(&one, "CREATE TABLE things (id int)").unwrap();
    assert_eq!(execute(&one, "SELECT * FROM things"), Ok(()));
    assert!(execute(&other, "SELECT * FROM things").is_err());
    let name = one.name().to_owned();
    drop(one);
    assert!(cluster.programs.execute(&cluster.url(), &format!("SELECT * FROM {name}.things")).is_err());
}

#[test]
fn a_stopped_cluster_comes_back_with_what_was_committed() {
    let cluster = Cluster::start().unwrap();
    let schema = cluster.schema().unwrap();
    let execute = |statement: &str| cluster.programs.execute(&schema.url(), statement);
    execute("CREATE TABLE things (id int)").unwrap();
    cluster.stop().unwrap();
    assert!(execute("SELECT * FROM things").is_err());
    cluster.resume().unwrap();
    assert_eq!(execute("SELECT * FROM things"), Ok(()));
    let folder = folder(&cluster);
    drop(schema);
    drop(cluster);
    assert!(!folder.exists());
}

/// Not a test by itself: the program that [`a_program_that_is_killed_leaves_no_cluster`] starts and
/// kills.
#[test]
fn the_killed_program() {
    if std::env::var_os(VICTIM).is_some() {
        println!("folder {}", Cluster::start().unwrap().folder);
        // The pipe to the killing test closes only when that test ends.
        std::io::copy(&mut std::io::stdin(), &mut std::io::sink()).unwrap();
    }
}

#[test]
fn a_program_that_is_killed_leaves_no_cluster() {
    let mut victim = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "postgres::tests::the_killed_program", "--nocapture"])
        .env(VICTIM, "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = std::io::BufRead::lines(std::io::BufReader::new(victim.stdout.take().unwrap()));
    let folder = lines.map(Result::unwrap).find_map(|line| line.split("folder ").nth(1).map(PathBuf::from));
    let folder = folder.unwrap();
    assert!(folder.join("data/postmaster.pid").exists());
    victim.kill().unwrap();
    victim.wait().unwrap();
    let deadline = Instant::now() + Duration::from_secs(60);
    while folder.exists() && Instant::now() < deadline {
        thread::sleep(Duration::from_millis(20));
    }
    assert!(!folder.exists());
}
