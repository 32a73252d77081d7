//! The conformance suite of [`PagePainter`]. Checks only the header of the PNG: the adapter's own
//! tests check the picture's content.

use fieldmark_domain::field::Field;
use fieldmark_domain::geometry::{BoundingBox, PageBox};
use fieldmark_domain::label::Label;
use fieldmark_domain::page::{GrayRaster, Page};
use fieldmark_domain::ports::PagePainter;

use crate::breach::{Breach, promised, promised_same, succeeds};
use crate::pages;

/// The start of a PNG, up to its width and height (ISO/IEC 15948, 5.2 and 11.2.2).
const HEAD: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
/// A box on the invoice of [`pages::invoice`], and a box next to it.
const VALUE: BoundingBox = BoundingBox { left: 0.75, top: 0.1, width: 0.1, height: 0.02 };
const CAPTION: BoundingBox = BoundingBox { left: 0.58, top: 0.1, width: 0.15, height: 0.02 };

/// Lets the painter draw pages of several sizes, with and without labels, and pages that cannot be
/// drawn.
///
/// # Errors
/// The first broken promise.
pub fn keeps_its_promises(painter: &dyn PagePainter) -> Result<(), Breach> {
    for rows in [200, 1200] {
        gives_the_raster_as_png(painter, rows)?;
    }
    draws_the_labels_of_the_page(painter)?;
    refuses_pages_without_pixels(painter)
}

/// The first page of an invoice with a raster of this many rows.
fn page(rows: u32) -> Page {
    let page = pages::invoice(1);
    Page { raster: Some(pages::raster(&page, rows)), ..page }
}

fn label(place: Option<PageBox>, caption: Option<PageBox>) -> Label {
    Label { place, caption, ..Label::sample(Field::InvoiceNumber, "INV-20417") }
}

fn paint(painter: &dyn PagePainter, page: &Page, labels: &[Label]) -> Result<Vec<u8>, Breach> {
    succeeds("a page with a raster is painted", painter.paint(page, labels))
}

fn gives_the_raster_as_png(painter: &dyn PagePainter, rows: u32) -> Result<(), Breach> {
    let page = page(rows);
    let size = page.raster.as_ref().map(|raster| [raster.width, raster.height]).unwrap_or_default();
    let wanted: Vec<u8> = HEAD.iter().copied().chain(size.into_iter().flat_map(u32::to_be_bytes)).collect();
    for labels in [Vec::new(), vec![label(Some(PageBox { page: 1, bounds: VALUE }), None)]] {
        let png = paint(painter, &page, &labels)?;
        promised("a picture is a PNG of the raster's width and height", png.starts_with(&wanted), || {
            format!("{:?}", png.iter().take(wanted.len()).collect::<Vec<_>>())
        })?;
        let again = paint(painter, &page, &labels)?;
        promised("the same page and labels give the same picture", png == again, || "another".to_owned())?;
    }
    Ok(())
}

fn draws_the_labels_of_the_page(painter: &dyn PagePainter) -> Result<(), Breach> {
    let page = page(800);
    let on = |page: u32, bounds: BoundingBox| Some(PageBox { page, bounds });
    let nowhere = paint(painter, &page, &[label(None, None)])?;
    let valued = paint(painter, &page, &[label(on(1, VALUE), None)])?;
    promised("the place of a label is drawn", valued != nowhere, || "the bare page".to_owned())?;
    let named = paint(painter, &page, &[label(on(1, VALUE), on(1, CAPTION))])?;
    promised("the words that name a field are drawn", named != valued, || "the value alone".to_owned())?;
    let elsewhere = paint(painter, &page, &[label(on(2, VALUE), on(3, CAPTION))])?;
    promised("labels of other pages are not drawn", elsewhere == nowhere, || "another picture".to_owned())
}

fn refuses_pages_without_pixels(painter: &dyn PagePainter) -> Result<(), Breach> {
    let short = GrayRaster { width: 40, height: 50, pixels: vec![255; 1999] };
    for (promise, raster) in [
        ("a page without raster is not painted", None),
        ("a raster whose number of pixels does not match its size is not painted", Some(short)),
    ] {
        for labels in [Vec::new(), vec![label(Some(PageBox { page: 1, bounds: VALUE }), None)]] {
            let page = Page { raster: raster.clone(), ..pages::invoice(1) };
            let refused = painter.paint(&page, &labels).is_err();
            promised_same(promise, &refused, &true)?;
        }
    }
    Ok(())
}
