//! A tear-off coupon, of any country.

use fieldmark_domain::detection::SpanClass;
use fieldmark_domain::field::Field;

use crate::canvas::{Align, Pen, Run};
use crate::composer::{Area, Composer};
use crate::typeface::Typeface;

impl Composer {
    /// A tear-off coupon: parties, numbers, the amount in a box, a machine-read line.
    pub(super) fn coupon(&mut self, area: Area, pen: Pen) {
        let words: &[&str] = match self.facts.locale.language() {
            "sv" => &["Betalningstalong", "Klipp här"],
            "nb" | "da" => &["Giro", "Betalingsslip", "Klipp her"],
            "de" => &["Zahlschein", "SEPA-Überweisung", "Bitte hier abtrennen"],
            "fr" => &["TALON DE PAIEMENT", "Coupon à joindre à votre règlement", "TIP SEPA"],
            "nl" => &["Betaalstrook", "Acceptgiro"],
            "it" => &["Bollettino di pagamento", "Avviso di pagamento"],
            "es" => &["Talón de pago", "Carta de pago"],
            "fi" => &["Tilisiirto", "Maksulomake"],
            _ => &["Remittance advice", "Please detach and return with your payment", "PAYMENT SLIP"],
        };
        let head = self.dice.of(words).copied().unwrap_or("Remittance");
        let y = self.line(&Run::plain(head), area.left, area.y, pen.bold(), Align::Left) + pen.line();
        let payee = self.payee_lines();
        let payer = self.payer_lines();
        let (first, second) = if self.dice.chance(0.5) { (payee, payer) } else { (payer, payee) };
        let bottom = self.lines(&first, area.part(0.0, 0.45).at(y), pen, Align::Left);
        if self.dice.chance(0.7) {
            self.lines(&second, area.part(0.0, 0.45).at(bottom + pen.line()), pen, Align::Left);
        }
        let mut entries = Vec::new();
        for field in [
            Field::InvoiceNumber,
            Field::CustomerNumber,
            Field::InvoiceDate,
            Field::DueDate,
            Field::PaymentReference,
            Field::SupplierIban,
            Field::SupplierBic,
            Field::AccountNumber,
            Field::AmountDue,
        ] {
            if self.dice.chance(0.62) || field == Field::AmountDue {
                entries.extend(self.entry(crate::composer::Item::Field(field)));
            }
        }
        let style = self.dice.pick([
            crate::look::RowStyle::Columns,
            crate::look::RowStyle::ValuesRight,
            crate::look::RowStyle::Stacked,
            crate::look::RowStyle::Inline,
        ]);
        self.rows_with(entries, area.part(0.52, 1.0).at(y), style, pen);
        if self.dice.chance(0.4) {
            let machine = Pen { typeface: Typeface::Courier, size: 10.0, ..pen };
            let code = self.dice.number(24);
            let run = Run::span(SpanClass::OtherIdentifier, code);
            self.canvas.put(&run, area.left, self.canvas.size.height_pt - 28.0, machine, Align::Left);
        }
    }
}
