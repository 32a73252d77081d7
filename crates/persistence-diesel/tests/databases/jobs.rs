//! Jobs and events: the suites, workers that die, a database that stops, changes by another
//! process.

use std::future::poll_fn;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use fieldmark_domain::document::Document;
use fieldmark_domain::ports::{DocumentUpdate, JobChange, JobsChange, Repositories, RepositoryError};
use fieldmark_persistence_diesel::{Database, DatabaseOptions, DocumentCache};
use fieldmark_testkit::postgres::Cluster;
use fieldmark_testkit::repositories::sample::{SampleOwner, moment};
use fieldmark_testkit::repositories::{crashes, jobs, outbox};
use tokio::time::{sleep, timeout};

use crate::ground::Ground;
use crate::ports::{CACHE, repositories};

/// How long to wait for an expected event.
const TIMEOUT: Duration = Duration::from_secs(60);
/// How often to check for it.
const POLL_INTERVAL: Duration = Duration::from_millis(20);

async fn keeps_its_promises(ground: &Ground) {
    let database = ground.migrated().await;
    for cache in [None, Some(CACHE)] {
        let repositories = repositories(&database, cache);
        jobs::keeps_its_promises(&repositories).await.unwrap();
        outbox::keeps_its_promises(&repositories).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn sqlite_keeps_the_promises_of_a_queue() {
    keeps_its_promises(&Ground::sqlite()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn postgres_keeps_the_promises_of_a_queue() {
    keeps_its_promises(&Ground::postgres()).await;
}

async fn every_job_has_its_effect_once(ground: &Ground) {
    let database = ground.migrated().await;
    for cache in [None, Some(CACHE)] {
        let repositories = repositories(&database, cache);
        crashes::every_job_has_its_effect_once(&repositories, 60, 6).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn every_job_has_its_effect_once_on_sqlite() {
    every_job_has_its_effect_once(&Ground::sqlite()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn every_job_has_its_effect_once_on_postgres() {
    every_job_has_its_effect_once(&Ground::postgres()).await;
}

/// A server that tests may stop, with one database on it.
async fn stoppable() -> (Cluster, DatabaseOptions, Database) {
    let cluster = Cluster::start().unwrap();
    let options = DatabaseOptions {
        url: cluster.url(),
        min_connections: 1,
        max_connections: 4,
        acquire_timeout: Duration::from_secs(5),
        min_free_bytes: 0,
    };
    let database = Database::connect(&options).await.unwrap();
    database.migrate_up().await.unwrap();
    (cluster, options, database)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_server_that_goes_away_in_the_middle_costs_no_job() {
    let (cluster, _, database) = stoppable().await;
    let repositories = repositories(&database, Some(CACHE));
    let sample = repositories.clone();
    let all = tokio::spawn(async move { crashes::every_job_has_its_effect_once(&sample, 150, 4).await });
    for _ in 0..2 {
        some_event_waits(&repositories).await;
        cluster.stop().unwrap();
        cluster.resume().unwrap();
    }
    all.await.unwrap().unwrap();
}

/// Waits for an event, while documents come in and are read.
async fn some_event_waits(repositories: &Repositories) {
    let scope = fieldmark_domain::scope::Scope::of_everything();
    let looking = async {
        loop {
            let pending = repositories.outbox.pending(&scope, 200).await.unwrap_or_default();
            if pending.len() > 160 {
                return;
            }
            sleep(POLL_INTERVAL).await;
        }
    };
    timeout(TIMEOUT, looking).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_server_that_is_back_is_used_and_heard_again() {
    let (cluster, options, database) = stoppable().await;
    let ((here, cache), owner) = (database.cached_repositories(CACHE), SampleOwner::fresh());
    let new = owner.incoming(moment(0));
    here.documents.create(&owner.scope(), &new).await.unwrap();
    cluster.stop().unwrap();
    let found = here.documents.find(&owner.scope(), new.document.id).await;
    assert!(matches!(found, Err(RepositoryError::Unavailable { .. })), "{found:?}");
    cluster.resume().unwrap();
    let found = here.documents.find(&owner.scope(), new.document.id).await;
    assert_eq!(found, Ok(Some(new.document.clone())));
    let there = Database::connect(&options).await.unwrap().repositories();
    sees_changes((&here, &cache), &there, owner, new.document).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn postgres_notifies_a_cache_of_changes_by_other_processes() {
    let ground = Ground::postgres();
    let (here, cache) = ground.migrated().await.cached_repositories(CACHE);
    let owner = SampleOwner::fresh();
    let new = owner.incoming(moment(0));
    here.documents.create(&owner.scope(), &new).await.unwrap();
    let there = ground.connect().await.repositories();
    sees_changes((&here, &cache), &there, owner, new.document).await;
}

/// Fills the cache, changes the document elsewhere, and waits until the change is visible
/// here.
async fn sees_changes(
    (here, cache): (&Repositories, &DocumentCache),
    there: &Repositories,
    owner: SampleOwner,
    document: Document,
) {
    let scope = owner.scope();
    let hit = async {
        while cache.statistics().hits == 0 {
            here.documents.find(&scope, document.id).await.unwrap();
            sleep(POLL_INTERVAL).await;
        }
    };
    timeout(TIMEOUT, hit).await.unwrap();
    let id = document.id;
    let update = DocumentUpdate { document, jobs: JobsChange::Keep, events: Vec::new() };
    let changed = there.documents.update(&scope, &update).await.unwrap();
    let seen = async {
        while here.documents.find(&scope, id).await.unwrap() != changed {
            sleep(POLL_INTERVAL).await;
        }
    };
    timeout(TIMEOUT, seen).await.unwrap();
}

/// Two processes on one database: one waits for the end that the other causes.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn postgres_notifies_of_ends_that_other_processes_cause() {
    let ground = Ground::postgres();
    let (here, owner) = (ground.migrated().await.repositories().jobs, SampleOwner::fresh());
    let there = ground.connect().await.repositories();
    let new = owner.incoming(moment(0));
    there.documents.create(&owner.scope(), &new).await.unwrap();
    let job = new.job.unwrap().id;
    let (scope, other) = (owner.scope(), Arc::clone(&here));
    let waiting = tokio::spawn(async move {
        loop {
            // Only a notification can end such a long wait. It starts before the check.
            let mut end = other.wait_for_end(&scope, job, TIMEOUT * 10);
            let is_early = poll_fn(|context| Poll::Ready(end.as_mut().poll(context).is_ready())).await;
            if other.find(&scope, job).await.unwrap().unwrap().status.is_over() {
                return;
            }
            if !is_early {
                end.await;
            }
        }
    });
    let change = JobChange { job, document: None, now: moment(1) };
    there.jobs.cancel(&owner.scope(), &change).await.unwrap();
    timeout(TIMEOUT, waiting).await.unwrap().unwrap();
}
