//! Running text: terms, thanks, notes; some of it contains a field.

use fieldmark_domain::detection::{BlockRole, SpanClass};
use fieldmark_domain::field::Field;

use crate::canvas::{Align, Run};
use crate::composer::{Area, Composer, Entry, Item};
use crate::hard_cases::HardCase;

impl Composer {
    /// Some sentences, as paragraphs; returns the last baseline.
    pub(crate) fn prose(&mut self, area: Area, sentences: usize) -> f32 {
        self.within(BlockRole::Terms, |hand| hand.set_prose(area, sentences))
    }

    fn set_prose(&mut self, area: Area, sentences: usize) -> f32 {
        let pen = self.pen().scaled(self.dice.pick([1.0, 1.0, 0.9, 0.8, 0.7]));
        let together = self.dice.chance(0.4);
        let mut whole = Run::default();
        let mut y = area.y;
        if sentences > 1 && self.dice.chance(0.1) {
            let heading = Run::plain(self.heading());
            y = self.line(&heading, area.left, y, pen, Align::Left);
        }
        for _ in 0..sentences {
            let sentence = self.sentence();
            if together {
                whole = whole.and(sentence);
            } else {
                y = self.canvas.wrap(&sentence, area.left, y, area.width, pen, Align::Left);
            }
        }
        if together { self.canvas.wrap(&whole, area.left, y, area.width, pen, Align::Left) } else { y }
    }

    /// A sentence with the payment reference, if that case is requested.
    pub(crate) fn reference_sentence(&mut self, area: Area) -> f32 {
        if self.facts.payment.reference.is_none() || !self.takes(HardCase::ReferenceInSentence) {
            return area.y;
        }
        let patterns: Vec<&String> =
            self.lexicon.sentences.iter().filter(|pattern| pattern.contains("{reference}")).collect();
        let pattern = self.dice.of(&patterns).map_or("", |pattern| pattern.as_str());
        let run = match self.filled(pattern) {
            Some(run) if !run.is_empty() && self.dice.chance(0.6) => run,
            _ => self.entry(Item::Field(Field::PaymentReference)).map(Entry::inline).unwrap_or_default(),
        };
        self.within(BlockRole::Bank, |hand| {
            hand.canvas.wrap(&run, area.left, area.y, area.width, hand.look.pen, Align::Left)
        })
    }

    /// Text of ordinary words without information.
    pub(crate) fn filler_text(&mut self, area: Area, words: usize) -> f32 {
        self.within(BlockRole::Terms, |hand| hand.set_filler_text(area, words))
    }

    fn set_filler_text(&mut self, area: Area, words: usize) -> f32 {
        let pen = self.pen().scaled(self.dice.pick([0.7, 0.8, 0.9, 1.0]));
        let mut y = area.y;
        if self.dice.chance(0.35) {
            let heading = Run::plain(self.heading());
            y = self.line(&heading, area.left, y, pen.bold_if(self.look.caption_bold), Align::Left);
        }
        let text = Run::plain(self.free_text(words));
        self.canvas.wrap(&text, area.left, y, area.width, pen, Align::Left)
    }

    /// A random sentence whose slots the invoice can fill.
    pub(crate) fn sentence(&mut self) -> Run {
        let foreign = self.dice.chance(self.look.english_captions);
        let sentences = if foreign { &self.english.sentences } else { &self.lexicon.sentences };
        for _ in 0..6 {
            let pattern = self.dice.word(sentences);
            if let Some(run) = self.filled(pattern) {
                return run;
            }
        }
        let words = self.dice.count(3, 10);
        Run::plain(self.free_text(words))
    }

    /// The pattern with its slots filled; nothing if the invoice lacks one of them.
    pub(super) fn filled(&mut self, pattern: &str) -> Option<Run> {
        let mut run = Run::default();
        let mut rest = pattern;
        let mut touches = false;
        while let Some((before, after)) = rest.split_once('{') {
            let (slot, after) = after.split_once('}')?;
            if !before.trim().is_empty() {
                let text = Run::plain(before);
                run = if touches && !before.starts_with(' ') { run.glue(text) } else { run.and(text) };
            }
            let value = self.slot(slot)?;
            let glues = !before.is_empty() && !before.ends_with(' ');
            run = if glues { run.glue(value) } else { run.and(value) };
            touches = true;
            rest = after;
        }
        if !rest.trim().is_empty() {
            let text = Run::plain(rest);
            run = if touches && !rest.starts_with(' ') { run.glue(text) } else { run.and(text) };
        }
        Some(run)
    }

    fn slot(&mut self, slot: &str) -> Option<Run> {
        Some(match slot {
            "invoice_number" => self.field_value(Field::InvoiceNumber)?,
            "invoice_date" => Run::value(Field::InvoiceDate, self.date_text(self.facts.invoice_date)),
            "due_date" => {
                let date = self.facts.due_date?;
                Run::value(Field::DueDate, self.date_text(date))
            }
            "delivery_date" => {
                let date = self.facts.delivery_date?;
                Run::value(Field::DeliveryDate, self.date_text(date))
            }
            "gross" => {
                // Sentences name the sum in order to request it.
                self.field_value(Field::AmountDue)?
            }
            "net" => self.field_value(Field::TotalNet)?,
            "iban" => self.field_value(Field::SupplierIban)?,
            "reference" => self.field_value(Field::PaymentReference)?,
            "supplier" => self.field_value(Field::SupplierName)?,
            "customer" => self.field_value(Field::CustomerName)?,
            "order_number" => self.field_value(Field::OrderNumber)?,
            "bankgiro" => self.field_value(Field::Bankgiro)?,
            "phone" => Run::span(SpanClass::Phone, self.facts.supplier.phone.clone()),
            "email" => Run::value(Field::SupplierEmail, self.facts.supplier.email.clone()),
            "city" => Run::plain(self.facts.supplier.city.clone()),
            "days" => Run::plain(self.dice.pick(["7", "8", "10", "14", "20", "30", "45", "60"])),
            "percent" => {
                let rate = self.dice.whole(1, 24) * 50;
                Run::plain(self.rate_text(rate))
            }
            "payer_account" => {
                Run::span(SpanClass::OtherIdentifier, self.facts.payment.payer_account.clone())
            }
            "mandate" => Run::span(SpanClass::OtherIdentifier, self.facts.payment.mandate.clone()),
            "creditor" => Run::span(SpanClass::OtherIdentifier, self.facts.payment.creditor.clone()),
            "agent" => Run::span(SpanClass::OtherPartyName, self.facts.others.last()?.name.clone()),
            "other_date" => Run::span(SpanClass::OtherDate, self.other_date()),
            _ => return None,
        })
    }

    /// Letters of a line that runs up the page's edge, each as a separate word.
    pub(crate) fn side_text(&mut self) {
        let pen = self.pen().scaled(0.6);
        let text = self.filler(6);
        let mut y = self.canvas.size.height_pt * self.dice.length(0.15, 0.4);
        for letter in text.chars().filter(|letter| *letter != ' ').take(60) {
            self.canvas.put(&Run::plain(letter.to_string()), 16.0, y, pen, Align::Left);
            y += pen.size;
        }
    }
}
