//! A PDF written by hand: a few words at known positions, so that a suite depends on no generator.
//!
//! Uses only a small part of ISO 32000: Helvetica by name, one text object per word, a
//! cross-reference table.

use std::fmt::Write;

/// One A4 page: words with the left end of their baseline, in points from the upper left corner.
pub type SketchedPage<'a> = &'a [(&'a str, f32, f32)];

/// Width and height of every page, in points.
pub const SIZE_PT: (f32, f32) = (595.0, 842.0);

/// Font size of every word, in points.
pub const FONT_SIZE: f32 = 12.0;

/// The file with these pages, well-formed even without any. Words are plain ASCII without
/// parentheses and backslashes.
#[must_use]
pub fn pdf(pages: &[SketchedPage<'_>]) -> Vec<u8> {
    let kids: String = (0..pages.len()).fold(String::new(), |mut kids, index| {
        let _ = write!(kids, "{} 0 R ", 4 + 2 * index);
        kids
    });
    let (width, height) = SIZE_PT;
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        format!("<< /Type /Pages /Kids [{}] /Count {} >>", kids.trim_end(), pages.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_owned(),
    ];
    for page in pages {
        let content_number = objects.len() + 2;
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width} {height}] \
             /Resources << /Font << /F 3 0 R >> >> /Contents {content_number} 0 R >>"
        ));
        let content = content(page);
        objects.push(format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()));
    }
    assemble(&objects)
}

fn content(page: SketchedPage<'_>) -> String {
    page.iter().fold(String::new(), |mut content, (text, left, baseline)| {
        let _ = writeln!(content, "BT /F {FONT_SIZE} Tf {left} {} Td ({text}) Tj ET", SIZE_PT.1 - baseline);
        content
    })
}

/// The objects, numbered from 1, then the table with the byte offset of each.
fn assemble(objects: &[String]) -> Vec<u8> {
    let mut file = "%PDF-1.7\n".to_owned();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (index, object) in objects.iter().enumerate() {
        let _ = writeln!(table, "{:010} 00000 n ", file.len());
        let _ = writeln!(file, "{} 0 obj\n{object}\nendobj", index + 1);
    }
    let start = file.len();
    let _ = write!(
        file,
        "{table}trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n",
        objects.len() + 1
    );
    file.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_program_finds_the_pages_and_their_words() {
        let file = pdf(&[&[("Invoice", 50.0, 60.0)], &[("second", 50.0, 60.0), ("page", 100.0, 60.0)]]);
        let document = lopdf::Document::load_mem(&file).unwrap();
        assert_eq!(document.get_pages().len(), 2);
        assert!(document.extract_text(&[1]).unwrap().contains("Invoice"));
        assert!(document.extract_text(&[2]).unwrap().contains("page"));
    }

    #[test]
    fn a_file_without_pages_is_well_formed() {
        let document = lopdf::Document::load_mem(&pdf(&[])).unwrap();
        assert!(document.get_pages().is_empty());
    }
}
