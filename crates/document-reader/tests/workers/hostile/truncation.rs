//! Good files that are truncated, lack a piece or have changed bytes.

use fieldmark_synth::pdf::{self, Attachment, PdfOptions};
use libtest_mimic::Trial;

use super::case::{Outcome, case, together};
use super::lies::rubbish;
use crate::files;

/// How many places of a file are tried.
const PLACES: usize = 48;

pub fn trials() -> Vec<Trial> {
    let every = |name: &'static str, harm: fn(&[u8], usize) -> Vec<u8>| {
        let cases = (0..PLACES).map(move |place| {
            case(format!("{name}_{place:02}"), Outcome::Answered, move || {
                let file = rich();
                harm(&file, file.len() * place / PLACES + place)
            })
        });
        together(name, cases.collect())
    };
    let cut = every("cut_at_place", |file, place| file[..place.max(5)].to_vec());
    let holed = every("holed_at_place", |file, place| {
        let end = (place + 100).min(file.len());
        [&file[..place.max(9).min(end)], &file[end..]].concat()
    });
    let turned = every("turned_at_place", |file, place| {
        let mut file = file.to_vec();
        let noise = rubbish(1000);
        for step in 0..20 {
            let at = (place + 37 * usize::from(noise[step + place % 900])) % file.len();
            file[at.max(9)] ^= noise[step + place % 97];
        }
        file
    });
    vec![cut, holed, turned]
}

/// A file with words, an embedded file and metadata.
fn rich() -> Vec<u8> {
    let options = PdfOptions {
        title: Some("Rechnung Nº 7".to_owned()),
        attachments: vec![Attachment {
            name: "faktura-ö.xml".to_owned(),
            media_type: "text/xml".to_owned(),
            bytes: b"<a/>".to_vec(),
        }],
        ..PdfOptions::default()
    };
    pdf::write(&[files::page(vec![files::word("Faktura", 40.0, 50.0)]), files::page(Vec::new())], &options)
}
