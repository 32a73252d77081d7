//! Invoices of enterprise systems: tables, forms, monospaced type, many pages.

use fieldmark_domain::detection::{BlockRole, SpanClass};
use fieldmark_domain::field::Field;

use super::arrangement::{Block, Column, Tail};
use crate::blocks::{Side, TotalsStyle};
use crate::canvas::{Align, Run};
use crate::composer::{Area, Composer, Item};
use crate::look::{RowStyle, Separator};
use crate::typeface::Typeface;

impl Composer {
    /// Wide tables in small type.
    pub(super) fn export(&mut self) {
        self.look.pen.size = self.dice.length(6.2, 8.2);
        self.look.ruled = self.dice.chance(0.6);
        self.look.margin = self.dice.length(20.0, 36.0);
        let area = self.top();
        let bands: &[&[Column]] = match self.dice.count(0, 2) {
            0 => &[
                &[(1.0, &[Block::Supplier]), (1.0, &[Block::Title]), (1.0, &[Block::References])],
                &[(1.0, &[Block::Customer]), (1.0, &[Block::Other]), (1.0, &[Block::Other])],
            ],
            1 => &[&[
                (1.0, &[Block::Customer]),
                (1.0, &[Block::Title, Block::Meta]),
                (1.0, &[Block::Supplier]),
            ]],
            _ => &[&[
                (1.0, &[Block::Supplier]),
                (1.0, &[Block::Customer]),
                (1.0, &[Block::Other]),
                (1.0, &[Block::Title]),
            ]],
        };
        let mut y = self.bands(bands, area);
        for _ in 0..self.dice.count(1, 3) {
            let entries = if self.dice.chance(0.6) {
                self.meta_entries()
            } else {
                let items: Vec<Item> = (0..self.dice.count(3, 7)).map(|_| self.distractor()).collect();
                self.entries(&items)
            };
            let style = self.dice.pick([RowStyle::Across, RowStyle::Across, RowStyle::Grid]);
            y = self.rows_of(BlockRole::Identification, entries, area.at(y), style) + 4.0;
        }
        if !self.printed.contains(&Field::InvoiceNumber) {
            y = self.meta_block_in(area.at(y), RowStyle::Across) + 4.0;
        }
        let totals = self.dice.pick([TotalsStyle::Band, TotalsStyle::RightColumn, TotalsStyle::Band]);
        self.body(
            area.at(y),
            Tail { totals: Some(totals), tax_table: 0.55, payment: 0.6, sentences: 4, ..Tail::default() },
        );
    }

    /// Everything in ruled boxes, totals in a band at the foot.
    pub(super) fn boxed_form(&mut self) {
        self.look.ruled = true;
        let area = self.top();
        let (left, right) = (area.part(0.0, 0.48), area.part(0.53, 1.0));
        let first = self.letterhead(left.at(area.y + 4.0), Align::Left);
        let captioned = self.dice.chance(0.8);
        let second = self.customer_lines(right.at(area.y + 4.0), Align::Left, captioned);
        let bottom = first.max(second) + 4.0;
        self.framed(left, bottom);
        self.framed(right, bottom);
        let mut y = bottom + 14.0;
        if self.dice.chance(0.75) {
            y = self.title(area.at(y), Align::Left) + 4.0;
        }
        let style = self.dice.pick([RowStyle::Across, RowStyle::Grid]);
        y = self.meta_block_in(area.at(y), style) + 4.0;
        if self.dice.chance(0.5) {
            let items: Vec<Item> = (0..self.dice.count(2, 6)).map(|_| self.distractor()).collect();
            let entries = self.entries(&items);
            let pen = self.pen();
            y = self.within(BlockRole::Identification, |hand| hand.across(entries, area.at(y), pen)) + 4.0;
        }
        y = self.items(area.at(y));
        let foot = (self.canvas.size.height_pt - self.dice.length(150.0, 220.0)).max(y + 10.0);
        let foot = if self.dice.chance(0.5) { foot } else { y + 14.0 };
        let place = self.room_for(120.0, area.at(foot));
        let mut y = place.y;
        if self.dice.chance(0.5) {
            y = self.tax_table(place) + 6.0;
        }
        y = self.totals(area.at(y), TotalsStyle::Band) + 6.0;
        if self.dice.chance(0.6) {
            let entries = self.payment_entries();
            let pen = self.pen();
            if !entries.is_empty() {
                y = self.within(BlockRole::Bank, |hand| hand.across(entries, area.at(y), pen));
            }
        }
        if self.dice.chance(0.4) {
            self.prose(area.at(y + 6.0), 1);
        }
        self.close(Tail { footer: 0.5, ..Tail::default() });
    }

    /// Parties as forms with a caption in every line.
    pub(super) fn forms(&mut self) {
        let area = self.top();
        let side_by_side = self.dice.chance(0.6);
        let mut y = area.y;
        let title_first = self.dice.chance(0.6);
        if title_first {
            y = self.title(area, Align::Left) + 8.0;
            y = self.meta_block(area.part(0.0, 0.7).at(y)) + 10.0;
        }
        let (first, second) = if self.dice.chance(0.7) {
            (Side::Supplier, Side::Customer)
        } else {
            (Side::Customer, Side::Supplier)
        };
        if side_by_side {
            let left = self.party_form(first, area.part(0.0, 0.47).at(y));
            let right = self.party_form(second, area.part(0.52, 1.0).at(y));
            y = left.max(right) + 12.0;
        } else {
            y = self.party_form(first, area.at(y)) + 10.0;
            y = self.party_form(second, area.at(y)) + 12.0;
        }
        if !title_first {
            y = self.title(area.at(y), Align::Left) + 4.0;
            y = self.meta_block(area.at(y)) + 8.0;
        }
        self.body(area.at(y), Tail { footer: 0.3, payment: 0.65, tax_table: 0.3, ..Tail::default() });
    }

    /// Structured data in monospaced type: "Nummer   : 123".
    pub(super) fn data_print(&mut self) {
        if self.dice.chance(0.75) {
            self.look.pen.typeface = Typeface::Courier;
            self.look.pen.stretch = self.dice.length(0.78, 0.95);
            self.look.pen.size = self.dice.length(7.0, 9.2);
        }
        self.look.separator =
            self.dice.pick([Separator::ColonApart, Separator::ColonApart, Separator::Colon, Separator::Dots]);
        self.look.rows = self.dice.pick([RowStyle::Columns, RowStyle::Inline]);
        let area = self.top();
        let mut y = area.y;
        if self.dice.chance(0.3) {
            let words = self.dice.count(3, 8);
            let text = self.filler(words);
            let pen = self.pen();
            y = self.line(&Run::plain(text), area.left, y, pen, Align::Left);
        }
        y = self.title(area.at(y), Align::Left) + self.pen().line();
        y = self.meta_block_in(area.at(y), self.look.rows) + self.pen().line();
        let mut sections =
            [Block::SupplierForm, Block::CustomerForm, Block::Supplier, Block::Other, Block::References];
        let (start, _) = sections.split_at_mut(2);
        if self.dice.chance(0.25) {
            start.reverse();
        }
        for (index, section) in sections.into_iter().enumerate() {
            if index < 2 || self.dice.chance(if index == 2 { 0.3 } else { 0.35 }) {
                let place = self.room_for(100.0, area.at(y));
                y = self.block(section, place) + self.pen().line();
            }
        }
        let place = self.room_for(140.0, area.at(y));
        y = if self.dice.chance(0.55) { self.data_lines(place) } else { self.items(place) };
        let place = self.room_for(120.0, area.at(y + self.pen().line()));
        let totals = self.totals_entries();
        let style = self.dice.pick([RowStyle::Columns, RowStyle::ValuesRight, RowStyle::Inline]);
        y = self.rows_of(BlockRole::Totals, totals, place.part(0.0, 0.8), style) + self.pen().line();
        if self.dice.chance(0.4) {
            y = self.tax_table(area.at(y)) + self.pen().line();
        }
        let place = self.room_for(90.0, area.at(y));
        let payment = self.payment_entries();
        y = self.rows_of(BlockRole::Bank, payment, place, self.look.rows);
        if self.dice.chance(0.5) && y + 60.0 < self.bottom() {
            self.prose(area.at(y + 10.0), 2);
        }
    }

    /// Every line of the invoice as a group of captions and values.
    fn data_lines(&mut self, area: Area) -> f32 {
        self.within(BlockRole::Lines, |hand| hand.set_data_lines(area))
    }

    fn set_data_lines(&mut self, area: Area) -> f32 {
        let mut y = area.y;
        for line in self.facts.amounts.lines.clone().into_iter().take(8) {
            let place = self.room_for(70.0, area.at(y));
            let description = Run::plain(line.description.clone());
            let heading = self.lines(&[description], place, self.look.pen.bold(), Align::Left);
            let mut entries = Vec::new();
            for (key, amount) in [("unit_price", line.unit_price), ("amount", line.net)] {
                let word = self.dice.word(self.lexicon.columns(key));
                let caption = self.caption_of(SpanClass::OtherCaption, word);
                let value = self.line_amount(SpanClass::LineAmount, amount);
                entries.push(crate::composer::Entry { caption, value, glued: false });
            }
            if self.dice.chance(0.4) {
                entries.extend(self.entry(Item::OtherIdentifier));
            }
            let pen = self.look.pen;
            y = self.rows_with(entries, place.part(0.04, 0.9).at(heading), RowStyle::Columns, pen)
                + pen.size * 0.6;
        }
        y
    }

    /// Many lines over several pages, with sums carried over.
    pub(super) fn continued(&mut self) {
        let wanted = self.dice.count(24, 60);
        let lines = self.facts.amounts.lines.clone();
        if !lines.is_empty() && lines.len() < wanted {
            self.spread_over(wanted);
        }
        let area = self.top();
        let bands: &[&[Column]] = if self.dice.chance(0.5) {
            &[
                &[(0.5, &[Block::Supplier]), (0.5, &[Block::Title, Block::Meta])],
                &[(0.5, &[Block::Customer]), (0.5, &[Block::Other])],
            ]
        } else {
            &[
                &[(0.55, &[Block::ReturnLine, Block::Customer]), (0.45, &[Block::Supplier])],
                &[(1.0, &[Block::Title])],
                &[(1.0, &[Block::Meta])],
            ]
        };
        let y = self.bands(bands, area);
        self.body(area.at(y), Tail { tax_table: 0.35, payment: 0.5, ..Tail::default() });
    }

    /// The same total in more lines: each line is split into parts that add up to it.
    fn spread_over(&mut self, wanted: usize) {
        let whole = self.facts.amounts.lines.clone();
        let parts = (wanted / whole.len().max(1)).max(1) as i64;
        let mut lines = Vec::new();
        for line in whole {
            let mut rest = line.net;
            for part in 0..parts {
                let net = if part + 1 == parts { rest } else { line.net / parts };
                rest -= net;
                let description = crate::facts::description(self.facts.locale, &mut self.dice);
                lines.push(crate::facts::Line {
                    description,
                    quantity: 100,
                    unit_price: net,
                    discount: 0,
                    net,
                    ..line.clone()
                });
            }
        }
        self.facts.amounts.lines = lines;
    }
}
