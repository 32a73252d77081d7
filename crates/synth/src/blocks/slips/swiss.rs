//! The Swiss QR bill.

use fieldmark_domain::detection::SpanClass;
use fieldmark_domain::field::Field;

use crate::canvas::{Align, Pen, Run};
use crate::composer::{Area, Composer};

impl Composer {
    pub(super) fn swiss_slip(&mut self, area: Area, pen: Pen) {
        let words: [&str; 8] = match self.facts.locale.language() {
            "fr" => [
                "Récépissé",
                "Section paiement",
                "Compte / Payable à",
                "Référence",
                "Payable par",
                "Monnaie",
                "Montant",
                "Point de dépôt",
            ],
            _ => [
                "Empfangsschein",
                "Zahlteil",
                "Konto / Zahlbar an",
                "Referenz",
                "Zahlbar durch",
                "Währung",
                "Betrag",
                "Annahmestelle",
            ],
        };
        let [receipt, payment, account, reference, payer, currency, amount, counter] = words;
        self.swiss_part(
            area.part(0.0, 0.3),
            pen.scaled(0.85),
            receipt,
            [account, reference, payer, currency, amount],
        );
        self.swiss_part(area.part(0.56, 1.0), pen, payment, [account, reference, payer, currency, amount]);
        let y = self.canvas.size.height_pt - 22.0;
        self.canvas.put(
            &Run::plain(counter),
            area.left + area.width * 0.28,
            y,
            pen.scaled(0.75),
            Align::Right,
        );
    }

    fn swiss_part(&mut self, area: Area, pen: Pen, title: &str, words: [&str; 5]) {
        let [account, reference, payer, currency, amount] = words;
        let head = pen.scaled(0.8).bold();
        let mut y = self.line(&Run::plain(title), area.left, area.y, pen.scaled(1.2).bold(), Align::Left);
        y = self.line(
            &Run::span(SpanClass::Caption(Field::SupplierIban), account),
            area.left,
            y,
            head,
            Align::Left,
        );
        if let Some(iban) = self.facts.payment.iban.clone() {
            y = self.line(&Run::value(Field::SupplierIban, iban.usual()), area.left, y, pen, Align::Left);
        }
        let payee = self.payee_lines();
        y = self.lines(&payee, area.at(y), pen, Align::Left) + pen.size * 0.4;
        if let Some(number) = self.facts.payment.reference.clone() {
            y = self.line(
                &Run::span(SpanClass::Caption(Field::PaymentReference), reference),
                area.left,
                y,
                head,
                Align::Left,
            );
            let value = Run::value(Field::PaymentReference, number.identifier.usual());
            y = self.canvas.wrap(&value, area.left, y, area.width, pen, Align::Left);
        }
        y = self.line(&Run::span(SpanClass::CustomerCaption, payer), area.left, y, head, Align::Left);
        let lines = self.payer_lines();
        self.lines(&lines, area.at(y), pen, Align::Left);
        let bottom = self.canvas.size.height_pt - 52.0;
        self.canvas.put(
            &Run::span(SpanClass::Caption(Field::Currency), currency),
            area.left,
            bottom,
            head,
            Align::Left,
        );
        self.canvas.put(
            &Run::value(Field::Currency, self.facts.currency),
            area.left,
            bottom + pen.line(),
            pen,
            Align::Left,
        );
        let x = area.left + area.width * 0.4;
        self.canvas.put(
            &Run::span(SpanClass::Caption(Field::AmountDue), amount),
            x,
            bottom,
            head,
            Align::Left,
        );
        let value = self.due_amount();
        self.canvas.put(&value, x, bottom + pen.line(), pen, Align::Left);
    }
}
