use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::*;
use crate::hidden::is_hidden;

const NOW: Timestamp = Timestamp::MAX;

/// Never read, never failed, whatever its status.
fn document(status: DocumentStatus) -> Document {
    Document { status, ..Document::sample(DocumentStatus::Received) }
}

type Change = fn(&mut Document) -> Result<(), WrongStatus>;

#[test]
fn only_what_fits_the_status_may_be_done() {
    use DocumentStatus::{Approved, Failed, Processed, Processing, Queued, Received, Rejected};
    let changes: [(Change, &[DocumentStatus], DocumentStatus); 8] = [
        (|document| document.queue(NOW), &[Received, Processed, Failed, Approved, Rejected], Queued),
        (|document| document.begin(NOW), &[Queued, Processing], Processing),
        (|document| document.requeue(NOW), &[Queued, Processing], Queued),
        (|document| document.finish(Outcome::sample(), NOW), &[Queued, Processing], Processed),
        (
            |document| document.fail(Failure { code: "x".into(), message: "y".into() }, NOW),
            &[Queued, Processing],
            Failed,
        ),
        (|document| document.withdraw(NOW), &[Queued, Processing], Received),
        (|document| document.approve(NOW), &[Processed, Rejected], Approved),
        (|document| document.reject(NOW), &[Processed, Approved], Rejected),
    ];
    for (change, from, to) in changes {
        for status in DocumentStatus::ALL {
            let mut changed = document(status);
            let answer = change(&mut changed);
            assert_eq!(answer.is_ok(), from.contains(&status), "{status} to {to}");
            assert_eq!(changed.status, if answer.is_ok() { to } else { status });
            assert_eq!(changed.updated_at == NOW, answer.is_ok());
        }
    }
}

#[test]
fn a_withdrawn_document_keeps_what_was_read_before() {
    let mut document = document(DocumentStatus::Queued);
    document.finish(Outcome::sample(), NOW).unwrap();
    document.queue(NOW).unwrap();
    document.withdraw(NOW).unwrap();
    assert_eq!(document.status, DocumentStatus::Processed);
    assert!(document.outcome.is_some());
}

#[test]
fn a_withdrawn_document_that_had_failed_has_failed() {
    let mut document = document(DocumentStatus::Queued);
    document.fail(Failure { code: "x".into(), message: "y".into() }, NOW).unwrap();
    document.queue(NOW).unwrap();
    document.withdraw(NOW).unwrap();
    assert_eq!(document.status, DocumentStatus::Failed);
    assert!(document.failure.is_some());
}

#[test]
fn a_status_reads_back_from_its_name() {
    for status in DocumentStatus::ALL {
        assert_eq!(status.name().parse(), Ok(status));
    }
    assert!("deleted".parse::<DocumentStatus>().is_err());
}

#[test]
fn a_file_keeps_the_last_part_of_its_name_as_it_looks() {
    for (name, kept) in [
        ("invoice.pdf", "invoice.pdf"),
        ("C:\\inbox\\invoice.pdf", "invoice.pdf"),
        ("C:\\fakepath/a\\b/invoice.pdf", "invoice.pdf"),
        ("../../etc/passwd", "passwd"),
        (" a\u{0}b\n.pdf ", "ab.pdf"),
        ("invoice\u{202e}fdp.exe", "invoicefdp.exe"),
        ("\u{feff}in\u{200b}voice\u{2066}.pdf", "invoice.pdf"),
        ("A\u{30a}ngstro\u{308}m.pdf", "Ångström.pdf"),
        ("", "unnamed"),
        ("folder/", "unnamed"),
        ("folder/..", "unnamed"),
        ("\u{202e}", "unnamed"),
    ] {
        assert_eq!(Description::of_upload(name).unwrap().filename(), kept, "{name:?}");
    }
    for nothing in ["", " ", "folder/", "a\\", "\u{202e}\u{200b}"] {
        assert_eq!(Description::named(nothing).unwrap_err().part, "filename", "{nothing:?}");
    }
}

#[test]
fn a_longer_name_is_refused_and_a_longer_path_is_not() {
    let name = |count: usize| format!("{}.pdf", "ö".repeat(count - 4));
    for accepted in [name(255), format!("C:\\{}\\{}", "f".repeat(300), name(255))] {
        assert_eq!(Description::of_upload(&accepted).unwrap().filename(), name(255));
        assert_eq!(Description::named(&accepted).unwrap().filename(), name(255));
    }
    for refused in [Description::of_upload(&name(256)), Description::named(&name(256))] {
        assert_eq!(refused.unwrap_err().part, "filename");
    }
}

proptest! {
    #[test]
    fn a_kept_name_has_no_folder_and_nothing_hidden_and_stays_as_it_is(name in any::<String>()) {
        let Ok(kept) = Description::of_upload(&name) else { return Ok(()) };
        let kept = kept.filename();
        prop_assert!(!kept.contains(['/', '\\']) && !kept.contains(is_hidden));
        prop_assert!(!kept.chars().any(char::is_control) && (1..=255).contains(&kept.chars().count()));
        let (again, stored) = (Description::named(kept).unwrap(), Description::of_file(kept));
        prop_assert_eq!((again.filename(), stored.filename()), (kept, kept));
    }
}

#[test]
fn what_an_owner_says_is_bounded() {
    let tags =
        |count: usize| (0..count).map(|n| Tag::parse(&n.to_string()).unwrap()).collect::<BTreeSet<_>>();
    let plain = || Description::of_file("a.pdf");
    assert!(plain().with_tags(tags(50)).is_ok());
    assert_eq!(plain().with_tags(tags(51)).unwrap_err().part, "tags");
    assert!(Tag::parse(" ").is_err() && Tag::parse("a\nb").is_err() && Tag::parse(&"x".repeat(51)).is_err());
    assert_eq!(Tag::parse(" urgent ").unwrap().as_str(), "urgent");
    assert_eq!(Tag::parse("ur\u{202e}gent").unwrap().as_str(), "urgent");
    assert!(Tag::parse("\u{200b}").is_err());
    let entry = |key: &str, value: &str| BTreeMap::from([(key.to_owned(), value.to_owned())]);
    assert!(plain().with_metadata(entry("cost centre", "4711\n4712")).is_ok());
    let noted = plain().with_metadata(entry("cost\u{202e} centre", "47\u{200b}11")).unwrap();
    assert_eq!(noted.metadata(), &entry("cost centre", "4711"));
    for refused in [
        entry("", "x"),
        entry("\u{202e}", "x"),
        entry("a\nb", "x"),
        entry(&"k".repeat(41), "x"),
        entry("k", &"v".repeat(501)),
        (0..51).map(|n| (n.to_string(), String::new())).collect(),
    ] {
        assert_eq!(plain().with_metadata(refused).unwrap_err().part, "metadata");
    }
}

#[test]
fn a_search_key_folds_case_width_and_spaces() {
    assert_eq!(search_key("ＡＢＣ\t Gmbh"), "abc gmbh");
    assert_eq!(search_key("F-2024 / 17"), "f-2024 / 17");
    assert_eq!(search_key(&"é".repeat(300)).chars().count(), 100);
    assert_eq!(search_key("a\0b"), "ab");
}
