//! After an erasure the files of an SQLite database contain nothing of the document.

use std::path::Path;

use fieldmark_domain::document::{Description, DocumentId, Metadata, Tag};
use fieldmark_domain::event::Occurrence;
use fieldmark_domain::ports::{
    Claim, Created, DocumentUpdate, IdempotencyKey, JobsChange, Repositories, RepositoryError,
};
use fieldmark_persistence_diesel::{Database, DatabaseOptions, Rewriting};
use fieldmark_testkit::repositories::sample::{SampleOwner, fresh_id, moment};

use crate::ground::Ground;
use crate::ports::repositories;

/// Words that occur nowhere else.
fn canary(number: usize) -> String {
    format!("CANARY{number:04}BIRD")
}

/// How often the text is in the files of a database: the file itself and SQLite's files next to it.
fn found_in(folder: &Path, text: &str) -> usize {
    let files = std::fs::read_dir(folder).unwrap().map(|entry| std::fs::read(entry.unwrap().path()).unwrap());
    files.map(|bytes| bytes.windows(text.len()).filter(|window| *window == text.as_bytes()).count()).sum()
}

fn description(text: &str, repeated: usize) -> Description {
    let metadata: Metadata = (0..=repeated % 40)
        .map(|index| (format!("{text} {index}"), text.repeat(1 + repeated % 30)))
        .collect();
    let tags = [Tag::parse(text).unwrap()].into();
    Description::of_file(&format!("{text}.pdf")).with_tags(tags).unwrap().with_metadata(metadata).unwrap()
}

/// Stores a document with a canary in every name that a user can write, and changes it.
async fn keep(repositories: &Repositories, owner: SampleOwner, number: usize) -> DocumentId {
    let Repositories { documents, queue, labels, .. } = repositories;
    let (scope, text) = (owner.scope(), canary(number));
    let mut new = owner.incoming(moment(1));
    new.document.description = description(&text, number * 7);
    let request = new.document.sha256;
    new.idempotency = Some(IdempotencyKey { key: text.clone(), request });
    assert_eq!(documents.create(&scope, &new).await.unwrap(), Created::New);
    let claim = Claim { worker: text.clone(), token: fresh_id(), now: moment(2), until: moment(60) };
    let lease = queue.claim(&scope, &claim).await.unwrap().unwrap().lease;
    let mut reading = owner.reading(lease, new.document.clone(), moment(3)).unwrap();
    for stored in &mut reading.labels {
        stored.label.raw = text.repeat(1 + number % 50);
    }
    for change in &mut reading.changes {
        change.after.iter_mut().for_each(|state| state.raw.clone_from(&text));
    }
    labels.replace(&scope, &reading).await.unwrap();
    let mut document = documents.find(&scope, new.document.id).await.unwrap().unwrap();
    document.description = description(&text, number * 11);
    let update = DocumentUpdate { document, jobs: JobsChange::Keep, events: Vec::new() };
    documents.update(&scope, &update).await.unwrap();
    new.document.id
}

async fn erase(repositories: &Repositories, owner: SampleOwner, id: DocumentId) {
    let documents = &repositories.documents;
    let version = documents.find(&owner.scope(), id).await.unwrap().unwrap().version;
    let event = owner.event(id, Occurrence::DocumentErased, moment(9));
    assert!(repositories.erasures.erase(&owner.scope(), id, version, &event).await.unwrap().is_some());
}

/// Enough documents that SQLite moves rows between pages and leaves copies that are not
/// overwritten.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_of_an_erased_document_is_left_in_the_files_of_sqlite() {
    const COUNT: usize = 60;
    let ground = Ground::sqlite();
    let database = ground.migrated().await;
    let Ground::Sqlite(folder) = &ground else { unreachable!() };
    let (repositories, owner) = (repositories(&database, None), SampleOwner::fresh());
    let mut kept = Vec::new();
    for number in 0..COUNT {
        kept.push(keep(&repositories, owner, number).await);
    }
    assert!((0..COUNT).all(|number| found_in(folder.path(), &canary(number)) > 5), "canaries are written");
    for (number, id) in kept.iter().enumerate().filter(|(number, _)| number % 3 == 0) {
        erase(&repositories, owner, *id).await;
        let log = folder.path().join("fieldmark.db-wal");
        assert_eq!(std::fs::metadata(log).unwrap().len(), 0, "the log is empty after document {number}");
    }
    assert_eq!(database.forget_erased().await, Ok(Rewriting::Done));
    for number in 0..COUNT {
        let found = found_in(folder.path(), &canary(number));
        assert_eq!(found == 0, number % 3 == 0, "{found} times {}", canary(number));
    }
    assert_eq!(database.forget_erased().await, Ok(Rewriting::NotNeeded));
}

/// An active reader keeps the log; it is emptied later.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reader_delays_the_emptying_of_the_log_and_no_erasure() {
    let ground = Ground::sqlite();
    let database = ground.migrated().await;
    let Ground::Sqlite(folder) = &ground else { unreachable!() };
    let (repositories, owner) = (repositories(&database, None), SampleOwner::fresh());
    let id = keep(&repositories, owner, 1).await;
    let path = folder.path().join("fieldmark.db").display().to_string();
    let mut reader = <diesel::SqliteConnection as diesel::Connection>::establish(&path).unwrap();
    let read = |connection: &mut diesel::SqliteConnection, statement: &str| {
        diesel::RunQueryDsl::execute(diesel::sql_query(statement), connection).unwrap()
    };
    read(&mut reader, "BEGIN");
    read(&mut reader, "SELECT id FROM documents");
    erase(&repositories, owner, id).await;
    assert!(found_in(folder.path(), &canary(1)) > 0, "what a reader may still see is there");
    read(&mut reader, "COMMIT");
    database.keep_up().await.unwrap();
    assert_eq!(found_in(folder.path(), &canary(1)), 0);
}

/// An almost full disk accepts no new data but allows erasing.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_document_can_be_erased_when_no_other_has_room() {
    let ground = Ground::sqlite();
    let owner = SampleOwner::fresh();
    let id = keep(&repositories(&ground.migrated().await, None), owner, 1).await;
    let options = DatabaseOptions { min_free_bytes: u64::MAX, ..ground.options() };
    let full = Database::connect(&options).await.unwrap();
    let repositories = repositories(&full, None);
    let refused = repositories.documents.create(&owner.scope(), &owner.incoming(moment(5))).await;
    assert_eq!(refused, Err(RepositoryError::OutOfSpace));
    assert_eq!(full.check(moment(6)).await, Err(RepositoryError::OutOfSpace));
    erase(&repositories, owner, id).await;
    assert_eq!(repositories.documents.find(&owner.scope(), id).await, Ok(None));
}

/// A database from a version that did not return pages is rewritten once.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_of_an_older_version_is_rewritten_once() {
    let ground = Ground::sqlite();
    let Ground::Sqlite(folder) = &ground else { unreachable!() };
    let path = folder.path().join("fieldmark.db").display().to_string();
    let mut old = <diesel::SqliteConnection as diesel::Connection>::establish(&path).unwrap();
    let before = "PRAGMA journal_mode = WAL; CREATE TABLE old (text); INSERT INTO old VALUES ('CANARY9999BIRD'); DELETE FROM old; DROP TABLE old;";
    diesel::connection::SimpleConnection::batch_execute(&mut old, before).unwrap();
    drop(old);
    assert!(found_in(folder.path(), &canary(9999)) > 0, "it was not overwritten");
    let database = ground.migrated().await;
    assert_eq!((database.modernise().await, database.modernise().await), (Ok(true), Ok(false)));
    assert_eq!(found_in(folder.path(), &canary(9999)), 0);
}
