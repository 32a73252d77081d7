//! The conformance suite of [`DocumentReader`].

use fieldmark_domain::content::DocumentContent;
use fieldmark_domain::geometry::BoundingBox;
use fieldmark_domain::media_type::MediaType;
use fieldmark_domain::page::{Page, TextVerdict, Word};
use fieldmark_domain::ports::{DocumentReader, ReadError, ReadRequest};

use crate::breach::{Breach, promised};
use crate::pdf_sketch::{FONT_SIZE, SIZE_PT, SketchedPage, pdf};

/// Words in reading order, each with the left end of its baseline in points.
const FIRST_PAGE: SketchedPage<'static> = &[
    ("Invoice", 60.0, 80.0),
    ("INV-20417", 400.0, 80.0),
    ("Total", 60.0, 500.0),
    ("1,200.00", 400.0, 500.0),
];
const SECOND_PAGE: SketchedPage<'static> = &[("Thanks", 60.0, 80.0)];
const RASTER_ROWS: u32 = 421;
/// Maximum deviation of a box in points: readers differ in what they use as a glyph's box.
const TOLERANCE_PT: f32 = 4.0;

/// Lets the reader read good and bad files, one after the other and two at once.
///
/// # Errors
/// The first broken promise.
pub async fn keeps_its_promises(reader: &dyn DocumentReader) -> Result<(), Breach> {
    reads_words_with_their_places(reader).await?;
    draws_when_asked(reader).await?;
    reads_one_page_alone(reader).await?;
    recognises_the_media_type(reader)?;
    says_what_is_wrong(reader).await?;
    reads_two_at_once(reader).await
}

async fn reads_words_with_their_places(reader: &dyn DocumentReader) -> Result<(), Breach> {
    let document = read(reader, ReadRequest::new(pdf(&[FIRST_PAGE, SECOND_PAGE]))).await?;
    promised("pages come in the file's order, all of them", document.pages.len() == 2, || {
        format!("{} pages", document.pages.len())
    })?;
    promised("the file's pages are counted", document.page_count == 2, || document.page_count.to_string())?;
    for ((page, sketch), number) in document.pages.iter().zip([FIRST_PAGE, SECOND_PAGE]).zip(1..) {
        promised("pages are numbered from 1", page.number == number, || page.number.to_string())?;
        page_is_as_sketched(page, sketch)?;
    }
    Ok(())
}

fn page_is_as_sketched(page: &Page, sketch: SketchedPage<'_>) -> Result<(), Breach> {
    let (width, height) = SIZE_PT;
    let is_size_right =
        (page.size.width_pt - width).abs() < 0.5 && (page.size.height_pt - height).abs() < 0.5;
    promised("a page's size is in points", is_size_right, || format!("{:?}", page.size))?;
    promised("plain text makes a good text layer", page.text_layer.verdict == TextVerdict::Good, || {
        format!("{:?}", page.text_layer)
    })?;
    promised("no raster comes unasked", page.raster.is_none(), || "a raster".to_owned())?;
    let read: Vec<&str> = page.words.iter().map(|word| word.text.as_str()).collect();
    let drawn: Vec<&str> = sketch.iter().map(|(text, ..)| *text).collect();
    promised("words come in reading order", read == drawn, || format!("{read:?} for {drawn:?}"))?;
    page.words.iter().zip(sketch).try_for_each(|(word, (_, left, baseline))| is_at(word, *left, *baseline))
}

fn is_at(word: &Word, left: f32, baseline: f32) -> Result<(), Breach> {
    let (width, height) = SIZE_PT;
    let BoundingBox { left: found_left, top: found_top, .. } = word.bounds;
    let is_near = (found_left * width - left).abs() < TOLERANCE_PT
        && found_top * height < baseline
        && found_top * height > baseline - FONT_SIZE - TOLERANCE_PT
        && (word.bounds.bottom() * height - baseline).abs() < TOLERANCE_PT;
    promised("a word's box is at the word's position, in fractions of the page", is_near, || {
        format!("{word:?} for a baseline from ({left}, {baseline}) pt")
    })?;
    let is_size_right = word.font_size == 0.0 || (word.font_size - FONT_SIZE).abs() < 0.6;
    promised("the font size is in points, or 0", is_size_right, || word.font_size.to_string())
}

async fn draws_when_asked(reader: &dyn DocumentReader) -> Result<(), Breach> {
    let request =
        ReadRequest { raster_height: Some(RASTER_ROWS), ..ReadRequest::new(pdf(&[FIRST_PAGE, SECOND_PAGE])) };
    for page in read(reader, request).await?.pages {
        let Some(raster) = page.raster else {
            return promised("every page has a raster when one is asked for", false, || "none".to_owned());
        };
        promised("the raster has the rows that were asked for", raster.height == RASTER_ROWS, || {
            raster.height.to_string()
        })?;
        let columns = f64::from(RASTER_ROWS) * f64::from(SIZE_PT.0) / f64::from(SIZE_PT.1);
        promised(
            "the raster has the page's proportions",
            (f64::from(raster.width) - columns).abs() <= 1.0,
            || format!("{} columns for {columns:.1}", raster.width),
        )?;
        let area = u64::from(raster.width) * u64::from(raster.height);
        promised("the raster has one byte a pixel", u64::try_from(raster.pixels.len()) == Ok(area), || {
            format!("{} bytes for {area} pixels", raster.pixels.len())
        })?;
        let dark = raster.pixels.iter().filter(|pixel| **pixel < 128).count();
        promised("text is dark on white", dark > 10 && dark < raster.pixels.len() / 10, || {
            format!("{dark} dark pixels of {area}")
        })?;
    }
    Ok(())
}

async fn reads_one_page_alone(reader: &dyn DocumentReader) -> Result<(), Breach> {
    let file = pdf(&[FIRST_PAGE, SECOND_PAGE]);
    let of_page = |number| ReadRequest {
        raster_height: Some(RASTER_ROWS),
        only_page: Some(number),
        ..ReadRequest::new(file.clone())
    };
    let document = read(reader, of_page(2)).await?;
    let numbers: Vec<u32> = document.pages.iter().map(|page| page.number).collect();
    promised("one page comes alone, under its number, when it alone is asked for", numbers == [2], || {
        format!("pages {numbers:?}")
    })?;
    promised("all pages are counted when one is asked for", document.page_count == 2, || {
        document.page_count.to_string()
    })?;
    for page in document.pages {
        promised("a page that comes alone has its raster", page.raster.is_some(), || "none".to_owned())?;
        page_is_as_sketched(&Page { raster: None, ..page }, SECOND_PAGE)?;
    }
    for number in [0, 3, u32::MAX] {
        let document = read(reader, of_page(number)).await?;
        let is_counted = document.pages.is_empty() && document.page_count == 2;
        promised("a page that the file does not have is none, and no error", is_counted, || {
            format!("{} pages of {} for page {number}", document.pages.len(), document.page_count)
        })?;
    }
    Ok(())
}

fn recognises_the_media_type(reader: &dyn DocumentReader) -> Result<(), Breach> {
    let files: [(&'static str, Vec<u8>, Result<MediaType, &'static str>); 3] = [
        ("a PDF is known by its first bytes", pdf(&[FIRST_PAGE]), Ok(MediaType::Pdf)),
        ("no bytes have no media type", Vec::new(), Err("document_empty")),
        ("text is of no kind that is read", b"Dear customer".to_vec(), Err("unsupported_media_type")),
    ];
    for (promise, bytes, wanted) in files {
        let found = reader.media_type(&bytes).map_err(|error| error.code());
        promised(promise, found == wanted, || format!("{found:?} for {wanted:?}"))?;
    }
    Ok(())
}

async fn says_what_is_wrong(reader: &dyn DocumentReader) -> Result<(), Breach> {
    let mut broken = b"%PDF-1.7\n".to_vec();
    broken.extend(b"nothing that a reader could use ".repeat(40));
    let bad: [(&'static str, Vec<u8>, &'static str); 4] = [
        ("no bytes are an empty document", Vec::new(), "document_empty"),
        (
            "a file's type is recognised by its bytes",
            b"Dear customer, please find".to_vec(),
            "unsupported_media_type",
        ),
        ("a broken file is unreadable", broken, "document_unreadable"),
        ("a file without pages is refused as such", pdf(&[]), "document_without_pages"),
    ];
    for (promise, bytes, code) in bad {
        let found = reader.read(ReadRequest::new(bytes)).await.map_err(|error| error.code());
        promised(promise, matches!(found, Err(found) if found == code), || format!("{found:?} for {code}"))?;
        read(reader, ReadRequest::new(pdf(&[SECOND_PAGE]))).await?;
    }
    Ok(())
}

async fn reads_two_at_once(reader: &dyn DocumentReader) -> Result<(), Breach> {
    let (one, other) = tokio::join!(
        read(reader, ReadRequest::new(pdf(&[FIRST_PAGE]))),
        read(reader, ReadRequest::new(pdf(&[SECOND_PAGE])))
    );
    let words = |document: DocumentContent| document.pages.first().map_or(0, |page| page.words.len());
    let (one, other) = (words(one?), words(other?));
    promised(
        "two files at once get their own answers",
        (one, other) == (FIRST_PAGE.len(), SECOND_PAGE.len()),
        || format!("{one} and {other} words"),
    )
}

async fn read(reader: &dyn DocumentReader, request: ReadRequest) -> Result<DocumentContent, Breach> {
    let as_breach = |error: ReadError| Breach {
        promise: "a good file is read, whatever came before",
        found: format!("{}: {error}", error.code()),
    };
    reader.read(request).await.map_err(as_breach)
}
