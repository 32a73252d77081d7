//! Receipts from a till: a narrow roll.

use fieldmark_domain::detection::{BlockRole, SpanClass};
use fieldmark_domain::field::Field;
use fieldmark_domain::page::PageSize;

use crate::canvas::{Align, Canvas, Pen, Run};
use crate::composer::{Area, Composer, Item};
use crate::look::RowStyle;
use crate::typeface::Typeface;

impl Composer {
    /// A narrow roll: name and address in the middle, goods, the sum, how it was paid.
    pub(super) fn receipt(&mut self) {
        self.facts.amounts.lines.truncate(24);
        let width_pt = self.dice.length(170.0, 300.0);
        let lines = self.facts.amounts.lines.len() as f32;
        let height_pt = self.dice.length(360.0, 480.0) + lines * 22.0;
        self.canvas = Canvas::new(PageSize { width_pt, height_pt });
        self.look.margin = self.dice.length(8.0, 20.0);
        let typeface = if self.dice.chance(0.55) { Typeface::Courier } else { self.pen().typeface };
        let size = self.dice.length(6.6, 9.0) * (width_pt / 230.0).min(1.2);
        let stretch = if typeface == Typeface::Courier { 0.82 } else { 0.95 };
        self.look.pen = Pen { typeface, size, stretch, ..self.pen() };
        let area = Area { left: self.look.margin, y: 10.0, width: width_pt - 2.0 * self.look.margin };
        let align = self.dice.pick([Align::Centre, Align::Centre, Align::Centre, Align::Left]);
        let mut y = self.letterhead(area, align);
        y = self.separator_line(area, y);
        if self.dice.chance(0.6) {
            y = self.title(area.at(y), align);
        }
        y = self.receipt_numbers(area.at(y));
        y = self.separator_line(area, y);
        y = self.receipt_lines(area.at(y));
        y = self.separator_line(area, y);
        let entries = self.totals_entries();
        y = self.rows_of(BlockRole::Totals, entries, area.at(y), RowStyle::ValuesRight);
        if self.dice.chance(0.7) {
            y = self.tender(area, y);
        }
        if self.dice.chance(0.5) {
            y = self.tax_table(area.at(y + 4.0));
        }
        let sentences = self.dice.count(0, 3);
        if sentences > 0 {
            let thanks = self.sentence();
            y = self.lines(&[thanks], area.at(y + 10.0), self.look.pen, align);
        }
        if self.dice.chance(0.3) {
            let number = Run::span(SpanClass::OtherIdentifier, self.dice.number(13));
            self.lines(&[number], area.at(y + 16.0), self.look.pen, Align::Centre);
        }
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
            let bare = item == Item::Field(Field::InvoiceDate) && self.dice.chance(0.4);
            let run = if bare { entry.value } else { entry.inline() };
            let time = bare && self.dice.chance(0.7);
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
        let with_tax = self.dice.chance(0.6);
        let mut y = area.y;
        for line in self.facts.amounts.lines.clone() {
            let tax = if with_tax { crate::money::tax_of(line.net, line.rate) } else { 0 };
            let amount = self.line_amount(SpanClass::LineAmount, line.net + tax);
            let room = area.width - pen.width(&amount) - pen.size;
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

    /// How it was paid, and the change.
    fn tender(&mut self, area: Area, y: f32) -> f32 {
        self.within(BlockRole::Totals, |hand| hand.set_tender(area, y))
    }

    fn set_tender(&mut self, area: Area, y: f32) -> f32 {
        let pen = self.pen();
        let word = match self.facts.locale.language() {
            "sv" => self.dice.pick(["Kontokort", "Kort", "Kontant", "Swish", "Betalkort"]),
            "nb" => self.dice.pick(["Bankkort", "Kontant", "Vipps"]),
            "da" => self.dice.pick(["Dankort", "Kontant", "MobilePay"]),
            "fi" => self.dice.pick(["Pankkikortti", "Käteinen", "Kortti"]),
            "de" => self.dice.pick(["Bar", "EC-Karte", "Kartenzahlung", "Gegeben"]),
            "fr" => self.dice.pick(["CB", "Espèces", "Carte bancaire"]),
            "nl" => self.dice.pick(["PIN", "Contant"]),
            "it" => self.dice.pick(["Contanti", "Pagamento elettronico"]),
            "es" => self.dice.pick(["Efectivo", "Tarjeta"]),
            _ => self.dice.pick(["CASH", "Card", "VISA", "Mastercard", "Tendered", "EFT"]),
        };
        let paid =
            self.facts.amounts.gross + if self.dice.chance(0.3) { self.dice.whole(1, 40) * 50 } else { 0 };
        let exact = paid == self.facts.amounts.paid;
        let class = if exact { SpanClass::Value(Field::AmountPaid) } else { SpanClass::OtherAmount };
        let amount = self.line_amount(class, paid);
        let baseline = y + pen.line();
        self.canvas.put(&Run::span(SpanClass::OtherCaption, word), area.left, baseline, pen, Align::Left);
        self.canvas.put(&amount, area.right(), baseline, pen, Align::Right);
        let change = paid - self.facts.amounts.gross;
        if change == 0 {
            return baseline;
        }
        let word = match self.facts.locale.language() {
            "sv" => "Växel",
            "nb" | "da" => "Byttepenge",
            "fi" => "Takaisin",
            "de" => "Rückgeld",
            "fr" => "Rendu",
            "nl" => "Wisselgeld",
            "it" => "Resto",
            "es" => "Cambio",
            _ => "CHANGE",
        };
        let amount = self.line_amount(SpanClass::OtherAmount, change);
        let below = baseline + pen.line();
        self.canvas.put(&Run::span(SpanClass::OtherCaption, word), area.left, below, pen, Align::Left);
        self.canvas.put(&amount, area.right(), below, pen, Align::Right);
        below
    }
}
