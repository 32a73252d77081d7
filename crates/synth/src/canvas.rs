//! A page while it is being set: converts texts with classes to words with boxes.
//!
//! Knows typefaces and positions. Does not know what an invoice is.

mod run;

use fieldmark_domain::detection::{BlockRole, SpanClass};
use fieldmark_domain::field::FieldKind;
use fieldmark_domain::page::PageSize;

pub(crate) use run::{Run, Token};

use crate::page::{Drawing, SyntheticPage, SyntheticWord};
use crate::typeface::Typeface;

/// Which side of a text is at the given position.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Align {
    Left,
    Centre,
    Right,
}

/// The type of a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Pen {
    pub(crate) typeface: Typeface,
    /// Font size in points.
    pub(crate) size: f32,
    /// Horizontal scaling.
    pub(crate) stretch: f32,
    /// Width of a space, as a multiple of the typeface's own.
    pub(crate) space: f32,
    /// Distance of lines, as a multiple of the size.
    pub(crate) leading: f32,
}

impl Pen {
    /// A larger or smaller one.
    pub(crate) fn scaled(self, factor: f32) -> Self {
        Self { size: self.size * factor, ..self }
    }

    /// A bold one.
    pub(crate) fn bold(self) -> Self {
        Self { typeface: self.typeface.bold(), ..self }
    }

    /// A bold one if `bold` is set.
    pub(crate) fn bold_if(self, bold: bool) -> Self {
        if bold { self.bold() } else { self }
    }

    /// The distance between baselines.
    pub(crate) fn line(self) -> f32 {
        self.size * self.leading
    }

    fn gap(self) -> f32 {
        self.typeface.advance(' ') * self.size * self.stretch * self.space
    }

    fn typeface_of(self, token: &Token) -> Typeface {
        if token.bold { self.typeface.bold() } else { self.typeface }
    }

    fn word_width(self, token: &Token) -> f32 {
        self.typeface_of(token).text_width(&token.text, self.size, self.stretch)
    }

    /// The width of a text in points.
    pub(crate) fn width(self, run: &Run) -> f32 {
        self.tokens_width(&run.tokens())
    }

    /// A smaller one if the widest word does not fit into `width`, but at least half the size.
    fn narrowed_for(self, tokens: &[Token], width: f32) -> Self {
        let widest = tokens.iter().map(|token| self.word_width(token)).fold(0.0, f32::max);
        if widest <= width { self } else { self.scaled((width / widest).clamp(0.5, 1.0)) }
    }

    fn tokens_width(self, tokens: &[Token]) -> f32 {
        let words: f32 = tokens.iter().map(|token| self.word_width(token)).sum();
        words + self.gap() * tokens.len().saturating_sub(1) as f32
    }
}

/// A page while it is being set.
#[derive(Debug, Clone)]
pub(crate) struct Canvas {
    pub(crate) size: PageSize,
    /// The role of the current block.
    pub(crate) role: Option<BlockRole>,
    words: Vec<SyntheticWord>,
    drawings: Vec<Drawing>,
}

impl Canvas {
    /// An empty page.
    pub(crate) fn new(size: PageSize) -> Self {
        Self { size, role: None, words: Vec::new(), drawings: Vec::new() }
    }

    /// Whether it contains no word.
    pub(crate) fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Whether it contains a word of a class.
    pub(crate) fn has(&self, class: SpanClass) -> bool {
        self.words.iter().any(|word| word.class == Some(class))
    }

    /// Sets a line; `x` is its left edge, middle or right edge. Returns its width.
    pub(crate) fn put(&mut self, run: &Run, x: f32, baseline: f32, pen: Pen, align: Align) -> f32 {
        self.put_tokens(&run.tokens(), x, baseline, pen, align)
    }

    fn put_tokens(&mut self, tokens: &[Token], x: f32, baseline: f32, pen: Pen, align: Align) -> f32 {
        let width = pen.tokens_width(tokens);
        let mut left = match align {
            Align::Left => x,
            Align::Centre => x - width / 2.0,
            Align::Right => x - width,
        };
        for token in tokens {
            let right = left + pen.word_width(token);
            self.words.push(SyntheticWord {
                text: token.text.clone(),
                left,
                right,
                baseline,
                typeface: pen.typeface_of(token),
                font_size: pen.size,
                stretch: pen.stretch,
                class: token.class,
                role: self.role,
                starts_span: token.starts,
            });
            left = right + pen.gap();
        }
        width
    }

    /// Sets a text in as many lines as it needs within `width`, the first one a line below `y`;
    /// returns the last baseline. A span that is broken over lines starts again on each line.
    pub(crate) fn wrap(&mut self, run: &Run, x: f32, y: f32, width: f32, pen: Pen, align: Align) -> f32 {
        let tokens = run.tokens();
        let pen = pen.narrowed_for(&tokens, width);
        let mut baseline = y;
        for mut line in break_lines(tokens, width, pen) {
            if let Some(first) = line.first_mut() {
                first.starts |= first.class.is_some();
            }
            baseline += pen.line();
            self.put_tokens(&line, x, baseline, pen, align);
        }
        baseline
    }

    /// Draws a line.
    pub(crate) fn rule(&mut self, from: (f32, f32), to: (f32, f32), width: f32) {
        self.drawings.push(Drawing::Rule { from, to, width });
    }

    /// Draws the four sides of a box.
    pub(crate) fn frame(&mut self, (left, top, right, bottom): (f32, f32, f32, f32), width: f32) {
        for (from, to) in [
            ((left, top), (right, top)),
            ((right, top), (right, bottom)),
            ((left, bottom), (right, bottom)),
            ((left, top), (left, bottom)),
        ] {
            self.rule(from, to, width);
        }
    }

    /// Fills a box.
    pub(crate) fn fill(&mut self, edges: (f32, f32, f32, f32), gray: f32) {
        self.drawings.push(Drawing::Fill { edges, gray });
    }

    /// The finished page without words outside of it.
    pub(crate) fn finish(mut self) -> SyntheticPage {
        let (width, height) = (self.size.width_pt, self.size.height_pt);
        self.words.retain(|word| {
            word.left > -2.0 && word.right < width + 2.0 && word.top() > -2.0 && word.bottom() < height + 2.0
        });
        SyntheticPage { size: self.size, words: self.words, drawings: self.drawings }
    }
}

/// Lines no wider than `width`. Dates and amounts are not broken if they fit into one line.
fn break_lines(tokens: Vec<Token>, width: f32, pen: Pen) -> Vec<Vec<Token>> {
    let mut lines: Vec<Vec<Token>> = Vec::new();
    let mut used = 0.0;
    for group in unbroken_groups(tokens) {
        let whole = pen.tokens_width(&group);
        let parts =
            if whole <= width { vec![group] } else { group.into_iter().map(|token| vec![token]).collect() };
        for part in parts {
            let needed = pen.tokens_width(&part);
            match lines.last_mut() {
                Some(line) if used + pen.gap() + needed <= width => {
                    used += pen.gap() + needed;
                    line.extend(part);
                }
                _ => {
                    used = needed;
                    lines.push(part);
                }
            }
        }
    }
    lines
}

/// Groups of one word, except that the words of a date or an amount form one group.
fn unbroken_groups(tokens: Vec<Token>) -> Vec<Vec<Token>> {
    let mut groups: Vec<Vec<Token>> = Vec::new();
    for token in tokens {
        let stays = token.class.is_some_and(is_kept_whole) && !token.starts;
        match groups.last_mut() {
            Some(group) if stays && group.last().is_some_and(|last| last.class == token.class) => {
                group.push(token)
            }
            _ => groups.push(vec![token]),
        }
    }
    groups
}

const fn is_kept_whole(class: SpanClass) -> bool {
    match class {
        SpanClass::Value(field) => matches!(field.kind(), FieldKind::Date | FieldKind::Money),
        SpanClass::LineAmount | SpanClass::OtherAmount | SpanClass::OtherDate | SpanClass::PriorBalance => {
            true
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use fieldmark_domain::field::Field;

    use super::*;

    const PEN: Pen =
        Pen { typeface: Typeface::Helvetica, size: 10.0, stretch: 1.0, space: 1.0, leading: 1.2 };

    fn classes(run: &Run) -> Vec<(String, Option<SpanClass>, bool)> {
        run.tokens().into_iter().map(|token| (token.text, token.class, token.starts)).collect()
    }

    #[test]
    fn glued_pieces_become_one_word_of_the_value() {
        let caption = SpanClass::Caption(Field::InvoiceNumber);
        let value = SpanClass::Value(Field::InvoiceNumber);
        let run = Run::span(caption, "Faktura nr:").glue(Run::span(value, "12 34")).glue(Run::plain("."));
        assert_eq!(
            classes(&run),
            [
                ("Faktura".to_owned(), Some(caption), true),
                ("nr:12".to_owned(), Some(value), true),
                ("34.".to_owned(), Some(value), false)
            ]
        );
    }

    #[test]
    fn lines_fit_and_spans_start_anew_on_each() {
        let mut canvas = Canvas::new(PageSize { width_pt: 300.0, height_pt: 300.0 });
        let run = Run::value(Field::SupplierName, "Northern Harbour Engineering Partners Limited");
        let bottom = canvas.wrap(&run, 20.0, 20.0, 90.0, PEN, Align::Left);
        let page = canvas.finish();
        assert!(page.words.iter().all(|word| word.right <= 111.0));
        let lines = ((bottom - 20.0) / PEN.line()).round() as usize;
        assert_eq!(page.words.iter().filter(|word| word.starts_span).count(), lines);
    }

    #[test]
    fn right_aligned_text_ends_where_it_should() {
        let mut canvas = Canvas::new(PageSize { width_pt: 300.0, height_pt: 300.0 });
        canvas.put(&Run::plain("12,50 kr"), 200.0, 50.0, PEN, Align::Right);
        let page = canvas.finish();
        assert!((page.words.last().unwrap().right - 200.0).abs() < 0.01);
    }
}
