//! Layouts that training does not use and that differ from all others: they show the accuracy on
//! unknown layouts.

use fieldmark_domain::detection::{BlockRole, SpanClass};
use fieldmark_domain::field::Field;
use fieldmark_domain::page::PageSize;

use super::arrangement::{Block, Tail};
use crate::blocks::TotalsStyle;
use crate::canvas::{Align, Canvas, Run};
use crate::composer::{Area, Composer, Entry, Item};
use crate::look::RowStyle;

impl Composer {
    /// An accounting program's sheet: key figures in a grey band along the left edge, parties on
    /// the right, the totals above the lines.
    pub(super) fn ledger(&mut self) {
        let page = self.canvas.size;
        let band_width = page.width_pt * self.dice.length(0.23, 0.28);
        let band = Area { left: 16.0, y: 26.0, width: band_width - 26.0 };
        let main = Area { left: band_width + 14.0, y: 26.0, width: page.width_pt - band_width - 34.0 };
        let gray = self.dice.pick([0.88, 0.93, 0.82]);
        self.canvas.fill((0.0, 0.0, band_width, page.height_pt), gray);
        self.key_figures(band);
        let y = self.facing_parties(main);
        self.canvas.rule((main.left, y + 8.0), (main.right(), y + 8.0), 1.2);
        let y = self.title(main.at(y + 10.0), Align::Left) + 4.0;
        // Totals above the lines are set in a row or across the width.
        let style = self.dice.pick([TotalsStyle::Band, TotalsStyle::Band, TotalsStyle::FullRow]);
        let y = self.totals(main.at(y), style) + 10.0;
        self.canvas.rule((main.left, y), (main.right(), y), 0.4);
        let y = self.items(main.at(y)) + 8.0;
        if self.dice.chance(0.4) {
            let place = self.room_for(70.0, main.at(y));
            self.tax_table(place);
        }
        if self.dice.chance(0.5) {
            let sentences = self.dice.count(1, 2);
            let place = self.room_for(60.0, main.at(y + 60.0));
            self.prose(place, sentences);
        }
        self.close(Tail { footer: 0.0, ..Tail::default() });
    }

    /// The band: numbers, dates and accounts, each below its small caption, with the amount in
    /// large type.
    fn key_figures(&mut self, band: Area) {
        let pen = self.pen();
        let small = pen.scaled(0.82);
        let mut entries = self.meta_entries();
        entries.truncate(13);
        let mut y = self.within(BlockRole::Identification, |hand| {
            hand.rows_with(entries, band, RowStyle::Stacked, small)
        });
        let field = if self.facts.amounts.due_differs() || self.dice.chance(0.6) {
            Field::AmountDue
        } else {
            Field::TotalGross
        };
        y = self.large_field(field, band.at(y + 14.0), Align::Left, 1.25) + 18.0;
        let entries = self.payment_entries();
        self.within(BlockRole::Bank, |hand| hand.rows_with(entries, band.at(y), RowStyle::Stacked, small));
    }

    /// Customer and supplier side by side, each below a rule with its caption.
    fn facing_parties(&mut self, area: Area) -> f32 {
        let mut sides = [Block::Supplier, Block::Customer];
        self.dice.shuffle(&mut sides);
        let mut bottom = area.y;
        for (index, side) in sides.into_iter().enumerate() {
            let from = index as f32 * 0.52;
            let place = area.part(from, from + 0.46);
            self.canvas.rule((place.left, place.y - 4.0), (place.right(), place.y - 4.0), 1.2);
            bottom = bottom.max(self.block(side, place));
        }
        bottom
    }

    /// A half-size sheet in landscape format: parties in the left half, numbers and totals in the
    /// right one, and few lines.
    pub(super) fn postcard(&mut self) {
        self.gather_lines(4);
        self.canvas = Canvas::new(PageSize { width_pt: 595.28, height_pt: 419.53 });
        self.look.margin = self.dice.length(18.0, 30.0);
        self.look.pen.size = self.look.pen.size.min(9.0);
        let top = self.dice.length(10.0, 24.0);
        let area = self.page_area().at(top);
        let (left, right) = (area.part(0.0, 0.48), area.part(0.53, 1.0));
        let middle = area.left + area.width * 0.505;
        self.canvas.rule((middle, 14.0), (middle, self.canvas.size.height_pt - 14.0), 0.7);
        let customer_first = self.dice.chance(0.4);
        let blocks = if customer_first {
            [Block::Customer, Block::Supplier]
        } else {
            [Block::Supplier, Block::Customer]
        };
        let mut y = left.y;
        for block in blocks {
            y = self.block(block, left.at(y)) + self.dice.length(8.0, 20.0);
        }
        self.short_lines(left.at(y));
        let mut y = self.title(right, Align::Left) + 6.0;
        let style = self.dice.pick([RowStyle::Columns, RowStyle::ValuesRight]);
        let mut entries = self.meta_entries();
        entries.truncate(12);
        y = self.rows_of(BlockRole::Identification, entries, right.at(y), style) + 10.0;
        self.canvas.rule((right.left, y), (right.right(), y), 0.5);
        y = self.totals(right.at(y), TotalsStyle::FullRow) + 8.0;
        let entries = self.payment_entries();
        y = self.rows_of(BlockRole::Bank, entries, right.at(y), RowStyle::Inline);
        if self.has_unnamed_supplier() {
            let holder = self.entry(Item::AccountHolder);
            let entries: Vec<Entry> = holder.into_iter().collect();
            self.rows_of(BlockRole::Bank, entries, right.at(y), RowStyle::Inline);
        }
    }

    /// Descriptions and amounts, nothing else.
    fn short_lines(&mut self, area: Area) -> f32 {
        self.within(BlockRole::Lines, |hand| hand.set_short_lines(area))
    }

    fn set_short_lines(&mut self, area: Area) -> f32 {
        let pen = self.pen().scaled(0.92);
        let mut y = area.y;
        for line in self.facts.amounts.lines.clone() {
            let amount = self.line_amount(SpanClass::LineAmount, line.net);
            let room = (area.width - pen.width(&amount) - pen.size).max(60.0);
            let text = Run::plain(line.description);
            y = self.canvas.wrap(&text, area.left, y, room, pen, Align::Left);
            self.canvas.put(&amount, area.right(), y, pen, Align::Right);
        }
        y
    }

    /// At most `most` lines: further ones are replaced by one line with their sum.
    pub(super) fn gather_lines(&mut self, most: usize) {
        let lines = &mut self.facts.amounts.lines;
        if lines.len() <= most {
            return;
        }
        let rest: i64 = lines.split_off(most).iter().map(|line| line.net).sum();
        if let Some(last) = lines.last_mut() {
            last.net += rest;
            last.unit_price = last.net;
            last.quantity = 100;
        }
    }
}
