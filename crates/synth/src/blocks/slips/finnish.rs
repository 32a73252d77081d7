//! The Finnish credit transfer form.

use fieldmark_domain::detection::SpanClass;
use fieldmark_domain::field::Field;

use crate::canvas::{Align, Pen, Run};
use crate::composer::{Area, Composer, Entry};
use crate::identifiers::virtual_barcode;

impl Composer {
    pub(super) fn finnish_slip(&mut self, area: Area, pen: Pen) {
        let left = area.part(0.0, 0.5);
        let small = pen.scaled(0.75);
        let mut y = area.y;
        let caption = |field: Field, words: &str| (SpanClass::Caption(field), words.to_owned());
        if let Some(iban) = self.facts.payment.iban.clone() {
            let (class, words) = caption(
                Field::SupplierIban,
                self.dice.pick(["Saajan tilinumero Mottagarens kontonummer", "Saajan tilinumero", "IBAN"]),
            );
            self.line(&Run::span(class, words), left.left, y, small, Align::Left);
            let value = Run::value(Field::SupplierIban, iban.usual());
            y = self.line(&value, left.left + 70.0, y + pen.line() * 0.7, pen, Align::Left);
        }
        if let Some(bic) = self.facts.payment.bic.clone() {
            let value = Run::value(Field::SupplierBic, bic.usual());
            let x = left.left + area.width * 0.55;
            self.slip_cell(SpanClass::Caption(Field::SupplierBic), "BIC", value, x, area.y, pen);
        }
        self.line(
            &Run::span(SpanClass::SupplierCaption, "Saaja Mottagare"),
            left.left,
            y,
            small,
            Align::Left,
        );
        let payee = self.payee_lines();
        y = self.lines(&payee, left.part(0.2, 1.0).at(y), pen, Align::Left) + pen.size;
        self.line(
            &Run::span(SpanClass::CustomerCaption, "Maksajan nimi ja osoite"),
            left.left,
            y,
            small,
            Align::Left,
        );
        let payer = self.payer_lines();
        self.lines(&payer, left.part(0.2, 1.0).at(y + pen.line()), pen, Align::Left);
        let right = area.part(0.54, 1.0);
        let mut ry = area.y + pen.line() * 6.0;
        let entries = self.finnish_amounts();
        for entry in entries {
            self.line(&entry.caption, right.left, ry, small, Align::Left);
            ry = self.line(&entry.value, right.left + right.width * 0.3, ry, pen, Align::Left)
                + pen.size * 0.6;
        }
        self.finnish_barcode(area, pen);
    }

    fn finnish_amounts(&mut self) -> Vec<Entry> {
        let mut entries = Vec::new();
        let entry = |field: Field, words: &str, value: Run| Entry {
            caption: Run::span(SpanClass::Caption(field), words),
            value,
            glued: false,
        };
        if let Some(reference) = self.facts.payment.reference.clone() {
            let value = Run::value(Field::PaymentReference, reference.identifier.print(&mut self.dice));
            let words = self.dice.pick(["Viitenro Ref.nr", "Viitenumero", "Viite"]);
            entries.push(entry(Field::PaymentReference, words, value));
        }
        if let Some(date) = self.facts.due_date {
            let value = Run::value(Field::DueDate, self.date_text(date));
            entries.push(entry(
                Field::DueDate,
                self.dice.pick(["Eräpäivä Förfallodag", "Eräpvm", "Eräpäivä"]),
                value,
            ));
        }
        let amount = self.due_amount();
        entries.push(entry(Field::AmountDue, self.dice.pick(["Euro", "EUR", "Euro Summa"]), amount));
        entries
    }

    fn finnish_barcode(&mut self, area: Area, pen: Pen) {
        let (Some(iban), Some(reference), Some(due)) =
            (&self.facts.payment.iban, &self.facts.payment.reference, self.facts.due_date)
        else {
            return;
        };
        if !iban.normal.starts_with("FI")
            || !reference.identifier.normal.chars().all(|digit| digit.is_ascii_digit())
        {
            return;
        }
        let code = virtual_barcode(&iban.normal, self.facts.amounts.due, &reference.identifier.normal, due);
        let value = Run::span(SpanClass::OtherIdentifier, code);
        let caption = Run::span(
            SpanClass::OtherCaption,
            self.dice.pick(["Virtuaaliviivakoodi", "Virtuaalikoodi", "Pankkiviivakoodi"]),
        );
        let run = if self.dice.chance(0.6) { caption.and(value) } else { value };
        self.canvas.put(&run, area.left, self.canvas.size.height_pt - 24.0, pen, Align::Left);
    }
}
