//! Files with false numbers and wrong forms.

use super::case::{Case, Outcome, case};
use super::makers::sketch::{CONTENT, FREE, INVOICE, Sketch};

pub fn cases() -> Vec<Case> {
    let mut cases: Vec<Case> = LENGTHS
        .iter()
        .map(|(name, length)| {
            case(*name, Outcome::Read, || {
                Sketch::one_page().with_raw_stream(CONTENT, length, INVOICE).with(FREE, "6 0 R").file()
            })
        })
        .collect();
    cases.extend([
        case("no_bytes", Outcome::Refused("document_empty"), Vec::new),
        case("five_bytes", Outcome::Refused("unsupported_media_type"), || vec![0x8a, 0x03, 0xd7, 0x41, 0xfe]),
        case("header_alone", Outcome::Refused("document_unreadable"), || b"%PDF-".to_vec()),
        case("header_and_rubbish", Outcome::Refused("document_unreadable"), || {
            [&b"%PDF-1.7\n"[..], &rubbish(600_000)].concat()
        }),
        case("header_far_in_and_a_program_before_it", Outcome::Answered, || {
            [&b"\x7fELF"[..], &[0; 900], &Sketch::one_page().file()].concat()
        }),
        case("arrays_as_deep_as_a_well", Outcome::Answered, || {
            let deep = format!("{}{}", "[".repeat(200_000), "]".repeat(200_000));
            Sketch::one_page().with(FREE, deep).with_trailer("/Info 6 0 R").file()
        }),
        case("dictionaries_as_deep_as_a_well", Outcome::Answered, || {
            let deep = format!("{}{}", "<< /A ".repeat(100_000), ">> ".repeat(100_000));
            Sketch::one_page().with(FREE, deep).with_trailer("/Info 6 0 R").file()
        }),
        case("arrays_as_deep_as_a_well_in_the_page", Outcome::Answered, || {
            let deep = format!("/A {}{}", "[".repeat(200_000), "]".repeat(200_000));
            Sketch::one_page().with_page(&deep, "").file()
        }),
        case("string_without_an_end", Outcome::Answered, || {
            Sketch::one_page()
                .with(FREE, format!("<< /Title {}", "(".repeat(500_000)))
                .with_trailer("/Info 6 0 R")
                .file()
        }),
        case("content_of_rubbish", Outcome::Read, || Sketch::showing(rubbish(100_000)).file()).drawn(100),
        case("content_with_numbers_beyond_numbers", Outcome::Read, || {
            let huge = "9".repeat(10_000);
            Sketch::showing(format!("{huge} {huge} m -{huge} .{huge} l S 1e999 0 0 nan 0 0 cm {INVOICE}"))
                .file()
        })
        .drawn(100),
        case("content_with_a_name_of_a_mebibyte", Outcome::Read, || {
            Sketch::showing(format!("/{} gs {INVOICE}", "A".repeat(1 << 20))).file()
        }),
        case("an_object_twice", Outcome::Read, || {
            [Sketch::one_page().file(), Sketch::showing("BT /F 12 Tf 50 500 Td (Other) Tj ET").file()]
                .concat()
        }),
        case("the_catalog_is_a_page", Outcome::Refused("document_unreadable"), || {
            Sketch::one_page().with(1, "<< /Type /Page /Parent 1 0 R >>").file()
        }),
    ]);
    cases
}

const LENGTHS: [(&str, &str); 8] = [
    ("length_too_small", "/Length 5"),
    ("length_too_large", "/Length 100000"),
    ("length_below_zero", "/Length -7"),
    ("length_beyond_numbers", "/Length 99999999999999999999"),
    ("length_at_the_end_of_numbers", "/Length 9223372036854775807"),
    ("length_that_is_the_stream", "/Length 5 0 R"),
    ("length_that_is_itself", "/Length 6 0 R"),
    ("length_that_is_missing", ""),
];

/// Bytes without a pattern, always the same ones.
pub fn rubbish(count: usize) -> Vec<u8> {
    let mut state: u32 = 0x2041;
    let next = || {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state.to_le_bytes()[0]
    };
    std::iter::repeat_with(next).take(count).collect()
}
