//! Pictures with more pixels than fit into memory, with and without drawing them.

use super::case::{Case, Outcome, case};
use super::makers::deflated::zeros;
use super::makers::sketch::{FREE, INVOICE, Sketch};

const ONE_BIT: &str = "/ColorSpace /DeviceGray /BitsPerComponent 1";

type Maker = fn() -> Vec<u8>;

const SIZES: [(&str, Maker); 5] = [
    ("picture_of_ten_thousand_million_points", || picture(100_000, 100_000, ONE_BIT, 1 << 27)),
    ("picture_of_many_points_and_few_bytes", || picture(100_000, 100_000, ONE_BIT, 1000)),
    ("picture_beyond_numbers", || picture(2_147_483_647, 2_147_483_647, ONE_BIT, 1000)),
    ("picture_of_fax_beyond_bounds", fax),
    ("picture_below_zero", || picture(-5, -5, ONE_BIT, 1000)),
];

pub fn cases() -> Vec<Case> {
    let mut cases: Vec<Case> = SIZES
        .iter()
        .flat_map(|(name, make)| {
            [
                case(*name, Outcome::Read, make).showing(&["Invoice", "2041"]),
                case(format!("{name}_drawn"), Outcome::Answered, make).drawn(600),
            ]
        })
        .collect();
    cases.extend([
        case("picture_as_a_bomb", Outcome::Stopped, || {
            picture(32_768, 32_768, "/ColorSpace /DeviceGray /BitsPerComponent 8", 1 << 30)
        })
        .drawn(600),
        case("picture_masked_by_itself", Outcome::Answered, || {
            picture(50, 50, &format!("{ONE_BIT} /SMask 6 0 R /Mask 6 0 R"), 5000)
        })
        .drawn(600),
        case("picture_of_rubbish", Outcome::Answered, || {
            let entries =
                "/Width 999999 /Height 999999 /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode";
            of(entries, [&[0xff, 0xd8, 0xff, 0xc0, 0, 17, 8, 255, 255, 255, 255, 3][..], &[7; 500]].concat())
        })
        .drawn(600),
        case("picture_of_bits_that_do_not_exist", Outcome::Answered, || {
            picture(50, 50, "/ColorSpace /DeviceN /BitsPerComponent 77", 5000)
        })
        .drawn(600),
        case("picture_in_the_content_without_an_end", Outcome::Answered, || {
            Sketch::showing(format!("{INVOICE} BI /W 99999 /H 99999 /CS /G /BPC 8 /F /A85 ID abc")).file()
        })
        .drawn(600),
        case("pictures_in_the_content_ten_thousand_times", Outcome::Answered, || {
            let small = "q 9 0 0 9 50 50 cm BI /W 2 /H 2 /CS /G /BPC 8 /F /AHx ID 00FF00FF> EI Q ";
            Sketch::showing(format!("{INVOICE} {}", small.repeat(10_000))).file()
        })
        .showing(&["Invoice", "2041"])
        .drawn(600),
        case("raster_of_more_rows_than_numbers", Outcome::Refused("document_too_large"), || {
            Sketch::one_page().file()
        })
        .drawn(u32::MAX),
    ]);
    cases
}

fn picture(width: i64, height: i64, kind: &str, bytes: u64) -> Vec<u8> {
    of(&format!("/Width {width} /Height {height} {kind} /Filter /FlateDecode"), zeros(bytes))
}

fn fax() -> Vec<u8> {
    let parameters = "<< /K -1 /Columns 2147483647 /Rows 2147483647 >>";
    let filter = format!("/Filter /CCITTFaxDecode /DecodeParms {parameters}");
    of(&format!("/Width 100000 /Height 100000 {ONE_BIT} {filter}"), vec![0x55; 5000])
}

fn of(entries: &str, bytes: Vec<u8>) -> Vec<u8> {
    Sketch::showing(format!("q 400 0 0 300 0 0 cm /I Do Q {INVOICE}"))
        .with_page("", "/XObject << /I 6 0 R >>")
        .with_stream(FREE, &format!("/Type /XObject /Subtype /Image {entries}"), bytes)
        .file()
}
