//! Parties that are neither supplier nor customer: the delivery address, the billing address, the
//! supplier's agent. Each is a block with its own role.

use fieldmark_domain::detection::{BlockRole, SpanClass};
use fieldmark_domain::field::Field;

use crate::canvas::{Align, Run};
use crate::composer::{Area, Composer, Entry, Item};
use crate::hard_cases::HardCase;
use crate::parties::Party;

impl Composer {
    /// A delivery address, an address for invoices, a factor: a caption, a name, an address.
    pub(crate) fn other_party(&mut self, area: Area, align: Align) -> f32 {
        if self.wants(HardCase::Agent) {
            return self.agent(area, align);
        }
        if self.wants(HardCase::BillTo) {
            return self.bill_to(area, align);
        }
        match self.dice.count(0, 19) {
            0 => self.bill_to(area, align),
            _ => self.delivery(area, align),
        }
    }

    /// The place to which goods or services were delivered.
    pub(crate) fn delivery(&mut self, area: Area, align: Align) -> f32 {
        self.within(BlockRole::Delivery, |hand| hand.set_delivery(area, align))
    }

    fn set_delivery(&mut self, area: Area, align: Align) -> f32 {
        let numbered = self.wants(HardCase::NumberedDelivery);
        let same = !numbered && self.dice.chance(0.4);
        let party = if same { Some(self.facts.customer.clone()) } else { self.facts.others.first().cloned() };
        let Some(party) = party else { return area.y };
        let caption = self.caption("other_party");
        let mut lines = vec![caption, Run::span(SpanClass::OtherPartyName, party.name.clone())];
        if self.dice.chance(0.88) {
            lines.extend(self.address_runs(&party.address, SpanClass::OtherAddress));
        }
        let numbers = self.foreign_numbers(&party, if numbered { 0.8 } else { 0.12 });
        if numbered && !numbers.is_empty() {
            self.meet(HardCase::NumberedDelivery);
        }
        lines.extend(numbers);
        let pen = self.pen();
        self.lines(&lines, area, pen, align)
    }

    /// Tax and register numbers, and the telephone, of a party that is neither side.
    fn foreign_numbers(&mut self, party: &Party, likelihood: f64) -> Vec<Run> {
        let mut lines = Vec::new();
        let numbers = [("customer_vat_id", &party.vat), ("customer_org_number", &party.organisation)];
        for (key, number) in numbers {
            if let Some(number) = number
                && self.dice.chance(likelihood)
            {
                let general = self.dice.chance(0.5);
                let key = if general { key.replacen("customer", "supplier", 1) } else { key.to_owned() };
                let text = number.print(&mut self.dice);
                lines.push(self.foreign_entry(&key, text).inline());
            }
        }
        if self.dice.chance(0.15) {
            let phone = Run::span(SpanClass::Phone, party.phone.clone());
            lines.push(self.entry_of("phone", phone).inline());
        }
        if self.dice.chance(likelihood * 0.5) {
            let year = self.facts.invoice_date.year();
            let number =
                crate::identifiers::serial_number(crate::identifiers::Serial::Customer, year, &mut self.dice);
            lines.push(self.foreign_entry("customer_number", number).inline());
        }
        lines
    }

    /// A number that belongs to neither side, with a usual caption of such numbers.
    pub(crate) fn foreign_entry(&mut self, key: &str, text: String) -> Entry {
        let words = self.caption_text(key);
        let caption = self.caption_of(SpanClass::OtherCaption, &words);
        Entry { caption, value: Run::span(SpanClass::OtherIdentifier, text), glued: false }
    }

    /// The address for sending the invoice: a scanning centre, a P.O. box, an accountant.
    pub(crate) fn bill_to(&mut self, area: Area, align: Align) -> f32 {
        self.meet(HardCase::BillTo);
        self.within(BlockRole::BillTo, |hand| hand.set_bill_to(area, align))
    }

    fn set_bill_to(&mut self, area: Area, align: Align) -> f32 {
        let Some(keeper) = self.facts.others.last().cloned() else { return area.y };
        let customer = Run::value(Field::CustomerName, self.facts.customer.name.clone());
        let mut lines = vec![self.caption("bill_to")];
        if self.dice.chance(0.6) {
            let scanning = self.dice.pick([
                "Fakturascanning",
                "Scanning",
                "Fakturaservice",
                "Skanning",
                "Invoice processing",
                "FAKTUROR",
                "Accounts Payable",
                "Rechnungseingang",
                "Ekonomiavdelningen",
                "Crédit client",
                "BSC",
            ]);
            let care =
                if self.dice.chance(0.7) { format!("c/o {}", keeper.name) } else { scanning.to_owned() };
            lines.extend([customer, Run::span(SpanClass::OtherPartyName, care)]);
        } else {
            lines.push(Run::span(SpanClass::OtherPartyName, keeper.name.clone()));
        }
        lines.extend(self.box_address(&keeper.address));
        let email = self.facts.customer.email.clone();
        if self.dice.chance(0.2) {
            lines.push(Run::value(Field::CustomerEmail, email));
        }
        let pen = self.pen();
        self.lines(&lines, area, pen, align)
    }

    /// An address with a P.O. box instead of a street.
    fn box_address(&mut self, address: &[String]) -> Vec<Run> {
        let name =
            self.dice.pick(["Box", "PO Box", "P.O. Box", "Postboks", "Postfach", "Postbus", "BP", "PL"]);
        let length = self.dice.count(2, 4);
        let mut lines = vec![format!("{name} {}", self.dice.number(length))];
        lines.extend(address.iter().skip(1).cloned());
        self.address_runs(&lines, SpanClass::OtherAddress)
    }

    /// A party that acts for the supplier: a factor, a tax representative, a payee.
    pub(crate) fn agent(&mut self, area: Area, align: Align) -> f32 {
        self.meet(HardCase::Agent);
        self.within(BlockRole::Agent, |hand| hand.set_agent(area, align))
    }

    fn set_agent(&mut self, area: Area, align: Align) -> f32 {
        let Some(agent) = self.facts.others.last().cloned() else { return area.y };
        let sentence = self.dice.chance(0.35);
        let mut lines = if sentence {
            let pattern = self.dice.word(&self.lexicon.assignments);
            self.filled(pattern).into_iter().collect()
        } else {
            vec![self.caption("agent"), Run::span(SpanClass::OtherPartyName, agent.name.clone())]
        };
        if self.dice.chance(0.75) {
            lines.extend(self.address_runs(&agent.address, SpanClass::OtherAddress));
        }
        lines.extend(self.foreign_numbers(&agent, 0.5));
        if self.dice.chance(0.2)
            && let Some(vat) = &agent.vat
        {
            let text = vat.print(&mut self.dice);
            lines.push(self.foreign_entry("agent_vat", text).inline());
        }
        // The payment goes to the factor's account.
        for field in [Field::SupplierIban, Field::SupplierBic, Field::Bankgiro, Field::AccountNumber] {
            if self.dice.chance(0.35) {
                lines.extend(self.entry(Item::Field(field)).map(Entry::inline));
            }
        }
        let pen = self.pen();
        self.lines(&lines, area, pen, align)
    }

    /// Blocks of other parties that the invoice needs and does not have yet, side by side.
    pub(crate) fn remaining_parties(&mut self, area: Area) -> f32 {
        let pen = self.pen();
        if self.wants(HardCase::ThreeParties) && area.width > 300.0 {
            return self.three_parties(area) + pen.line();
        }
        let cases = [HardCase::Agent, HardCase::BillTo, HardCase::NumberedDelivery];
        let count = cases.iter().filter(|case| self.wants(**case)).count();
        let width = match count {
            0 => return area.y,
            1 => self.dice.pick([0.45, 0.6, 1.0]),
            count => 0.94 / count as f32,
        };
        let mut bottom = area.y;
        let mut from = if count == 1 && width < 0.5 && self.dice.chance(0.4) { 0.5 } else { 0.0 };
        for case in cases {
            if !self.wants(case) {
                continue;
            }
            let place = area.part(from, from + width).at(area.y + pen.size);
            let reached = match case {
                HardCase::Agent => self.agent(place, Align::Left),
                HardCase::BillTo => self.bill_to(place, Align::Left),
                _ => self.delivery(place, Align::Left),
            };
            bottom = bottom.max(reached);
            from += width + 0.03;
        }
        bottom
    }

    /// Sold to, shipped to, billed to: three columns with captions.
    fn three_parties(&mut self, area: Area) -> f32 {
        self.meet(HardCase::ThreeParties);
        let mut columns = [0, 1, 2];
        self.dice.shuffle(&mut columns);
        let y = area.y + self.pen().size;
        let mut bottom = y;
        for (place, column) in columns.into_iter().enumerate() {
            let from = place as f32 / 3.0;
            let place = area.part(from, from + 0.31).at(y);
            let reached = match column {
                0 => self.customer_lines(place, Align::Left, true),
                1 => self.delivery(place, Align::Left),
                _ => self.bill_to(place, Align::Left),
            };
            bottom = bottom.max(reached);
        }
        bottom
    }
}
