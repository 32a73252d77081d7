//! Small files with streams that inflate a thousandfold, in every place where a PDF may have a
//! stream.

use super::case::{Case, Outcome, case};
use super::makers::deflated::{deflated, zeros};
use super::makers::sketch::{CONTENT, FREE, INVOICE, PAGE, Sketch};

const GIBIBYTE: u64 = 1 << 30;

pub fn cases() -> Vec<Case> {
    vec![
        case("bomb_as_content", Outcome::Stopped, || content("/Filter /FlateDecode", zeros(GIBIBYTE))),
        case("bomb_within_a_bomb_as_content", Outcome::Stopped, || {
            content("/Filter [/FlateDecode /FlateDecode]", deflated(zeros(GIBIBYTE)))
        }),
        case("bomb_of_drawing", Outcome::Stopped, || {
            content("/Filter /FlateDecode", deflated("0 0 m 9 9 l S ".repeat(1 << 20).into_bytes()))
        }),
        case("bomb_of_saved_states", Outcome::Stopped, || {
            content("/Filter /FlateDecode", deflated("q ".repeat(8 << 20).into_bytes()))
        }),
        case("bomb_of_nested_arrays_as_content", Outcome::Stopped, || {
            content("/Filter /FlateDecode", deflated("[".repeat(4 << 20).into_bytes()))
        }),
        case("bomb_of_marked_content", Outcome::Stopped, || {
            content("/Filter /FlateDecode", deflated("/A <</B 1>> BDC ".repeat(1 << 20).into_bytes()))
        }),
        case("bomb_of_a_thousand_filters", Outcome::Answered, || {
            content(&format!("/Filter [{}]", "/FlateDecode ".repeat(1000)), zeros(1 << 20))
        }),
        case("bomb_of_runs", Outcome::Answered, || {
            let filters = "/RunLengthDecode ".repeat(3);
            content(&format!("/Filter [/FlateDecode {filters}]"), deflated([129, 129].repeat(1 << 20)))
        }),
        case("bomb_with_a_predictor_beyond_bounds", Outcome::Answered, || {
            let absurd = "<< /Predictor 12 /Columns 2147483647 /Colors 2147483647 /BitsPerComponent 16 >>";
            content(&format!("/Filter /FlateDecode /DecodeParms {absurd}"), zeros(1 << 20))
        }),
        case("bomb_as_content_a_thousand_times", Outcome::Stopped, || repeated_content(1000)),
        case("bomb_as_object_stream", Outcome::Stopped, object_stream),
        case("bomb_as_embedded_file", Outcome::Read, || embedded("a.xml"))
            .showing(&["Invoice", "2041"])
            .listing(&["a.xml"]),
        case("bomb_as_a_hundred_embedded_files", Outcome::Read, || embedded_often(100)),
        case("bomb_as_character_map", Outcome::Stopped, || {
            Sketch::one_page()
                .with(3, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R >>")
                .with_stream(FREE, "/Filter /FlateDecode", zeros(GIBIBYTE))
                .file()
        }),
        case("bomb_as_font_program", Outcome::Stopped, || {
            Sketch::one_page()
                .with(3, "<< /Type /Font /Subtype /TrueType /BaseFont /A /FontDescriptor 6 0 R >>")
                .with(FREE, "<< /Type /FontDescriptor /FontName /A /Flags 4 /FontFile2 7 0 R >>")
                .with_stream(7, "/Filter /FlateDecode", zeros(GIBIBYTE))
                .file()
        }),
        case("bomb_as_metadata", Outcome::Stopped, || {
            Sketch::one_page()
                .with_catalog("/Metadata 6 0 R")
                .with_stream(FREE, "/Type /Metadata /Subtype /XML /Filter /FlateDecode", zeros(GIBIBYTE))
                .file()
        }),
    ]
}

fn content(entries: &str, bytes: Vec<u8>) -> Vec<u8> {
    Sketch::one_page().with_stream(CONTENT, entries, bytes).file()
}

fn repeated_content(times: usize) -> Vec<u8> {
    Sketch::one_page()
        .with_page(&format!("/Contents [{}]", "5 0 R ".repeat(times)), "")
        .with_stream(CONTENT, "/Filter /FlateDecode", deflated(INVOICE.repeat(20_000).into_bytes()))
        .file()
}

/// The page is declared to be in an object stream of one gibibyte.
fn object_stream() -> Vec<u8> {
    Sketch::one_page()
        .with_stream(FREE, "/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode", zeros(GIBIBYTE))
        .file_with_one_inside(PAGE, FREE)
}

fn embedded(name: &str) -> Vec<u8> {
    Sketch::one_page()
        .with_catalog("/Names << /EmbeddedFiles << /Names [(a) 6 0 R] >> >>")
        .with(FREE, format!("<< /Type /Filespec /F ({name}) /EF << /F 7 0 R >> >>"))
        .with_stream(7, "/Type /EmbeddedFile /Filter /FlateDecode", zeros(GIBIBYTE))
        .file()
}

fn embedded_often(times: usize) -> Vec<u8> {
    let names: String =
        (0..times).map(|number| format!("({number}) << /F ({number}.xml) /EF << /F 6 0 R >> >> ")).collect();
    Sketch::one_page()
        .with_catalog(&format!("/Names << /EmbeddedFiles << /Names [{names}] >> >>"))
        .with_stream(FREE, "/Type /EmbeddedFile /Filter /FlateDecode", zeros(GIBIBYTE))
        .file()
}
