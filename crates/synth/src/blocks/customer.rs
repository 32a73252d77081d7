//! The customer's block.

use fieldmark_domain::detection::{BlockRole, SpanClass};
use fieldmark_domain::field::Field;

use crate::canvas::{Align, Run};
use crate::composer::{Area, Composer, Entry, Item, Naming};
use crate::hard_cases::HardCase;

impl Composer {
    /// Name and address of the customer, as for a window envelope or below a caption.
    pub(crate) fn customer_block(&mut self, area: Area, align: Align) -> f32 {
        let captioned = self.dice.chance(0.56);
        self.customer_lines(area, align, captioned)
    }

    /// The same, with or without a caption above.
    pub(crate) fn customer_lines(&mut self, area: Area, align: Align, captioned: bool) -> f32 {
        self.within(BlockRole::Customer, |hand| hand.set_customer_lines(area, align, captioned))
    }

    fn set_customer_lines(&mut self, area: Area, align: Align, captioned: bool) -> f32 {
        let pen = self.pen();
        let mut y = area.y;
        if self.naming == Naming::ReturnLine && self.has_unnamed_supplier() {
            y = self.return_line(area);
        }
        let name = self.customer_name_run();
        let large = self.dice.chance(0.18);
        if captioned {
            let caption = self.caption("customer");
            if self.dice.chance(0.12) {
                y = self.lines(&[caption.and(name.clone())], area.at(y), pen, align);
            } else {
                let small = pen.scaled(self.dice.pick([1.0, 1.0, 0.85, 1.1])).bold_if(self.dice.chance(0.4));
                y = self.lines(&[caption], area.at(y), small, align);
                y = self.customer_name_line(name, area.at(y), align, large);
            }
        } else {
            y = self.customer_name_line(name, area.at(y), align, large);
        }
        let mut lines = Vec::new();
        if self.wants(HardCase::CustomerTradeName) {
            lines.extend(self.customer_trade_line());
        } else if self.dice.chance(0.2) {
            lines.push(self.attention_line());
        }
        if self.dice.chance(0.95) {
            let address = self.facts.customer.address.clone();
            lines.extend(self.address_runs(&address, SpanClass::Value(Field::CustomerAddress)));
        }
        lines.extend(self.customer_numbers());
        self.lines(&lines, area.at(y), pen, align)
    }

    /// The commercial name below the legal one, unless it was printed above it.
    fn customer_trade_line(&mut self) -> Option<Run> {
        let trade = self.facts.customer.trade_name.clone()?;
        self.meet(HardCase::CustomerTradeName);
        Some(Run::span(SpanClass::OtherPartyName, trade))
    }

    /// A person or a commercial name above the company's, if that case is requested.
    fn above_customer_name(&mut self) -> Option<Run> {
        if !self.wants(HardCase::CustomerTradeName) || !self.dice.chance(0.5) {
            return None;
        }
        let contact = self.facts.customer.contact.clone();
        if self.dice.chance(0.5) {
            // The commercial name may still follow below.
            return Some(Run::plain(contact));
        }
        self.customer_trade_line()
    }

    fn customer_name_line(&mut self, name: Run, area: Area, align: Align, large: bool) -> f32 {
        let mut y = area.y;
        if let Some(above) = self.above_customer_name() {
            y = self.lines(&[above], area, self.pen(), align);
            return self.lines(&[name], area.at(y), self.pen(), align);
        }
        if self.wants(HardCase::LongName) && self.facts.customer.name.split_whitespace().count() > 3 {
            return self.name_over_two_lines(Field::CustomerName, area, align);
        }
        if self.facts.customer.is_person && self.dice.chance(0.12) {
            let title = self.dice.pick([
                "Herr", "Frau", "Herrn", "Mr", "Mrs", "Ms.", "Mme", "M.", "Sig.", "Sr.", "Dhr.", "Mevr.",
                "Firma",
            ]);
            if self.dice.chance(0.4) {
                return self.lines(&[Run::plain(title).and(name)], area, self.pen(), align);
            }
            y = self.lines(&[Run::plain(title)], area, self.pen(), align);
        } else if self.dice.chance(0.05) {
            let first = Run::plain(self.facts.customer.contact.clone());
            y = self.lines(&[first], area, self.pen(), align);
        }
        let pen = if large { self.pen().scaled(1.15) } else { self.pen() };
        self.lines(&[name], area.at(y), pen.bold_if(large || self.look.value_bold), align)
    }

    fn customer_name_run(&mut self) -> Run {
        let name = self.facts.customer.name.clone();
        let text = if self.dice.chance(0.06) { name.to_uppercase() } else { name };
        Run::value(Field::CustomerName, text)
    }

    fn attention_line(&mut self) -> Run {
        let person = self.facts.customer.contact.clone();
        match self.dice.count(0, 9) {
            0..=2 => Run::plain(person),
            3..=6 => {
                let mark = self.dice.pick([
                    "Att:",
                    "Att.",
                    "Attn:",
                    "Attn.",
                    "z.Hd.",
                    "c/o",
                    "z. Hd. Herrn",
                    "F.a.o.",
                    "T.a.v.",
                    "Att",
                    "v/",
                    "p.p.",
                    "A/A",
                    "C.a.",
                ]);
                Run::plain(format!("{mark} {person}"))
            }
            7 => {
                let entry = self.entry_of("other", Run::plain(person));
                entry.inline()
            }
            _ => Run::plain(self.dice.word(&self.lexicon.trades)),
        }
    }

    fn customer_numbers(&mut self) -> Vec<Run> {
        let mut lines = Vec::new();
        if self.facts.names_customer_vat && self.dice.chance(0.6) {
            lines.extend(self.entry(Item::Field(Field::CustomerVatId)).map(Entry::inline));
        }
        if self.dice.chance(0.12) {
            lines.extend(self.entry(Item::Field(Field::CustomerOrgNumber)).map(Entry::inline));
        }
        if self.dice.chance(0.12) {
            let phone = Run::span(SpanClass::Phone, self.facts.customer.phone.clone());
            let bare = self.dice.chance(0.5);
            lines.push(if bare { phone } else { self.entry_of("phone", phone).inline() });
        }
        if self.dice.chance(0.14) {
            let email = Run::value(Field::CustomerEmail, self.facts.customer.email.clone());
            let bare = self.dice.chance(0.6);
            lines.push(if bare { email } else { self.entry_of("customer_email", email).inline() });
        }
        if self.dice.chance(0.1) {
            lines.extend(self.entry(Item::Field(Field::CustomerNumber)).map(Entry::inline));
        }
        if self.dice.chance(0.2) {
            self.dice.shuffle(&mut lines);
        }
        lines
    }
}
