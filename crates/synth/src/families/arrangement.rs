//! Bands, columns and the common parts of families: the table, the totals, the payment details, the
//! footer.

use fieldmark_domain::detection::BlockRole;
use fieldmark_domain::field::Field;

use crate::blocks::{FooterStyle, SlipKind, TotalsStyle};
use crate::canvas::Align;
use crate::composer::{Area, Composer, Naming};
use crate::hard_cases::HardCase;

/// A block of the upper part of an invoice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Block {
    Supplier,
    SupplierNumbers,
    SupplierAddress,
    SupplierRight,
    SupplierForm,
    SupplierName,
    Customer,
    CustomerForm,
    ReturnLine,
    Other,
    Title,
    TitleRight,
    Meta,
    References,
    Clerk,
    Terms,
    Gap,
}

/// A column of a band: its share of the width, its blocks from top to bottom.
pub(super) type Column<'a> = (f32, &'a [Block]);

/// The parts after the table.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tail {
    /// `None` means a random style.
    pub(super) totals: Option<TotalsStyle>,
    /// Likelihood of a table of tax rates.
    pub(super) tax_table: f64,
    /// Likelihood of a payment block.
    pub(super) payment: f64,
    /// Maximum number of sentences.
    pub(super) sentences: usize,
    /// Likelihood of a footer.
    pub(super) footer: f64,
    /// `None` means a random style.
    pub(super) footer_style: Option<FooterStyle>,
    /// A slip in the lower third.
    pub(super) slip: Option<SlipKind>,
}

impl Default for Tail {
    fn default() -> Self {
        Self {
            totals: None,
            tax_table: 0.16,
            payment: 0.5,
            sentences: 3,
            footer: 0.72,
            footer_style: None,
            slip: None,
        }
    }
}

impl Composer {
    /// Sets one block.
    pub(super) fn block(&mut self, block: Block, area: Area) -> f32 {
        match block {
            Block::Supplier => {
                let align = if area.left > self.canvas.size.width_pt * 0.45 && self.dice.chance(0.3) {
                    Align::Right
                } else {
                    Align::Left
                };
                self.letterhead(area, align)
            }
            Block::SupplierNumbers => self.supplier_numbers(area),
            Block::SupplierAddress => self.supplier_place(area),
            Block::SupplierRight => self.letterhead(area, Align::Right),
            Block::SupplierForm => self.party_form(crate::blocks::Side::Supplier, area),
            Block::SupplierName => self.supplier_name(area, Align::Left),
            Block::Customer => self.customer_block(area, Align::Left),
            Block::CustomerForm => self.party_form(crate::blocks::Side::Customer, area),
            Block::ReturnLine => self.return_line(area),
            Block::Other => self.other_party(area, Align::Left),
            Block::Title => self.title(area, Align::Left),
            Block::TitleRight => self.title(area, Align::Right),
            Block::Meta => self.meta_block(area),
            Block::References => self.reference_block(area),
            Block::Clerk => {
                let pen = self.pen();
                self.clerk(area, pen)
            }
            Block::Terms => {
                let words = self.dice.count(4, 20);
                self.filler_text(area, words)
            }
            Block::Gap => area.y + self.dice.length(8.0, 50.0),
        }
    }

    /// Sets columns side by side; returns the lowest baseline.
    pub(super) fn columns(&mut self, columns: &[Column], area: Area) -> f32 {
        let whole: f32 = columns.iter().map(|(share, _)| share).sum();
        let gap = self.dice.pick([10.0, 10.0, 4.0, 20.0]);
        let mut from = 0.0;
        let mut bottom = area.y;
        for (share, blocks) in columns {
            let to = from + share / whole;
            let narrowed = area.part(from, to);
            let column = Area { width: (narrowed.width - gap).max(70.0), ..narrowed };
            let mut y = area.y + if self.dice.chance(0.2) { self.dice.length(0.0, 36.0) } else { 0.0 };
            for block in *blocks {
                y = self.block(*block, column.at(y)) + self.pen().size * self.dice.length(0.2, 2.4);
            }
            bottom = bottom.max(y);
            from = to;
        }
        bottom
    }

    /// Sets bands of columns one below the other.
    pub(super) fn bands(&mut self, bands: &[&[Column]], area: Area) -> f32 {
        let mut y = area.y;
        for band in bands {
            y = self.columns(band, area.at(y)) + self.dice.length(2.0, 24.0);
        }
        y
    }

    /// The page's top margin, and the width between the side margins.
    pub(super) fn top(&mut self) -> Area {
        let area = self.page_area();
        let y = self.dice.length(14.0, 56.0);
        area.at(y)
    }

    /// Sometimes a salutation, an introduction or a subject above the table.
    pub(super) fn introduction(&mut self, area: Area) -> f32 {
        if self.takes(HardCase::LetterRows) {
            return self.letter_rows(area);
        }
        match self.dice.count(0, 9) {
            0..=2 => {
                let sentences = self.dice.count(1, 2);
                self.prose(area, sentences)
            }
            3 => self.reference_block(area.part(0.0, 0.6)),
            _ => area.y,
        }
    }

    /// Table, totals, payment, text, footer. `area.y` is the end of the upper part.
    pub(super) fn body(&mut self, area: Area, tail: Tail) {
        let y = self.blank_form(area);
        let y = self.remaining_parties(area.at(y));
        let y = self.paired_numbers(area.at(y));
        let y = self.introduction(area.at(y));
        let y = self.items(area.at(y + self.pen().size * 0.4));
        self.tail(area.at(y), tail);
    }

    /// Everything below the table.
    pub(super) fn tail(&mut self, area: Area, tail: Tail) {
        let style = tail.totals.unwrap_or(TotalsStyle::RightColumn);
        let style = if tail.totals.is_none() { self.totals_style() } else { style };
        let gap = self.dice.length(3.0, 22.0);
        let area = self.room_for(110.0, area.at(area.y + gap));
        let above = self.takes(HardCase::RateTableAbove);
        let tax_table = above || self.dice.chance(tail.tax_table);
        let area = area.at(self.discount_table(area));
        let beside = self.dice.chance(0.16) && style == TotalsStyle::RightColumn;
        let payment = self.dice.chance(tail.payment)
            || self.wants(HardCase::DirectDebit)
            || (self.hides_supplier() && self.naming == Naming::AccountHolder);
        let mut y = area.y;
        if tax_table && (above || self.dice.chance(0.4)) {
            y = self.tax_table(area) + gap * 0.6;
        }
        let totals_top = y;
        y = self.totals(area.at(y), style);
        if beside && payment {
            y = y.max(self.payment_beside(area.part(0.0, 0.4).at(totals_top)));
        }
        if tax_table && y <= totals_top + 400.0 && self.dice.chance(0.6) {
            y = self.tax_table(area.at(y + gap * 0.5));
        }
        y += self.dice.length(4.0, 22.0);
        if payment && !beside {
            let place = self.room_for(90.0, area.at(y));
            y = self.payment(place) + self.dice.length(2.0, 16.0);
        }
        if y + 60.0 < self.bottom() {
            y = self.reference_sentence(area.at(y));
        }
        if self.dice.chance(0.1) && y + 60.0 < self.bottom() {
            y = self.terms_line(area.at(y)) + 4.0;
        }
        let sentences = self.dice.count(0, tail.sentences);
        if sentences > 0 && y + 60.0 < self.bottom() {
            y = self.prose(area.at(y), sentences);
        }
        y = self.information_box(area.at(y));
        if y + 50.0 < self.bottom() {
            y = self.greeting(area.at(y));
        }
        if self.dice.chance(0.08) && y + 90.0 < self.bottom() {
            let words = self.dice.count(20, 110);
            self.filler_text(area.at(y + 6.0), words);
        }
        self.close(tail);
    }

    fn payment_beside(&mut self, area: Area) -> f32 {
        self.within(BlockRole::Bank, |hand| hand.set_payment_beside(area))
    }

    fn set_payment_beside(&mut self, area: Area) -> f32 {
        let entries = self.payment_entries();
        let style = self.dice.pick([crate::look::RowStyle::Columns, crate::look::RowStyle::Inline]);
        self.rows(entries, area, style)
    }

    /// Slip or footer, and text at a page's edges.
    pub(super) fn close(&mut self, tail: Tail) {
        match tail.slip {
            Some(slip) => self.slip(slip),
            None if self.dice.chance(tail.footer) || self.has_unnamed_supplier() => {
                let style = match tail.footer_style {
                    Some(style) => style,
                    None => self.footer_style(),
                };
                self.footer(style);
            }
            None => {}
        }
        if self.dice.chance(0.02) {
            self.side_text();
        }
    }

    /// A field's value in large type, for boxes with a single value.
    pub(super) fn large_field(&mut self, field: Field, area: Area, align: Align, scale: f32) -> f32 {
        self.within(BlockRole::Identification, |hand| hand.set_large_field(field, area, align, scale))
    }

    fn set_large_field(&mut self, field: Field, area: Area, align: Align, scale: f32) -> f32 {
        let Some(entry) = self.entry(crate::composer::Item::Field(field)) else { return area.y };
        self.printed.push(field);
        let pen = self.pen();
        let y = self.lines(&[entry.caption], area, pen.scaled(0.9), align);
        self.lines(&[entry.value], area.at(y), pen.scaled(scale).bold(), align)
    }
}
