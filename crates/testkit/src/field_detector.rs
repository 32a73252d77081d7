//! The conformance suite of [`FieldDetector`].

use fieldmark_domain::detection::{Detection, SpanClass};
use fieldmark_domain::layout::PageLayout;
use fieldmark_domain::page::Page;
use fieldmark_domain::ports::FieldDetector;

use crate::breach::{Breach, promised};
use crate::pages;

/// A detection with at least this score must not depend on the other pages of its batch.
const MIN_STABLE_SCORE: f32 = 0.5;
/// Maximum difference of a score between batches, because sums are computed in another order.
const SCORE_TOLERANCE: f32 = 0.01;

/// Lets the detector process no page, empty pages, one page and several. It need not find anything.
///
/// # Errors
/// The first broken promise.
pub async fn keeps_its_promises(detector: &dyn FieldDetector) -> Result<(), Breach> {
    says_who_it_is(detector)?;
    finds_nothing_on_nothing(detector).await?;
    let alone = detect(detector, &[invoice(detector, 1)]).await?;
    alone.iter().flatten().try_for_each(|detection| is_sound(detection, &invoice(detector, 1)))?;
    let again = detect(detector, &[invoice(detector, 1)]).await?;
    promised("the same page gets the same answer", alone == again, || format!("{alone:?}, then {again:?}"))?;
    is_the_same_in_company(detector, alone.first().map_or(&[], Vec::as_slice)).await
}

fn says_who_it_is(detector: &dyn FieldDetector) -> Result<(), Breach> {
    let identity = detector.identity();
    promised("a detector has a name", !identity.name.is_empty(), || format!("{identity:?}"))?;
    let is_hash =
        identity.sha256.len() == 64 && identity.sha256.chars().all(|digit| digit.is_ascii_hexdigit());
    promised("weights are named by their SHA-256", is_hash || identity.sha256.is_empty(), || {
        format!("{identity:?}")
    })
}

async fn finds_nothing_on_nothing(detector: &dyn FieldDetector) -> Result<(), Breach> {
    detect(detector, &[]).await?;
    let needs = detector.needs();
    let mut nothing = pages::page(1, Vec::new());
    nothing.raster =
        needs.raster_height.filter(|_| needs.words).map(|height| pages::raster(&nothing, height));
    let found = detect(detector, &[nothing]).await?;
    promised("a page without what is needed has no detections", found.iter().all(Vec::is_empty), || {
        format!("{found:?}")
    })
}

fn is_sound(detection: &Detection, page: &Page) -> Result<(), Breach> {
    promised("a score is between 0 and 1", (0.0..=1.0).contains(&detection.score), || {
        format!("{detection:?}")
    })?;
    let bounds = detection.bounds;
    let is_inside = bounds.left >= -0.001
        && bounds.top >= -0.001
        && bounds.width > 0.0
        && bounds.height > 0.0
        && bounds.right() <= 1.001
        && bounds.bottom() <= 1.001;
    promised("a detection's box is on its page", is_inside, || format!("{detection:?}"))?;
    let is_rising = detection.words.is_sorted_by(|one, next| one < next);
    promised("a span's words rise", is_rising, || format!("{detection:?}"))?;
    let layout = PageLayout::of(&page.words, page.size);
    let line_of = |index: &u32| {
        usize::try_from(*index).ok().and_then(|index| layout.words.get(index)).map(|word| word.line)
    };
    let lines: Vec<Option<u32>> = detection.words.iter().map(line_of).collect();
    promised("a span's words are words of its page", !lines.contains(&None), || format!("{detection:?}"))?;
    // A block has several lines.
    let is_block = matches!(detection.class, SpanClass::Block(_));
    let is_one_line = is_block || lines.windows(2).all(|pair| matches!(pair, [one, next] if one == next));
    promised("a span's words stand in one line", is_one_line, || format!("{detection:?} on lines {lines:?}"))
}

async fn is_the_same_in_company(detector: &dyn FieldDetector, alone: &[Detection]) -> Result<(), Breach> {
    let mut longer = invoice(detector, 2);
    let shifted = |word: &fieldmark_domain::page::Word| {
        let mut word = word.clone();
        word.bounds.top += 0.5;
        word
    };
    let more: Vec<_> = longer.words.iter().filter(|word| word.bounds.top < 0.45).map(shifted).collect();
    longer.words.extend(more);
    let company = detect(detector, &[longer, pages::page(2, Vec::new()), invoice(detector, 1)]).await?;
    let last = company.last().map_or(&[][..], Vec::as_slice);
    for (some, others) in [(alone, last), (last, alone)] {
        for detection in some.iter().filter(|detection| detection.score >= MIN_STABLE_SCORE) {
            let is_twin = |other: &Detection| {
                other.class == detection.class
                    && other.words == detection.words
                    && (other.score - detection.score).abs() <= SCORE_TOLERANCE
            };
            promised("a page's answer does not depend on its batch", others.iter().any(is_twin), || {
                format!("no twin of {detection:?} among {others:?}")
            })?;
        }
    }
    Ok(())
}

/// The invoice, with a raster if the detector needs one.
fn invoice(detector: &dyn FieldDetector, number: u32) -> Page {
    let mut page = pages::invoice(number);
    page.raster = detector.needs().raster_height.map(|height| pages::raster(&page, height));
    page
}

async fn detect(detector: &dyn FieldDetector, pages: &[Page]) -> Result<Vec<Vec<Detection>>, Breach> {
    let found = detector.detect(pages).await.map_err(|error| Breach {
        promise: "pages are looked at without an error",
        found: error.to_string(),
    })?;
    promised("every page has its own list, in the pages' order", found.len() == pages.len(), || {
        format!("{} lists for {} pages", found.len(), pages.len())
    })?;
    Ok(found)
}
