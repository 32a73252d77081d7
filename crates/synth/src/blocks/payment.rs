//! The payment details: accounts, references, dates.

use fieldmark_domain::detection::BlockRole;
use fieldmark_domain::field::Field;

use crate::canvas::{Align, Run};
use crate::composer::{Area, Composer, Entry, Item, Naming};
use crate::hard_cases::HardCase;
use crate::look::RowStyle;

impl Composer {
    /// The payment block in a random form; returns the last baseline.
    pub(crate) fn payment(&mut self, area: Area) -> f32 {
        self.within(BlockRole::Bank, |hand| hand.set_payment(area))
    }

    fn set_payment(&mut self, area: Area) -> f32 {
        if self.wants(HardCase::DirectDebit) {
            return self.direct_debit(area);
        }
        let entries = self.payment_entries();
        if entries.is_empty() {
            return area.y;
        }
        let mut y = area.y;
        if self.dice.chance(0.3) {
            let heading = self.payment_heading();
            let pen = self.pen().bold_if(self.dice.chance(0.6));
            y = self.line(&heading, area.left, y, pen, Align::Left);
        }
        let inner = match self.dice.count(0, 5) {
            0 => area.part(0.5, 1.0),
            1 => area.part(0.0, 1.0),
            2 => area.part(0.0, 0.45),
            _ => area.part(0.0, 0.65),
        };
        match self.dice.count(0, 11) {
            0..=1 => {
                let pen = self.pen();
                self.across(entries, area.at(y), pen)
            }
            2 => {
                let runs = entries.into_iter().map(Entry::inline).collect();
                let whole = self.joined(runs);
                self.canvas.wrap(&whole, area.left, y, area.width, self.look.pen, Align::Left)
            }
            3 => {
                let bottom = self.rows(entries, inner.at(y), RowStyle::Columns);
                self.boxed(inner.at(y), bottom, self.pen());
                bottom
            }
            4 => self.centred_rows(entries, area.at(y)),
            _ => {
                let style = self.dice.weighted([
                    (RowStyle::Columns, 40),
                    (RowStyle::Inline, 34),
                    (RowStyle::ValuesRight, 8),
                    (RowStyle::Grid, 8),
                    (RowStyle::Stacked, 6),
                    (RowStyle::CaptionsRight, 4),
                ]);
                self.rows(entries, inner.at(y), style)
            }
        }
    }

    /// The amount to be collected, with account and mandate.
    fn direct_debit(&mut self, area: Area) -> f32 {
        self.meet(HardCase::DirectDebit);
        let pen = self.pen();
        let mut y = area.y;
        let pattern = self.dice.word(&self.lexicon.direct_debit);
        let sentence = if self.dice.chance(0.6) { self.filled(pattern) } else { None };
        if let Some(sentence) = sentence {
            y = self.canvas.wrap(&sentence, area.left, y, area.width, pen, Align::Left);
            if self.dice.chance(0.3) {
                return y;
            }
        }
        let payment = self.facts.payment.clone();
        let mut entries = vec![self.foreign_entry("payer_account", payment.payer_account)];
        for (key, number) in [("mandate", payment.mandate), ("creditor_id", payment.creditor)] {
            if self.dice.chance(0.7) {
                entries.push(self.foreign_entry(key, number));
            }
        }
        if self.bank_names_supplier() {
            entries.extend(self.entry(Item::AccountHolder));
        }
        for (field, likelihood) in
            [(Field::SupplierIban, 0.25), (Field::DueDate, 0.4), (Field::AmountDue, 0.4)]
        {
            if self.dice.chance(likelihood) {
                entries.extend(self.entry(Item::Field(field)));
            }
        }
        if self.dice.chance(0.3) {
            self.dice.shuffle(&mut entries);
        }
        let style = self.dice.pick([RowStyle::Columns, RowStyle::Inline, RowStyle::ValuesRight]);
        self.rows(entries, area.part(0.0, 0.65).at(y), style)
    }

    /// Terms, due date and interest in one line: "Netto 14 dage - Forfaldsdato: 15. juni 2023".
    pub(crate) fn terms_line(&mut self, area: Area) -> f32 {
        self.within(BlockRole::Bank, |hand| hand.set_terms_line(area))
    }

    fn set_terms_line(&mut self, area: Area) -> f32 {
        let mut items = vec![Item::Field(Field::PaymentTerms), Item::Field(Field::DueDate)];
        for (item, likelihood) in [
            (Item::Field(Field::InvoiceNumber), 0.15),
            (Item::Field(Field::PaymentReference), 0.3),
            (Item::Field(Field::AmountDue), 0.15),
            (Item::Field(Field::Bankgiro), 0.3),
            (Item::Field(Field::AccountNumber), 0.3),
            (Item::Other, 0.2),
        ] {
            if self.dice.chance(likelihood) {
                items.push(item);
            }
        }
        let runs = self.entries(&items).into_iter().map(Entry::inline).collect();
        let line = self.joined(runs);
        let line = line.bold_if(self.dice.chance(0.15));
        self.canvas.wrap(&line, area.left, area.y, area.width, self.look.pen, Align::Left)
    }

    fn centred_rows(&mut self, entries: Vec<Entry>, area: Area) -> f32 {
        let lines: Vec<Run> = entries.into_iter().map(Entry::inline).collect();
        self.lines(&lines, area, self.look.pen, Align::Centre)
    }

    fn payment_heading(&mut self) -> Run {
        let words: &[&str] = match self.facts.locale.language() {
            "sv" => &["Betalningsinformation", "Betalning", "Betalningsuppgifter", "Betala till"],
            "nb" => &["Betalingsinformasjon", "Betaling", "Betales til"],
            "da" => &["Betalingsoplysninger", "Betaling", "Bankoplysninger"],
            "fi" => &["Maksutiedot", "Maksaminen", "Pankkiyhteys"],
            "de" => &["Zahlungsinformationen", "Bankverbindung", "Zahlungsdaten", "Unsere Bankverbindung"],
            "nl" => &["Betaalgegevens", "Betaling", "Betaalinformatie"],
            "fr" => &["Coordonnées bancaires", "Règlement", "Modalités de paiement", "Paiement"],
            "es" => &["Forma de pago", "Datos bancarios", "Pago"],
            "it" => &["Pagamento", "Coordinate bancarie", "Modalità di pagamento"],
            "pl" => &["Dane do przelewu", "Płatność"],
            "pt" => &["Dados para pagamento", "Pagamento"],
            "cs" => &["Platební údaje", "Platba"],
            _ => &["Payment details", "Payment information", "How to pay", "Bank details", "Remittance"],
        };
        Run::plain(self.dice.of(words).copied().unwrap_or("Payment"))
    }

    /// The payment details in a random order.
    pub(crate) fn payment_entries(&mut self) -> Vec<Entry> {
        let mut items = Vec::new();
        let due = if self.printed.contains(&Field::DueDate) { 0.2 } else { 0.6 };
        let holder = match self.naming {
            Naming::AccountHolder if self.bank_names_supplier() => 1.0,
            _ if self.hides_supplier() => 0.0,
            _ => 0.2,
        };
        let due_amount = self.printed.contains(&Field::AmountDue);
        let likelihoods = [
            (Item::Bank, 0.4),
            (Item::AccountHolder, holder),
            (Item::Field(Field::SupplierIban), 0.92),
            (Item::Field(Field::SupplierBic), 0.86),
            (Item::Field(Field::Bankgiro), 0.92),
            (Item::Field(Field::Plusgiro), 0.9),
            (Item::BankCode, if self.facts.payment.account.is_some() { 0.6 } else { 0.0 }),
            (Item::Field(Field::AccountNumber), 0.9),
            (Item::Field(Field::PaymentReference), 0.86),
            (Item::Field(Field::Fik), 0.9),
            (Item::Field(Field::DueDate), due),
            (Item::Field(Field::AmountDue), if due_amount { 0.25 } else { 0.03 }),
            (Item::Field(Field::InvoiceNumber), 0.08),
            (Item::Field(Field::PaymentTerms), 0.25),
            (Item::OtherIdentifier, 0.06),
            (Item::Other, 0.06),
        ];
        for (item, likelihood) in likelihoods {
            if self.dice.chance(likelihood) {
                items.push(item);
            }
        }
        if self.dice.chance(0.35) {
            self.dice.shuffle(&mut items);
        }
        let only_words = items.iter().all(|item| !matches!(item, Item::Field(_)));
        if only_words { Vec::new() } else { self.entries(&items) }
    }
}
