//! Numbers of both parties side by side, with the same captions: only the column shows whose they
//! are.

use fieldmark_domain::detection::{BlockRole, SpanClass};
use fieldmark_domain::field::Field;

use crate::canvas::{Align, Run};
use crate::composer::{Area, Composer};
use crate::hard_cases::HardCase;

/// A party with the fields of its numbers.
type Numbers = (BlockRole, &'static str, [Field; 2]);

const SUPPLIER: Numbers = (BlockRole::Supplier, "supplier", [Field::SupplierVatId, Field::SupplierOrgNumber]);
const CUSTOMER: Numbers = (BlockRole::Customer, "customer", [Field::CustomerVatId, Field::CustomerOrgNumber]);

impl Composer {
    /// The numbers of both parties in two columns or in one table; nothing if a party has none.
    pub(crate) fn paired_numbers(&mut self, area: Area) -> f32 {
        let rows = self.shared_rows();
        if !self.wants(HardCase::PairedNumbers) || rows.is_empty() {
            return area.y;
        }
        self.meet(HardCase::PairedNumbers);
        let sides = if self.dice.chance(0.5) { [SUPPLIER, CUSTOMER] } else { [CUSTOMER, SUPPLIER] };
        let y = area.y + self.pen().size * 0.6;
        if self.dice.chance(0.5) {
            self.numbers_in_columns(&rows, sides, area.at(y))
        } else {
            self.numbers_in_a_table(&rows, sides, area.at(y))
        }
    }

    /// Which of VAT number and register's number both parties have.
    fn shared_rows(&self) -> Vec<usize> {
        let has = |field: Field| self.facts.normal(field).is_some();
        let both = |row: &usize| {
            [SUPPLIER, CUSTOMER].iter().all(|(_, _, fields)| fields.get(*row).copied().is_some_and(has))
        };
        [0, 1].into_iter().filter(both).filter(|row| *row == 0 || !self.keeps_number_in_vat()).collect()
    }

    fn row_words(&mut self, row: usize) -> String {
        self.caption_text(if row == 0 { "supplier_vat_id" } else { "supplier_org_number" })
    }

    fn numbers_in_columns(&mut self, rows: &[usize], sides: [Numbers; 2], area: Area) -> f32 {
        let words: Vec<(usize, String)> = rows.iter().map(|row| (*row, self.row_words(*row))).collect();
        let headed = self.dice.chance(0.7);
        let mut bottom = area.y;
        for (index, (role, key, fields)) in sides.into_iter().enumerate() {
            let place = area.part(index as f32 * 0.5, index as f32 * 0.5 + 0.46);
            let mut lines = Vec::new();
            if headed {
                lines.push(self.bare_caption(key));
            }
            for (row, words) in &words {
                let Some(field) = fields.get(*row).copied() else { continue };
                let caption = self.caption_of(SpanClass::Caption(field), words);
                lines.push(self.field_value(field).map_or_else(Run::default, |value| caption.and(value)));
            }
            let pen = self.pen();
            let reached = self.within(role, |hand| hand.lines(&lines, place, pen, Align::Left));
            bottom = bottom.max(reached);
        }
        bottom
    }

    /// One header row, and one row for each kind of number.
    fn numbers_in_a_table(&mut self, rows: &[usize], sides: [Numbers; 2], area: Area) -> f32 {
        let pen = self.pen();
        let columns = [0.34, 0.67];
        let mut y = area.y + pen.line();
        for ((role, key, _), from) in sides.into_iter().zip(columns) {
            let head = self.bare_caption(key);
            self.within(role, |hand| {
                hand.canvas.put(&head, area.left + area.width * from, y, pen, Align::Left)
            });
        }
        for row in rows {
            y += pen.line();
            let words = self.row_words(*row);
            // One caption for both columns names the field of the adjacent party.
            let beside = sides.first().and_then(|(_, _, fields)| fields.get(*row)).copied();
            let class = beside.map_or(SpanClass::OtherCaption, SpanClass::Caption);
            let caption = self.caption_of(class, &words);
            self.canvas.put(&caption, area.left, y, pen, Align::Left);
            for ((role, _, fields), from) in sides.into_iter().zip(columns) {
                let value = fields.get(*row).and_then(|field| self.field_value(*field)).unwrap_or_default();
                self.within(role, |hand| {
                    hand.canvas.put(&value, area.left + area.width * from, y, pen, Align::Left)
                });
            }
        }
        y
    }

    /// Whether the register's number is printed only as part of the VAT number.
    pub(crate) fn keeps_number_in_vat(&self) -> bool {
        let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
        let part = match (&self.facts.supplier.vat, &self.facts.supplier.organisation) {
            (Some(vat), Some(number)) => digits(&vat.normal).contains(&digits(&number.normal)),
            _ => false,
        };
        part && self.is_to_have(HardCase::NumberInVat)
    }
}
