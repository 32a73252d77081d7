//! A bucket that cannot be reached, and one that becomes available again.

use std::sync::Arc;
use std::time::Duration;

use fieldmark_domain::blob::Sha256;
use fieldmark_domain::ports::{BlobError, BlobStore};
use fieldmark_storage_objects::{BreakerState, ObjectStorage, S3Limits, S3Options, StorageOptions};
use fieldmark_testkit::s3;
use metrics_exporter_prometheus::PrometheusBuilder;
use tokio::net::TcpListener;

use crate::clock::SetClock;
use crate::gate::{self, Gate};

const UNKNOWN: Sha256 = Sha256([7; 32]);

/// Three attempts per call, four failures in a row to open, ten seconds open by the test's clock.
fn open(endpoint: &str, clock: Arc<SetClock>) -> ObjectStorage {
    let limits = S3Limits {
        attempts: 3,
        first_wait: Duration::from_millis(1),
        longest_wait: Duration::from_millis(2),
        failures_to_open: 4,
        open_for: Duration::from_secs(10),
        attempt_timeout: Duration::from_secs(30),
        ..S3Limits::default()
    };
    with_limits("documents", endpoint, limits, clock)
}

fn with_limits(bucket: &str, endpoint: &str, limits: S3Limits, clock: Arc<SetClock>) -> ObjectStorage {
    let s3 = S3Options {
        endpoint: Some(endpoint.to_owned()),
        region: Some("us-east-1".to_owned()),
        access_key_id: Some("test".into()),
        secret_access_key: Some("the-secret".into()),
        allow_http: Some(true),
        limits,
        ..S3Options::default()
    };
    let options = StorageOptions { s3, ..StorageOptions::new(format!("s3://{bucket}")) };
    ObjectStorage::open(&options, clock).unwrap()
}

fn is_unavailable(error: &BlobError) {
    assert_eq!(error.code(), "storage_unavailable", "{error}");
    assert!(error.to_string().contains("bucket documents"), "{error}");
    assert!(!error.to_string().contains("the-secret"), "{error}");
}

#[tokio::test]
async fn a_closed_port_is_unavailable_and_says_so() {
    let closed = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let storage = open(&format!("http://{closed}"), SetClock::at(0));
    let error = storage.get(&UNKNOWN).await.unwrap_err();
    is_unavailable(&error);
    assert!(error.to_string().contains("refused"), "{error}");
    assert_eq!(storage.breaker_state(), Some(BreakerState::Closed), "three attempts of four");
    is_unavailable(&storage.put(Arc::from(&b"abc"[..])).await.unwrap_err());
    assert_eq!(storage.breaker_state(), Some(BreakerState::Open));
    is_unavailable(&storage.contains(&UNKNOWN).await.unwrap_err());
    is_unavailable(&storage.delete(&UNKNOWN).await.unwrap_err());
}

#[tokio::test]
async fn a_server_that_says_nothing_is_not_waited_for() {
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("http://{}", silent.local_addr().unwrap());
    let limits = S3Limits {
        attempts: 1,
        attempt_timeout: Duration::from_millis(50),
        failures_to_open: 1,
        ..S3Limits::default()
    };
    let storage = with_limits("documents", &endpoint, limits, SetClock::at(0));
    is_unavailable(&storage.get(&UNKNOWN).await.unwrap_err());
    assert_eq!(storage.breaker_state(), Some(BreakerState::Open));
}

#[tokio::test]
async fn each_refusal_keeps_its_meaning_on_the_way_up() {
    let refusals = [
        ("403 Forbidden", "AccessDenied", "storage_failed"),
        ("400 Bad Request", "RequestTimeout", "storage_unavailable"),
        ("507 Insufficient Storage", "XMinioStorageFull", "storage_full"),
    ];
    for (status, code, expected) in refusals {
        let body = format!("<Error><Code>{code}</Code><Message>No.</Message></Error>");
        let answer =
            format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}", body.len());
        let storage = open(&gate::answering(&answer).await, SetClock::at(0));
        let error = storage.get(&UNKNOWN).await.unwrap_err();
        assert_eq!(error.code(), expected, "{error}");
        assert!(error.to_string().contains(&format!("{code}: No.")), "{error}");
    }
}

#[tokio::test]
async fn an_answer_that_breaks_off_is_no_answer() {
    let cut = "HTTP/1.1 200 OK\r\nLast-Modified: Thu, 01 Jan 2026 00:00:00 GMT\r\nETag: \"1\"\r\nContent-Length: 100\r\n\r\nabc";
    let storage = open(&gate::answering(cut).await, SetClock::at(0));
    is_unavailable(&storage.get(&UNKNOWN).await.unwrap_err());
}

#[tokio::test]
async fn a_call_is_tried_so_often_and_no_oftener() {
    let gate = Gate::before(s3::server().unwrap().address()).await;
    let storage = open(&gate.endpoint(), SetClock::at(0));
    let error = storage.get(&UNKNOWN).await.unwrap_err();
    is_unavailable(&error);
    assert!(error.to_string().contains("503"), "{error}");
    assert_eq!(gate.refused(), 3, "by one who retries, not by two");
}

#[tokio::test]
async fn an_open_breaker_leaves_the_server_alone_until_it_is_back() {
    let server = s3::server().unwrap();
    server.make_bucket("documents").unwrap();
    let gate = Gate::before(server.address()).await;
    let clock = SetClock::at(100);
    let storage = open(&gate.endpoint(), Arc::clone(&clock));
    let bytes: Arc<[u8]> = Arc::from(&b"abc"[..]);
    for _ in 0..5 {
        is_unavailable(&storage.put(Arc::clone(&bytes)).await.unwrap_err());
    }
    assert_eq!(gate.refused(), 4, "then the breaker opens");
    assert_eq!(storage.breaker_state(), Some(BreakerState::Open));
    clock.advance(10);
    assert_eq!(storage.breaker_state(), Some(BreakerState::HalfOpen));
    is_unavailable(&storage.put(Arc::clone(&bytes)).await.unwrap_err());
    assert_eq!(gate.refused(), 5, "one tries and finds it as it was");
    assert_eq!(storage.breaker_state(), Some(BreakerState::Open));
    gate.open();
    is_unavailable(&storage.put(Arc::clone(&bytes)).await.unwrap_err());
    clock.advance(10);
    let sha256 = storage.put(Arc::clone(&bytes)).await.unwrap();
    assert_eq!(storage.breaker_state(), Some(BreakerState::Closed));
    assert_eq!(storage.get(&sha256).await.unwrap(), Some(bytes));
}

#[tokio::test]
async fn an_open_breaker_says_at_once_that_the_bucket_cannot_be_used() {
    let server = s3::server().unwrap();
    server.make_bucket("documents").unwrap();
    let gate = Gate::before(server.address()).await;
    let clock = SetClock::at(100);
    let storage = open(&gate.endpoint(), Arc::clone(&clock));
    for _ in 0..2 {
        is_unavailable(&storage.check().await.unwrap_err());
    }
    assert_eq!(gate.refused(), 4, "then the breaker opens");
    is_unavailable(&storage.check().await.unwrap_err());
    assert_eq!(gate.refused(), 4, "nobody is asked");
    gate.open();
    clock.advance(10);
    assert_eq!(storage.check().await, Ok(()), "looking closes it again");
    assert_eq!(storage.breaker_state(), Some(BreakerState::Closed));
}

/// The recorder belongs to this thread, which runs the whole test.
#[tokio::test]
async fn attempts_and_the_breaker_are_measured() {
    let recorder = PrometheusBuilder::new().build_recorder();
    let _measuring = metrics::set_default_local_recorder(&recorder);
    let server = s3::server().unwrap();
    server.make_bucket("documents").unwrap();
    let gate = Gate::before(server.address()).await;
    let clock = SetClock::at(100);
    let storage = open(&gate.endpoint(), Arc::clone(&clock));
    let are_measured = |lines: &[&str]| {
        storage.measure();
        let measured = recorder.handle().render();
        for line in lines {
            let line = format!("fieldmark_storage_{line}");
            assert!(measured.lines().any(|measured| measured == line), "{line}\n{measured}");
        }
    };
    are_measured(&["breaker{state=\"closed\"} 1", "breaker{state=\"open\"} 0"]);
    for _ in 0..2 {
        is_unavailable(&storage.get(&UNKNOWN).await.unwrap_err());
    }
    are_measured(&[
        "attempts_total{outcome=\"failed\"} 4",
        "attempts_total{outcome=\"held_back\"} 1",
        "breaker{state=\"closed\"} 0",
        "breaker{state=\"open\"} 1",
    ]);
    gate.open();
    clock.advance(10);
    are_measured(&["breaker{state=\"open\"} 0", "breaker{state=\"half_open\"} 1"]);
    assert_eq!(storage.get(&UNKNOWN).await, Ok(None));
    are_measured(&["attempts_total{outcome=\"succeeded\"} 1", "breaker{state=\"closed\"} 1"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_upload_that_is_given_up_leaves_all_or_nothing() {
    let server = s3::server().unwrap();
    let storage = with_limits("given-up", &server.endpoint(), S3Limits::default(), SetClock::at(0));
    server.make_bucket("given-up").unwrap();
    let bytes: Arc<[u8]> = vec![7; 5 * 1024 * 1024].into();
    let sevens = "e2925fdd17c83c77e9a4f957fd170b2a72b48ac55968943dcf962f2b853c88a9".parse().unwrap();
    for milliseconds in 0..20 {
        let put = storage.put(Arc::clone(&bytes));
        let _ = tokio::time::timeout(Duration::from_millis(3 * milliseconds), put).await;
        let found = storage.get(&sevens).await.unwrap();
        assert!(found.is_none_or(|found| found == bytes), "a part is there");
    }
    let sha256 = storage.put(Arc::clone(&bytes)).await.unwrap();
    assert_eq!(sha256, sevens);
    assert_eq!(storage.get(&sha256).await.unwrap(), Some(bytes));
}
