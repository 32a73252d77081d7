//! A PDF file written object by object. Nothing is checked, so any part may be wrong.

use std::collections::BTreeMap;
use std::io::Write;

pub const CATALOG: u32 = 1;
pub const TREE: u32 = 2;
pub const FONT: u32 = 3;
pub const PAGE: u32 = 4;
pub const CONTENT: u32 = 5;
/// The first number that is free in a [`Sketch::one_page`].
pub const FREE: u32 = 6;

/// Content that shows "Invoice 2041" with the font `/F`.
pub const INVOICE: &str = "BT /F 12 Tf 50 500 Td (Invoice 2041) Tj ET";

/// Objects by their numbers, and the trailer's entries.
#[derive(Clone)]
pub struct Sketch {
    objects: BTreeMap<u32, Vec<u8>>,
    trailer: String,
}

impl Sketch {
    /// A good file of one page of 400 by 600 points, whose size is in the root of the page tree.
    pub fn one_page() -> Self {
        let empty = Self { objects: BTreeMap::new(), trailer: String::new() };
        empty
            .with(CATALOG, "<< /Type /Catalog /Pages 2 0 R >>")
            .with(TREE, "<< /Type /Pages /Kids [4 0 R] /Count 1 /MediaBox [0 0 400 600] >>")
            .with(FONT, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
            .with_page("", "")
            .with_content(INVOICE)
    }

    /// One page with this content.
    pub fn showing(content: impl AsRef<[u8]>) -> Self {
        Self::one_page().with_content(content)
    }

    /// An object with this number and body.
    pub fn with(mut self, number: u32, body: impl AsRef<[u8]>) -> Self {
        self.objects.insert(number, body.as_ref().to_vec());
        self
    }

    /// A stream, with its length in its dictionary.
    pub fn with_stream(self, number: u32, entries: &str, bytes: impl AsRef<[u8]>) -> Self {
        let bytes = bytes.as_ref();
        self.with_raw_stream(number, &format!("/Length {} {entries}", bytes.len()), bytes)
    }

    /// A stream with these entries and no others.
    pub fn with_raw_stream(self, number: u32, entries: &str, bytes: impl AsRef<[u8]>) -> Self {
        let mut body = format!("<< {entries} >>\nstream\n").into_bytes();
        body.extend(bytes.as_ref());
        body.extend(b"\nendstream");
        self.with(number, body)
    }

    /// The page's content.
    pub fn with_content(self, content: impl AsRef<[u8]>) -> Self {
        self.with_stream(CONTENT, "", content)
    }

    /// The page's further entries and its further resources.
    pub fn with_page(self, entries: &str, resources: &str) -> Self {
        let page = format!(
            "<< /Type /Page /Parent 2 0 R /Contents 5 0 R \
             /Resources << /Font << /F 3 0 R >> {resources} >> {entries} >>"
        );
        self.with(PAGE, page)
    }

    /// The catalog's further entries.
    pub fn with_catalog(self, entries: &str) -> Self {
        self.with(CATALOG, format!("<< /Type /Catalog /Pages 2 0 R {entries} >>"))
    }

    /// Further entries of the trailer.
    pub fn with_trailer(mut self, entries: &str) -> Self {
        self.trailer.push_str(entries);
        self
    }

    /// The header and the objects, and where each begins.
    pub fn body(&self) -> (Vec<u8>, BTreeMap<u32, usize>) {
        let mut file = b"%PDF-1.7\n".to_vec();
        let mut places = BTreeMap::new();
        for (number, body) in &self.objects {
            places.insert(*number, file.len());
            writeln!(file, "{number} 0 obj").unwrap();
            file.extend(body);
            file.extend(b"\nendobj\n");
        }
        (file, places)
    }

    /// The whole file, with a table of its objects.
    pub fn file(&self) -> Vec<u8> {
        let (mut file, places) = self.body();
        let start = file.len();
        file.extend(table(&places));
        let size = places.keys().max().map_or(1, |last| last + 1);
        let root = format!("/Size {size} /Root {CATALOG} 0 R");
        write!(file, "trailer\n<< {root} {} >>\nstartxref\n{start}\n%%EOF\n", self.trailer).unwrap();
        file
    }

    /// The whole file, with a cross-reference stream that puts one object inside another.
    pub fn file_with_one_inside(&self, inner: u32, outer: u32) -> Vec<u8> {
        let (file, places) = self.body();
        let own_number = places.keys().max().map_or(1, |last| last + 1);
        ended_by_stream(file, own_number, "/W [1 4 0]", &rows(&places, Some((inner, outer))))
    }
}

/// A cross-reference table.
pub fn table(places: &BTreeMap<u32, usize>) -> Vec<u8> {
    let mut table = b"xref\n0 1\n0000000000 65535 f \n".to_vec();
    for (number, place) in places {
        write!(table, "{number} 1\n{place:010} 00000 n \n").unwrap();
    }
    table
}

/// The rows of a cross-reference stream: a type, then a position in four bytes, or the object
/// stream that contains the object.
pub fn rows(places: &BTreeMap<u32, usize>, inside: Option<(u32, u32)>) -> Vec<u8> {
    let row = |number: u32, place: usize| {
        let place = u32::try_from(place).unwrap();
        let (kind, target) =
            inside.filter(|(inner, _)| *inner == number).map_or((1, place), |(_, outer)| (2, outer));
        [&[kind][..], &target.to_be_bytes()].concat()
    };
    [0; 5].into_iter().chain(places.iter().flat_map(|(number, place)| row(*number, *place))).collect()
}

/// A file that ends with a cross-reference stream of this number, these entries and these rows.
pub fn ended_by_stream(mut file: Vec<u8>, number: u32, entries: &str, rows: &[u8]) -> Vec<u8> {
    let start = file.len();
    let length = rows.len();
    write!(
        file,
        "{number} 0 obj\n<< /Type /XRef /Size {number} /Root 1 0 R /Length {length} {entries} >>\nstream\n"
    )
    .unwrap();
    file.extend(rows);
    write!(file, "\nendstream\nendobj\nstartxref\n{start}\n%%EOF\n").unwrap();
    file
}
