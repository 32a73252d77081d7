//! Objects that draw themselves: forms, patterns, masks, colour spaces, annotations and references
//! with loops.

use super::case::{Case, Outcome, case};
use super::fonts;
use super::makers::sketch::{CONTENT, FREE, INVOICE, Sketch};

const FORM: &str = "/Type /XObject /Subtype /Form /BBox [0 0 400 600]";

pub fn cases() -> Vec<Case> {
    vec![
        // Each takes the whole time limit: started first, so that they run in parallel.
        case("pattern_that_is_painted_with_itself", Outcome::Stopped, || own_pattern().file()).drawn(200),
        case("type_3_fonts_that_double", Outcome::Stopped, || fonts::doubling_glyphs(24)).drawn(200),
        case("form_that_draws_itself", Outcome::Read, || own_form("/X Do").file())
            .showing(&["Invoice", "2041"]),
        case("form_that_draws_itself_drawn", Outcome::Read, || own_form("/X Do").file()).drawn(200),
        case("form_that_draws_itself_twice", Outcome::Stopped, || own_form("/X Do /X Do").file()),
        case("forms_that_draw_each_other", Outcome::Read, || forms_of_each_other().file()).drawn(200),
        case("forms_as_deep_as_a_well", Outcome::Answered, || forms(5000, 1)).drawn(100),
        case("forms_that_double_a_thousandfold", Outcome::Answered, || forms(10, 2)),
        case("forms_that_double_a_billionfold", Outcome::Stopped, || forms(30, 2)),
        case("mask_that_masks_itself", Outcome::Answered, || own_mask().file()).drawn(200),
        case("colour_space_within_itself", Outcome::Answered, || own_colour_space().file()).drawn(200),
        case("function_that_stitches_itself", Outcome::Answered, || own_function().file()).drawn(200),
        case("annotation_that_shows_itself", Outcome::Answered, || own_annotation().file()).drawn(200),
        case("content_within_itself", Outcome::Answered, || {
            Sketch::one_page().with(CONTENT, "[5 0 R 6 0 R 5 0 R]").with_stream(FREE, "", INVOICE).file()
        }),
        case("reference_to_itself", Outcome::Answered, || {
            Sketch::one_page().with_page("/MediaBox 6 0 R /Rotate 6 0 R", "").with(FREE, "6 0 R").file()
        }),
        case("information_that_is_itself", Outcome::Answered, || {
            Sketch::one_page()
                .with(FREE, "<< /Title 6 0 R /Author 7 0 R >>")
                .with(7, "7 0 R")
                .with_trailer("/Info 6 0 R")
                .file()
        }),
        case("outline_that_comes_round", Outcome::Read, || {
            let item = "<< /Title (a) /Parent 6 0 R /First 6 0 R /Next 7 0 R /Prev 7 0 R >>";
            Sketch::one_page()
                .with_catalog("/Outlines 6 0 R")
                .with(FREE, "<< /First 7 0 R /Last 7 0 R >>")
                .with(7, item)
                .file()
        }),
        case("field_that_is_its_own_kid", Outcome::Answered, || own_field().file()),
    ]
}

/// Fields and annotations with loops, as files.
pub fn of_fields() -> Vec<(&'static str, Vec<u8>)> {
    vec![
        ("field that is its own kid", own_field().file()),
        ("annotation that shows itself", own_annotation().file()),
    ]
}

fn own_form(draw: &str) -> Sketch {
    Sketch::showing(format!("{INVOICE} /X Do")).with_page("", "/XObject << /X 6 0 R >>").with_stream(
        FREE,
        &format!("{FORM} /Resources << /XObject << /X 6 0 R >> >>"),
        draw,
    )
}

fn forms_of_each_other() -> Sketch {
    let form = |other: u32| format!("{FORM} /Resources << /XObject << /X {other} 0 R >> >>");
    Sketch::showing(format!("{INVOICE} /X Do"))
        .with_page("", "/XObject << /X 6 0 R >>")
        .with_stream(FREE, &form(7), "/X Do")
        .with_stream(7, &form(6), "/X Do")
}

/// `levels` forms, each of which draws the next one `times` times; the last one shows a letter.
fn forms(levels: u32, times: usize) -> Vec<u8> {
    let last = FREE + levels;
    let first = Sketch::showing("/X Do").with_page("", "/XObject << /X 6 0 R >>");
    let chain = (FREE..last).fold(first, |sketch, number| {
        let entries = format!("{FORM} /Resources << /XObject << /X {} 0 R >> >>", number + 1);
        sketch.with_stream(number, &entries, "/X Do ".repeat(times))
    });
    let font = format!("{FORM} /Resources << /Font << /F 3 0 R >> >>");
    chain.with_stream(last, &font, "BT /F 12 Tf 50 500 Td (a) Tj ET").file()
}

fn own_pattern() -> Sketch {
    let pattern = "/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 9 9] /XStep 9 /YStep 9 \
                   /Resources << /Pattern << /P 6 0 R >> >>";
    let paint = "/Pattern cs /P scn 0 0 400 600 re f";
    Sketch::showing(format!("{paint} {INVOICE}"))
        .with_page("", "/Pattern << /P 6 0 R >>")
        .with_stream(FREE, pattern, paint)
}

fn own_mask() -> Sketch {
    let mask = "<< /Type /ExtGState /SMask << /S /Luminosity /G 7 0 R >> >>";
    let group = format!(
        "{FORM} /Group << /S /Transparency /CS /DeviceGray >> /Resources << /ExtGState << /G 6 0 R >> >>"
    );
    Sketch::showing(format!("/G gs {INVOICE}"))
        .with_page("", "/ExtGState << /G 6 0 R >>")
        .with(FREE, mask)
        .with_stream(7, &group, "/G gs 0 0 400 600 re f")
}

fn own_colour_space() -> Sketch {
    Sketch::showing(format!("/C cs 0 sc 0 0 50 50 re f 0 g {INVOICE}"))
        .with_page("", "/ColorSpace << /C 6 0 R >>")
        .with(FREE, "[/Indexed 6 0 R 1 <0001>]")
}

fn own_function() -> Sketch {
    let function =
        "<< /FunctionType 3 /Domain [0 1] /Functions [7 0 R 7 0 R] /Bounds [.5] /Encode [0 1 0 1] >>";
    Sketch::showing(format!("/S sh {INVOICE}"))
        .with_page("", "/Shading << /S 6 0 R >>")
        .with(FREE, "<< /ShadingType 2 /ColorSpace /DeviceGray /Coords [0 0 400 600] /Function 7 0 R >>")
        .with(7, function)
}

fn own_annotation() -> Sketch {
    let annotation = "<< /Type /Annot /Subtype /Widget /FT /Tx /F 4 /Rect [0 0 99 99] /AP << /N 7 0 R >> /Parent 6 0 R /Popup 6 0 R >>";
    Sketch::one_page().with_page("/Annots [6 0 R 6 0 R 6 0 R]", "").with(FREE, annotation).with_stream(
        7,
        &format!("{FORM} /AP << /N 7 0 R >> /Resources << /XObject << /X 7 0 R >> >>"),
        "/X Do",
    )
}

fn own_field() -> Sketch {
    let field =
        "<< /Type /Annot /Subtype /Widget /T (a) /Rect [0 0 99 99] /Kids [6 0 R 6 0 R] /Parent 6 0 R >>";
    Sketch::one_page()
        .with_catalog("/AcroForm << /Fields [6 0 R] >>")
        .with_page("/Annots [6 0 R]", "")
        .with(FREE, field)
}
