//! Embedded files that are programs, or malicious XML: listed by name, and at most read as data.

use super::case::{Case, Outcome, case};
use super::invoices::{self, INVOICES};
use super::makers::deflated::deflated;
use super::makers::sketch::{FREE, Sketch};

pub fn cases() -> Vec<Case> {
    let mut cases = vec![
        case("attachment_that_is_a_program", Outcome::Read, || {
            let program = [&b"\x7fELF\x02\x01\x01"[..], &[0; 500]].concat();
            embedding("rechnung.xml", &program)
        })
        .listing(&["rechnung.xml"]),
        case("attachment_that_is_a_script", Outcome::Read, script)
            .listing(&["../../../tmp/run-me.sh"])
            .looked_at(|_| assert!(!witness().exists(), "the script was run")),
        case("attachment_with_an_absolute_name", Outcome::Read, || embedding(&planted(), b"planted"))
            .looked_at(|_| assert!(!std::path::Path::new(&planted()).exists(), "the file was written")),
        case("attachment_on_another_machine", Outcome::Read, || {
            Sketch::one_page()
                .with_catalog("/Names << /EmbeddedFiles << /Names [(a) 6 0 R] >> >> /OpenAction 7 0 R")
                .with(FREE, "<< /Type /Filespec /FS /URL /F (http://192.0.2.1/invoice.xml) >>")
                .with(7, "<< /S /Launch /F (/bin/sh) /Next << /S /URI /URI (http://192.0.2.1/) >> >>")
                .file()
        })
        .listing(&["http://192.0.2.1/invoice.xml"]),
        case("stream_in_a_file_of_the_system", Outcome::Read, || {
            Sketch::one_page()
                .with_raw_stream(5, "/Length 0 /F (/etc/passwd) /FFilter /ASCIIHexDecode", "")
                .file()
        })
        .showing(&[]),
        case("attachments_by_the_hundred_thousand", Outcome::Read, || {
            let names = "(a.xml) null ".repeat(100_000);
            Sketch::one_page()
                .with_catalog(&format!("/Names << /EmbeddedFiles << /Names [{names}] >> >>"))
                .file()
        })
        .looked_at(|document| assert_eq!(document.metadata.attachments.len(), 1000)),
        case("attachments_in_a_tree_that_comes_round", Outcome::Read, || {
            Sketch::one_page()
                .with_catalog("/Names << /EmbeddedFiles 6 0 R >>")
                .with(FREE, "<< /Names [(a.xml) null] /Kids [6 0 R 7 0 R 6 0 R] >>")
                .with(7, "<< /Kids [6 0 R 7 0 R] /Names [(b.xml) null] >>")
                .file()
        })
        .listing(&["a.xml", "b.xml"]),
        case("attachment_that_is_its_own_file", Outcome::Read, || {
            Sketch::one_page()
                .with_catalog("/Names << /EmbeddedFiles << /Names [(a.xml) 6 0 R] >> >> /AF [6 0 R 6 0 R]")
                .with(FREE, "<< /Type /Filespec /EF << /F 6 0 R >> /F 6 0 R >>")
                .file()
        }),
    ];
    cases.extend(INVOICES.iter().map(|harmful| {
        let reason = harmful.reason;
        case(format!("attached_{}", harmful.name), Outcome::Read, || {
            embedding("factur-x.xml", &(harmful.make)())
        })
        .showing(&["Invoice", "2041"])
        .listing(&["factur-x.xml"])
        .looked_at(invoices::holds_no_secret)
        .looked_at(move |document| {
            let unread = document.unread.join("; ");
            assert_eq!(unread.is_empty(), reason.is_empty(), "{unread}");
            assert!(unread.contains(reason), "{unread} does not say {reason}");
        })
    }));
    cases
}

/// Deflated, so that its size in the file does not show its real size.
fn embedding(name: &str, bytes: &[u8]) -> Vec<u8> {
    let plain = bytes.len() < 1000;
    let (entries, bytes) =
        if plain { ("", bytes.to_vec()) } else { ("/Filter /FlateDecode", deflated(bytes.to_vec())) };
    Sketch::one_page()
        .with_catalog("/Names << /EmbeddedFiles << /Names [(a) 6 0 R] >> >> /AF [6 0 R]")
        .with(
            FREE,
            format!("<< /Type /Filespec /AFRelationship /Alternative /F ({name}) /EF << /F 7 0 R >> >>"),
        )
        .with_stream(7, &format!("/Type /EmbeddedFile {entries}"), bytes)
        .file()
}

fn witness() -> std::path::PathBuf {
    std::env::temp_dir().join(format!("fieldmark-witness-{}", std::process::id()))
}

fn script() -> Vec<u8> {
    embedding("../../../tmp/run-me.sh", format!("#!/bin/sh\ntouch {}\n", witness().display()).as_bytes())
}

fn planted() -> String {
    std::env::temp_dir().join(format!("fieldmark-planted-{}.xml", std::process::id())).display().to_string()
}
