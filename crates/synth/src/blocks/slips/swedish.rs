//! The Swedish inpayment slip.

use fieldmark_domain::detection::SpanClass;
use fieldmark_domain::field::Field;

use crate::canvas::{Align, Pen, Run};
use crate::composer::{Area, Composer};
use crate::typeface::Typeface;

impl Composer {
    pub(super) fn swedish_slip(&mut self, area: Area, pen: Pen) {
        let giro = self.facts.payment.bankgiro.clone().map(|giro| (Field::Bankgiro, giro));
        let giro = giro.or_else(|| self.facts.payment.plusgiro.clone().map(|giro| (Field::Plusgiro, giro)));
        let Some((field, giro)) = giro else { return };
        let head = if field == Field::Bankgiro { "bankgirot" } else { "plusgirot" };
        self.line(&Run::plain(head), area.left, area.y, pen.scaled(1.2).bold(), Align::Left);
        let title = Run::plain(self.dice.pick([
            "INBETALNING/GIRERING AVI",
            "Inbetalning/Girering AVI",
            "INBETALNINGSAVI",
        ]));
        self.line(&title, area.right(), area.y, pen, Align::Right);
        let left = area.part(0.0, 0.5);
        let right = area.part(0.52, 1.0);
        let mut y = area.y + pen.line() * 2.0;
        if let Some(date) = self.facts.due_date {
            let value = Run::value(Field::DueDate, self.date_text(date));
            let words =
                self.dice.pick(["Förfallodag", "Förfallodatum", "Oss tillhanda senast", "Betalas senast"]);
            y = self.slip_cell(SpanClass::Caption(Field::DueDate), words, value, left.left, y, pen);
        }
        let payer = self.payer_lines();
        self.line(
            &Run::span(SpanClass::CustomerCaption, "Betalningsavsändare"),
            left.left,
            y,
            pen.scaled(0.78),
            Align::Left,
        );
        self.lines(&payer, left.at(y + pen.line()), pen, Align::Left);
        let mut ry = area.y + pen.line() * 2.0;
        let reference = self.facts.payment.reference.clone();
        if let Some(reference) = &reference {
            let value = Run::value(Field::PaymentReference, reference.identifier.print(&mut self.dice));
            let words = self.dice.pick(["OCR-nummer", "Referensnr", "OCR", "Inbetalningens referens"]);
            ry = self.slip_cell(
                SpanClass::Caption(Field::PaymentReference),
                words,
                value,
                right.left,
                ry,
                pen,
            );
        }
        let words = if field == Field::Bankgiro { "Till bankgironr" } else { "Till plusgironr" };
        let value = Run::value(field, giro.usual());
        ry = self.slip_cell(SpanClass::Caption(field), words, value, right.left, ry, pen);
        let payee = self.slip_payee();
        let words = self.dice.pick(["Betalningsmottagare", "Betalningsmottagare (endast namn)", "Mottagare"]);
        ry = self.slip_cell(SpanClass::SupplierCaption, words, payee, right.left, ry, pen);
        let (kronor, oren) = self.split_due();
        let amount = if self.dice.chance(0.5) {
            self.due_amount()
        } else {
            Run::value(Field::AmountDue, format!("{kronor} {oren}"))
        };
        self.slip_cell(
            SpanClass::Caption(Field::AmountDue),
            "Svenska kronor öre",
            amount,
            right.left,
            ry,
            pen,
        );
        self.swedish_machine_line(field, &giro.normal, area);
    }

    /// `# 1234567 # 125000 2 > 1234567#41#`
    fn swedish_machine_line(&mut self, field: Field, giro: &str, area: Area) {
        let Some(reference) = self.facts.payment.reference.clone() else { return };
        let (kronor, oren) = self.split_due();
        let pen = Pen { typeface: Typeface::Courier, size: 10.0, ..self.pen() };
        let check = self.dice.digits(1);
        let run = Run::plain("#")
            .and(Run::value(Field::PaymentReference, reference.identifier.normal))
            .and(Run::plain("#"))
            .and(Run::value(Field::AmountDue, format!("{kronor} {oren}")))
            .and(Run::plain(check))
            .and(Run::plain(">"))
            .and(Run::value(field, giro))
            .glue(Run::plain("#41#"));
        self.canvas.put(&run, area.left + 10.0, self.canvas.size.height_pt - 26.0, pen, Align::Left);
    }
}
