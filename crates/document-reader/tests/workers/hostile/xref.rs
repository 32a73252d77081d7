//! Cross-reference tables and streams (ISO 32000-1, 7.5.4 and 7.5.8) that point nowhere, back or
//! beyond the file.

use std::io::Write;

use super::case::{Case, Outcome, case};
use super::makers::deflated;
use super::makers::sketch::{self, FREE, Sketch, table};

/// The objects of all these files are intact: a reader may find them without the table.
pub fn cases() -> Vec<Case> {
    let mut cases = vec![
        case("xref_before_itself", Outcome::Answered, before_itself),
        case("xref_tables_before_each_other", Outcome::Answered, before_each_other),
        case("xref_stream_before_itself", Outcome::Answered, || stream("/W [1 4 0] /Prev 9", rows())),
        case("xref_stream_of_a_gigabyte", Outcome::Stopped, || {
            stream("/W [1 4 0] /Filter /FlateDecode", deflated::zeros(1 << 30))
        }),
        case("xref_table_of_a_billion", Outcome::Answered, table_of_a_billion),
        case("xref_table_in_an_object_that_holds_itself", Outcome::Answered, object_stream_in_itself),
        case("xref_size_of_zero", Outcome::Answered, || Sketch::one_page().with_trailer("/Size 0").file()),
    ];
    cases.extend(STARTS.iter().map(|(name, start)| case(*name, Outcome::Answered, || starting_at(start))));
    cases.extend(STREAMS.iter().map(|(name, entries)| {
        case(*name, Outcome::Answered, || stream(entries, rows())).showing(&["Invoice", "2041"])
    }));
    cases
}

const STARTS: [(&str, &str); 5] = [
    ("xref_starts_beyond_the_end", "999999999"),
    ("xref_starts_beyond_numbers", "99999999999999999999999"),
    ("xref_starts_below_zero", "-1"),
    ("xref_starts_at_the_header", "0"),
    ("xref_starts_nowhere", "here"),
];

const STREAMS: [(&str, &str); 9] = [
    ("xref_stream_with_fields_of_a_gigabyte", "/W [1 1000000000 1]"),
    ("xref_stream_with_fields_beyond_numbers", "/W [1 4294967295 4294967295]"),
    ("xref_stream_with_fields_below_zero", "/W [1 -4 1]"),
    ("xref_stream_with_fields_of_nothing", "/W [0 0 0]"),
    ("xref_stream_with_two_fields", "/W [1 4]"),
    ("xref_stream_with_an_index_of_billions", "/W [1 4 0] /Index [0 2147483647]"),
    ("xref_stream_with_an_index_below_zero", "/W [1 4 0] /Index [-5 10]"),
    ("xref_stream_with_an_index_at_the_end_of_numbers", "/W [1 4 0] /Index [4294967290 10]"),
    ("xref_stream_with_half_an_index", "/W [1 4 0] /Index [0]"),
];

fn starting_at(start: &str) -> Vec<u8> {
    let (mut file, places) = Sketch::one_page().body();
    file.extend(table(&places));
    write!(file, "trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n").unwrap();
    file
}

fn before_itself() -> Vec<u8> {
    let start = Sketch::one_page().body().0.len();
    Sketch::one_page().with_trailer(&format!("/Prev {start}")).file()
}

fn before_each_other() -> Vec<u8> {
    let (mut file, places) = Sketch::one_page().body();
    let table = String::from_utf8(table(&places)).unwrap();
    let first = file.len();
    // The position is padded to the width of the second one, so that it is known before it is
    // written.
    let section = |prev: usize| format!("{table}trailer\n<< /Size 6 /Root 1 0 R /Prev {prev:08} >>\n");
    let second = first + section(0).len();
    write!(file, "{}{}startxref\n{second}\n%%EOF\n", section(second), section(first)).unwrap();
    file
}

fn table_of_a_billion() -> Vec<u8> {
    let (mut file, _) = Sketch::one_page().body();
    let start = file.len();
    let table = "xref\n0 1000000000\n0000000000 65535 f \n";
    write!(file, "{table}trailer\n<< /Size 1000000000 /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n").unwrap();
    file
}

fn rows() -> Vec<u8> {
    sketch::rows(&Sketch::one_page().body().1, None)
}

fn stream(entries: &str, rows: Vec<u8>) -> Vec<u8> {
    sketch::ended_by_stream(Sketch::one_page().body().0, FREE, entries, &rows)
}

/// Object 6 is declared to be in the object stream 6.
fn object_stream_in_itself() -> Vec<u8> {
    Sketch::one_page()
        .with_stream(FREE, "/Type /ObjStm /N 1 /First 4", "6 0 << /Extends 6 0 R >>")
        .file_with_one_inside(FREE, FREE)
}
