//! A transaction that fails in the middle leaves nothing behind: writing the events, which come
//! last, is made to fail.

use diesel::SqliteConnection;
use diesel_async::sync_connection_wrapper::SyncConnectionWrapper;
use diesel_async::{AsyncConnection, SimpleAsyncConnection};
use fieldmark_domain::document::{DocumentQuery, DocumentStatus};
use fieldmark_domain::event::Occurrence;
use fieldmark_domain::job::{JobQuery, JobStatus};
use fieldmark_domain::ports::{Claim, Created, DocumentUpdate, JobsChange};
use fieldmark_testkit::repositories::sample::{SampleOwner, fresh_id, moment};

use crate::ground::Ground;
use crate::ports::repositories;

use crate::sql;

const LOCK: [&str; 2] = [
    "CREATE TRIGGER no_events BEFORE INSERT ON events BEGIN SELECT RAISE(ABORT, 'no events today'); END",
    "CREATE FUNCTION no_events() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no events today'; END $$;
     CREATE TRIGGER no_events BEFORE INSERT ON events FOR EACH ROW EXECUTE FUNCTION no_events()",
];
const UNLOCK: [&str; 2] = ["DROP TRIGGER no_events", "DROP TRIGGER no_events ON events"];

const fn of(ground: &Ground, statements: [&'static str; 2]) -> &'static str {
    let [sqlite, postgres] = statements;
    match ground {
        Ground::Sqlite(_) => sqlite,
        Ground::Postgres(_) => postgres,
    }
}

/// Runs statements without results.
async fn run(ground: &Ground, statements: &str) {
    match ground {
        Ground::Sqlite(folder) => {
            let path = folder.path().join("fieldmark.db").display().to_string();
            let mut connection = SyncConnectionWrapper::<SqliteConnection>::establish(&path).await.unwrap();
            connection.batch_execute(statements).await.unwrap();
        }
        Ground::Postgres(schema) => sql::session(schema).await.batch_execute(statements).await.unwrap(),
    }
}

async fn nothing_is_half_written(ground: Ground) {
    let database = ground.migrated().await;
    let repositories = repositories(&database, None);
    let (documents, jobs, labels) = (&repositories.documents, &repositories.jobs, &repositories.labels);
    let owner = SampleOwner::fresh();
    let scope = owner.scope();
    let kept = owner.incoming(moment(1));
    assert_eq!(documents.create(&scope, &kept).await.unwrap(), Created::New);
    let claim = Claim { worker: "w".into(), token: fresh_id(), now: moment(2), until: moment(60) };
    let lease = repositories.queue.claim(&scope, &claim).await.unwrap().unwrap().lease;
    let before = documents.show(&scope, kept.document.id).await.unwrap();

    run(&ground, of(&ground, LOCK)).await;
    let refused = owner.incoming(moment(3));
    assert!(documents.create(&scope, &refused).await.is_err());
    let event = owner.event(kept.document.id, Occurrence::DocumentErased, moment(4));
    assert!(
        repositories.erasures.erase(&scope, kept.document.id, kept.document.version, &event).await.is_err()
    );
    let mut document = kept.document.clone();
    document.delete(moment(4));
    let update = DocumentUpdate { document, jobs: JobsChange::Cancel, events: vec![event] };
    assert!(documents.update(&scope, &update).await.is_err());
    let reading = owner.reading(lease, kept.document.clone(), moment(5)).unwrap();
    assert!(labels.replace(&scope, &reading).await.is_err());

    assert_eq!(documents.find(&scope, refused.document.id).await.unwrap(), None);
    assert_eq!(documents.list(&scope, &DocumentQuery::default()).await.unwrap().total, 1);
    assert_eq!(documents.show(&scope, kept.document.id).await.unwrap(), before);
    assert!(repositories.erasures.erasures(&scope, 9).await.unwrap().is_empty());
    let listed = jobs.list(&scope, &JobQuery::default()).await.unwrap();
    let job = listed.items.first().unwrap();
    assert_eq!((listed.total, job.status, job.cancel_requested), (1, JobStatus::Running, false));

    run(&ground, of(&ground, UNLOCK)).await;
    labels.replace(&scope, &reading).await.unwrap();
    let read = documents.find(&scope, kept.document.id).await.unwrap().unwrap();
    assert_eq!(read.status, DocumentStatus::Processed);
}

#[tokio::test]
async fn nothing_is_half_written_on_sqlite() {
    nothing_is_half_written(Ground::sqlite()).await;
}

#[tokio::test]
async fn nothing_is_half_written_on_postgres() {
    nothing_is_half_written(Ground::postgres()).await;
}
