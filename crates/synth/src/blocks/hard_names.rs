//! Names that are hard to find: next to a brand, over two lines, a person's, or not in the
//! letterhead.

use fieldmark_domain::detection::{BlockRole, SpanClass};
use fieldmark_domain::field::Field;

use crate::canvas::{Align, Run};
use crate::composer::{Area, Composer, Item, Naming};
use crate::hard_cases::HardCase;

impl Composer {
    /// Whether the letterhead has a name with a special layout that has not been set yet.
    pub(super) fn has_special_supplier_name(&self) -> bool {
        self.wants(HardCase::SupplierTradeName)
            || self.wants(HardCase::OnePersonFirm)
            || self.wants(HardCase::LongName)
    }

    /// The supplier's name in the layout of one of the hard cases.
    pub(super) fn hard_supplier_name(&mut self, area: Area, align: Align) -> f32 {
        if self.takes(HardCase::OnePersonFirm) {
            self.owner_name(area, align)
        } else if self.takes(HardCase::SupplierTradeName) {
            self.trade_and_legal_name(area, align)
        } else {
            self.name_over_two_lines(Field::SupplierName, area, align)
        }
    }

    /// A brand, large or small, and the legal name below or above it, with its numbers directly
    /// below.
    fn trade_and_legal_name(&mut self, area: Area, align: Align) -> f32 {
        let trade = self.facts.supplier.trade_name.clone().unwrap_or_default();
        let large = self.pen().scaled(self.dice.pick([1.15, 1.6, 2.0, 2.6])).bold_if(self.dice.chance(0.6));
        let trade = Run::span(SpanClass::OtherPartyName, trade);
        let legal = Run::value(Field::SupplierName, self.facts.supplier.name.clone());
        let own = self.pen().bold_if(self.dice.chance(0.2));
        let brand_first = self.dice.chance(0.75);
        let mut y = if brand_first {
            let y = self.lines(&[trade], area, large, align) + self.dice.length(0.0, 6.0);
            self.lines(&[legal], area.at(y), own, align)
        } else {
            let y = self.lines(&[legal], area, own, align);
            self.lines(&[trade], area.at(y), self.pen(), align)
        };
        let mut numbers = Vec::new();
        for field in [Field::SupplierOrgNumber, Field::SupplierVatId] {
            if self.dice.chance(0.6) {
                numbers.extend(self.contact_line(Item::Field(field)));
            }
        }
        y = self.lines(&numbers, area.at(y), self.pen(), align);
        y
    }

    /// A person in business: the name alone, with a trade, or after "owner" below the firm's name.
    fn owner_name(&mut self, area: Area, align: Align) -> f32 {
        let person = self.facts.supplier.name.clone();
        let Some(trade) = self.facts.supplier.trade_name.clone() else {
            let pen = self.pen().bold_if(self.dice.chance(0.4));
            let y = self.lines(&[Run::value(Field::SupplierName, person)], area, pen, align);
            let trade = self.dice.word(&self.facts.locale.home_lexicon().trades);
            let lines: Vec<Run> = if self.dice.chance(0.5) { vec![Run::plain(trade)] } else { Vec::new() };
            return self.lines(&lines, area.at(y), self.pen(), align);
        };
        let large = self.pen().scaled(self.dice.pick([1.0, 1.3, 1.6, 2.0])).bold_if(self.dice.chance(0.6));
        let y = self.lines(&[Run::span(SpanClass::OtherPartyName, trade)], area, large, align);
        let name = Run::value(Field::SupplierName, person);
        let name = if self.dice.chance(0.6) {
            let owner = self.caption_text("owner");
            Run::span(SpanClass::SupplierCaption, owner).and(name)
        } else {
            name
        };
        self.lines(&[name], area.at(y), self.pen(), align)
    }

    /// A name broken after its first words, as in a narrow letterhead.
    pub(super) fn name_over_two_lines(&mut self, field: Field, area: Area, align: Align) -> f32 {
        self.meet(HardCase::LongName);
        let name = self.facts.normal(field).unwrap_or_default();
        let (first, second) = Run::value(field, name).broken_in_two();
        let scale = self.dice.pick([1.0, 1.0, 1.3, 1.6]);
        let pen = self.pen().scaled(scale).bold_if(self.dice.chance(0.5));
        self.lines(&[first, second], area, pen, align)
    }

    /// Whether the letterhead leaves out the supplier's name.
    pub(crate) fn hides_supplier(&self) -> bool {
        self.is_to_have(HardCase::HiddenSupplier)
    }

    /// A letterhead without a name: an empty space for a picture, a motto, or a word that is not a
    /// name.
    pub(super) fn unnamed_head(&mut self, area: Area, align: Align) -> f32 {
        self.meet(HardCase::HiddenSupplier);
        match self.dice.count(0, 4) {
            0 => {
                let slogan = self.slogan_or("");
                let slogan = if self.dice.chance(0.4) { slogan.to_uppercase() } else { slogan };
                self.lines(&[Run::plain(slogan)], area, self.pen(), align)
            }
            1 => {
                let pen = self.pen().scaled(self.dice.pick([1.3, 2.0]));
                let word = self.dice.pick(["LOGO", "Logo", "logo", "YOUR LOGO", "\u{25cf}"]);
                self.lines(&[Run::plain(word)], area, pen, align)
            }
            _ => area.y + self.dice.length(6.0, 60.0),
        }
    }

    /// Whether the supplier's name is on the current page.
    fn names_supplier(&self) -> bool {
        self.canvas.has(SpanClass::Value(Field::SupplierName))
    }

    /// Whether the supplier has not been named yet, so that the footer must name it.
    pub(crate) fn has_unnamed_supplier(&self) -> bool {
        self.hides_supplier() && !self.names_supplier()
    }

    /// Whether the bank block must name the supplier.
    pub(super) fn bank_names_supplier(&self) -> bool {
        self.naming == Naming::AccountHolder && self.has_unnamed_supplier()
    }

    /// A greeting with the sender's name below it, if requested.
    pub(crate) fn greeting(&mut self, area: Area) -> f32 {
        let wished = if self.hides_supplier() {
            self.naming == Naming::Greeting && !self.names_supplier()
        } else {
            self.dice.chance(0.04)
        };
        if wished { self.within(BlockRole::Terms, |hand| hand.set_greeting(area)) } else { area.y }
    }

    fn set_greeting(&mut self, area: Area) -> f32 {
        let words = self.dice.word(&self.lexicon.closings).to_owned();
        let pen = self.pen();
        let name = Run::value(Field::SupplierName, self.facts.supplier.name.clone());
        let words = if self.dice.chance(0.4) { format!("{words},") } else { words };
        let mut lines = vec![Run::plain(words)];
        if self.dice.chance(0.3) {
            lines.push(Run::default());
        }
        let contact = self.facts.supplier.contact.clone();
        match (self.facts.supplier.is_person, self.dice.count(0, 2)) {
            (false, 0) => lines.extend([Run::plain(contact), name]),
            (false, 1) => lines.extend([name, Run::plain(contact)]),
            _ => lines.push(name),
        }
        self.lines(&lines, area.at(area.y + pen.size), pen, Align::Left)
    }
}
