//! Till receipts: a narrow roll.

mod sums;

use fieldmark_domain::detection::{BlockRole, SpanClass};
use fieldmark_domain::field::Field;
use fieldmark_domain::page::PageSize;

use crate::canvas::{Align, Canvas, Pen, Run};
use crate::composer::{Area, Composer, Item};
use crate::typeface::Typeface;

impl Composer {
    /// A narrow roll: name and address in the middle, goods, the sum, the payment.
    pub(super) fn receipt(&mut self) {
        self.gather_lines(24);
        let width_pt = self.dice.length(170.0, 300.0);
        // As long as necessary: cut off below the last line.
        self.canvas = Canvas::new(PageSize { width_pt, height_pt: 4_000.0 });
        self.look.margin = self.dice.length(8.0, 20.0);
        let typeface = if self.dice.chance(0.55) { Typeface::Courier } else { self.pen().typeface };
        let size = self.dice.length(6.6, 9.0) * (width_pt / 230.0).min(1.2);
        let stretch = if typeface == Typeface::Courier { 0.82 } else { 0.95 };
        self.look.pen = Pen { typeface, size, stretch, ..self.pen() };
        let area = Area { left: self.look.margin, y: 10.0, width: width_pt - 2.0 * self.look.margin };
        let align = self.dice.pick([Align::Centre, Align::Centre, Align::Centre, Align::Left]);
        let shop = self.dice.chance(0.55);
        let mut y = if shop { self.shop_head(area, align) } else { self.letterhead(area, align) };
        y = self.separator_line(area, y);
        if self.dice.chance(0.6) {
            y = self.title(area.at(y), align);
        }
        y = self.receipt_numbers(area.at(y));
        y = self.separator_line(area, y);
        y = self.receipt_lines(area.at(y));
        y = self.separator_line(area, y);
        y = self.till_totals(area.at(y));
        if self.dice.chance(0.75) {
            y = self.tender(area, y);
        }
        y = match self.dice.count(0, 3) {
            0 => self.tax_table(area.at(y + 4.0)),
            1..=2 => self.coded_taxes(area.at(y + 4.0)),
            _ => y,
        };
        if self.dice.chance(0.3) {
            y = self.card_slip(area.at(y + 6.0));
        }
        let sentences = self.dice.count(0, 3);
        if sentences > 0 {
            let thanks = self.sentence();
            y = self.lines(&[thanks], area.at(y + 10.0), self.look.pen, align);
        }
        if self.dice.chance(0.3) {
            let number = Run::span(SpanClass::OtherIdentifier, self.dice.number(13));
            y = self.lines(&[number], area.at(y + 16.0), self.look.pen, Align::Centre);
        }
        self.canvas.size.height_pt = y + self.dice.length(14.0, 120.0);
    }

    /// The name, its number in parentheses directly below, the address, telephone and numbers, all
    /// in small type.
    fn shop_head(&mut self, area: Area, align: Align) -> f32 {
        self.within(BlockRole::Supplier, |hand| hand.set_shop_head(area, align))
    }

    fn set_shop_head(&mut self, area: Area, align: Align) -> f32 {
        let mut y = self.supplier_name(area, align);
        let mut lines = Vec::new();
        let number = self.field_value(Field::SupplierOrgNumber).filter(|_| !self.keeps_number_in_vat());
        if let Some(number) = number
            && self.dice.chance(0.75)
        {
            let number =
                if self.dice.chance(0.45) { self.caption("supplier_org_number").and(number) } else { number };
            lines.push(Run::plain("(").glue(number).glue(Run::plain(")")));
        }
        if self.dice.chance(0.92) {
            lines.extend(self.supplier_address());
        }
        for (item, likelihood) in [
            (Item::Phone, 0.7),
            (Item::Fax, 0.25),
            (Item::Field(Field::SupplierVatId), 0.5),
            (Item::NationalNumber, 0.4),
            (Item::Web, 0.2),
        ] {
            if self.dice.chance(likelihood) {
                lines.extend(self.contact_line(item));
            }
        }
        y = self.lines(&lines, area.at(y), self.look.pen, align);
        y
    }

    fn separator_line(&mut self, area: Area, y: f32) -> f32 {
        let mark = self.dice.pick(["-", "=", "*", ""]);
        if mark.is_empty() {
            return y + self.pen().line() * 0.7;
        }
        let pen = self.pen();
        let count = (area.width / (pen.typeface.advance('-') * pen.size * pen.stretch)).max(4.0) as usize;
        let text = Run::plain(mark.repeat(count.saturating_sub(2)));
        self.line(&text, area.left, y, pen, Align::Left)
    }

    fn receipt_numbers(&mut self, area: Area) -> f32 {
        self.within(BlockRole::Identification, |hand| hand.set_receipt_numbers(area))
    }

    fn set_receipt_numbers(&mut self, area: Area) -> f32 {
        let items = [
            (Item::Field(Field::InvoiceNumber), 0.8),
            (Item::Field(Field::InvoiceDate), 0.9),
            (Item::OtherIdentifier, 0.6),
            (Item::Other, 0.4),
            (Item::Field(Field::CustomerName), 0.12),
            (Item::Field(Field::CustomerNumber), 0.2),
        ];
        let mut lines = Vec::new();
        for (item, likelihood) in items {
            if !self.dice.chance(likelihood) {
                continue;
            }
            let Some(entry) = self.entry(item) else { continue };
            let dates = item == Item::Field(Field::InvoiceDate);
            let bare = dates && self.dice.chance(0.4);
            let run = if bare { entry.value } else { entry.inline() };
            let time = dates && self.dice.chance(if bare { 0.7 } else { 0.5 });
            if time && !bare && self.dice.chance(0.5) {
                let clock = format!(
                    "{:02}:{:02}:{:02}",
                    self.dice.whole(7, 22),
                    self.dice.whole(0, 59),
                    self.dice.whole(0, 59)
                );
                lines.push(run.and(Run::span(SpanClass::OtherCaption, "Time:")).and(Run::plain(clock)));
                continue;
            }
            lines.push(if time {
                let clock = format!("{:02}:{:02}", self.dice.whole(7, 22), self.dice.whole(0, 59));
                run.and(Run::plain(clock))
            } else {
                run
            });
        }
        self.lines(&lines, area, self.look.pen, Align::Left)
    }

    /// A description and an amount, sometimes with quantity and price in a line of their own.
    fn receipt_lines(&mut self, area: Area) -> f32 {
        self.within(BlockRole::Lines, |hand| hand.set_receipt_lines(area))
    }

    fn set_receipt_lines(&mut self, area: Area) -> f32 {
        let pen = self.pen();
        let two_lines = self.dice.chance(0.4);
        let coded = self.dice.chance(0.3);
        let numbered = self.dice.chance(0.2);
        let with_tax = self.dice.chance(0.6);
        let mut y = area.y;
        for line in self.facts.amounts.lines.clone() {
            let tax = if with_tax { crate::money::tax_of(line.net, line.rate) } else { 0 };
            let amount = self.line_amount(SpanClass::LineAmount, line.net + tax);
            let amount = if coded {
                amount.and(Run::plain(self.dice.pick(["A", "B", "SR", "S", "*", "V", "T", "ZRL"])))
            } else {
                amount
            };
            let room = area.width - pen.width(&amount) - pen.size;
            if numbered {
                let code = self.dice.number(13);
                let code = Run::span(SpanClass::OtherIdentifier, code);
                y = self.line(&code, area.left, y, pen, Align::Left);
            }
            let text: Vec<&str> = line.description.split_whitespace().take(4).collect();
            y = self.canvas.wrap(&Run::plain(text.join(" ")), area.left, y, room.max(50.0), pen, Align::Left);
            if two_lines {
                let price = self.line_amount(SpanClass::LineAmount, line.unit_price);
                let count = Run::plain(format!("{} x", line.quantity / 100));
                y = self.line(&count.and(price), area.left + pen.size, y, pen, Align::Left);
            }
            self.canvas.put(&amount, area.right(), y, pen, Align::Right);
        }
        y
    }
}
