//! Captions: the printed names of values, with the variations and errors of real invoices.

use fieldmark_domain::detection::SpanClass;
use fieldmark_domain::extraction::DocumentKind;
use fieldmark_domain::field::Field;

use super::Composer;
use crate::canvas::Run;
use crate::look::{CaptionCase, Separator};
use crate::money::symbol;
use crate::parties::invented_word;

/// The class of a caption by its name in the lexicon.
pub(super) fn caption_class(key: &str) -> SpanClass {
    match key {
        "kid" => SpanClass::Caption(Field::PaymentReference),
        "service_period" => SpanClass::Caption(Field::ServiceStart),
        "supplier" => SpanClass::SupplierCaption,
        "customer" => SpanClass::CustomerCaption,
        "other_party" | "agent" | "bill_to" => SpanClass::OtherPartyCaption,
        "amounts_in" => SpanClass::Caption(Field::Currency),
        other => other.parse::<Field>().map_or(SpanClass::OtherCaption, SpanClass::Caption),
    }
}

impl Composer {
    /// The words of a caption, without a separator.
    pub(crate) fn caption_text(&mut self, key: &str) -> String {
        // A document that is not an invoice has a number and a date, but not those of an invoice.
        let key = match key {
            "invoice_number" if !self.is_invoice() => "other_identifier",
            "invoice_date" if !self.is_invoice() => "other_date",
            key => key,
        };
        let own = self.one_caption(key, self.lexicon);
        let foreign = self.facts.locale.language() != "en";
        let text = if foreign && self.dice.chance(self.look.english_captions) {
            self.one_caption(key, self.english)
        } else if foreign && self.dice.chance(self.look.bilingual_captions) {
            let between = self.dice.pick([" / ", "/", " | ", " - "]);
            let english = self.one_caption(key, self.english);
            format!("{own}{between}{english}")
        } else {
            own
        };
        self.in_case(text)
    }

    fn one_caption(&mut self, key: &str, lexicon: &'static crate::lexicon::Lexicon) -> String {
        let text = self.dice.word(lexicon.captions(key)).trim_end_matches(':').trim_end().to_owned();
        let text = if text.is_empty() { key.replace('_', " ") } else { text };
        self.fitted(&text)
    }

    /// Whether it is a document with an invoice's number and date.
    pub(crate) fn is_invoice(&self) -> bool {
        !matches!(self.facts.kind, DocumentKind::OrderConfirmation | DocumentKind::Other)
    }

    /// Replaces rates and currencies in a caption by the invoice's.
    pub(crate) fn fitted(&mut self, text: &str) -> String {
        const CODES: [&str; 13] =
            ["GBP", "MYR", "EUR", "USD", "SEK", "NOK", "DKK", "CHF", "PLN", "CZK", "AUD", "£", "€"];
        let mut text = text.to_owned();
        for code in CODES {
            if let Some(start) = text.find(code) {
                let own = if code.is_ascii() { self.facts.currency } else { symbol(self.facts.currency) };
                text.replace_range(start..start + code.len(), own);
                break;
            }
        }
        match text.find('%') {
            Some(_) if self.facts.amounts.rates.len() == 1 => self.with_rate(&text),
            _ => text,
        }
    }

    /// The text with the number before its percent sign replaced by the invoice's rate.
    fn with_rate(&mut self, text: &str) -> String {
        let rate = self.facts.amounts.rates.first().map_or(0, |sum| sum.rate);
        let rate = self.rate_number(rate);
        let Some((before, after)) = text.split_once('%') else { return text.to_owned() };
        let kept = before
            .trim_end_matches(|letter: char| letter.is_ascii_digit() || matches!(letter, ',' | '.' | ' '));
        if kept.len() == before.trim_end().len() {
            return text.to_owned();
        }
        let space = if before.ends_with(' ') { " " } else { "" };
        let gap = if kept.is_empty() || kept.ends_with('(') { "" } else { " " };
        format!("{kept}{gap}{rate}{space}%{after}")
    }

    fn in_case(&mut self, text: String) -> String {
        match self.look.caption_case {
            CaptionCase::AsIs => text,
            CaptionCase::Upper => text.to_uppercase(),
            CaptionCase::Lower => text.to_lowercase(),
            CaptionCase::Capitalised => {
                let mut letters = text.chars();
                letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
            }
        }
    }

    /// A caption with the invoice's separator; empty if captions are omitted.
    pub(crate) fn caption(&mut self, key: &str) -> Run {
        if self.dice.chance(self.look.missing_captions) {
            return Run::default();
        }
        let text = self.caption_text(key);
        self.caption_of(caption_class(key), &text)
    }

    /// A caption that is the header of a column or a block: without separator.
    pub(crate) fn bare_caption(&mut self, key: &str) -> Run {
        let text = self.caption_text(key);
        Run::span(caption_class(key), text).bold_if(self.look.caption_bold)
    }

    /// These words as a caption of a class, with the invoice's separator.
    pub(crate) fn caption_of(&mut self, class: SpanClass, text: &str) -> Run {
        let run = Run::span(class, text);
        let run = match self.look.separator {
            Separator::Absent => run,
            Separator::Colon => run.glue(Run::plain(":")),
            Separator::ColonApart => run.and(Run::plain(":")),
            Separator::Stop => run.glue(Run::plain(".")),
            Separator::Dash => run.and(Run::plain(self.dice.pick(["-", "\u{2013}"]))),
            Separator::Dots => {
                let count = self.dice.count(3, 14);
                run.and(Run::plain(".".repeat(count)))
            }
        };
        run.bold_if(self.look.caption_bold)
    }

    /// A word for the document itself, by its kind.
    pub(crate) fn title_text(&mut self) -> String {
        let kind = match self.facts.kind {
            DocumentKind::Other => self.dice.pick(["delivery_note", "quotation", "proforma"]),
            kind => kind.name(),
        };
        let foreign = self.facts.locale.language() != "en";
        let lexicon = if foreign && self.dice.chance(0.04) { self.english } else { self.lexicon };
        // Tills print "Tax Invoice" as often as "Receipt".
        let own = if self.facts.kind == DocumentKind::Receipt { 0.6 } else { 0.95 };
        let titles =
            lexicon.titles(if !self.is_invoice() || self.dice.chance(own) { kind } else { "invoice" });
        let title = self.dice.word(titles).to_owned();
        let title =
            if title.is_empty() { self.dice.word(lexicon.titles("invoice")).to_owned() } else { title };
        let title = if title.is_empty() { invented_word(&mut self.dice) } else { title };
        match self.dice.count(0, 9) {
            0..=2 => title.to_uppercase(),
            3 if foreign && self.dice.chance(0.4) => {
                format!("{title} / {}", self.dice.word(self.english.titles("invoice")))
            }
            _ => title,
        }
    }
}
