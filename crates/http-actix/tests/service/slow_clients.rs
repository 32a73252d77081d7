//! Clients that do not read their answers, at a service that listens: they are cut off, and what they held is free.

use std::io::{ErrorKind, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::time::{Duration, Instant};

use fieldmark_domain::document::{Document, DocumentStatus};
use fieldmark_domain::ports::{MockBlobPieces, MockDocumentReader, OpenBlob};
use fieldmark_http_actix::Patience;
use fieldmark_http_actix::server::{ServerOptions, serve};

use crate::mocked::Ports;
use crate::samples::{at, document};

/// More than the buffers of both sides take.
const SIZE: u64 = 32 << 20;
/// Long enough for a busy machine; what takes longer is stuck.
const DEADLINE: Duration = Duration::from_secs(30);

/// A service with two places for downloads that waits for clients for so long.
fn service(longest: Duration) -> SocketAddr {
    let mut ports = Ports::new();
    ports
        .documents
        .expect_find()
        .returning(|_, _| Ok(Some(Document { size: SIZE, ..document(DocumentStatus::Processed) })));
    ports.blobs.expect_open().returning(|_, _| {
        let (mut pieces, mut left) = (MockBlobPieces::new(), SIZE >> 16);
        pieces.expect_next().returning(move || {
            let piece = (left > 0).then(|| vec![b'%'; 1 << 16]);
            left = left.saturating_sub(1);
            Ok(piece)
        });
        Ok(Some(OpenBlob { size: SIZE, pieces: Box::new(pieces) }))
    });
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let options = ServerOptions {
        threads: 1,
        connections: 100,
        patience: Patience { longest, bytes_a_second: 64 << 10 },
        shutdown: Duration::ZERO,
    };
    // It ends with the test program.
    std::thread::spawn(move || {
        let services = ports.services(Arc::new(MockDocumentReader::new()));
        actix_web::rt::System::new().block_on(serve(listener, services, &options, std::future::pending()))
    });
    address
}

/// A client that asks for something, and the beginning of its answer.
fn ask(service: SocketAddr, path: &str) -> (TcpStream, String) {
    let mut stream = TcpStream::connect(service).unwrap();
    stream.set_read_timeout(Some(DEADLINE)).unwrap();
    let head = format!("GET {path} HTTP/1.1\r\nHost: {service}\r\nAccept-Encoding: identity\r\n\r\n");
    stream.write_all(head.as_bytes()).unwrap();
    let mut begun = [0; 15];
    stream.read_exact(&mut begun).unwrap();
    (stream, String::from_utf8_lossy(&begun).into_owned())
}

/// What is left of an answer, and whether the connection was cut off.
fn rest(mut stream: TcpStream) -> (u64, bool) {
    let (mut read, mut buffer) = (0, vec![0; 1 << 16]);
    loop {
        match stream.read(&mut buffer) {
            Ok(0) => return (read, true),
            Ok(length) => read += length as u64,
            Err(error) if error.kind() == ErrorKind::ConnectionReset => return (read, true),
            Err(error) => panic!("{error} after {read} bytes"),
        }
        if read >= SIZE {
            return (read, false);
        }
    }
}

#[test]
fn a_client_that_reads_nothing_is_cut_off_and_its_place_is_free() {
    let service = service(Duration::from_millis(500));
    let file = at("/file");
    let deaf = [ask(service, &file), ask(service, &file)];
    assert!(deaf.iter().all(|(_, status)| status == "HTTP/1.1 200 OK"));
    let (_, refused) = ask(service, &file);
    assert_eq!(refused, "HTTP/1.1 503 Se");
    assert_eq!(ask(service, "/health/live").1, "HTTP/1.1 200 OK");
    let begun = Instant::now();
    let honest = loop {
        let (stream, status) = ask(service, &file);
        if status == "HTTP/1.1 200 OK" {
            break stream;
        }
        assert!(begun.elapsed() < DEADLINE, "the places are still taken");
        std::thread::sleep(Duration::from_millis(50));
    };
    let (read, was_cut_off) = rest(honest);
    assert!(read >= SIZE && !was_cut_off, "{read}");
    for (stream, _) in deaf {
        let (read, was_cut_off) = rest(stream);
        assert!(read < SIZE && was_cut_off, "{read}");
    }
}

#[test]
fn a_client_that_reads_too_slowly_is_cut_off() {
    let service = service(Duration::from_millis(500));
    let (mut stream, _) = ask(service, &at("/file"));
    let begun = Instant::now();
    // A tenth of the pace.
    let mut piece = vec![0; 10 << 10];
    let cut = loop {
        match stream.read(&mut piece) {
            Ok(0) => break true,
            Err(error) if error.kind() == ErrorKind::ConnectionReset => break true,
            Ok(_) if begun.elapsed() < DEADLINE => std::thread::sleep(Duration::from_millis(100)),
            _ => break false,
        }
    };
    assert!(cut, "it may go on for as long as it likes");
}
