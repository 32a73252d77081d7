//! Pages of impossible sizes, and pages with unusual rotations.

use super::case::{Case, Outcome, case};
use super::makers::sketch::{INVOICE, PAGE, Sketch, TREE};

pub fn cases() -> Vec<Case> {
    let mut cases: Vec<Case> = BOXES
        .iter()
        .flat_map(|(name, entries)| {
            [
                case(*name, Outcome::Read, || page(entries)),
                case(format!("{name}_drawn"), Outcome::Answered, || page(entries)).drawn(200),
            ]
        })
        .collect();
    cases.push(
        case("page_without_a_media_box", Outcome::Read, || {
            Sketch::one_page().with(TREE, "<< /Type /Pages /Kids [4 0 R] /Count 1 >>").file()
        })
        .showing(&["Invoice", "2041"]),
    );
    cases.push(
        case("page_without_content", Outcome::Read, || {
            Sketch::one_page().with(PAGE, "<< /Type /Page /Parent 2 0 R >>").file()
        })
        .showing(&[])
        .drawn(100),
    );
    cases.extend(ROTATIONS.iter().map(|(name, entries)| {
        case(*name, Outcome::Read, || page(entries)).showing(&["Invoice", "2041"]).drawn(100)
    }));
    cases
}

const ROTATIONS: [(&str, &str); 4] = [
    ("page_turned_by_45_degrees", "/Rotate 45"),
    ("page_turned_by_a_name", "/Rotate /Round"),
    ("page_turned_by_billions", "/Rotate 2147483647"),
    ("page_turned_back", "/Rotate -360"),
];

const BOXES: [(&str, &str); 12] = [
    ("page_of_the_greatest_units", "/MediaBox [0 0 14400 14400] /UserUnit 1000"),
    ("page_of_no_units", "/UserUnit 0"),
    ("page_of_units_below_zero", "/UserUnit -1e30"),
    ("page_of_no_size", "/MediaBox [0 0 0 0]"),
    ("page_below_zero", "/MediaBox [0 0 -400 -600]"),
    ("page_of_1e30_points", "/MediaBox [0 0 1e30 1e30]"),
    (
        "page_of_thirty_digits",
        "/MediaBox [0 0 100000000000000000000000000000 100000000000000000000000000000]",
    ),
    ("page_of_what_are_not_numbers", "/MediaBox [nan inf --5 1..2]"),
    ("page_of_three_numbers", "/MediaBox [0 0 400]"),
    ("page_like_a_hair", "/MediaBox [0 0 0.02 14400]"),
    ("page_far_away", "/MediaBox [1000000000 1000000000 1000000400 1000000600]"),
    ("page_cropped_to_nothing", "/CropBox [900 900 900 900]"),
];

fn page(entries: &str) -> Vec<u8> {
    Sketch::showing(INVOICE).with_page(entries, "").file()
}
