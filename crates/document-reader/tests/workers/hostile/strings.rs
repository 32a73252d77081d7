//! Metadata and names of embedded files (ISO 32000-1, 7.9.2.2) whose bytes are not text.

use libtest_mimic::Trial;

use super::case::{Case, Outcome, case, together};
use super::makers::sketch::{FREE, Sketch};

pub fn trials() -> Vec<Trial> {
    let mut cases: Vec<Case> = STRINGS
        .iter()
        .flat_map(|(name, string)| {
            [
                case(format!("title_{name}"), Outcome::Read, || titled(string)),
                case(format!("attachment_{name}"), Outcome::Read, || named(string)),
            ]
        })
        .map(|case| {
            case.looked_at(|document| {
                let metadata = &document.metadata;
                let texts = metadata.title.iter().chain(&metadata.attachments);
                assert!(texts.into_iter().all(|text| text.chars().count() <= 1000), "{metadata:?}");
            })
        })
        .collect();
    cases.push(
        case("title_of_a_mebibyte", Outcome::Read, || titled(&format!("({})", "A".repeat(1 << 20))))
            .looked_at(|document| assert_eq!(document.metadata.title.as_ref().unwrap().len(), 1000)),
    );
    cases.push(
        case("title_of_a_stream", Outcome::Read, || {
            Sketch::one_page()
                .with_stream(FREE, "", "a")
                .with(7, "<< /Title 6 0 R >>")
                .with_trailer("/Info 7 0 R")
                .file()
        })
        .looked_at(|document| assert_eq!(document.metadata.title, None)),
    );
    vec![together("texts_about_the_file", cases)]
}

const STRINGS: [(&str, &str); 9] = [
    ("of_half_a_unit", "<FEFF00410>"),
    ("of_an_odd_byte", "<FEFF004100>"),
    ("of_a_lone_high_surrogate", "<FEFFD8000041>"),
    ("of_a_lone_low_surrogate", "<FEFFDC00>"),
    ("of_surrogates_the_wrong_way_round", "<FEFFDC00D800>"),
    ("of_utf_8_that_breaks_off", "<EFBBBFC3>"),
    ("of_zeros", "<FEFF0000000000000000>"),
    ("that_runs_to_the_left", "<FEFF0041202E00660064007000650078002E>"),
    ("of_a_mark_alone", "<FEFF>"),
];

fn titled(string: &str) -> Vec<u8> {
    Sketch::one_page().with(FREE, format!("<< /Title {string} >>")).with_trailer("/Info 6 0 R").file()
}

fn named(string: &str) -> Vec<u8> {
    Sketch::one_page()
        .with_catalog(&format!("/Names << /EmbeddedFiles << /Names [{string} 6 0 R] >> >>"))
        .with(FREE, format!("<< /Type /Filespec /UF {string} /EF << /F 7 0 R >> >>"))
        .with_stream(7, "/Type /EmbeddedFile", "a")
        .file()
}
