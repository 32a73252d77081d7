//! Typefaces of synthetic pages: the standard 14 fonts of PDF that have letters, with their
//! metrics.
//!
//! Knows widths and heights, but not how a file names or encodes a font.

mod widths;

use unicode_normalization::UnicodeNormalization;

use widths::Column;

/// Width of a character that is in no table, in thousandths of an em.
const AVERAGE_WIDTH: u16 = 556;

/// Width of every character of Courier, in thousandths of an em.
const COURIER_WIDTH: u16 = 600;

/// A typeface that every PDF viewer has, so that fonts need not be embedded (ISO 32000-1, 9.6.2.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Typeface {
    /// Helvetica.
    Helvetica,
    /// Bold Helvetica.
    HelveticaBold,
    /// Slanted Helvetica.
    HelveticaOblique,
    /// Bold and slanted Helvetica.
    HelveticaBoldOblique,
    /// Times Roman.
    Times,
    /// Bold Times.
    TimesBold,
    /// Italic Times.
    TimesItalic,
    /// Bold and italic Times.
    TimesBoldItalic,
    /// Courier, all characters equally wide.
    Courier,
    /// Bold Courier.
    CourierBold,
    /// Slanted Courier.
    CourierOblique,
    /// Bold and slanted Courier.
    CourierBoldOblique,
}

impl Typeface {
    /// Every typeface.
    pub const ALL: &'static [Self] = &[
        Self::Helvetica,
        Self::HelveticaBold,
        Self::HelveticaOblique,
        Self::HelveticaBoldOblique,
        Self::Times,
        Self::TimesBold,
        Self::TimesItalic,
        Self::TimesBoldItalic,
        Self::Courier,
        Self::CourierBold,
        Self::CourierOblique,
        Self::CourierBoldOblique,
    ];

    /// How far one character moves the pen, in em (1 is the font size).
    ///
    /// A letter with an accent is as wide as its base letter; a character that is in no table has
    /// an average width.
    #[must_use]
    pub fn advance(self, character: char) -> f32 {
        f32::from(self.advance_in_thousandths(character)) / 1000.0
    }

    /// The width of a text in points.
    ///
    /// `font_size` is in points; `stretch` is the horizontal scaling, 1 for the typeface's own width.
    #[must_use]
    pub fn text_width(self, text: &str, font_size: f32, stretch: f32) -> f32 {
        text.chars().map(|character| self.advance(character)).sum::<f32>() * font_size * stretch
    }

    /// Height of a word's box above the baseline, in em.
    ///
    /// [`ascent`](Self::ascent) and [`descent`](Self::descent) add up to 1: PDF readers that derive boxes
    /// from a font's descriptor scale them to the font size.
    #[must_use]
    pub fn ascent(self) -> f32 {
        1.0 - self.descent()
    }

    /// Depth of a word's box below the baseline, in em, as a positive number.
    #[must_use]
    pub fn descent(self) -> f32 {
        match self {
            Self::Helvetica | Self::HelveticaBold | Self::HelveticaOblique | Self::HelveticaBoldOblique => {
                0.19
            }
            Self::Times | Self::TimesBold | Self::TimesItalic | Self::TimesBoldItalic => 0.2,
            Self::Courier | Self::CourierBold | Self::CourierOblique | Self::CourierBoldOblique => 0.25,
        }
    }

    /// Whether it is a bold one.
    #[must_use]
    pub const fn is_bold(self) -> bool {
        matches!(
            self,
            Self::HelveticaBold
                | Self::HelveticaBoldOblique
                | Self::TimesBold
                | Self::TimesBoldItalic
                | Self::CourierBold
                | Self::CourierBoldOblique
        )
    }

    /// Whether its letters are slanted to the right.
    #[must_use]
    pub const fn is_slanted(self) -> bool {
        matches!(
            self,
            Self::HelveticaOblique
                | Self::HelveticaBoldOblique
                | Self::TimesItalic
                | Self::TimesBoldItalic
                | Self::CourierOblique
                | Self::CourierBoldOblique
        )
    }

    /// The bold typeface of the same family and slant.
    #[must_use]
    pub const fn bold(self) -> Self {
        match self {
            Self::Helvetica | Self::HelveticaBold => Self::HelveticaBold,
            Self::HelveticaOblique | Self::HelveticaBoldOblique => Self::HelveticaBoldOblique,
            Self::Times | Self::TimesBold => Self::TimesBold,
            Self::TimesItalic | Self::TimesBoldItalic => Self::TimesBoldItalic,
            Self::Courier | Self::CourierBold => Self::CourierBold,
            Self::CourierOblique | Self::CourierBoldOblique => Self::CourierBoldOblique,
        }
    }

    /// The width of one character in thousandths of an em, the unit of PDF.
    pub(crate) fn advance_in_thousandths(self, character: char) -> u16 {
        let Some(column) = self.column() else { return COURIER_WIDTH };
        widths::width(column, character)
            .or_else(|| widths::width(column, base_letter(character)))
            .unwrap_or(AVERAGE_WIDTH)
    }

    /// The column of the width tables; `None` where all characters are equally wide.
    const fn column(self) -> Option<Column> {
        match self {
            Self::Helvetica | Self::HelveticaOblique => Some(Column::Sans),
            Self::HelveticaBold | Self::HelveticaBoldOblique => Some(Column::SansBold),
            Self::Times => Some(Column::Serif),
            Self::TimesBold => Some(Column::SerifBold),
            Self::TimesItalic => Some(Column::SerifItalic),
            Self::TimesBoldItalic => Some(Column::SerifBoldItalic),
            Self::Courier | Self::CourierBold | Self::CourierOblique | Self::CourierBoldOblique => None,
        }
    }
}

/// The base letter of an accented letter; Unicode does not decompose strokes, so they are listed
/// here.
pub(crate) fn base_letter(character: char) -> char {
    match character {
        'Ł' => 'L',
        'ł' => 'l',
        'Đ' => 'D',
        'đ' => 'd',
        'Ħ' => 'H',
        'ħ' => 'h',
        'Ŧ' => 'T',
        'ŧ' => 't',
        other => other.nfd().next().unwrap_or(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_of_known_words_add_up() {
        // I n v o i c e: 278 + 556 + 500 + 556 + 222 + 500 + 556.
        assert!((Typeface::Helvetica.text_width("Invoice", 10.0, 1.0) - 31.68).abs() < 1e-3);
        assert!((Typeface::HelveticaOblique.text_width("Invoice", 10.0, 0.5) - 15.84).abs() < 1e-3);
        // R e c h n u n g: 667 + 444 + 444 + 500 * 5.
        assert!((Typeface::Times.text_width("Rechnung", 20.0, 1.0) - 81.1).abs() < 1e-3);
        assert!((Typeface::Courier.text_width("12,50€", 10.0, 1.0) - 36.0).abs() < 1e-3);
    }

    #[test]
    fn digits_are_equally_wide_and_never_without_width() {
        for typeface in Typeface::ALL {
            for digit in '0'..='9' {
                assert_eq!(typeface.advance_in_thousandths(digit), typeface.advance_in_thousandths('0'));
            }
            assert!((' '..='\u{2122}').all(|character| typeface.advance(character) > 0.1));
        }
    }

    #[test]
    fn an_accent_does_not_widen_a_letter() {
        for (accented, base) in
            [('ä', 'a'), ('ő', 'o'), ('Ł', 'L'), ('ż', 'z'), ('Č', 'C'), ('ů', 'u'), ('ę', 'e')]
        {
            for typeface in Typeface::ALL {
                assert_eq!(typeface.advance_in_thousandths(accented), typeface.advance_in_thousandths(base));
            }
        }
        assert_eq!(Typeface::Helvetica.advance_in_thousandths('€'), 667);
        assert_eq!(Typeface::Helvetica.advance_in_thousandths('漢'), AVERAGE_WIDTH);
    }

    #[test]
    fn boxes_are_one_em_high() {
        for typeface in Typeface::ALL {
            assert!((typeface.ascent() + typeface.descent() - 1.0).abs() < 1e-6);
        }
    }

    #[test]
    fn bold_is_bold_and_keeps_the_family() {
        for typeface in Typeface::ALL {
            assert!(typeface.bold().is_bold());
            assert!((typeface.bold().descent() - typeface.descent()).abs() < f32::EPSILON);
        }
    }
}
