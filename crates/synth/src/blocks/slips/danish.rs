//! The Danish giro card.

use fieldmark_domain::detection::SpanClass;
use fieldmark_domain::field::Field;

use crate::canvas::{Align, Pen, Run};
use crate::composer::{Area, Composer};
use crate::typeface::Typeface;

impl Composer {
    pub(super) fn danish_slip(&mut self, area: Area, pen: Pen) {
        let head = self.dice.pick(["INDBETALINGSKORT", "Indbetalingskort", "GIROINDBETALING"]);
        self.line(&Run::plain(head), area.left, area.y, pen.bold(), Align::Left);
        let y = area.y + pen.line() * 1.5;
        let words = self.dice.pick([
            "Kreditornummer og beløbsmodtager",
            "Kontonummer og beløbsmodtager",
            "Beløbsmodtager",
        ]);
        self.line(&Run::span(SpanClass::SupplierCaption, words), area.left, y, pen.scaled(0.78), Align::Left);
        let payee = self.payee_lines();
        let bottom = self.lines(&payee, area.part(0.0, 0.45).at(y + pen.line()), pen, Align::Left);
        let right = area.part(0.52, 1.0);
        self.line(
            &Run::span(SpanClass::CustomerCaption, "Indbetaler"),
            right.left,
            y,
            pen.scaled(0.78),
            Align::Left,
        );
        let payer = self.payer_lines();
        self.lines(&payer, right.at(y + pen.line()), pen, Align::Left);
        let mut y = bottom + pen.line();
        let (kroner, ore) = self.split_due();
        let amount = Run::value(Field::AmountDue, format!("{kroner} , {ore}"));
        let amount = if self.dice.chance(0.5) { amount } else { self.due_amount() };
        y = self.slip_cell(SpanClass::Caption(Field::AmountDue), "Kroner Øre", amount, area.left, y, pen);
        if let Some(date) = self.facts.due_date {
            let value = Run::value(Field::DueDate, self.date_text(date));
            self.slip_cell(
                SpanClass::Caption(Field::DueDate),
                "Betalingsdato",
                value,
                right.left,
                y - pen.line() * 2.0,
                pen,
            );
        }
        if let Some(line) = self.facts.payment.fik.clone() {
            let machine = Pen { typeface: Typeface::Courier, size: 10.5, ..pen };
            let value = Run::value(Field::Fik, line.print(&mut self.dice));
            self.canvas.put(
                &value,
                area.left + 20.0,
                self.canvas.size.height_pt - 30.0,
                machine,
                Align::Left,
            );
        }
    }
}
