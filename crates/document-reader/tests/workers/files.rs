//! Files for the tests, and the marks with which a file makes the tests' worker misbehave.

use std::time::Duration;

use fieldmark_domain::page::PageSize;
use fieldmark_synth::page::{SyntheticPage, SyntheticWord};
use fieldmark_synth::typeface::Typeface;
use fieldmark_testkit::pdf_sketch;
use lopdf::{EncryptionState, EncryptionVersion, Object, Permissions, StringFormat};

/// What a worker does instead of reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// Sleep forever.
    Hang,
    /// Abort, as a library does that detects its own fault.
    Abort,
    /// Exit with status 0.
    Exit,
    /// Allocate memory without end.
    EatMemory,
    /// Panic, as a parser does.
    Panic,
    /// Print to the standard output, which is the pipe.
    Print,
    /// List the folder of fonts, and crash when it cannot be read.
    ListFonts,
}

impl Mark {
    const ALL: [Self; 7] =
        [Self::Hang, Self::Abort, Self::Exit, Self::EatMemory, Self::Panic, Self::Print, Self::ListFonts];

    fn text(self) -> Vec<u8> {
        format!("\n%worker:{self:?}\n").into_bytes()
    }
}

/// A good file with a mark after its end.
pub fn marked(mark: Mark) -> Vec<u8> {
    let mut file = good();
    file.extend(mark.text());
    file
}

/// Executes the file's mark.
pub fn obey_mark(bytes: &[u8]) {
    let is_in = |mark: &Mark| bytes.ends_with(&mark.text());
    match Mark::ALL.into_iter().find(is_in) {
        Some(Mark::Hang) => std::thread::sleep(Duration::from_secs(3600)),
        Some(Mark::Abort) => std::process::abort(),
        Some(Mark::Exit) => std::process::exit(0),
        Some(Mark::EatMemory) => eat_memory(),
        Some(Mark::Panic) => panic!("the mark says so"),
        Some(Mark::Print) => println!("not a frame at all, but long enough to look like one"),
        Some(Mark::ListFonts) => assert!(std::fs::read_dir("/usr/share/fonts").is_ok(), "no fonts"),
        None => {}
    }
}

fn eat_memory() {
    let mut eaten: Vec<Vec<u8>> = Vec::new();
    loop {
        eaten.push(vec![1; 1 << 24]);
        std::hint::black_box(&eaten);
    }
}

/// One page with one line.
pub fn good() -> Vec<u8> {
    pages(1)
}

/// This number of pages with the same line.
pub fn pages(count: usize) -> Vec<u8> {
    let page: pdf_sketch::SketchedPage<'_> = &[("Invoice", 60.0, 80.0), ("2041", 120.0, 80.0)];
    pdf_sketch::pdf(&vec![page; count])
}

/// The good file, encrypted with this password.
pub fn encrypted(password: &str) -> Vec<u8> {
    let mut document = lopdf::Document::load_mem(&good()).unwrap();
    let identifier = Object::String(vec![7; 16], StringFormat::Hexadecimal);
    document.trailer.set("ID", vec![identifier.clone(), identifier]);
    let version = EncryptionVersion::V2 {
        document: &document,
        owner_password: "of its owner",
        user_password: password,
        key_length: 128,
        permissions: Permissions::all(),
    };
    let state = EncryptionState::try_from(version).unwrap();
    document.encrypt(&state).unwrap();
    let mut file = Vec::new();
    document.save_to(&mut file).unwrap();
    file
}

/// A word in Helvetica of 10 points.
pub fn word(text: &str, left: f32, baseline: f32) -> SyntheticWord {
    SyntheticWord {
        text: text.to_owned(),
        left,
        right: left + Typeface::Helvetica.text_width(text, 10.0, 1.0),
        baseline,
        typeface: Typeface::Helvetica,
        font_size: 10.0,
        stretch: 1.0,
        class: None,
        role: None,
        starts_span: false,
    }
}

/// A page of 400 by 600 points, so that a turned one differs from an upright one.
pub fn page(words: Vec<SyntheticWord>) -> SyntheticPage {
    SyntheticPage { size: PageSize { width_pt: 400.0, height_pt: 600.0 }, words, drawings: Vec::new() }
}

/// A page of this content, with Helvetica as `/F` and `/Rotate` as given.
pub fn from_content(content: &str, rotate: i64) -> Vec<u8> {
    use lopdf::{Stream, dictionary};
    let mut document = lopdf::Document::with_version("1.7");
    let tree = document.new_object_id();
    let font = document.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica", "Encoding" => "WinAnsiEncoding",
    });
    let content = document.add_object(Stream::new(dictionary! {}, content.as_bytes().to_vec()));
    let page = document.add_object(dictionary! {
        "Type" => "Page", "Parent" => tree, "Contents" => content, "Rotate" => rotate,
        "MediaBox" => vec![0.into(), 0.into(), 400.into(), 600.into()],
        "Resources" => dictionary! { "Font" => dictionary! { "F" => font } },
    });
    document
        .objects
        .insert(tree, dictionary! { "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1 }.into());
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree });
    document.trailer.set("Root", catalog);
    let mut file = Vec::new();
    document.save_to(&mut file).unwrap();
    file
}

/// A page with a printed word and, beside it, a form field with a value.
pub fn with_form_field(printed: &str, value: &str) -> Vec<u8> {
    use lopdf::{Stream, dictionary};
    let file = from_content(&format!("BT /F 12 Tf 50 500 Td ({printed}) Tj ET"), 0);
    let mut document = lopdf::Document::load_mem(&file).unwrap();
    let page = document.get_pages()[&1];
    let font = document.get_page_fonts(page).unwrap()[&b"F"[..]].clone();
    let look = Stream::new(
        dictionary! {
            "Type" => "XObject", "Subtype" => "Form",
            "BBox" => vec![0.into(), 0.into(), 200.into(), 20.into()],
            "Resources" => dictionary! { "Font" => dictionary! { "F" => font } },
        },
        format!("/Tx BMC BT /F 12 Tf 2 5 Td ({value}) Tj ET EMC").into_bytes(),
    );
    let look = document.add_object(look);
    let field = document.add_object(dictionary! {
        "Type" => "Annot", "Subtype" => "Widget", "FT" => "Tx", "F" => 4, "P" => page,
        "T" => Object::string_literal("number"), "V" => Object::string_literal(value),
        "Rect" => vec![150.into(), 495.into(), 350.into(), 515.into()],
        "AP" => dictionary! { "N" => look },
    });
    let form = dictionary! { "Fields" => vec![field.into()] };
    document.get_dictionary_mut(page).unwrap().set("Annots", vec![Object::from(field)]);
    document.catalog_mut().unwrap().set("AcroForm", form);
    let mut file = Vec::new();
    document.save_to(&mut file).unwrap();
    file
}
