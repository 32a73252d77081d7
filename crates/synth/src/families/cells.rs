//! A form of ruled cells, each with a tiny caption in its upper corner.

use fieldmark_domain::detection::BlockRole;
use fieldmark_domain::field::Field;

use super::arrangement::Tail;
use crate::blocks::TotalsStyle;
use crate::canvas::{Align, Run};
use crate::composer::{Area, Composer, Entry, Item};
use crate::hard_cases::HardCase;
use crate::look::RowStyle;

impl Composer {
    /// Parties in cells on one side, numbers in cells on the other, totals and payment in boxes
    /// below the lines.
    pub(super) fn ruled_cells(&mut self) {
        let area = self.top();
        let mirrored = self.dice.chance(0.25);
        let (parties, numbers) = if mirrored {
            (area.part(0.5, 1.0), area.part(0.0, 0.46))
        } else {
            (area.part(0.0, 0.52), area.part(0.57, 1.0))
        };
        let first = self.party_cell(true, parties);
        // Cells touch, or have a gap.
        let gap = self.dice.pick([0.0, 0.0, 6.0]);
        let left = self.party_cell(false, parties.at(first + gap));
        let right = self.number_cells(numbers);
        let mut y = left.max(right) + 8.0;
        if self.dice.chance(0.4) {
            y = self.strip(area.at(y)) + 6.0;
        }
        y = self.remaining_parties(area.at(y));
        y = self.paired_numbers(area.at(y));
        y = self.items(area.at(y)) + 12.0;
        let place = self.room_for(190.0, area.at(y));
        y = self.boxed_totals(place) + 12.0;
        y = self.boxed_terms(area.at(y)) + 10.0;
        self.boxed_bank(area.at(y));
        self.close(Tail { footer: 0.2, ..Tail::default() });
    }

    /// A tiny caption in the upper left corner of a cell; returns where the cell's text starts.
    fn corner_caption(&mut self, caption: &Run, area: Area) -> f32 {
        let tiny = self.pen().scaled(0.58);
        self.canvas.put(caption, area.left + 2.0, area.y + tiny.size, tiny, Align::Left);
        area.y + tiny.size
    }

    fn frame_cell(&mut self, area: Area, bottom: f32) {
        self.canvas.frame((area.left, area.y, area.right(), bottom), 0.6);
    }

    fn party_cell(&mut self, is_supplier: bool, area: Area) -> f32 {
        let (role, key) =
            if is_supplier { (BlockRole::Supplier, "supplier") } else { (BlockRole::Customer, "customer") };
        let caption = self.bare_caption(key);
        let y = self.within(role, |hand| hand.corner_caption(&caption, area));
        let inside = Area { left: area.left + 6.0, width: area.width - 10.0, y };
        let reached = if is_supplier {
            self.letterhead(inside, Align::Left)
        } else {
            self.customer_lines(inside, Align::Left, false)
        };
        let bottom = (reached + 5.0).max(area.y + 50.0);
        self.frame_cell(area, bottom);
        bottom
    }

    /// The title, then one cell for each number: the caption tiny, the value bold at the right.
    fn number_cells(&mut self, area: Area) -> f32 {
        let title = self.title(Area { width: area.width - 4.0, ..area }, Align::Left) + 4.0;
        let entries = self.meta_entries();
        self.within(BlockRole::Identification, |hand| {
            let pen = hand.pen();
            let mut y = title;
            for entry in entries {
                let cell = area.at(y);
                let start = hand.corner_caption(&entry.caption, cell);
                let baseline = start + pen.size * 0.95;
                let value = entry.value.bold();
                hand.canvas.put(&value, area.right() - 3.0, baseline, pen, Align::Right);
                hand.frame_cell(cell, baseline + pen.size * 0.4);
                y = baseline + pen.size * 0.4;
            }
            y
        })
    }

    /// References and numbers of the customer's in one ruled line.
    fn strip(&mut self, area: Area) -> f32 {
        let mut entries = Vec::new();
        for (item, likelihood) in
            [(Item::Other, 0.8), (Item::Field(Field::CustomerVatId), 0.5), (Item::OtherIdentifier, 0.6)]
        {
            if self.dice.chance(likelihood) {
                entries.extend(self.entry(item));
            }
        }
        let runs = entries.into_iter().map(Entry::inline);
        let line = runs.fold(Run::default(), |line, run| if line.is_empty() { run } else { line.and(run) });
        let pen = self.pen();
        let inside = Area { left: area.left + 4.0, width: area.width - 8.0, ..area };
        let y = self.within(BlockRole::Identification, |hand| hand.lines(&[line], inside, pen, Align::Left))
            + 4.0;
        self.frame_cell(area, y);
        y
    }

    fn boxed_totals(&mut self, area: Area) -> f32 {
        let inside = Area { left: area.left + 6.0, width: area.width - 12.0, ..area };
        let y = self.totals(inside, TotalsStyle::FullRow) + 6.0;
        self.frame_cell(area, y);
        y
    }

    /// Terms in words, or the sentence of a direct debit, with a tiny caption.
    fn boxed_terms(&mut self, area: Area) -> f32 {
        let caption = self.bare_caption("payment_terms");
        let y = self.within(BlockRole::Bank, |hand| hand.corner_caption(&caption, area));
        let inside = Area { left: area.left + 6.0, width: area.width - 12.0, y };
        let y = if self.wants(HardCase::DirectDebit) {
            self.payment(inside)
        } else if self.dice.chance(0.5) {
            self.terms_line(inside)
        } else {
            let sentences = self.dice.count(1, 2);
            self.prose(inside, sentences)
        };
        self.frame_cell(area, y + 5.0);
        y + 5.0
    }

    /// Accounts in two or three columns of small captions and values.
    fn boxed_bank(&mut self, area: Area) -> f32 {
        let mut entries = self.payment_entries();
        for item in [Item::Field(Field::SupplierOrgNumber), Item::NationalNumber] {
            if self.dice.chance(0.4) {
                entries.extend(self.entry(item));
            }
        }
        if entries.is_empty() {
            return area.y;
        }
        let columns = self.dice.count(2, 3);
        let per_column = entries.len().div_ceil(columns).max(1);
        let mut bottom = area.y;
        let pen = self.pen().scaled(0.9);
        for (index, column) in entries.chunks(per_column).enumerate() {
            let from = index as f32 / columns as f32;
            let place = area.part(from + 0.01, from + 0.95 / columns as f32);
            let reached = self.within(BlockRole::Bank, |hand| {
                hand.rows_with(column.to_vec(), place, RowStyle::Inline, pen)
            });
            bottom = bottom.max(reached);
        }
        self.frame_cell(area, bottom + 5.0);
        bottom + 5.0
    }
}
