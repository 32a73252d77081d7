//! Payment slips at the foot of a page, as the banks of each country print them.

use fieldmark_domain::detection::SpanClass;
use fieldmark_domain::field::Field;

use crate::canvas::{Align, Pen, Run};
use crate::composer::{Area, Composer, Entry};
use crate::identifiers::virtual_barcode;
use crate::typeface::Typeface;

/// Whose slip it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SlipKind {
    /// Swedish inpayment slip with its machine-read line.
    Swedish,
    /// Norwegian giro.
    Norwegian,
    /// Danish giro card.
    Danish,
    /// Finnish credit transfer form.
    Finnish,
    /// Swiss QR bill.
    Swiss,
    /// A coupon to tear off, of any country.
    Coupon,
}

/// The height that a slip takes at the foot of a page.
pub(crate) const SLIP_HEIGHT: f32 = 262.0;

impl Composer {
    /// The slip of the supplier's country; the coupon where it has none or cannot be filled in.
    pub(crate) fn slip_kind(&mut self) -> SlipKind {
        let payment = &self.facts.payment;
        match self.facts.locale.country() {
            "SE" if payment.bankgiro.is_some() || payment.plusgiro.is_some() => SlipKind::Swedish,
            "NO" if payment.account.is_some() => SlipKind::Norwegian,
            "DK" if payment.fik.is_some() => SlipKind::Danish,
            "FI" if payment.iban.is_some() => SlipKind::Finnish,
            "CH" if payment.iban.is_some() => SlipKind::Swiss,
            _ => SlipKind::Coupon,
        }
    }

    /// Sets a slip into the lower third of the page.
    pub(crate) fn slip(&mut self, kind: SlipKind) {
        let height = self.canvas.size.height_pt;
        let area = Area { y: height - SLIP_HEIGHT, ..self.page_area() };
        self.canvas.rule((0.0, area.y - 4.0), (self.canvas.size.width_pt, area.y - 4.0), 0.4);
        let pen = Pen { size: self.dice.length(7.5, 9.5), leading: 1.25, ..self.pen() };
        match kind {
            SlipKind::Swedish => self.swedish_slip(area, pen),
            SlipKind::Norwegian => self.norwegian_slip(area, pen),
            SlipKind::Danish => self.danish_slip(area, pen),
            SlipKind::Finnish => self.finnish_slip(area, pen),
            SlipKind::Swiss => self.swiss_slip(area, pen),
            SlipKind::Coupon => self.coupon(area, pen),
        }
    }

    /// A small caption over a value.
    fn slip_cell(&mut self, class: SpanClass, words: &str, value: Run, x: f32, y: f32, pen: Pen) -> f32 {
        let caption = Run::span(class, words);
        let y = self.line(&caption, x, y, pen.scaled(0.78), Align::Left);
        self.line(&value, x, y, pen, Align::Left)
    }

    fn slip_payee(&self) -> Run {
        Run::value(Field::SupplierName, self.facts.supplier.name.clone())
    }

    fn payee_lines(&self) -> Vec<Run> {
        let mut lines = vec![self.slip_payee()];
        lines.extend(
            self.facts
                .supplier
                .address
                .iter()
                .map(|line| Run::span(SpanClass::SupplierAddress, line.clone())),
        );
        lines
    }

    fn payer_lines(&self) -> Vec<Run> {
        let mut lines = vec![Run::value(Field::CustomerName, self.facts.customer.name.clone())];
        lines.extend(
            self.facts
                .customer
                .address
                .iter()
                .map(|line| Run::span(SpanClass::CustomerAddress, line.clone())),
        );
        lines
    }

    /// Whole units and hundredths, apart as the machine-read fields have them.
    fn split_due(&self) -> (String, String) {
        let due = self.facts.amounts.due.unsigned_abs();
        ((due / 100).to_string(), format!("{:02}", due % 100))
    }

    fn due_amount(&mut self) -> Run {
        let due = self.facts.amounts.due;
        let text = self.bare_amount(due);
        Run::value(Field::AmountDue, text)
    }

    fn swedish_slip(&mut self, area: Area, pen: Pen) {
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

    fn norwegian_slip(&mut self, area: Area, pen: Pen) {
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

    fn danish_slip(&mut self, area: Area, pen: Pen) {
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

    fn finnish_slip(&mut self, area: Area, pen: Pen) {
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

    fn swiss_slip(&mut self, area: Area, pen: Pen) {
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

    /// A coupon to tear off: parties, numbers, the amount in a box, a line for machines.
    fn coupon(&mut self, area: Area, pen: Pen) {
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
