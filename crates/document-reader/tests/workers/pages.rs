//! Reading of pages: the conformance suite, and features beyond plain text.

use fieldmark_document_reader::ReaderOptions;
use fieldmark_domain::page::{Page, PageSize, TextVerdict};
use fieldmark_domain::ports::{DocumentReader, ReadRequest};
use fieldmark_synth::page::SyntheticPage;
use fieldmark_synth::pdf::{self, Attachment, Crop, PdfOptions, Rotation};
use libtest_mimic::Trial;

use crate::files::{from_content, page, with_form_field, word};
use crate::set_up::{options, pool, read, trial};

pub fn trials() -> Vec<Trial> {
    vec![
        trial("it_keeps_the_promises_of_a_document_reader", it_keeps_the_promises_of_a_document_reader),
        trial("turned_and_cropped_pages_read_upright", turned_and_cropped_pages_read_upright),
        trial("metadata_and_attachments_are_named", metadata_and_attachments_are_named),
        trial("invisible_text_is_read_when_alone", invisible_text_is_read_when_alone),
        trial("text_along_the_margin_is_left_out", text_along_the_margin_is_left_out),
        trial("a_page_on_its_side_is_turned_with_its_picture", a_page_on_its_side_is_turned_with_its_picture),
        trial("bold_by_printing_twice_is_read_once", bold_by_printing_twice_is_read_once),
        trial("white_text_counts_on_dark_ground_only", white_text_counts_on_dark_ground_only),
        trial("a_page_without_text_says_so", a_page_without_text_says_so),
        trial("windows_hyphens_are_hyphens", windows_hyphens_are_hyphens),
        trial("what_is_written_in_form_fields_is_read", what_is_written_in_form_fields_is_read),
        trial(
            "pages_beside_the_one_that_is_wanted_are_not_touched",
            pages_beside_the_one_that_is_wanted_are_not_touched,
        ),
        trial("words_beyond_the_bound_of_a_page_are_left_out", words_beyond_the_bound_of_a_page_are_left_out),
    ]
}

fn texts(page: &Page) -> Vec<&str> {
    page.words.iter().map(|word| word.text.as_str()).collect()
}

async fn only_page(file: Vec<u8>) -> Page {
    let mut document = read(&pool(options()), file).await.unwrap();
    assert_eq!(document.pages.len(), 1);
    document.pages.remove(0)
}

async fn it_keeps_the_promises_of_a_document_reader() {
    fieldmark_testkit::document_reader::keeps_its_promises(&pool(options())).await.unwrap();
}

async fn turned_and_cropped_pages_read_upright() {
    let pool = pool(options());
    let words = vec![word("Faktura", 40.0, 50.0), word("1.234,50", 300.0, 50.0), word("Summe", 40.0, 500.0)];
    let beyond = word("beyond", 420.0, 50.0);
    let synthetic = page([words.clone(), vec![beyond]].concat());
    for &rotation in Rotation::ALL {
        for crop in [None, Some(Crop { origin: (-30.0, 70.0), margin: 50.0 })] {
            let options = PdfOptions { rotation, crop, ..PdfOptions::default() };
            let document = read(&pool, pdf::write(std::slice::from_ref(&synthetic), &options)).await.unwrap();
            let page = &document.pages[0];
            assert!((page.size.width_pt - 400.0).abs() < 0.1 && (page.size.height_pt - 600.0).abs() < 0.1);
            assert_eq!(texts(page), ["Faktura", "1.234,50", "Summe"], "{options:?}");
            for (read, set) in page.words.iter().zip(&words) {
                let left = read.bounds.left * 400.0;
                let (top, bottom) = (read.bounds.top * 600.0, read.bounds.bottom() * 600.0);
                assert!((left - set.left).abs() < 1.5, "{read:?} for {set:?} with {options:?}");
                assert!((read.bounds.right() * 400.0 - set.right).abs() < 1.5, "{read:?} for {set:?}");
                assert!(top < set.baseline - 6.0 && top > set.baseline - 12.0, "{read:?} for {set:?}");
                assert!(bottom > set.baseline && bottom < set.baseline + 4.0, "{read:?} for {set:?}");
                assert!((read.font_size - 10.0).abs() < 0.1);
            }
        }
    }
}

async fn metadata_and_attachments_are_named() {
    let options_of_file = PdfOptions {
        title: Some("Rechnung Nº 7".to_owned()),
        author: Some("Åsa".to_owned()),
        attachments: vec![Attachment {
            name: "faktura-ö.xml".to_owned(),
            media_type: "text/xml".to_owned(),
            bytes: b"<a/>".to_vec(),
        }],
        ..PdfOptions::default()
    };
    let file = pdf::write(&[page(vec![word("Faktura", 40.0, 50.0)])], &options_of_file);
    let document = read(&pool(options()), file).await.unwrap();
    let metadata = document.metadata;
    assert_eq!(metadata.title.as_deref(), Some("Rechnung Nº 7"));
    assert_eq!(metadata.author.as_deref(), Some("Åsa"));
    assert_eq!(metadata.producer.as_deref(), Some("fieldmark-synth"));
    assert_eq!(metadata.attachments, ["faktura-ö.xml"]);
    assert_eq!(metadata.format_version.as_deref(), Some("1.7"));
    assert!(!metadata.encrypted);
}

async fn invisible_text_is_read_when_alone() {
    let invisible = |text: &str| PdfOptions {
        invisible_words: vec![(0, word(text, 40.0, 300.0)), (0, word("recognised", 100.0, 300.0))],
        ..PdfOptions::default()
    };
    let scan = only_page(pdf::write(&[page(Vec::new())], &invisible("Faktura"))).await;
    assert_eq!(texts(&scan), ["Faktura", "recognised"]);
    assert_eq!((scan.text_layer.verdict, scan.text_layer.reasons.len()), (TextVerdict::Good, 1));
    let visible = vec![word("Rechnungsnummer", 40.0, 50.0), word("Rechnungsdatum", 40.0, 70.0)];
    let page = only_page(pdf::write(&[page(visible)], &invisible("Faktura"))).await;
    assert_eq!(texts(&page), ["Rechnungsnummer", "Rechnungsdatum"]);
}

async fn text_along_the_margin_is_left_out() {
    let content = "BT /F 10 Tf 50 500 Td (Invoice) Tj ET BT /F 10 Tf 50 400 Td (Total) Tj ET \
                   BT /F 8 Tf 0 1 -1 0 20 100 Tm (VAT 12) Tj ET BT /F 8 Tf .7 .7 -.7 .7 90 90 Tm (COPY) Tj ET";
    assert_eq!(texts(&only_page(from_content(content, 0)).await), ["Invoice", "Total"]);
}

async fn a_page_on_its_side_is_turned_with_its_picture() {
    let content =
        "BT /F 20 Tf 0 1 -1 0 60 50 Tm (Invoice) Tj ET BT /F 20 Tf 0 1 -1 0 200 50 Tm (Total) Tj ET";
    let request = ReadRequest { raster_height: Some(200), ..ReadRequest::new(from_content(content, 0)) };
    let document = pool(options()).read(request).await.unwrap();
    let page = &document.pages[0];
    assert_eq!((page.size.width_pt, page.size.height_pt), (600.0, 400.0));
    assert_eq!(texts(page), ["Invoice", "Total"]);
    let raster = page.raster.as_ref().unwrap();
    assert_eq!((raster.width, raster.height), (300, 200));
    // Dark pixels are inside the words' boxes and nowhere else.
    for (place, pixel) in raster.pixels.iter().enumerate().filter(|(_, pixel)| **pixel < 100) {
        let (x, y) = ((place % 300) as f32 / 300.0, (place / 300) as f32 / 200.0);
        let inside = page.words.iter().any(|word| {
            let bounds = word.bounds;
            (bounds.left - 0.01..bounds.right() + 0.01).contains(&x)
                && (bounds.top..bounds.bottom()).contains(&y)
        });
        assert!(inside, "{pixel} at ({x}, {y}) is in none of {:?}", page.words);
    }
    assert!(raster.pixels.iter().any(|pixel| *pixel < 100));
}

async fn bold_by_printing_twice_is_read_once() {
    let content = "BT /F 12 Tf 50 500 Td (Hall 1100,00) Tj ET BT /F 12 Tf 50.4 500 Td (Hall 1100,00) Tj ET";
    assert_eq!(texts(&only_page(from_content(content, 0)).await), ["Hall", "1100,00"]);
}

async fn white_text_counts_on_dark_ground_only() {
    let content = "0 0 .3 rg 40 490 200 30 re f 1 g BT /F 12 Tf 50 500 Td (Amount) Tj ET \
                   BT /F 12 Tf 50 300 Td (secret) Tj ET 0 g BT /F 12 Tf 50 200 Td (Total) Tj ET";
    assert_eq!(texts(&only_page(from_content(content, 0)).await), ["Amount", "Total"]);
}

async fn a_page_without_text_says_so() {
    let page = only_page(from_content("0 0 100 100 re f", 0)).await;
    assert_eq!(page.text_layer.verdict, TextVerdict::None);
    assert!(page.words.is_empty() && !page.text_layer.reasons.is_empty());
}

async fn windows_hyphens_are_hyphens() {
    let page = only_page(from_content("BT /F 12 Tf 50 500 Td (INV\\2552041) Tj ET", 0)).await;
    assert_eq!(texts(&page), ["INV-2041"]);
}

async fn what_is_written_in_form_fields_is_read() {
    let page = only_page(with_form_field("Faktura", "INV-2041")).await;
    assert_eq!(texts(&page), ["Faktura", "INV-2041"]);
}

async fn words_beyond_the_bound_of_a_page_are_left_out() {
    let line = |row: usize| format!("BT /F 1.2 Tf 5 {} Td ({}) Tj ET ", 590 - 2 * row, "ab ".repeat(100));
    let page_of = |rows: usize| only_page(from_content(&(0..rows).map(line).collect::<String>(), 0));
    let full = page_of(30).await;
    assert_eq!((full.words.len(), full.text_layer.reasons.len()), (3000, 0));
    let overfull = page_of(32).await;
    assert_eq!(overfull.words.len(), 3000);
    let reasons = &overfull.text_layer.reasons;
    assert!(reasons.iter().any(|reason| reason.contains("200 are left out")), "{reasons:?}");
}

async fn pages_beside_the_one_that_is_wanted_are_not_touched() {
    let wide = SyntheticPage {
        size: PageSize { width_pt: 14_400.0, height_pt: 72.0 },
        ..page(vec![word("banner", 40.0, 50.0)])
    };
    let file = pdf::write(&[wide, page(vec![word("Faktura", 40.0, 50.0)])], &PdfOptions::default());
    let pool = pool(ReaderOptions { max_pixels: 1_000_000, ..options() });
    let request =
        |only_page| ReadRequest { raster_height: Some(600), only_page, ..ReadRequest::new(file.clone()) };
    // The picture of the first page would exceed the limit, if it were drawn.
    for only_page in [None, Some(1)] {
        assert_eq!(pool.read(request(only_page)).await.unwrap_err().code(), "document_too_large");
    }
    let document = pool.read(request(Some(2))).await.unwrap();
    assert_eq!((document.pages.len(), document.page_count), (1, 2));
    assert_eq!((document.pages[0].number, texts(&document.pages[0])), (2, vec!["Faktura"]));
    let raster = document.pages[0].raster.as_ref().unwrap();
    assert_eq!((raster.width, raster.height), (400, 600));
}
