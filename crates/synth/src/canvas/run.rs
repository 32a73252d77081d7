//! A line of text in pieces that may have classes, and its words.
//!
//! Does not know typefaces or positions.

use fieldmark_domain::detection::SpanClass;
use fieldmark_domain::field::Field;

/// A stretch of text of one class.
#[derive(Debug, Clone, PartialEq)]
struct Piece {
    text: String,
    class: Option<SpanClass>,
    /// Whether it follows the previous piece without a space.
    glued: bool,
    bold: bool,
    /// Whether it continues the previous span.
    continues: bool,
}

/// A line of text, in pieces that may have classes.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Run {
    pieces: Vec<Piece>,
}

impl Run {
    /// Text that is not a span.
    pub(crate) fn plain(text: impl Into<String>) -> Self {
        Self::classed(None, text)
    }

    /// A span.
    pub(crate) fn span(class: SpanClass, text: impl Into<String>) -> Self {
        Self::classed(Some(class), text)
    }

    /// The value of a field.
    pub(crate) fn value(field: Field, text: impl Into<String>) -> Self {
        Self::span(SpanClass::Value(field), text)
    }

    /// Text of a class, or of no class.
    pub(crate) fn classed(class: Option<SpanClass>, text: impl Into<String>) -> Self {
        let text = text.into();
        if text.trim().is_empty() {
            return Self::default();
        }
        Self { pieces: vec![Piece { text, class, glued: false, bold: false, continues: false }] }
    }

    /// This run, a space, and `other`.
    pub(crate) fn and(mut self, other: Self) -> Self {
        self.pieces.extend(other.pieces);
        self
    }

    /// This run and `other` without a space.
    pub(crate) fn glue(mut self, mut other: Self) -> Self {
        if let Some(first) = other.pieces.first_mut() {
            first.glued = !self.pieces.is_empty();
        }
        self.pieces.extend(other.pieces);
        self
    }

    /// The same in bold.
    pub(crate) fn bold(mut self) -> Self {
        for piece in &mut self.pieces {
            piece.bold = true;
        }
        self
    }

    /// The same in bold if `bold` is set.
    pub(crate) fn bold_if(self, bold: bool) -> Self {
        if bold { self.bold() } else { self }
    }

    /// The amount in its first classed part, parsed with this decimal mark; `None` if it is not a
    /// number.
    pub(crate) fn amount_in_hundredths(&self, decimal: char) -> Option<i64> {
        let text = self.pieces.iter().find(|piece| piece.class.is_some()).map(|piece| &piece.text)?;
        let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
        let (whole, part) = text.rsplit_once(decimal).unwrap_or((text, "00"));
        let part = digits(part);
        let part = if part.len() == 2 { part } else { "00".to_owned() };
        let amount: i64 = format!("{}{part}", digits(whole)).parse().ok()?;
        let negative = text.contains(['-', '\u{2212}', '(']);
        Some(if negative { -amount } else { amount })
    }

    /// Whether a part is of a class.
    pub(crate) fn has(&self, class: SpanClass) -> bool {
        self.pieces.iter().any(|piece| piece.class == Some(class))
    }

    /// Whether it contains no text.
    pub(crate) fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// The first word, and the rest; the rest is empty if there is only one word. A span that is
    /// broken continues in the second part as a separate span.
    pub(crate) fn broken_in_two(&self) -> (Self, Self) {
        let mut tokens = self.tokens();
        let half = tokens.len().div_ceil(2);
        let rest = tokens.split_off(half);
        (Self::of_tokens(tokens), Self::of_tokens(rest))
    }

    /// The classed words, and the unclassed words after them: an amount and its currency, broken as
    /// in a cell that is too narrow for both.
    pub(crate) fn broken_after_class(&self) -> (Self, Self) {
        let mut tokens = self.tokens();
        let end =
            tokens.iter().rposition(|token| token.class.is_some()).map_or(tokens.len(), |last| last + 1);
        let rest = tokens.split_off(end);
        (Self::of_tokens(tokens), Self::of_tokens(rest))
    }

    fn of_tokens(tokens: Vec<Token>) -> Self {
        let mut pieces: Vec<Piece> = Vec::new();
        for token in tokens {
            pieces.push(Piece {
                continues: !token.starts && pieces.last().is_some_and(|last| last.class == token.class),
                text: token.text,
                class: token.class,
                glued: false,
                bold: token.bold,
            });
        }
        Self { pieces }
    }

    /// The words with their classes.
    pub(crate) fn tokens(&self) -> Vec<Token> {
        let mut tokens: Vec<Token> = Vec::new();
        for piece in &self.pieces {
            for (index, word) in piece.text.split_whitespace().enumerate() {
                let starts = index == 0 && piece.class.is_some() && !piece.continues;
                match tokens.last_mut() {
                    Some(last) if index == 0 && piece.glued => last.absorb(word, piece, starts),
                    _ => tokens.push(Token {
                        text: word.to_owned(),
                        class: piece.class,
                        starts,
                        bold: piece.bold,
                    }),
                }
            }
        }
        tokens
    }
}

/// A word without a position.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Token {
    pub(crate) text: String,
    pub(crate) class: Option<SpanClass>,
    pub(crate) starts: bool,
    pub(crate) bold: bool,
}

impl Token {
    /// Merges the beginning of a glued piece: a value takes precedence over a caption, any class
    /// over none.
    fn absorb(&mut self, word: &str, piece: &Piece, starts: bool) {
        self.text.push_str(word);
        let outweighs = match (self.class, piece.class) {
            (_, None) => false,
            (None, Some(_)) => true,
            (Some(mine), Some(other)) => mine.is_caption() && !other.is_caption(),
        };
        if outweighs {
            self.class = piece.class;
            self.starts = starts;
        }
    }
}
