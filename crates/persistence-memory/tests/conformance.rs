//! What is kept in memory keeps the promises of the ports: the suites that databases and stores are held to, too.

use std::sync::Arc;
use std::time::Duration;

use fieldmark_domain::event::Occurrence;
use fieldmark_domain::ports::{
    BlobError, Created, DocumentUpdate, JobsChange, Repositories, RepositoryError,
};
use fieldmark_persistence_memory::{Memory, MemoryOptions};
use fieldmark_testkit::blob_store;
use fieldmark_testkit::repositories::sample::{SampleOwner, moment};
use fieldmark_testkit::repositories::{crashes, documents, erasures, file_audit, jobs, labels, outbox};

fn repositories() -> Repositories {
    Memory::default().repositories()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_keeps_the_promises_of_documents() {
    documents::keeps_its_promises(&repositories()).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_keeps_the_promises_of_erasures() {
    erasures::keeps_its_promises(&repositories()).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_keeps_the_promises_of_labels() {
    labels::keeps_its_promises(&repositories()).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_keeps_the_promises_of_a_queue() {
    jobs::keeps_its_promises(&repositories()).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_keeps_the_promises_of_an_outbox() {
    outbox::keeps_its_promises(&repositories()).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_keeps_the_promises_of_the_file_audit() {
    file_audit::keeps_its_promises(&repositories()).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_keeps_the_promises_of_a_store_of_bytes() {
    blob_store::keeps_its_promises(&*Memory::default().blobs()).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn every_job_has_its_effect_once() {
    crashes::every_job_has_its_effect_once(&repositories(), 60, 6).await.unwrap();
}

#[tokio::test]
async fn a_full_memory_takes_nothing_new_and_lets_go() {
    let options = MemoryOptions { documents: 1, events: 2, file_bytes: 10 };
    let (memory, owner) = (Memory::new(options), SampleOwner::fresh());
    let (Repositories { documents, erasures, .. }, scope) = (memory.repositories(), owner.scope());
    let first = owner.incoming(moment(0));
    assert_eq!(documents.create(&scope, &first).await, Ok(Created::New));
    let second = owner.incoming(moment(1));
    assert_eq!(documents.create(&scope, &second).await, Err(RepositoryError::OutOfSpace));
    let tell = |occurrence| owner.event(first.document.id, occurrence, moment(2));
    let two = vec![tell(Occurrence::DocumentChanged), tell(Occurrence::DocumentChanged)];
    let update = DocumentUpdate { document: first.document.clone(), jobs: JobsChange::Keep, events: two };
    assert_eq!(documents.update(&scope, &update).await, Err(RepositoryError::OutOfSpace));
    assert_eq!(documents.find(&scope, first.document.id).await, Ok(Some(first.document.clone())));
    let erased = erasures.erase(&scope, first.document.id, 1, &tell(Occurrence::DocumentErased)).await;
    assert!(erased.unwrap().is_some_and(|erased| erased.is_last));

    let blobs = memory.blobs();
    let (fits, does_not): (Arc<[u8]>, Arc<[u8]>) = (Arc::from([1; 6]), Arc::from([2; 6]));
    let sha256 = blobs.put(Arc::clone(&fits)).await.unwrap();
    assert!(matches!(blobs.put(Arc::clone(&does_not)).await, Err(BlobError::OutOfSpace { .. })));
    assert_eq!(blobs.put(fits).await, Ok(sha256));
    blobs.delete(&sha256).await.unwrap();
    blobs.put(does_not).await.unwrap();
}

/// Databases keep no more of a moment.
#[tokio::test]
async fn moments_of_documents_jobs_and_events_are_kept_to_the_microsecond() {
    let (repositories, owner) = (repositories(), SampleOwner::fresh());
    let mut new = owner.incoming(moment(0) + Duration::from_nanos(1_999));
    let job = new.job.as_mut().unwrap();
    job.created_at = new.document.created_at;
    new.event.at = new.document.created_at;
    let (document, job) = (new.document.id, job.id);
    repositories.documents.create(&owner.scope(), &new).await.unwrap();
    let micro = moment(0) + Duration::from_nanos(1_000);
    let kept = repositories.documents.find(&owner.scope(), document).await.unwrap().unwrap();
    let job = repositories.jobs.find(&owner.scope(), job).await.unwrap().unwrap();
    let events = repositories.outbox.pending(&owner.scope(), 1).await.unwrap();
    assert_eq!([kept.created_at, job.created_at, job.run_at, events[0].at], [micro; 4]);
}
