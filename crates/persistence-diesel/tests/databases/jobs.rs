//! Jobs and events: the suites, workers that die, a database that goes away.

use std::sync::Arc;
use std::time::Duration;

use fieldmark_persistence_diesel::{CacheOptions, Database, DatabaseOptions, Ports};
use fieldmark_testkit::postgres::Cluster;
use fieldmark_testkit::repositories::sample::{SampleOwner, moment};
use fieldmark_testkit::repositories::{Repositories, crashes, jobs, outbox};

use crate::ground::{CACHE, Ground, repositories};

async fn keeps_its_promises(ground: &Ground) {
    let database = ground.migrated().await;
    for cache in [None, Some(CACHE)] {
        let repositories = repositories(&database.ports(cache));
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

/// Each worker has its own connections and its own cache, as if it were a process.
async fn every_job_has_its_effect_once(ground: &Ground, cache: Option<CacheOptions>) {
    let database = ground.migrated().await;
    crashes::every_job_has_its_effect_once(&repositories(&database.ports(cache)), 60, 6).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn every_job_has_its_effect_once_on_sqlite() {
    every_job_has_its_effect_once(&Ground::sqlite(), None).await;
    every_job_has_its_effect_once(&Ground::sqlite(), Some(CACHE)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn every_job_has_its_effect_once_on_postgres() {
    every_job_has_its_effect_once(&Ground::postgres(), None).await;
    every_job_has_its_effect_once(&Ground::postgres(), Some(CACHE)).await;
}
