//! The title, and the numbers and dates that identify the invoice.

use fieldmark_domain::detection::{BlockRole, SpanClass};
use fieldmark_domain::extraction::DocumentKind;
use fieldmark_domain::field::Field;

use crate::canvas::{Align, Run};
use crate::composer::{Area, Composer, Entry, Item};
use crate::look::RowStyle;

impl Composer {
    /// The title: a word, a word with the number, or a letter-spaced word.
    pub(crate) fn title(&mut self, area: Area, align: Align) -> f32 {
        self.within(BlockRole::Identification, |hand| hand.set_title(area, align))
    }

    fn set_title(&mut self, area: Area, align: Align) -> f32 {
        let scale = self.dice.pick([1.0, 1.15, 1.3, 1.6, 2.0, 2.6, 3.2]);
        let pen = self.pen().scaled(scale).bold_if(self.dice.chance(0.6));
        let run = self.title_run();
        let wide = pen.width(&run) > area.width.max(80.0) * 1.4;
        let pen = if wide { self.pen() } else { pen };
        self.lines(&[run], area, pen, align)
    }

    /// The words of the title.
    pub(crate) fn title_run(&mut self) -> Run {
        let title = self.title_text();
        match self.dice.count(0, 19) {
            0..=11 => Run::plain(title),
            12 => Run::plain(spaced_out(&title)),
            13 => {
                let word = self.dice.word(&self.lexicon.products);
                Run::plain(format!("{title} {word}"))
            }
            14 => {
                let page = self.page_number(1);
                Run::plain(title).and(page)
            }
            _ => self.title_with_number(&title),
        }
    }

    fn title_with_number(&mut self, title: &str) -> Run {
        self.printed.push(Field::InvoiceNumber);
        let caption = SpanClass::Caption(Field::InvoiceNumber);
        let number = Run::value(Field::InvoiceNumber, self.facts.invoice_number.clone());
        let run = match self.dice.count(0, 7) {
            0..=1 => {
                let mark = self.dice.pick(["Nr.", "Nr", "No.", "No.", "N°", "nr", "nro", "nr.", "č.", "n."]);
                Run::span(caption, format!("{title} {mark}")).and(number)
            }
            2..=3 => Run::span(caption, title).and(number),
            4 => Run::span(caption, title).glue(Run::plain(":")).and(number),
            5 => Run::span(caption, title).and(Run::value(
                Field::InvoiceNumber,
                format!("#{}", self.facts.invoice_number.trim_start_matches('#')),
            )),
            6 => Run::plain(title).and(Run::plain("-")).and(number),
            _ => Run::span(caption, title).and(Run::plain("\u{2013}")).and(number),
        };
        if !self.dice.chance(0.3) {
            return run;
        }
        self.printed.push(Field::InvoiceDate);
        let date = Run::value(Field::InvoiceDate, self.date_text(self.facts.invoice_date));
        let between = match self.facts.locale.language() {
            "de" => self.dice.pick(["vom", "/", "-"]),
            "fr" => self.dice.pick(["du", "-"]),
            "nl" => self.dice.pick(["d.d.", "van", "-"]),
            "it" => self.dice.pick(["del", "-"]),
            "es" | "pt" => self.dice.pick(["de", "-", "del"]),
            "sv" | "nb" | "da" => self.dice.pick(["-", ",", "den", "/"]),
            "pl" => "z dnia",
            "cs" => "ze dne",
            _ => self.dice.pick(["of", "dated", "-", "/"]),
        };
        run.and(Run::plain(between)).and(date)
    }

    /// The entries that identify the invoice, in some order, with others among them.
    pub(crate) fn meta_entries(&mut self) -> Vec<Entry> {
        let items = self.meta_items();
        for item in &items {
            if let Item::Field(field) = item {
                self.printed.push(*field);
            }
        }
        let mut entries = self.entries(&items);
        if self.facts.kind == DocumentKind::CreditNote && self.dice.chance(0.7) {
            let original = self.original_invoice();
            let place = self.dice.count(0, entries.len());
            entries.splice(place..place, original);
        }
        entries
    }

    /// The invoice that a credit note cancels: a number and sometimes a date, which are not the
    /// credit note's own.
    fn original_invoice(&mut self) -> Vec<Entry> {
        let number = self.facts.original_number.clone();
        let number = Run::span(SpanClass::OtherIdentifier, number);
        let mut entry = self.entry_of("original_invoice", number);
        let date = Run::span(SpanClass::OtherDate, self.other_date());
        match self.dice.count(0, 3) {
            0 => {
                entry.value = entry.value.and(Run::plain("/")).and(date);
                vec![entry]
            }
            1 => {
                let day = self.entry_of("original_date", date);
                vec![entry, day]
            }
            _ => vec![entry],
        }
    }

    fn meta_items(&mut self) -> Vec<Item> {
        let numbered = self.printed.contains(&Field::InvoiceNumber);
        let dated = self.printed.contains(&Field::InvoiceDate);
        let due_shown = if self.facts.amounts.due_differs() { 0.05 } else { 0.07 };
        let likelihoods = [
            (Item::Field(Field::InvoiceNumber), if numbered { 0.2 } else { 0.96 }),
            (Item::Field(Field::InvoiceDate), if dated { 0.3 } else { 0.96 }),
            (Item::Field(Field::DueDate), 0.72),
            (Item::Field(Field::CustomerNumber), 0.78),
            (Item::Field(Field::OrderNumber), 0.76),
            (Item::Field(Field::DeliveryDate), 0.7),
            (Item::Field(Field::PaymentReference), 0.34),
            (Item::Field(Field::Currency), 0.09),
            (Item::Field(Field::CustomerVatId), if self.facts.names_customer_vat { 0.3 } else { 0.0 }),
            (Item::Field(Field::CustomerOrgNumber), 0.04),
            (Item::Field(Field::AmountDue), due_shown),
            (Item::Field(Field::TotalGross), 0.03),
            (Item::Field(Field::SupplierVatId), 0.05),
            (Item::Field(Field::SupplierOrgNumber), 0.03),
            (Item::Field(Field::Bankgiro), 0.07),
            (Item::Field(Field::AccountNumber), 0.05),
            (Item::Field(Field::SupplierIban), 0.03),
            (Item::Field(Field::PaymentTerms), 0.6),
            (Item::Period, 0.5),
            (Item::Field(Field::ServiceStart), 0.2),
            (Item::Field(Field::ServiceEnd), 0.2),
            (Item::Field(Field::CustomerEmail), 0.02),
        ];
        let mut items: Vec<Item> = likelihoods
            .into_iter()
            .filter(|(_, likelihood)| self.dice.chance(*likelihood))
            .map(|(item, _)| item)
            .collect();
        let distractors = self.dice.pick([0, 0, 0, 1, 1, 2, 2, 3, 4, 6]);
        for _ in 0..distractors {
            items.push(self.distractor());
        }
        let kept = if self.dice.chance(0.55) { 2 } else { 0 };
        if let Some(rest) = items.get_mut(kept.min(distractors + 2)..) {
            self.dice.shuffle(rest);
        }
        items
    }

    /// An entry that looks like a field but is not.
    pub(crate) fn distractor(&mut self) -> Item {
        self.dice.weighted([(Item::Other, 46), (Item::OtherIdentifier, 34), (Item::OtherDate, 20)])
    }

    /// The entries that identify the invoice.
    pub(crate) fn meta_block(&mut self, area: Area) -> f32 {
        let style = if area.width > self.canvas.size.width_pt * 0.6 && self.dice.chance(0.45) {
            self.dice.pick([RowStyle::Across, RowStyle::Across, RowStyle::Grid])
        } else {
            self.look.rows
        };
        self.meta_block_in(area, style)
    }

    /// The same in a given style.
    pub(crate) fn meta_block_in(&mut self, area: Area, style: RowStyle) -> f32 {
        self.within(BlockRole::Identification, |hand| hand.set_meta_block_in(area, style))
    }

    fn set_meta_block_in(&mut self, area: Area, style: RowStyle) -> f32 {
        let mut entries = self.meta_entries();
        if matches!(style, RowStyle::Across) && area.width < 250.0 {
            entries.truncate(4);
        }
        let boxed = self.dice.chance(0.12) && !matches!(style, RowStyle::Across | RowStyle::Grid);
        let bottom = self.rows(entries, area, style);
        if boxed {
            self.boxed(area, bottom, self.pen());
        }
        bottom
    }

    /// Day of delivery, order and references as small rows in the middle of a letter.
    pub(crate) fn letter_rows(&mut self, area: Area) -> f32 {
        self.within(BlockRole::Identification, |hand| hand.set_letter_rows(area))
    }

    fn set_letter_rows(&mut self, area: Area) -> f32 {
        let mut entries = Vec::new();
        for (item, likelihood) in [
            (Item::Field(Field::DeliveryDate), 0.8),
            (Item::Field(Field::OrderNumber), 0.7),
            (Item::Field(Field::CustomerNumber), 0.3),
            (Item::Period, 0.4),
            (Item::Other, 0.5),
            (Item::OtherIdentifier, 0.3),
        ] {
            if self.dice.chance(likelihood) {
                entries.extend(self.entry(item));
            }
        }
        if self.dice.chance(0.3) {
            let month = self.month_text();
            entries.push(self.entry_of("service_month", Run::span(SpanClass::OtherDate, month)));
        }
        let mut y = area.y + self.pen().size * 0.5;
        if self.dice.chance(0.3) {
            y = self.prose(area.at(y), 1) + self.pen().size * 0.5;
        }
        let style = self.dice.pick([RowStyle::Inline, RowStyle::Columns, RowStyle::Inline, RowStyle::Across]);
        let width = if matches!(style, RowStyle::Across) { 1.0 } else { 0.6 };
        self.rows(entries, area.part(0.0, width).at(y), style) + self.pen().size * 0.5
    }

    /// References, contacts and other entries that are not fields.
    pub(crate) fn reference_block(&mut self, area: Area) -> f32 {
        self.within(BlockRole::Identification, |hand| hand.set_reference_block(area))
    }

    fn set_reference_block(&mut self, area: Area) -> f32 {
        let count = self.dice.count(1, 5);
        let items: Vec<Item> = (0..count).map(|_| self.distractor()).collect();
        let entries = self.entries(&items);
        let style = crate::look::row_style(&mut self.dice);
        self.rows(entries, area, style)
    }
}

/// "R E C H N U N G"
fn spaced_out(title: &str) -> String {
    title.to_uppercase().chars().filter(|letter| *letter != ' ').map(|letter| format!("{letter} ")).collect()
}
