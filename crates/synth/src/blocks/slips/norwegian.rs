//! The Norwegian giro.

use fieldmark_domain::detection::SpanClass;
use fieldmark_domain::field::Field;

use crate::canvas::{Align, Pen, Run};
use crate::composer::{Area, Composer};
use crate::typeface::Typeface;

impl Composer {
    pub(super) fn norwegian_slip(&mut self, area: Area, pen: Pen) {
        let Some(account) = self.facts.payment.account.clone() else { return };
        let head = self.dice.pick(["Kvittering - Innbetalt til konto", "KVITTERING", "Kvittering"]);
        self.line(&Run::plain(head), area.left, area.y, pen.bold(), Align::Left);
        let mut y = area.y + pen.line() * 2.0;
        let value = Run::value(Field::AccountNumber, account.usual());
        self.slip_cell(
            SpanClass::Caption(Field::AccountNumber),
            "Innbetalt til konto",
            value,
            area.left,
            y,
            pen,
        );
        let amount = self.due_amount();
        self.slip_cell(
            SpanClass::Caption(Field::AmountDue),
            "Beløp",
            amount,
            area.left + area.width * 0.3,
            y,
            pen,
        );
        if let Some(date) = self.facts.due_date {
            let value = Run::value(Field::DueDate, self.date_text(date));
            let x = area.left + area.width * 0.72;
            self.slip_cell(SpanClass::Caption(Field::DueDate), "Betalingsfrist", value, x, y, pen.bold());
        }
        y += pen.line() * 4.0;
        self.line(
            &Run::span(SpanClass::CustomerCaption, "Betalt av"),
            area.left,
            y,
            pen.scaled(0.8),
            Align::Left,
        );
        let right = area.part(0.52, 1.0);
        self.line(
            &Run::span(SpanClass::SupplierCaption, "Betalt til"),
            right.left,
            y,
            pen.scaled(0.8),
            Align::Left,
        );
        let payer = self.payer_lines();
        self.lines(&payer, area.part(0.0, 0.48).at(y + pen.line()), pen, Align::Left);
        let payee = self.payee_lines();
        self.lines(&payee, right.at(y + pen.line()), pen, Align::Left);
        let bottom = self.canvas.size.height_pt - 34.0;
        let (kroner, ore) = self.split_due();
        let machine = Pen { typeface: Typeface::Courier, size: 10.0, ..pen };
        if let Some(reference) = self.facts.payment.reference.clone() {
            let class = SpanClass::Caption(Field::PaymentReference);
            let caption = self.dice.pick(["Kundeidentifikasjon (KID)", "KID", "Kundeidentifikasjon"]);
            self.canvas.put(
                &Run::span(class, caption),
                area.left,
                bottom - 14.0,
                pen.scaled(0.75),
                Align::Left,
            );
            let value = Run::value(Field::PaymentReference, reference.identifier.normal);
            self.canvas.put(&Run::plain("H").and(value), area.left, bottom, machine, Align::Left);
        }
        let amount = Run::value(Field::AmountDue, format!("{kroner} {ore}"));
        let middle = area.left + area.width * 0.42;
        self.canvas.put(
            &Run::span(SpanClass::Caption(Field::AmountDue), "Kroner Øre"),
            middle,
            bottom - 14.0,
            pen.scaled(0.75),
            Align::Left,
        );
        self.canvas.put(&amount, middle, bottom, machine, Align::Left);
        let x = area.left + area.width * 0.68;
        self.canvas.put(
            &Run::span(SpanClass::Caption(Field::AccountNumber), "Til konto"),
            x,
            bottom - 14.0,
            pen.scaled(0.75),
            Align::Left,
        );
        let to = Run::plain("<").and(Run::plain(self.dice.digits(1))).and(Run::plain(">"));
        let account = Run::value(Field::AccountNumber, account.print(&mut self.dice));
        self.canvas.put(&to.and(account).and(Run::plain("<")), x, bottom, machine, Align::Left);
    }
}
