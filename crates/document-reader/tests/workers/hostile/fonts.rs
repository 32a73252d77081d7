//! Fonts and character maps that refer to themselves, or declare more than they contain.

use super::case::{Case, Outcome, case};
use super::makers::sketch::{FONT, FREE, Sketch};

pub fn cases() -> Vec<Case> {
    vec![
        case("type_3_font_whose_glyph_shows_itself", Outcome::Answered, own_glyph),
        case("type_3_font_whose_glyph_shows_itself_drawn", Outcome::Answered, own_glyph).drawn(200),
        case("character_map_that_uses_itself", Outcome::Read, || mapped("/CMapName /Own def /Own usecmap")),
        case("character_map_of_a_range_of_billions", Outcome::Answered, || {
            mapped("1 beginbfrange <00000000> <FFFFFFFF> <0041> endbfrange")
        }),
        case("character_map_with_codes_of_a_mebibyte", Outcome::Answered, || {
            mapped(&format!("1 beginbfchar <49> <{}> endbfchar", "0041".repeat(1 << 18)))
        }),
        case("composite_font_with_itself_below", Outcome::Answered, || {
            font(
                "<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H /DescendantFonts [3 0 R] >>",
            )
        }),
        case("font_encoding_of_billions", Outcome::Answered, || {
            let encoding = "<< /Type /Encoding /Differences [2147483647 /A /B -5 /C 99999999999 /D] >>";
            font(&format!("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding {encoding} >>"))
        }),
        case("font_widths_of_billions", Outcome::Answered, || {
            font(
                "<< /Type /Font /Subtype /TrueType /BaseFont /A /FirstChar -9 /LastChar 2147483647 /Widths [1e38] >>",
            )
        }),
        case("font_program_of_rubbish", Outcome::Answered, || {
            let descriptor = "<< /Type /FontDescriptor /FontName /A /Flags 4 /FontFile2 7 0 R >>";
            Sketch::one_page()
                .with(FONT, "<< /Type /Font /Subtype /TrueType /BaseFont /A /FontDescriptor 6 0 R >>")
                .with(FREE, descriptor)
                .with_stream(7, "", [&[0, 1, 0, 0, 255, 255][..], &[255; 4000]].concat())
                .file()
        }),
        case("font_size_beyond_numbers", Outcome::Answered, || {
            Sketch::showing("BT /F 1e38 Tf 1e38 0 0 1e38 50 500 Tm (Invoice) Tj ET").file()
        }),
        case("font_size_of_nothing", Outcome::Answered, || {
            Sketch::showing("BT /F 0 Tf 0 0 0 0 50 500 Tm (Invoice) Tj /F -12 Tf (Total) Tj ET").file()
        }),
    ]
}

fn font(body: &str) -> Vec<u8> {
    Sketch::one_page().with(FONT, body).file()
}

/// Helvetica with this text inside its map to Unicode.
fn mapped(middle: &str) -> Vec<u8> {
    let head = "/CIDInit /ProcSet findresource begin 12 dict begin begincmap \
                1 begincodespacerange <00> <FF> endcodespacerange";
    Sketch::one_page()
        .with(FONT, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R >>")
        .with_stream(FREE, "/Type /CMap /UseCMap 6 0 R", format!("{head} {middle} endcmap end end"))
        .file()
}

fn type_3(glyph: u32, fonts: &str) -> String {
    format!(
        "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1000 1000] /FontMatrix [.001 0 0 .001 0 0] \
         /CharProcs << /a {glyph} 0 R >> /Encoding << /Type /Encoding /Differences [97 /a] >> \
         /FirstChar 97 /LastChar 97 /Widths [1000] /Resources << /Font << {fonts} >> >> >>"
    )
}

fn own_glyph() -> Vec<u8> {
    Sketch::showing("BT /F 12 Tf 50 500 Td (aaa) Tj ET")
        .with(FONT, type_3(FREE, "/F 3 0 R"))
        .with_stream(FREE, "", "1000 0 d0 BT /F 500 Tf (aa) Tj ET 0 0 500 500 re f")
        .file()
}

/// This many fonts; the glyph of each shows the next font's glyph twice.
pub fn doubling_glyphs(levels: u32) -> Vec<u8> {
    let page = Sketch::showing("BT /F 12 Tf 50 500 Td (a) Tj ET").with(FONT, type_3(FREE, "/F 7 0 R"));
    (0..levels)
        .fold(page, |sketch, level| {
            let glyph = FREE + 2 * level;
            let (next, glyph_of_next, after) = (glyph + 1, glyph + 2, glyph + 3);
            sketch
                .with_stream(glyph, "", "1000 0 d0 BT /F 500 Tf (aa) Tj ET 0 0 500 500 re f")
                .with(next, type_3(glyph_of_next, &format!("/F {after} 0 R")))
        })
        .file()
}
