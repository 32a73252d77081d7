//! Usage details over several pages: calls by number, meter readings. The sums are carried from
//! page to page.

use fieldmark_domain::detection::{BlockRole, SpanClass};
use fieldmark_domain::field::Field;

use super::arrangement::{Block, Column, Tail};
use crate::canvas::{Align, Pen, Run};
use crate::composer::{Area, Composer, Item};
use crate::facts::Line;

/// A table over several pages: the positions of its columns, and the sum so far.
struct Usage {
    area: Area,
    pen: Pen,
    /// The baseline after which the page ends.
    y: f32,
    /// The sum of the previous pages and this one.
    carried: i64,
}

impl Composer {
    /// Subscriptions and calls: parties and sums on the first page, the usage of each number on the
    /// others.
    pub(super) fn telecom(&mut self) {
        let area = self.top();
        let bands: &[&[Column]] = match self.dice.count(0, 2) {
            0 => &[
                &[(0.55, &[Block::SupplierName]), (0.45, &[Block::Title])],
                &[(0.55, &[Block::Customer]), (0.45, &[Block::Meta])],
            ],
            1 => &[&[
                (0.5, &[Block::SupplierName, Block::Gap, Block::Customer]),
                (0.5, &[Block::Title, Block::Meta]),
            ]],
            _ => &[
                &[(1.0, &[Block::Title])],
                &[(0.4, &[Block::Meta]), (0.6, &[Block::Customer])],
                &[(1.0, &[Block::Clerk])],
            ],
        };
        let mut y = self.bands(bands, area);
        if self.dice.chance(0.4) {
            y = self.prose(area.at(y), 1) + 6.0;
        }
        y = self.section_sums(area.at(y));
        let style = self.totals_style();
        y = self.totals(area.at(y + 6.0), style) + 8.0;
        if self.dice.chance(0.6) {
            let place = self.room_for(80.0, area.at(y));
            y = self.payment(place);
        }
        let slip =
            self.dice.chance(0.35).then(|| self.slip_kind()).filter(|_| y < self.canvas.size.height_pt * 0.6);
        self.close(Tail { slip, footer: 0.8, ..Tail::default() });
        self.calls();
    }

    /// The sum of each kind of charge, without its details.
    fn section_sums(&mut self, area: Area) -> f32 {
        self.within(BlockRole::Lines, |hand| hand.set_section_sums(area))
    }

    fn set_section_sums(&mut self, area: Area) -> f32 {
        let pen = self.pen();
        let mut y = area.y;
        for line in self.facts.amounts.lines.clone() {
            y += pen.line() * 1.1;
            if y > self.bottom() - 120.0 {
                break;
            }
            let amount = self.line_amount(SpanClass::LineAmount, line.net);
            let room = (area.width - pen.width(&amount) - pen.size * 2.0).max(80.0);
            let text = Run::plain(line.description);
            y = self.canvas.wrap(&text, area.left, y - pen.line(), room, pen, Align::Left);
            self.canvas.put(&amount, area.right(), y, pen, Align::Right);
        }
        y
    }

    /// A section for each line: a number, then its calls, then their sum.
    fn calls(&mut self) {
        self.within(BlockRole::Lines, |hand| hand.set_calls())
    }

    fn set_calls(&mut self) {
        self.turn_page();
        let mut usage = self.begin_usage();
        for line in self.facts.amounts.lines.clone().into_iter().take(6) {
            let number = crate::parties::phone(self.facts.locale.home_lexicon(), &mut self.dice);
            let heading = Run::plain(line.description.clone()).and(Run::span(SpanClass::Phone, number));
            self.usage_row(&mut usage, [heading, Run::default(), Run::default(), Run::default()]);
            self.section_of_calls(&mut usage, &line);
        }
    }

    fn section_of_calls(&mut self, usage: &mut Usage, line: &Line) {
        let count = self.dice.whole(3, 16);
        let mut rest = line.net;
        for index in 0..count {
            let part = if index + 1 == count { rest } else { line.net / count };
            rest -= part;
            let date = Run::span(SpanClass::OtherDate, self.other_date());
            let date = if self.dice.chance(0.5) {
                let clock = format!("{:02}:{:02}", self.dice.whole(0, 23), self.dice.whole(0, 59));
                date.and(Run::plain(clock))
            } else {
                date
            };
            let called = crate::parties::phone(self.facts.locale.home_lexicon(), &mut self.dice);
            let spent = format!("{}:{:02}", self.dice.whole(0, 59), self.dice.whole(0, 59));
            let amount = self.line_amount(SpanClass::LineAmount, part);
            let called = Run::span(SpanClass::Phone, called);
            self.usage_row(usage, [date, called, Run::plain(spent), amount]);
            usage.carried += part;
        }
        let words = self.caption_text("section_sum");
        let caption = Run::span(SpanClass::OtherCaption, words).bold();
        let sum = self.line_amount(SpanClass::OtherAmount, line.net).bold();
        self.usage_row(usage, [caption, Run::default(), Run::default(), sum]);
        usage.y += usage.pen.line() * 0.6;
    }

    /// Meter readings: number, dates, readings, usage and amount.
    pub(super) fn readings(&mut self) {
        self.within(BlockRole::Lines, |hand| hand.set_readings())
    }

    fn set_readings(&mut self) {
        self.turn_page();
        let mut usage = self.begin_usage();
        let year = self.facts.invoice_date.year();
        for line in self.facts.amounts.lines.clone().into_iter().take(12) {
            let meter =
                crate::identifiers::serial_number(crate::identifiers::Serial::Other, year, &mut self.dice);
            let caption = self.caption("other_identifier");
            let meter = caption.and(Run::span(SpanClass::OtherIdentifier, meter));
            self.usage_row(&mut usage, [meter, Run::default(), Run::default(), Run::default()]);
            let (first, used) = (self.dice.whole(100, 90_000), self.dice.whole(10, 9_000));
            let unit = self.dice.pick(["kWh", "m³", "MWh", "kWh"]);
            for (date, reading) in [(self.other_date(), first), (self.other_date(), first + used)] {
                let date = Run::span(SpanClass::OtherDate, date);
                let reading = Run::plain(reading.to_string());
                self.usage_row(&mut usage, [date, reading, Run::default(), Run::default()]);
            }
            let amount = self.line_amount(SpanClass::LineAmount, line.net);
            let words = Run::plain(line.description);
            let used = Run::plain(format!("{used} {unit}"));
            self.usage_row(&mut usage, [words, Run::default(), used, amount]);
            usage.carried += line.net;
        }
    }

    fn begin_usage(&mut self) -> Usage {
        let area = self.top();
        let pen = self.pen().scaled(self.dice.pick([0.8, 0.9, 1.0]));
        let y = self.usage_head(area, pen);
        Usage { area, pen, y, carried: 0 }
    }

    /// The header of a further page: the supplier, the invoice's number or nothing.
    fn usage_head(&mut self, area: Area, pen: Pen) -> f32 {
        let mut parts = Vec::new();
        for field in [Field::InvoiceNumber, Field::CustomerNumber, Field::InvoiceDate] {
            if self.dice.chance(0.45) {
                parts.extend(self.entry(Item::Field(field)));
            }
        }
        let page = self.page_number(self.pages_before() + 1);
        let runs = parts.into_iter().map(crate::composer::Entry::inline).collect();
        let line = self.joined(runs);
        self.within(BlockRole::Identification, |hand| {
            hand.canvas.put(&page, area.right(), area.y, pen, Align::Right);
            hand.canvas.wrap(&line, area.left, area.y, area.width * 0.8, pen, Align::Left) + pen.line()
        })
    }

    /// A row; if the page is full, the sum so far is carried to the next one.
    fn usage_row(&mut self, usage: &mut Usage, cells: [Run; 4]) {
        if usage.y + usage.pen.line() * 3.0 > self.bottom() {
            let words = match self.facts.locale.language() {
                "sv" | "nb" | "da" => "Transport",
                "de" => "Übertrag",
                "fi" => "Siirto",
                "fr" => "Report",
                "it" => "Riporto",
                _ => "Carried forward",
            };
            let carried = usage.carried;
            usage.y = self.carried_sum(words, carried, usage.area, usage.y, usage.pen);
            self.turn_page();
            usage.y = self.usage_head(usage.area, usage.pen);
            if self.dice.chance(0.6) {
                usage.y = self.carried_sum(words, carried, usage.area, usage.y, usage.pen);
            }
        }
        usage.y += usage.pen.line();
        let columns = [(0.0, Align::Left), (0.32, Align::Left), (0.76, Align::Right), (1.0, Align::Right)];
        for (run, (share, align)) in cells.iter().zip(columns) {
            let x = usage.area.left + usage.area.width * share;
            self.canvas.put(run, x, usage.y, usage.pen, align);
        }
    }
}
