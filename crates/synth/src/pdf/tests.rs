//! The content of a file, read by another library.

use std::collections::BTreeSet;

use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object};

use super::*;
use crate::page::Drawing;
use crate::typeface::Typeface;

const A4: PageSize = PageSize { width_pt: 595.0, height_pt: 842.0 };

fn word(text: &str, left: f32, baseline: f32, typeface: Typeface) -> SyntheticWord {
    SyntheticWord {
        text: text.to_owned(),
        left,
        right: left + typeface.text_width(text, 10.0, 0.9),
        baseline,
        typeface,
        font_size: 10.0,
        stretch: 0.9,
        class: None,
        role: None,
        starts_span: false,
    }
}

fn page(words: Vec<SyntheticWord>) -> SyntheticPage {
    let drawings = vec![
        Drawing::Fill { edges: (40.0, 40.0, 200.0, 60.0), gray: 0.9 },
        Drawing::Rule { from: (40.0, 60.0), to: (200.0, 60.0), width: 0.5 },
    ];
    SyntheticPage { size: A4, words, drawings }
}

fn load(bytes: &[u8]) -> Document {
    Document::load_mem(bytes).unwrap()
}

fn only_page(document: &Document) -> &Dictionary {
    let pages = document.get_pages();
    assert_eq!(pages.len(), 1);
    document.get_dictionary(pages[&1]).unwrap()
}

fn numbers(dictionary: &Dictionary, key: &[u8]) -> Vec<f32> {
    dictionary.get(key).unwrap().as_array().unwrap().iter().map(|item| item.as_float().unwrap()).collect()
}

fn operations(document: &Document) -> Vec<(String, Vec<Object>)> {
    let content = document.get_page_content(document.get_pages()[&1]);
    let content = Content::decode(&content).unwrap();
    content.operations.into_iter().map(|operation| (operation.operator, operation.operands)).collect()
}

/// The operands of every operation of one kind, as numbers.
fn operands(operations: &[(String, Vec<Object>)], operator: &str) -> Vec<Vec<f32>> {
    let matching = operations.iter().filter(|(name, _)| name == operator);
    matching.map(|(_, operands)| operands.iter().filter_map(|item| item.as_float().ok()).collect()).collect()
}

#[test]
fn every_word_has_its_own_position_and_stretch_after_the_drawings() {
    let words = vec![
        word("Rechnung", 50.0, 100.0, Typeface::HelveticaBold),
        word("2024-17", 120.5, 100.0, Typeface::Helvetica),
    ];
    let document = load(&write(&[page(words)], &PdfOptions::default()));
    let operations = operations(&document);
    assert_eq!(
        operands(&operations, "Tm"),
        vec![vec![1.0, 0.0, 0.0, 1.0, 50.0, 742.0], vec![1.0, 0.0, 0.0, 1.0, 120.5, 742.0]]
    );
    assert_eq!(operands(&operations, "Tz"), vec![vec![90.0], vec![90.0]]);
    assert_eq!(operands(&operations, "re"), vec![vec![40.0, 782.0, 160.0, 20.0]]);
    let position = |operator: &str| operations.iter().position(|(name, _)| name == operator).unwrap();
    assert!(position("f") < position("BT") && position("S") < position("BT"));
    assert_eq!(operations.iter().filter(|(name, _)| name == "Tj").count(), 2);
    assert_eq!(numbers(only_page(&document), b"MediaBox"), vec![0.0, 0.0, 595.0, 842.0]);
}

#[test]
fn characters_outside_the_encoding_get_names_and_a_way_back() {
    let words = vec![word("Łódź,€", 50.0, 100.0, Typeface::Times)];
    let document = load(&write(&[page(words)], &PdfOptions::default()));
    let fonts = document.get_page_fonts(document.get_pages()[&1]).unwrap();
    let font = fonts.values().next().unwrap();
    assert_eq!(font.get(b"BaseFont").unwrap().as_name().unwrap(), b"Times-Roman");

    let encoding = font.get(b"Encoding").unwrap().as_dict().unwrap();
    let differences = encoding.get(b"Differences").unwrap().as_array().unwrap();
    let names: BTreeSet<&[u8]> = differences.iter().filter_map(|item| item.as_name().ok()).collect();
    assert_eq!(names, BTreeSet::from([b"Lslash".as_slice(), b"z".as_slice()]));

    let map = document.get_object(font.get(b"ToUnicode").unwrap().as_reference().unwrap()).unwrap();
    let map = String::from_utf8(map.as_stream().unwrap().content.clone()).unwrap();
    for pair in ["<0141>", "<017A>", "<80> <20AC>", "<F3> <00F3>"] {
        assert!(map.contains(pair), "{pair} in {map}");
    }
}

#[test]
fn widths_in_the_file_are_those_of_the_typeface() {
    let words = vec![word("Wąż€", 50.0, 100.0, Typeface::HelveticaBold)];
    let document = load(&write(&[page(words)], &PdfOptions::default()));
    let fonts = document.get_page_fonts(document.get_pages()[&1]).unwrap();
    let font = fonts.values().next().unwrap();
    let total: f32 = numbers(font, b"Widths").iter().sum();
    assert!((total / 100.0 - Typeface::HelveticaBold.text_width("Wąż€", 10.0, 1.0)).abs() < 1e-3);
}

#[test]
fn a_typeface_with_many_characters_gets_more_fonts() {
    let text: String = ('\u{100}'..='\u{24F}').collect();
    let document =
        load(&write(&[page(vec![word(&text, 10.0, 20.0, Typeface::Courier)])], &PdfOptions::default()));
    let fonts = document.get_page_fonts(document.get_pages()[&1]).unwrap();
    assert_eq!(fonts.len(), 2);
    let shown = operations(&document).into_iter().filter(|(name, _)| name == "Tj");
    let codes: usize = shown.map(|(_, operands)| operands[0].as_str().unwrap().len()).sum();
    assert_eq!(codes, text.chars().count());
}

#[test]
fn rotation_and_crop_put_the_upright_page_where_it_is_shown() {
    for rotation in Rotation::ALL {
        let crop = Some(Crop { origin: (-20.0, 30.0), margin: 15.0 });
        let options = PdfOptions { rotation: *rotation, crop, ..PdfOptions::default() };
        let document = load(&write(&[page(vec![word("A", 0.0, 0.0, Typeface::Times)])], &options));
        let page = only_page(&document);
        let degrees = page.get(b"Rotate").map_or(0, |value| value.as_i64().unwrap());
        assert_eq!(degrees, i64::from(rotation.degrees()));
        let shown = numbers(page, b"CropBox");
        assert_eq!(
            numbers(page, b"MediaBox"),
            [shown[0] - 15.0, shown[1] - 15.0, shown[2] + 15.0, shown[3] + 15.0]
        );
        // The matrix maps the upright page's upper left corner to the corner where the rotation
        // moves it.
        let matrix = &operands(&operations(&document), "cm")[0];
        let corner = (matrix[2] * A4.height_pt + matrix[4], matrix[3] * A4.height_pt + matrix[5]);
        let expected = match rotation {
            Rotation::Upright => (shown[0], shown[3]),
            Rotation::Clockwise90 => (shown[0], shown[1]),
            Rotation::UpsideDown => (shown[2], shown[1]),
            Rotation::Clockwise270 => (shown[2], shown[3]),
        };
        assert_eq!(corner, expected, "{rotation:?}");
    }
}

#[test]
fn attachments_are_in_the_name_tree_and_in_the_list_of_associated_files() {
    let attachment = |name: &str| Attachment {
        name: name.to_owned(),
        bytes: name.as_bytes().to_vec(),
        media_type: "text/xml".to_owned(),
    };
    let options = PdfOptions {
        attachments: vec![attachment("second.xml"), attachment("first.xml")],
        ..PdfOptions::default()
    };
    let document = load(&write(&[page(vec![])], &options));
    let catalog = document.catalog().unwrap();
    assert_eq!(catalog.get(b"AF").unwrap().as_array().unwrap().len(), 2);
    let tree = catalog.get(b"Names").unwrap().as_dict().unwrap().get(b"EmbeddedFiles").unwrap();
    let entries = tree.as_dict().unwrap().get(b"Names").unwrap().as_array().unwrap();
    assert_eq!(entries[0].as_str().unwrap(), b"first.xml");
    let specification = document.get_dictionary(entries[1].as_reference().unwrap()).unwrap();
    let file =
        specification.get(b"EF").unwrap().as_dict().unwrap().get(b"F").unwrap().as_reference().unwrap();
    let file = document.get_object(file).unwrap().as_stream().unwrap();
    assert_eq!(file.content, b"first.xml");
    assert_eq!(file.dict.get(b"Subtype").unwrap().as_name().unwrap(), b"text/xml");
}

#[test]
fn invisible_words_are_shown_in_rendering_mode_3() {
    let hidden = word("hidden", 10.0, 20.0, Typeface::Courier);
    let options =
        PdfOptions { invisible_words: vec![(0, hidden.clone()), (7, hidden)], ..PdfOptions::default() };
    let document = load(&write(&[page(vec![])], &options));
    let operations = operations(&document);
    assert_eq!(operands(&operations, "Tr"), vec![vec![3.0]]);
    assert_eq!(operands(&operations, "Tm").len(), 1);
}

#[test]
fn equal_input_makes_equal_bytes_and_metadata_is_there() {
    let options = PdfOptions {
        title: Some("Faktura nº 7".to_owned()),
        author: Some("Łukasz".to_owned()),
        ..PdfOptions::default()
    };
    let pages = [page(vec![word("Überweisung", 10.0, 20.0, Typeface::Times)])];
    let bytes = write(&pages, &options);
    assert_eq!(bytes, write(&pages, &options));
    let document = load(&bytes);
    let information = document.trailer.get(b"Info").unwrap().as_reference().unwrap();
    let information = document.get_dictionary(information).unwrap();
    assert_eq!(lopdf::decode_text_string(information.get(b"Author").unwrap()).unwrap(), "Łukasz");
    assert_eq!(lopdf::decode_text_string(information.get(b"Title").unwrap()).unwrap(), "Faktura nº 7");
}

#[test]
fn no_pages_make_a_file_without_pages() {
    assert!(load(&write(&[], &PdfOptions::default())).get_pages().is_empty());
}
