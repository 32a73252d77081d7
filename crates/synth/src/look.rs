//! The look of one invoice: type, notation, style of captions. Drawn once, and used for all its
//! pages.

use std::collections::BTreeSet;

use crate::canvas::Pen;
use crate::dates::DateStyle;
use crate::facts::Facts;
use crate::hard_cases::HardCase;
use crate::money::{CurrencyStyle, MinusStyle, Notation, symbol};
use crate::random::Dice;
use crate::typeface::Typeface;

/// The case of captions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CaptionCase {
    AsIs,
    Upper,
    Lower,
    Capitalised,
}

/// The separator between a caption and its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Separator {
    /// Nothing.
    Absent,
    /// A colon behind the caption.
    Colon,
    /// A colon after the caption.
    ColonApart,
    /// A full stop.
    Stop,
    /// A dash.
    Dash,
    /// Dots up to the value.
    Dots,
}

/// The layout of captions and their values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RowStyle {
    /// Values in a separate column.
    Columns,
    /// Values end at the right edge.
    ValuesRight,
    /// The value after its caption.
    Inline,
    /// The same, ending at the right edge.
    InlineRight,
    /// Captions end where values begin.
    CaptionsRight,
    /// The value below its caption.
    Stacked,
    /// Several columns, values below captions.
    Grid,
    /// One row of captions and one of values.
    Across,
}

/// The look of one invoice.
#[derive(Debug, Clone)]
pub(crate) struct Look {
    pub(crate) pen: Pen,
    pub(crate) caption_case: CaptionCase,
    pub(crate) separator: Separator,
    pub(crate) caption_bold: bool,
    pub(crate) value_bold: bool,
    /// Likelihood of a caption in English on a page in another language.
    pub(crate) english_captions: f64,
    /// Likelihood of a caption in both languages.
    pub(crate) bilingual_captions: f64,
    /// Likelihood of a value without caption.
    pub(crate) missing_captions: f64,
    /// Likelihood of a value glued to its caption.
    pub(crate) glued_captions: f64,
    pub(crate) rows: RowStyle,
    pub(crate) notation: Notation,
    pub(crate) minus: MinusStyle,
    /// The currency of line amounts.
    pub(crate) line_currency: CurrencyStyle,
    /// The currency of totals.
    pub(crate) total_currency: CurrencyStyle,
    /// Whether whole amounts are printed without decimals.
    pub(crate) drops_zeros: bool,
    pub(crate) date: DateStyle,
    /// Likelihood of a date in another style.
    pub(crate) odd_dates: f64,
    /// Whether boxes and tables have lines.
    pub(crate) ruled: bool,
    pub(crate) margin: f32,
}

impl Look {
    /// Draws a look that fits the invoice's facts.
    pub(crate) fn draw(facts: &Facts, dice: &mut Dice) -> Self {
        let line_currency = currency_style(facts.currency, 55, dice);
        let total_currency =
            if dice.chance(0.5) { line_currency } else { currency_style(facts.currency, 25, dice) };
        let bilingual = dice.chance(0.02);
        Self {
            pen: pen(dice),
            caption_case: dice.weighted([
                (CaptionCase::AsIs, 74),
                (CaptionCase::Upper, 11),
                (CaptionCase::Lower, 4),
                (CaptionCase::Capitalised, 11),
            ]),
            separator: separator(dice),
            caption_bold: dice.chance(0.24),
            value_bold: dice.chance(0.16),
            english_captions: dice.weighted([(0.0, 80), (0.04, 14), (0.4, 6)]),
            bilingual_captions: if bilingual { 0.9 } else { 0.01 },
            missing_captions: dice.weighted([(0.0, 80), (0.04, 15), (0.15, 5)]),
            glued_captions: dice.weighted([(0.0, 88), (0.02, 7), (0.5, 5)]),
            rows: row_style(dice),
            notation: facts.locale.notation(dice),
            minus: dice.weighted([
                (MinusStyle::Before, 72),
                (MinusStyle::Apart, 7),
                (MinusStyle::Typographic, 7),
                (MinusStyle::After, 8),
                (MinusStyle::Parentheses, 6),
            ]),
            line_currency,
            total_currency,
            drops_zeros: dice.chance(0.06),
            date: dice.weighted_of(facts.locale.date_styles()).unwrap_or(DateStyle::Iso),
            odd_dates: dice.weighted([(0.0, 75), (0.08, 18), (0.4, 7)]),
            ruled: dice.chance(0.5),
            margin: dice.length(26.0, 74.0),
        }
    }
}

impl Look {
    /// Changes the look of amounts for the requested cases; returns the cases that are complete by
    /// that.
    pub(crate) fn harden(
        &mut self,
        facts: &Facts,
        wanted: &BTreeSet<HardCase>,
        dice: &mut Dice,
    ) -> Option<HardCase> {
        if wanted.contains(&HardCase::CurrencyHeading) {
            self.line_currency = CurrencyStyle::Absent;
            self.total_currency = CurrencyStyle::Absent;
        } else if wanted.contains(&HardCase::CurrencySign) && symbol(facts.currency) != facts.currency {
            self.total_currency = dice.pick([
                CurrencyStyle::SymbolAttachedBefore,
                CurrencyStyle::SymbolBefore,
                CurrencyStyle::SymbolAfter,
                CurrencyStyle::SymbolAttachedAfter,
            ]);
            self.line_currency = if dice.chance(0.5) { self.total_currency } else { CurrencyStyle::Absent };
            return Some(HardCase::CurrencySign);
        }
        if wanted.contains(&HardCase::SpacedAmounts) && facts.amounts.gross.abs() >= 100_000 {
            self.notation.thousands = " ";
            return Some(HardCase::SpacedAmounts);
        }
        None
    }
}

pub(crate) fn row_style(dice: &mut Dice) -> RowStyle {
    dice.weighted([
        (RowStyle::Columns, 34),
        (RowStyle::ValuesRight, 13),
        (RowStyle::Inline, 20),
        (RowStyle::InlineRight, 7),
        (RowStyle::CaptionsRight, 7),
        (RowStyle::Stacked, 7),
        (RowStyle::Grid, 8),
        (RowStyle::Across, 4),
    ])
}

fn pen(dice: &mut Dice) -> Pen {
    let typeface = dice.weighted([
        (Typeface::Helvetica, 66),
        (Typeface::Times, 20),
        (Typeface::Courier, 8),
        (Typeface::HelveticaBold, 2),
        (Typeface::HelveticaOblique, 2),
        (Typeface::TimesItalic, 2),
    ]);
    let narrow = if typeface == Typeface::Courier { 0.75 } else { 0.84 };
    Pen {
        typeface,
        size: dice.length(7.0, 11.6),
        stretch: dice.length(narrow, 1.14),
        space: dice.length(0.85, 1.5),
        leading: dice.length(1.1, 1.65),
    }
}

fn separator(dice: &mut Dice) -> Separator {
    dice.weighted([
        (Separator::Absent, 38),
        (Separator::Colon, 46),
        (Separator::ColonApart, 8),
        (Separator::Stop, 2),
        (Separator::Dash, 2),
        (Separator::Dots, 2),
    ])
}

fn currency_style(currency: &str, absent: u32, dice: &mut Dice) -> CurrencyStyle {
    let kronor = matches!(currency, "SEK" | "NOK" | "DKK");
    let english = matches!(currency, "USD" | "GBP" | "AUD" | "CAD" | "NZD" | "MYR");
    let behind = matches!(currency, "PLN" | "CZK");
    let dash = if kronor { 3 } else { 0 };
    let comma_dash = if matches!(currency, "NOK" | "DKK" | "EUR" | "CHF") { 1 } else { 0 };
    let before = if kronor || behind { 2 } else { 12 };
    dice.weighted([
        (CurrencyStyle::Absent, absent),
        (
            CurrencyStyle::SymbolAttachedBefore,
            if english {
                45
            } else if kronor || behind {
                0
            } else {
                6
            },
        ),
        (CurrencyStyle::SymbolBefore, if english { 8 } else { before }),
        (CurrencyStyle::SymbolAfter, if english { 2 } else { 30 }),
        (CurrencyStyle::SymbolAttachedAfter, if english { 1 } else { 4 }),
        (CurrencyStyle::CodeAfter, 9),
        (CurrencyStyle::CodeBefore, 7),
        (CurrencyStyle::Dash, dash),
        (CurrencyStyle::CommaDash, comma_dash),
    ])
}
