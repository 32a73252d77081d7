//! Pages with too much text, without text, or with text in other directions.

use super::case::{Case, Outcome, case, texts};
use super::makers::deflated::deflated;
use super::makers::sketch::{CONTENT, FONT, FREE, Sketch};

pub fn cases() -> Vec<Case> {
    vec![
        case("page_of_a_million_words", Outcome::Stopped, million_words)
            .looked_at(|document| assert!(document.pages[0].words.len() <= 3000)),
        case("word_of_a_hundred_thousand_letters", Outcome::Read, || {
            Sketch::showing(format!("BT /F 1 Tf 5 500 Td ({}) Tj ET", "A".repeat(100_000))).file()
        }),
        case("words_upon_each_other", Outcome::Answered, || {
            Sketch::showing("BT /F 12 Tf 50 500 Td (Invoice) Tj ET ".repeat(20_000)).file()
        }),
        case("words_at_all_angles", Outcome::Answered, all_angles),
        case("surrogates_alone", Outcome::Read, || mapped("<0041> <D800> <0042> <D800>")).looked_at(
            |document| assert!(texts(&document.pages[0]).concat().chars().all(|sign| sign == '\u{fffd}')),
        ),
        case("surrogates_of_two_letters", Outcome::Read, || mapped("<0041> <D800> <0042> <DC00>")),
        case("surrogates_the_wrong_way_round", Outcome::Read, || {
            mapped("<0041> <DC00D800> <0042> <D800D800>")
        }),
        case("signs_that_are_none", Outcome::Read, || mapped("<0041> <FFFF> <0042> <0000>")),
        case("signs_that_turn_the_text", Outcome::Read, || mapped("<0041> <202E> <0042> <2066>")),
        case("text_from_right_to_left", Outcome::Read, || mapped("<0041> <05D0> <0042> <05D1>")).looked_at(
            |document| {
                let mut letters: Vec<char> = texts(&document.pages[0]).concat().chars().collect();
                letters.sort_unstable();
                assert_eq!(letters, ['א', 'א', 'ב', 'ב']);
            },
        ),
        case("text_without_a_map", Outcome::Read, || {
            Sketch::showing("BT /F 12 Tf 50 500 Td <0041004200430044> Tj ET")
                .with(FONT, composite(""))
                .with(FREE, descendant())
                .file()
        }),
    ]
}

fn million_words() -> Vec<u8> {
    let line = "ab ".repeat(1000);
    let lines: String = (0..1000)
        .map(|row| format!("BT /F 1 Tf 1 {} Td ({line}) Tj ET\n", 599.0 - 0.5 * f64::from(row)))
        .collect();
    Sketch::one_page().with_stream(CONTENT, "/Filter /FlateDecode", deflated(lines.into_bytes())).file()
}

fn all_angles() -> Vec<u8> {
    let words: String = (0..5000)
        .map(|step| {
            let (sine, cosine) = f64::from(step).sin_cos();
            format!(
                "BT /F 9 Tf {cosine} {sine} {} {cosine} {} {} Tm (Invoice) Tj ET\n",
                -sine,
                step % 400,
                step % 600
            )
        })
        .collect();
    Sketch::showing(words).file()
}

fn composite(map: &str) -> String {
    format!(
        "<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H /DescendantFonts [6 0 R] {map} >>"
    )
}

fn descendant() -> &'static str {
    "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /A /DW 1000 /FontDescriptor << /Type /FontDescriptor \
     /FontName /A /Flags 4 /FontBBox [0 0 1000 1000] /Ascent 800 /Descent -200 >> \
     /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>"
}

/// The codes 0x41 and 0x42 with this mapping to Unicode.
fn mapped(pairs: &str) -> Vec<u8> {
    let map = format!(
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap \
         1 begincodespacerange <0000> <FFFF> endcodespacerange 2 beginbfchar {pairs} endbfchar endcmap end end"
    );
    Sketch::showing("BT /F 12 Tf 50 500 Td <0041004200410042> Tj ET")
        .with(FONT, composite("/ToUnicode 7 0 R"))
        .with(FREE, descendant())
        .with_stream(7, "", map)
        .file()
}
