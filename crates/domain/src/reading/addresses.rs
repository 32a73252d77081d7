//! Postal addresses: the detector finds single lines; an address combines the lines of one block.

use super::evidence::{PageEvidence, Span};
use super::spans::cut_at_gaps;
use crate::detection::SpanClass;
use crate::field::Field;

/// Maximum gap between the parts of one line of an address, in heights.
const MAX_GAP: f32 = 2.6;
/// Minimum score of a span that counts as a line of an address by itself.
const MIN_LINE_SCORE: f32 = 0.25;
/// Maximum number of lines of an address.
const MAX_LINES: usize = 7;

/// The addresses of a party on a page: lines of its class, one below the other, with a common edge.
pub(super) fn addresses_in(page: &PageEvidence, field: Field) -> Vec<Span> {
    let mut lines = lines_of(page, field);
    lines.sort_by(|one, other| top(page, one).total_cmp(&top(page, other)));
    let mut addresses: Vec<Vec<Span>> = Vec::new();
    for line in lines {
        let above = addresses.iter_mut().rev().find(|address| {
            address.len() < MAX_LINES && address.last().is_some_and(|last| follows(page, last, &line))
        });
        match above {
            Some(address) => {
                let missed = address.last().and_then(|last| missed_between(page, last, &line));
                address.extend(missed);
                address.push(line);
            }
            None => addresses.push(vec![line]),
        }
    }
    let single = addresses.iter().flat_map(|lines| separated(page, lines));
    single.filter_map(|lines| whole(page, lines)).collect()
}

/// Separates two addresses directly below each other ("Box 12 / 123 45 Sala / Hamngatan 2 / 123 46
/// Sala") after their postal codes.
fn separated<'a>(page: &PageEvidence, lines: &'a [Span]) -> Vec<&'a [Span]> {
    let postal = |(index, line): (usize, &Span)| (index > 0 && begins_with_code(page, line)).then_some(index);
    let mut ends = lines.iter().enumerate().filter_map(postal);
    match (ends.next(), ends.next()) {
        (Some(first), Some(second)) if second > first + 1 => {
            let (one, other) = lines.split_at(first + 1);
            vec![one, other]
        }
        _ => vec![lines],
    }
}

/// `123 45 Sala`, `10115 Berlin`, `SE-123 45 Sala`.
fn begins_with_code(page: &PageEvidence, line: &Span) -> bool {
    let digits = |word: Option<&usize>| {
        let text = word.map_or("", |word| page.text(*word));
        let number = text.rsplit('-').next().unwrap_or_default();
        if number.bytes().all(|byte| byte.is_ascii_digit()) { number.len() } else { 0 }
    };
    let named = line.words.iter().any(|word| page.text(*word).starts_with(char::is_alphabetic));
    named && matches!((digits(line.words.first()), digits(line.words.get(1))), (4 | 5, _) | (3, 2))
}

/// The words of an address, with a comma at each line end and each wide gap.
pub(super) fn text_of(page: &PageEvidence, words: &[usize]) -> String {
    let mut text = String::new();
    let mut last: Option<usize> = None;
    for &word in words {
        if let Some(last) = last {
            let same = page.placed(last).line == page.placed(word).line;
            text.push_str(if same && page.gap(last, word) <= 1.5 { " " } else { ", " });
        }
        text.push_str(page.text(word));
        last = Some(word);
    }
    text
}

fn top(page: &PageEvidence, span: &Span) -> f32 {
    span.words.first().map_or(0.0, |word| page.placed(*word).top)
}

/// The lines of the class, with their weak ends and with pieces that a mark joins.
fn lines_of(page: &PageEvidence, field: Field) -> Vec<Span> {
    let class = SpanClass::Value(field);
    let mut pieces: Vec<Span> = page.spans(class).flat_map(|span| cut_at_gaps(page, span, MAX_GAP)).collect();
    pieces.retain(|piece| piece.score >= MIN_LINE_SCORE || is_likeliest(page, piece, class));
    let position = |span: &Span| {
        span.words.first().map_or((0, 0), |word| (page.placed(*word).line, page.placed(*word).position))
    };
    pieces.sort_by_key(position);
    let mut lines: Vec<Span> = Vec::new();
    for piece in pieces {
        match lines.last_mut() {
            Some(line) if line.words.iter().any(|word| piece.words.contains(word)) => {
                if piece.score > line.score {
                    *line = piece;
                }
            }
            Some(line) => match between(page, line, &piece) {
                Some(marks) => join(line, &marks, &piece),
                None => lines.push(piece),
            },
            None => lines.push(piece),
        }
    }
    lines
}

/// Whether no other class has a higher score on the words.
fn is_likeliest(page: &PageEvidence, piece: &Span, class: SpanClass) -> bool {
    piece.words.iter().all(|word| page.best_class(*word).is_none_or(|(best, _)| best == class))
        && piece.words.iter().any(|word| page.best_class(*word).is_some())
}

/// The marks between two pieces of one line that belong together; `None` when the pieces do not.
fn between(page: &PageEvidence, left: &Span, right: &Span) -> Option<Vec<usize>> {
    let (&end, &start) = (left.words.last()?, right.words.first()?);
    let mut marks = Vec::new();
    let mut last = end;
    for word in page.after(end) {
        if page.gap(last, word) > MAX_GAP {
            return None;
        }
        if word == start {
            return Some(marks);
        }
        if marks.len() > 1 || page.text(word).contains(char::is_alphanumeric) {
            return None;
        }
        marks.push(word);
        last = word;
    }
    None
}

fn join(line: &mut Span, marks: &[usize], piece: &Span) {
    let (a, b) = (line.words.len() as f32, piece.words.len() as f32);
    line.score = (line.score * a + piece.score * b) / (a + b);
    line.words.extend(marks);
    line.words.extend(&piece.words);
}

/// Whether a line continues the address above it: close, of similar height, and with a common edge
/// or centre.
fn follows(page: &PageEvidence, above: &Span, line: &Span) -> bool {
    let (Some(one), Some(other)) = (edges(page, above), edges(page, line)) else { return false };
    let height = one.height.max(other.height);
    let down = other.top - one.top;
    let alike = (one.height - other.height).abs() <= 0.25 * height;
    let reach = if missed_between(page, above, line).is_some() { 3.4 } else { 2.1 };
    alike && (0.6 * height..=reach * height).contains(&down) && is_aligned(&one, &other, height)
}

struct Edges {
    left: f32,
    right: f32,
    top: f32,
    height: f32,
}

fn edges(page: &PageEvidence, span: &Span) -> Option<Edges> {
    let (first, last) = (page.placed(*span.words.first()?), page.placed(*span.words.last()?));
    Some(Edges { left: first.left, right: last.right, top: first.top, height: first.height() })
}

fn is_aligned(one: &Edges, other: &Edges, height: f32) -> bool {
    let near = |a: f32, b: f32| (a - b).abs() <= 1.2 * height;
    near(one.left, other.left)
        || near(one.right, other.right)
        || near((one.left + one.right) / 2.0, (other.left + other.right) / 2.0)
}

/// A line between two lines of an address that the detector missed: directly below the one and
/// above the other, of no other class, and as short as lines of addresses are.
fn missed_between(page: &PageEvidence, above: &Span, below: &Span) -> Option<Span> {
    let (&first, &under) = (above.words.first()?, below.words.first()?);
    let start = page.line_below(first, 0.3).filter(|start| {
        let line = page.placed(*start).line;
        line != page.placed(under).line && line < page.placed(under).line
    })?;
    let mut words = vec![start];
    for word in page.after(start) {
        if words.last().is_some_and(|last| page.gap(*last, word) > 1.5) {
            break;
        }
        words.push(word);
    }
    let is_free = |word: &usize| {
        page.best_class(*word).is_none_or(|(_, score)| score < 0.5) && !page.text(*word).contains(['@', ':'])
    };
    let lies_between =
        page.line_below(start, 0.6).is_some_and(|below| page.placed(below).line == page.placed(under).line);
    let whole = words.len() <= 6 && words.iter().all(is_free) && lies_between;
    whole.then_some(Span { words, page: above.page, score: 0.3 })
}

/// The lines as one span. A single line without a number is rarely a whole address.
fn whole(page: &PageEvidence, lines: &[Span]) -> Option<Span> {
    let words: Vec<usize> = lines.iter().flat_map(|line| line.words.iter().copied()).collect();
    let weight = words.len() as f32;
    let mean = lines.iter().map(|line| line.score * line.words.len() as f32).sum::<f32>() / weight.max(1.0);
    let digits = words.iter().flat_map(|word| page.text(*word).bytes()).filter(u8::is_ascii_digit).count();
    let text = text_of(page, &words);
    let parts = text.split([',', '•', '|', '·', ';']).filter(|part| !part.trim().is_empty()).count();
    let share = match (parts, digits) {
        (2.., 3..) => 1.0,
        (2.., _) | (_, 3..) => 0.85,
        _ => 0.6,
    };
    let page = lines.first()?.page;
    Some(Span { page, words, score: mean * share })
}
