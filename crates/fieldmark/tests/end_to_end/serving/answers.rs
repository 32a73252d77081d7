//! Answers on their way out of the real program: files in parts, and clients that do not read theirs.

use std::io::{ErrorKind, Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use super::server::Server;
use crate::bench::until;
use crate::keeping::place::Place;

const MEBIBYTE: usize = 1 << 20;
/// Long enough for a slow machine; what takes longer is stuck.
const PATIENCE: Duration = Duration::from_secs(60);

/// A file of many pages' size, which nobody reads.
fn large_file() -> Vec<u8> {
    let mut file = b"%PDF-1.7\n".to_vec();
    file.extend(
        (0_u32..).map(|index| index.wrapping_mul(2_654_435_761).to_be_bytes()[0]).take(20 * MEBIBYTE),
    );
    file
}

/// Keeps a file, and answers with the path of it.
fn keep(server: &Server, name: &str, file: &[u8]) -> String {
    let kept = server.send_files("/documents?process=false", &[(name, file)]).data(201);
    format!("/documents/{}/file", kept["id"].as_str().unwrap())
}

#[test]
fn a_file_comes_in_parts_that_make_the_whole() {
    let server = Server::start(Place::with_sqlite());
    let file = large_file();
    let path = keep(&server, "large.pdf", &file);
    let whole = server.ask("GET", &path);
    assert!(whole.status == 200 && whole.bytes == file);
    assert_eq!(whole.header("content-length"), file.len().to_string());
    let tag = whole.header("etag").to_owned();
    let part = |range: &str| server.send("GET", &path, &[("Range", range), ("If-Range", &tag)], Vec::new());
    let parts = [part("bytes=0-4999999"), part("bytes=5000000-20000000"), part("bytes=20000001-")];
    assert!(parts.iter().all(|part| part.status == 206 && part.header("etag") == tag));
    assert_eq!(parts[1].header("content-range"), format!("bytes 5000000-20000000/{}", file.len()));
    assert!(parts.map(|part| part.bytes).concat() == file);
    assert_eq!(part("bytes=-7").bytes, &file[file.len() - 7..]);
    assert_eq!(part("bytes=99999999-").failure(), (416, "range_not_satisfiable".to_owned()));
    let head = server.send("HEAD", &path, &[("Accept-Encoding", "gzip")], Vec::new());
    assert_eq!((head.status, head.bytes.len()), (200, 0));
    assert_eq!(head.header("content-length"), file.len().to_string());
}

#[test]
fn a_file_that_was_changed_on_the_disk_is_not_given_for_a_whole_one() {
    let server = Server::start(Place::with_sqlite());
    let mut file = large_file();
    let path = keep(&server, "large.pdf", &file);
    let digest = server.send("HEAD", &path, &[], Vec::new()).header("etag").trim_matches('"').to_owned();
    let at = format!("data/documents/{}/{}/{digest}", &digest[..2], &digest[2..4]);
    file[MEBIBYTE] ^= 1;
    std::fs::write(server.place.bench.at(&at), &file).unwrap();
    let (mut stream, _) = ask(&server, &path);
    let mut read = Vec::new();
    let _ = stream.read_to_end(&mut read);
    let head = read.windows(4).position(|window| window == b"\r\n\r\n").unwrap() + 4;
    let body = read.len() - head;
    assert!(body < file.len() && body > MEBIBYTE, "{body} of {}", file.len());
    until("the damage is logged", || server.log().contains("stored_file_damaged"));
    std::fs::write(server.place.bench.at(&at), &file[1..]).unwrap();
    assert_eq!(server.ask("GET", &path).failure(), (500, "stored_file_damaged".to_owned()));
}

/// A client that asks for something, and the status of its answer. It reads no further by itself.
fn ask(server: &Server, path: &str) -> (TcpStream, String) {
    let address = server.url("").trim_start_matches("http://").to_owned();
    let mut stream = TcpStream::connect(&address).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    let head = format!("GET /api/v1{path} HTTP/1.1\r\nHost: {address}\r\nAccept-Encoding: identity\r\n\r\n");
    stream.write_all(head.as_bytes()).unwrap();
    let mut begun = [0; 12];
    stream.read_exact(&mut begun).unwrap();
    (stream, String::from_utf8_lossy(&begun[9..]).into_owned())
}

/// What the process has in memory, in bytes.
fn memory(server: &Server) -> usize {
    let status = std::fs::read_to_string(format!("/proc/{}/status", server.id())).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.trim().trim_end_matches(" kB").parse::<usize>().unwrap() << 10
}

#[test]
fn clients_that_do_not_read_hold_no_file_in_memory_and_no_place_for_long() {
    const CLIENTS: usize = 30;
    let place = Place::with_sqlite()
        .set("FIELDMARK_HTTP__MAX_DOWNLOADS", &CLIENTS.to_string())
        .set("FIELDMARK_HTTP__ANSWER_TIMEOUT", "3s");
    let server = Server::start(place);
    let file = large_file();
    let path = keep(&server, "large.pdf", &file);
    assert_eq!(server.ask("GET", &path).status, 200);
    let idle = memory(&server);
    let deaf: Vec<_> = (0..CLIENTS).map(|_| ask(&server, &path)).collect();
    assert!(deaf.iter().all(|(_, status)| status == "200"));
    let (_, refused) = ask(&server, &path);
    assert_eq!(refused, "503");
    let held = memory(&server).saturating_sub(idle);
    assert!(held < 100 * MEBIBYTE, "{} MiB for {CLIENTS} clients", held / MEBIBYTE);
    // What needs no place for a file goes on.
    assert_eq!(server.ask("GET", "/documents").status, 200);
    assert_eq!(server.send_files("/documents?process=false", &[("b.pdf", b"%PDF-1.7")]).status, 201);
    until("a place is free", || server.ask("GET", &path).bytes == file);
    // One that is read before it is cut off would come to its end.
    until("all are cut off", || server.log().matches("was cut off").count() == CLIENTS);
    for (mut stream, _) in deaf {
        let mut read = Vec::new();
        match stream.read_to_end(&mut read) {
            Ok(_) => {}
            Err(error) => assert_eq!(error.kind(), ErrorKind::ConnectionReset),
        }
        assert!(read.len() < file.len());
    }
}
