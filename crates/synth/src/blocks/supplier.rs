//! The supplier's letterhead: logo, name, address, contact details, numbers.

use fieldmark_domain::detection::{BlockRole, SpanClass};
use fieldmark_domain::field::Field;

use crate::canvas::{Align, Pen, Run};
use crate::composer::{Area, Composer, Item, Naming};
use crate::parties::person_name;

impl Composer {
    /// The letterhead, at one side of its area.
    pub(crate) fn letterhead(&mut self, area: Area, align: Align) -> f32 {
        self.within(BlockRole::Supplier, |hand| hand.set_letterhead(area, align))
    }

    fn set_letterhead(&mut self, area: Area, align: Align) -> f32 {
        let mut y = area.y;
        if self.dice.chance(0.16) {
            y = self.supplier_caption_line(area, align);
        }
        if self.dice.chance(0.94) || self.has_special_supplier_name() {
            y = self.supplier_name(area.at(y), align);
        }
        let pen = self.pen();
        let mut lines = Vec::new();
        if self.dice.chance(0.86) {
            lines.extend(self.supplier_address());
        }
        let mut items = Vec::new();
        let likelihoods = [
            (Item::Phone, 0.5),
            (Item::Fax, 0.18),
            (Item::Field(Field::SupplierEmail), 0.5),
            (Item::Web, 0.36),
            (Item::Field(Field::SupplierVatId), 0.42),
            (Item::Field(Field::SupplierOrgNumber), 0.4),
            (Item::Field(Field::SupplierIban), 0.09),
            (Item::Field(Field::SupplierBic), 0.05),
            (Item::Field(Field::Bankgiro), 0.1),
            (Item::Field(Field::AccountNumber), 0.05),
            (Item::Other, 0.06),
            (Item::OtherIdentifier, 0.06),
            (Item::NationalNumber, 0.1),
        ];
        for (item, likelihood) in likelihoods {
            if self.dice.chance(likelihood) {
                items.push(item);
            }
        }
        if self.dice.chance(0.25) {
            self.dice.shuffle(&mut items);
        }
        if self.dice.chance(0.2) {
            lines.push(Run::default());
        }
        for item in items {
            lines.extend(self.contact_line(item));
        }
        let joined = self.dice.chance(0.08);
        let lines = if joined { vec![self.joined(lines)] } else { lines };
        self.lines(&lines, area.at(y), pen, align)
    }

    /// The supplier's numbers, and sometimes its name, as a column next to the letterhead's other
    /// columns.
    pub(crate) fn supplier_numbers(&mut self, area: Area) -> f32 {
        self.within(BlockRole::Supplier, |hand| hand.set_supplier_numbers(area))
    }

    fn set_supplier_numbers(&mut self, area: Area) -> f32 {
        let mut lines = Vec::new();
        if self.dice.chance(0.6) && !self.hides_supplier() {
            lines.push(Run::value(Field::SupplierName, self.facts.supplier.name.clone()));
        }
        for (item, likelihood) in [
            (Item::Field(Field::SupplierOrgNumber), 0.8),
            (Item::Field(Field::SupplierVatId), 0.8),
            (Item::NationalNumber, 0.2),
            (Item::Web, 0.5),
            (Item::Field(Field::SupplierEmail), 0.7),
            (Item::Phone, 0.6),
        ] {
            if self.dice.chance(likelihood) {
                lines.extend(self.contact_line(item));
            }
        }
        let pen = self.pen();
        self.lines(&lines, area, pen, Align::Left)
    }

    /// The supplier's address, and sometimes its accounts, as a column.
    pub(crate) fn supplier_place(&mut self, area: Area) -> f32 {
        self.within(BlockRole::Supplier, |hand| hand.set_supplier_place(area))
    }

    fn set_supplier_place(&mut self, area: Area) -> f32 {
        let mut lines = self.supplier_address();
        for field in [Field::Bankgiro, Field::SupplierIban, Field::AccountNumber] {
            if self.dice.chance(0.35) {
                lines.extend(self.contact_line(Item::Field(field)));
            }
        }
        let pen = self.pen();
        self.lines(&lines, area, pen, Align::Left)
    }

    fn supplier_caption_line(&mut self, area: Area, align: Align) -> f32 {
        let caption = self.caption("supplier");
        let pen = self.pen().bold_if(self.dice.chance(0.3));
        self.lines(&[caption], area, pen, align)
    }

    /// An entry in one line; mail and web addresses and telephones often without their captions.
    pub(crate) fn contact_line(&mut self, item: Item) -> Option<Run> {
        let entry = self.entry(item)?;
        let speaks_for_itself = matches!(item, Item::Field(Field::SupplierEmail) | Item::Web | Item::Phone);
        Some(if speaks_for_itself && self.dice.chance(0.45) { entry.value } else { entry.inline() })
    }

    /// The name, usually larger; sometimes with a logo, a motto or another name next to it.
    pub(crate) fn supplier_name(&mut self, area: Area, align: Align) -> f32 {
        self.within(BlockRole::Supplier, |hand| hand.set_supplier_name(area, align))
    }

    fn set_supplier_name(&mut self, area: Area, align: Align) -> f32 {
        if self.hides_supplier() {
            return self.unnamed_head(area, align);
        }
        if self.has_special_supplier_name() {
            return self.hard_supplier_name(area, align);
        }
        let scale = self.dice.pick([1.0, 1.0, 1.15, 1.3, 1.6, 2.0, 2.6]);
        let pen = self.pen().scaled(scale).bold_if(self.dice.chance(0.55));
        let mut y = area.y;
        match self.dice.count(0, 39) {
            0..=2 => y = self.logo(area, align),
            3 => {
                // A logo without the name.
                let word = self.dice.pick(["LOGO", "Logo", "[Logo]", "YOUR LOGO"]);
                y = self.lines(&[Run::plain(word)], area, self.pen(), align);
            }
            4 => {
                let name = self.facts.supplier.short_name.clone();
                let words = self.slogan_or(&name);
                y = self.lines(&[Run::plain(words)], area, self.pen(), align);
            }
            _ => {}
        }
        let mut run = self.supplier_name_run();
        if self.dice.chance(0.04) {
            // The name twice side by side: as logo and as text.
            let again = Run::value(Field::SupplierName, self.facts.supplier.name.clone());
            run = run.and(again);
        }
        y = self.lines(&[run], area.at(y), pen, align);
        match self.dice.count(0, 19) {
            0 | 1 => {
                let slogan = self.slogan_or("");
                let small = self.pen().scaled(self.dice.pick([0.8, 0.9, 1.0]));
                y = self.lines(&[Run::plain(slogan)], area.at(y), small, align);
            }
            2 => {
                let contact = self.facts.supplier.contact.clone();
                y = self.lines(&[Run::plain(contact)], area.at(y), self.pen(), align);
            }
            _ => {}
        }
        y
    }

    /// The name unchanged, or in other letters. The truth is always the full name.
    fn supplier_name_run(&mut self) -> Run {
        let name = self.facts.supplier.name.clone();
        let text = match self.dice.count(0, 29) {
            0..=1 => name.to_uppercase(),
            2 => self.facts.supplier.short_name.clone(),
            _ => name,
        };
        Run::value(Field::SupplierName, text)
    }

    fn logo(&mut self, area: Area, align: Align) -> f32 {
        let short = self.facts.supplier.short_name.clone();
        let first = short.split_whitespace().next().unwrap_or(&short).to_owned();
        let text = match self.dice.count(0, 3) {
            0 => short.to_uppercase(),
            1 => first.to_uppercase(),
            2 => first.to_lowercase(),
            _ => first,
        };
        let class =
            (text.to_lowercase() == short.to_lowercase()).then_some(SpanClass::Value(Field::SupplierName));
        let pen = self.pen().scaled(self.dice.length(1.6, 3.2)).bold();
        self.lines(&[Run::classed(class, text)], area, pen, align)
    }

    pub(super) fn slogan_or(&mut self, other: &str) -> String {
        if other.is_empty() || self.dice.chance(0.6) {
            let slogan = self.dice.word(&self.lexicon.slogans).to_owned();
            return if self.dice.chance(0.2) { slogan.to_uppercase() } else { slogan };
        }
        let word = self.dice.word(&self.lexicon.trades);
        format!("{} {word}", self.dice.word(&self.lexicon.vocabulary))
    }

    /// The address, in lines or in one.
    pub(crate) fn supplier_address(&mut self) -> Vec<Run> {
        let lines = self.facts.supplier.address.clone();
        self.address_runs(&lines, SpanClass::Value(Field::SupplierAddress))
    }

    /// An address as lines, or in one line.
    pub(crate) fn address_runs(&mut self, lines: &[String], class: SpanClass) -> Vec<Run> {
        if self.dice.chance(0.09) {
            let mark = self.dice.pick([", ", " - ", " \u{2022} ", " | ", "; "]);
            return vec![Run::span(class, lines.join(mark))];
        }
        lines.iter().map(|line| Run::span(class, line.clone())).collect()
    }

    /// Lines joined into one, with marks between them.
    pub(crate) fn joined(&mut self, lines: Vec<Run>) -> Run {
        let mark = self.dice.pick(["|", "-", "\u{2022}", ",", "\u{2013}", "\u{b7}", ";", "/", "*"]);
        let mut whole = Run::default();
        for line in lines.into_iter().filter(|line| !line.is_empty()) {
            whole = match (whole.is_empty(), mark) {
                (true, _) => line,
                (false, "," | ";") => whole.glue(Run::plain(mark)).and(line),
                (false, _) => whole.and(Run::plain(mark)).and(line),
            };
        }
        whole
    }

    /// The sender's line above a window address, in small type.
    pub(crate) fn return_line(&mut self, area: Area) -> f32 {
        self.within(BlockRole::Supplier, |hand| hand.set_return_line(area))
    }

    fn set_return_line(&mut self, area: Area) -> f32 {
        if self.hides_supplier() && self.naming != Naming::ReturnLine {
            return area.y;
        }
        let pen = self.pen().scaled(self.dice.length(0.6, 0.85));
        let mut parts = vec![Run::value(Field::SupplierName, self.facts.supplier.name.clone())];
        let address = self.facts.supplier.address.clone();
        parts.extend(
            address
                .iter()
                .take(3)
                .map(|line| Run::span(SpanClass::Value(Field::SupplierAddress), line.clone())),
        );
        let line = self.joined(parts);
        let bottom = self.line(&line, area.left, area.y, pen, Align::Left);
        if self.dice.chance(0.4) {
            let width = pen.width(&line);
            self.canvas.rule((area.left, bottom + 2.0), (area.left + width, bottom + 2.0), 0.4);
        }
        bottom + self.pen().size * self.dice.length(0.0, 1.2)
    }

    /// An employee of the supplier, with contact details.
    pub(crate) fn clerk(&mut self, area: Area, pen: Pen) -> f32 {
        self.within(BlockRole::Supplier, |hand| hand.set_clerk(area, pen))
    }

    fn set_clerk(&mut self, area: Area, pen: Pen) -> f32 {
        let home = self.facts.locale.home_lexicon();
        let name = person_name(home, &mut self.dice);
        let mut lines = vec![Run::plain(name)];
        for item in [Item::Phone, Item::Field(Field::SupplierEmail)] {
            if self.dice.chance(0.6) {
                lines.extend(self.contact_line(item));
            }
        }
        self.lines(&lines, area, pen, Align::Left)
    }
}
