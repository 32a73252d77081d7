//! Sums that are not totals: in another currency, per person, of the parts of a discount.

use fieldmark_domain::detection::{BlockRole, SpanClass};
use fieldmark_domain::field::Field;

use crate::canvas::{Align, Run};
use crate::composer::{Area, Composer, Entry};
use crate::hard_cases::HardCase;

impl Composer {
    /// The total, and sometimes the tax, repeated in another currency, usually with the exchange
    /// rate.
    pub(super) fn second_currency(&mut self) -> Vec<Entry> {
        let own = self.facts.currency;
        let other = self.dice.pick(["USD", "EUR", "GBP", "SEK", "CHF", "PLN", "NOK", "DKK", "CZK"]);
        let other = if other == own { "HUF" } else { other };
        // Ten-thousandths of the other currency per unit of the invoice's currency.
        let rate = self.dice.whole(800, 120_000);
        let mut entries = Vec::new();
        if self.dice.chance(0.7) {
            let text = self.look.notation.write(rate, 2);
            let text = match text.split_once(self.look.notation.decimal) {
                Some((whole, part)) => {
                    format!("{whole}{}{part}{}", self.look.notation.decimal, self.dice.digits(2))
                }
                None => text,
            };
            let number = Run::span(SpanClass::OtherAmount, text);
            let value = match self.dice.count(0, 2) {
                0 => Run::plain(format!("1 {own} =")).and(number).and(Run::plain(other)),
                1 => number.and(Run::plain(format!("{other}/{own}"))),
                _ => number,
            };
            entries.push(self.entry_of("exchange_rate", value));
        }
        let amounts =
            [(Field::TotalGross, self.facts.amounts.gross), (Field::TotalTax, self.facts.amounts.tax)];
        for (index, (field, amount)) in amounts.into_iter().enumerate() {
            if index > 0 && !self.dice.chance(0.35) {
                continue;
            }
            let text = self.bare_amount(amount * rate / 100);
            let words = self.caption_text(field.name());
            let caption = Run::span(SpanClass::OtherCaption, words).and(Run::plain(other));
            let value = Run::span(SpanClass::OtherAmount, text);
            let value = if self.dice.chance(0.4) { value.and(Run::plain(other)) } else { value };
            entries.push(Entry { caption, value, glued: false });
        }
        entries
    }

    /// The total divided by a number of persons.
    pub(super) fn share_of_each(&mut self) -> Entry {
        let persons = self.dice.whole(2, 40);
        let amount = self.facts.amounts.gross / persons;
        let mut entry = self.amount_beside(SpanClass::OtherAmount, "per_person", amount);
        if self.dice.chance(0.4) {
            entry.caption = entry.caption.and(Run::plain(format!("({persons})")));
        }
        entry
    }

    /// The costs of labour, material and similar parts, which add up to the net.
    pub(super) fn net_parts(&mut self) -> Vec<Entry> {
        let net = self.facts.amounts.net;
        let first = net * self.dice.whole(10, 90) / 100;
        let second = (net - first) * self.dice.whole(30, 100) / 100;
        let mut entries = Vec::new();
        for part in [first, second, net - first - second] {
            let value = self.total_amount(SpanClass::OtherAmount, part);
            let mut entry = self.entry_of("net_part", value);
            if self.dice.chance(0.3) {
                let net = self.caption_text("total_net");
                entry.caption = entry.caption.and(Run::plain(format!("({net})")));
            }
            entries.push(entry);
        }
        entries
    }

    /// The amount to pay in case of early payment.
    pub(super) fn early_payment(&mut self) -> Entry {
        let percent = self.dice.pick([1, 2, 2, 3, 4, 5]);
        let amount = self.facts.amounts.gross * (100 - percent) / 100;
        let mut entry = self.amount_beside(SpanClass::OtherAmount, "early_payment", amount);
        match self.dice.count(0, 2) {
            0 => entry.caption = entry.caption.and(Run::plain(format!("{percent} %"))),
            1 => {
                let date = self.other_date();
                entry.caption = entry.caption.and(Run::span(SpanClass::OtherDate, date));
            }
            _ => {}
        }
        entry
    }

    /// Totals in two columns: the invoice's currency, and another one for information only.
    pub(super) fn totals_in_two_currencies(&mut self, entries: Vec<Entry>, area: Area) -> f32 {
        let pen = self.pen();
        let other = self.dice.pick(["USD", "EUR", "GBP", "SEK", "CHF", "PLN"]);
        let other = if other == self.facts.currency { "HUF" } else { other };
        let rate = self.dice.whole(20, 1_200);
        let own = Run::value(Field::Currency, self.facts.currency);
        let width = entries.iter().map(|entry| pen.width(&entry.value)).fold(60.0, f32::max) + pen.size;
        let (first, second) = (area.right() - width * 1.25, area.right());
        let caption_at = area.left.min(first - width - 120.0).max(self.page_area().left);
        let mut y = area.y + pen.line();
        self.canvas.put(&own, first, y, pen, Align::Right);
        self.canvas.put(&Run::plain(other), second, y, pen, Align::Right);
        for entry in entries {
            y += pen.line();
            let amount = entry.value.amount_in_hundredths(self.look.notation.decimal);
            self.canvas.put(&entry.caption, caption_at, y, pen, Align::Left);
            self.canvas.put(&entry.value, first, y, pen, Align::Right);
            if let Some(amount) = amount {
                let text = self.bare_amount(amount * rate / 100);
                self.canvas.put(&Run::span(SpanClass::OtherAmount, text), second, y, pen, Align::Right);
            }
        }
        y
    }

    /// A box of notes: a heading, some text, amounts and percentages.
    pub(crate) fn information_box(&mut self, area: Area) -> f32 {
        if !self.wants(HardCase::InformationBox) || area.y + 110.0 > self.bottom() {
            return area.y;
        }
        self.meet(HardCase::InformationBox);
        self.within(BlockRole::Terms, |hand| hand.set_information_box(area))
    }

    fn set_information_box(&mut self, area: Area) -> f32 {
        let pen = self.pen().scaled(0.9);
        let heading = Run::plain(self.heading());
        let top = area.y + pen.size;
        let mut y = self.lines(&[heading], area.at(top), pen.bold(), Align::Left);
        for _ in 0..self.dice.count(1, 4) {
            let words = self.dice.count(1, 4);
            let caption = Run::plain(self.free_text(words)).glue(Run::plain(":"));
            let value = match self.dice.count(0, 2) {
                0 => Run::plain(format!("{} %", self.dice.whole(1, 60))),
                _ => {
                    let amount = self.facts.amounts.gross * self.dice.whole(5, 90) / 100;
                    self.line_amount(SpanClass::OtherAmount, amount)
                }
            };
            y = self.lines(&[caption.and(value)], area.at(y), pen, Align::Left);
        }
        if self.dice.chance(0.6) {
            let words = self.dice.count(8, 30);
            let text = Run::plain(self.free_text(words));
            y = self.lines(&[text], area.at(y), pen, Align::Left);
        }
        if self.dice.chance(0.7) {
            self.boxed(area.at(top), y, pen);
        }
        y + pen.line()
    }

    /// Captions with space for handwriting: "Approved ________".
    pub(crate) fn blank_form(&mut self, area: Area) -> f32 {
        if !self.takes(HardCase::BlankForm) {
            return area.y;
        }
        self.within(BlockRole::Terms, |hand| hand.set_blank_form(area))
    }

    fn set_blank_form(&mut self, area: Area) -> f32 {
        let pen = self.pen().scaled(0.9);
        let mut line = Run::default();
        for _ in 0..self.dice.count(2, 6) {
            let words = self.caption_text("approval");
            let caption = Run::span(SpanClass::OtherCaption, words);
            let mark = self.dice.pick(["_", "_", ".", ""]);
            let length = self.dice.count(5, 18);
            line = line.and(caption).and(Run::plain(mark.repeat(length)));
            if self.dice.chance(0.2) {
                let year = self.facts.invoice_date.year().to_string();
                line = line.and(Run::plain(year));
            }
        }
        let y = self.lines(&[line], area, pen, Align::Left);
        if self.dice.chance(0.6) {
            self.boxed(area, y, pen);
        }
        y + pen.line()
    }

    /// Discounts in a separate table: reason, base, amount, and their sum.
    pub(crate) fn discount_table(&mut self, area: Area) -> f32 {
        let discount = self.facts.amounts.discount;
        if discount == 0 || !self.wants(HardCase::DiscountTable) {
            return area.y;
        }
        self.meet(HardCase::DiscountTable);
        self.within(BlockRole::Totals, |hand| hand.set_discount_table(discount, area))
    }

    fn set_discount_table(&mut self, discount: i64, area: Area) -> f32 {
        let pen = self.pen();
        let columns = [0.0, 0.5, 0.7, 0.98];
        let x = |column: usize| area.left + area.width * columns.get(column).copied().unwrap_or(1.0);
        let heads = [
            self.bare_caption("discount_total"),
            Run::plain(self.dice.word(self.lexicon.tax_table("base"))),
            Run::plain("%"),
            Run::plain(self.dice.word(self.lexicon.columns("amount"))),
        ];
        let mut y = area.y + pen.line();
        for (column, head) in heads.iter().enumerate() {
            let align = if column == 0 { Align::Left } else { Align::Right };
            self.canvas.put(head, x(column), y, pen, align);
        }
        let first = discount * self.dice.whole(20, 80) / 100;
        let single = self.dice.chance(0.4);
        let parts = if single { vec![discount] } else { vec![first, discount - first] };
        let class = if single { SpanClass::Value(Field::DiscountTotal) } else { SpanClass::OtherAmount };
        for part in parts {
            y += pen.line();
            let words = self.dice.count(1, 3);
            let reason = Run::plain(self.filler(words));
            let percent = self.dice.pick([2, 3, 5, 10, 15, 20, 25]);
            let base = self.line_amount(SpanClass::OtherAmount, part * 100 / percent);
            let amount = self.line_amount(class, -part);
            self.canvas.put(&reason, x(0), y, pen, Align::Left);
            self.canvas.put(&base, x(1), y, pen, Align::Right);
            self.canvas.put(&Run::plain(format!("{percent} %")), x(2), y, pen, Align::Right);
            self.canvas.put(&amount, x(3), y, pen, Align::Right);
        }
        if !single {
            y += pen.line();
            let caption = self.caption("discount_total");
            let sum = self.line_amount(SpanClass::Value(Field::DiscountTotal), -discount);
            self.canvas.put(&caption, x(0), y, pen, Align::Left);
            self.canvas.put(&sum, x(3), y, pen, Align::Right);
        }
        y + pen.size * 0.6
    }
}
