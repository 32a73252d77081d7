//! A bucket on moto's server.

use std::sync::Arc;

use fieldmark_domain::blob::Sha256;
use fieldmark_domain::ports::{BlobPart, BlobStore};
use fieldmark_storage_objects::{BreakerState, ObjectStorage, S3Options, StorageOptions};
use fieldmark_testkit::{blob_store, s3};

use crate::all;
use crate::clock::SetClock;

fn open(url: &str) -> ObjectStorage {
    let s3 = S3Options {
        endpoint: Some(s3::server().unwrap().endpoint()),
        region: Some("us-east-1".to_owned()),
        access_key_id: Some("test".into()),
        secret_access_key: Some("test".into()),
        allow_http: Some(true),
        ..S3Options::default()
    };
    ObjectStorage::open(&StorageOptions { s3, ..StorageOptions::new(url) }, SetClock::at(0)).unwrap()
}

#[tokio::test]
async fn it_keeps_the_promises_of_the_port() {
    s3::server().unwrap().make_bucket("promises").unwrap();
    let storage = open("s3://promises/documents/of us");
    blob_store::keeps_its_promises(&storage).await.unwrap();
    assert_eq!(storage.breaker_state(), Some(BreakerState::Closed));
}

#[tokio::test]
async fn a_bucket_without_a_prefix_will_do() {
    s3::server().unwrap().make_bucket("bare").unwrap();
    blob_store::keeps_its_promises(&open("s3://bare")).await.unwrap();
}

#[tokio::test]
async fn prefixes_keep_stores_apart() {
    s3::server().unwrap().make_bucket("shared").unwrap();
    let (one, other) = (open("s3://shared/one"), open("s3://shared/other"));
    let sha256 = one.put(Arc::from(&b"abc"[..])).await.unwrap();
    assert!(one.contains(&sha256).await.unwrap());
    assert!(!other.contains(&sha256).await.unwrap());
}

#[tokio::test]
async fn a_changed_object_is_named_and_healed_by_its_bytes() {
    let server = s3::server().unwrap();
    server.make_bucket("damaged").unwrap();
    let storage = open("s3://damaged/documents");
    let key = |sha256: &Sha256| {
        let hex = sha256.to_string();
        format!("documents/{}/{}/{hex}", &hex[..2], &hex[2..4])
    };
    let sha256 = storage.put(Arc::from(&b"abc"[..])).await.unwrap();
    server.replace("damaged", &key(&sha256), b"abd").unwrap();
    let error = storage.get(&sha256).await.unwrap_err();
    assert!(error.to_string().contains(&key(&sha256)), "{error}");
    let damage = |sha256: &Sha256, bytes: &[u8]| server.replace("damaged", &key(sha256), bytes).unwrap();
    blob_store::heals(&storage, damage).await.unwrap();
}

#[tokio::test]
async fn it_says_whether_it_holds_anything() {
    s3::server().unwrap().make_bucket("holding").unwrap();
    let (one, other) = (open("s3://holding/one"), open("s3://holding/other"));
    assert_eq!(one.holds_anything().await, Ok(false));
    one.put(Arc::from(&b"abc"[..])).await.unwrap();
    assert_eq!((one.holds_anything().await, other.holds_anything().await), (Ok(true), Ok(false)));
    assert_eq!(open("s3://nobody-made-that").holds_anything().await.unwrap_err().code(), "storage_failed");
}

#[tokio::test]
async fn a_changed_object_does_not_come_to_its_end_in_pieces() {
    let server = s3::server().unwrap();
    server.make_bucket("damaged-pieces").unwrap();
    let storage = open("s3://damaged-pieces");
    let bytes: Arc<[u8]> = vec![7; 2 << 20].into();
    let sha256 = storage.put(Arc::clone(&bytes)).await.unwrap();
    let hex = sha256.to_string();
    let key = format!("{}/{}/{hex}", &hex[..2], &hex[2..4]);
    let mut changed = bytes.to_vec();
    changed[12] ^= 1;
    server.replace("damaged-pieces", &key, &changed).unwrap();
    let (came, end) = all(storage.open(&sha256, BlobPart::Whole).await.unwrap().unwrap()).await;
    assert!(came.len() < bytes.len() && !came.is_empty(), "{}", came.len());
    assert_eq!(end.unwrap_err().code(), "stored_file_damaged");
    let part = BlobPart::Range { offset: 10, length: 20 };
    let (came, end) = all(storage.open(&sha256, part).await.unwrap().unwrap()).await;
    assert_eq!((came.as_slice(), end), (&changed[10..30], Ok(())));
}

#[tokio::test]
async fn a_missing_bucket_is_not_an_empty_one() {
    let storage = open("s3://nobody-made-it");
    let sha256 = Sha256([7; 32]);
    let errors = [
        storage.put(Arc::from(&b"abc"[..])).await.unwrap_err(),
        storage.get(&sha256).await.unwrap_err(),
        storage.contains(&sha256).await.unwrap_err(),
        storage.open(&sha256, BlobPart::Whole).await.err().unwrap(),
        storage.delete(&sha256).await.unwrap_err(),
    ];
    for error in errors {
        assert_eq!(error.code(), "storage_failed", "{error}");
        assert!(error.to_string().contains("NoSuchBucket"), "{error}");
        assert!(error.to_string().contains("nobody-made-it"), "{error}");
    }
    assert_eq!(storage.breaker_state(), Some(BreakerState::Closed), "the server answers");
}

#[tokio::test]
async fn a_bucket_is_usable_when_it_answers_and_is_there() {
    s3::server().unwrap().make_bucket("usable").unwrap();
    assert_eq!(open("s3://usable/documents").check().await, Ok(()));
    let error = open("s3://nobody-made-this").check().await.unwrap_err();
    assert_eq!(error.code(), "storage_failed");
    assert!(error.to_string().contains("NoSuchBucket"), "{error}");
}
