//! What a document is for.

use fieldmark_domain::content::DocumentContent;
use fieldmark_domain::detection::{Detection, SpanClass};
use fieldmark_domain::extraction::DocumentKind;
use fieldmark_domain::field::Field;
use fieldmark_domain::geometry::BoundingBox;
use fieldmark_domain::reading::{Reading, ReadingOptions, read_fields};

use crate::sketch::Sketch;

fn taken_for(kinds: &[(DocumentKind, f32)]) -> Vec<Detection> {
    let page = BoundingBox::from_edges(0.0, 0.0, 1.0, 1.0);
    let detection = |(kind, score): &(DocumentKind, f32)| Detection {
        class: SpanClass::Document(*kind),
        score: *score,
        bounds: page,
        words: Vec::new(),
    };
    kinds.iter().map(detection).collect()
}

/// Reads pages, each a sketch and what it is taken for.
fn read(pages: Vec<(Sketch, &[(DocumentKind, f32)])>) -> Reading {
    let (mut contents, mut detections) = (Vec::new(), Vec::new());
    for (sketch, kinds) in pages {
        let (mut document, mut found) = sketch.finish();
        for page in &mut found {
            page.extend(taken_for(kinds));
        }
        contents.append(&mut document.pages);
        detections.append(&mut found);
    }
    read_fields(&DocumentContent::of_pages(contents), &detections, &ReadingOptions::default())
}

fn total(amount: &str) -> Sketch {
    Sketch::default().text(40.0, 20.0, "Invoice").value(450.0, 528.0, amount, Field::TotalGross, 0.95)
}

#[test]
fn the_detector_tells_the_kind_and_the_first_page_counts_most() {
    let reminder: &[_] = &[(DocumentKind::Reminder, 0.7), (DocumentKind::Invoice, 0.2)];
    let other: &[_] = &[(DocumentKind::Other, 0.9)];
    let reading =
        read(vec![(total("1250.00"), reminder), (Sketch::default().text(40.0, 40.0, "Terms"), other)]);
    assert_eq!(reading.kind, Some(DocumentKind::Reminder));
    let confidence = reading.kind_confidence.unwrap();
    assert!((0.5..0.65).contains(&confidence), "{confidence}");
    let alone = read(vec![(total("1250.00"), reminder)]).kind_confidence.unwrap();
    assert!((alone - 0.7).abs() < 1e-3, "{alone}");
}

#[test]
fn amounts_below_zero_speak_for_a_credit_note() {
    let kinds: &[_] = &[(DocumentKind::Invoice, 0.6), (DocumentKind::CreditNote, 0.35)];
    assert_eq!(read(vec![(total("-1250.00"), kinds)]).kind, Some(DocumentKind::CreditNote));
    assert_eq!(read(vec![(total("1250.00"), kinds)]).kind, Some(DocumentKind::Invoice));
    let unnamed = Sketch::default().value(450.0, 528.0, "-1250.00", Field::TotalGross, 0.95).read();
    assert_eq!(unnamed.kind, Some(DocumentKind::CreditNote));
}

#[test]
fn a_title_tells_where_the_detector_says_nothing() {
    for (title, kind) in [
        ("FAKTURA", Some(DocumentKind::Invoice)),
        ("Credit Note", Some(DocumentKind::CreditNote)),
        ("Zahlungserinnerung", Some(DocumentKind::Reminder)),
        ("Kvitto", Some(DocumentKind::Receipt)),
        ("Statement of account", Some(DocumentKind::Statement)),
        ("Orderbekräftelse", Some(DocumentKind::OrderConfirmation)),
        ("Välkommen", None),
    ] {
        let reading = Sketch::default().text(40.0, 40.0, title).read();
        assert_eq!(reading.kind, kind, "{title}");
        assert_eq!(reading.kind_confidence.is_some(), kind.is_some());
    }
    let told: &[_] = &[(DocumentKind::Statement, 0.5)];
    assert_eq!(read(vec![(total("1250.00"), told)]).kind, Some(DocumentKind::Statement));
}
