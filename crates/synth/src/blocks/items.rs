//! The table of lines.

mod columns;
mod sums;

use fieldmark_domain::detection::{BlockRole, SpanClass};

use columns::{Column, Placed};

use crate::canvas::{Align, Pen, Run};
use crate::composer::{Area, Composer};
use crate::facts::Line;
use crate::hard_cases::HardCase;
use crate::identifiers::{Serial, serial_number};

impl Composer {
    /// Sets the table of all lines, over as many pages as needed; returns its last baseline.
    pub(crate) fn items(&mut self, area: Area) -> f32 {
        self.within(BlockRole::Lines, |hand| hand.set_items(area))
    }

    fn set_items(&mut self, area: Area) -> f32 {
        let pen = self.pen().scaled(self.dice.pick([1.0, 1.0, 0.92, 0.85]));
        let lines = self.facts.amounts.lines.clone();
        let columns = self.table_columns();
        let cells = self.cells(&columns, &lines);
        let columns = self.placed_columns(&columns, &cells, area, pen);
        let gap = self.dice.pick([1.0, 1.1, 1.3, 1.8]);
        let details = self.dice.weighted([(0.0, 60), (0.3, 20), (0.85, 12)]);
        let sums_sections = self.takes(HardCase::SectionSums);
        let sections = sums_sections || self.dice.chance(0.05);
        let section = self.dice.count(2, 6);
        let carries = self.dice.chance(0.4);
        let headless = self.dice.chance(0.05);
        let narrow = self.dice.chance(0.12);
        let top = self.currency_heading(area, pen);
        let mut y = if headless { top } else { self.table_head(&columns, area.at(top), pen) };
        let (mut sum, mut summed) = (0, 0);
        for (index, (line, cells)) in lines.iter().zip(&cells).enumerate() {
            if y + pen.line() * (gap + 3.0) > self.bottom() && index > 0 {
                y = self.next_table_page(&columns, area, pen, y, carries.then_some(sum));
            }
            if sections && index % section == 0 {
                if sums_sections && index > 0 {
                    y = self.section_sum(sum - summed, area, y, pen);
                    summed = sum;
                }
                let heading = Run::plain(self.heading());
                y = self.line(&heading, area.left, y, pen.bold(), Align::Left);
            }
            y += pen.line() * (gap - 1.0);
            y = if narrow {
                self.narrow_line(&columns, cells, y, pen)
            } else {
                self.table_line(&columns, cells, y, pen)
            };
            if self.dice.chance(details) {
                y = self.detail_line(&columns, y, pen);
            }
            if self.look.ruled && gap > 1.2 {
                self.canvas.rule((area.left, y + pen.size * 0.45), (area.right(), y + pen.size * 0.45), 0.3);
            }
            sum += line.net;
        }
        if sums_sections {
            y = self.section_sum(sum - summed, area, y, pen);
        }
        if self.takes(HardCase::TotalsInTable) {
            y = self.total_row(&columns, sum, area, y, pen);
        }
        y
    }

    /// Carries the sum over to another page, usually with the table's header again.
    fn next_table_page(
        &mut self,
        columns: &[Placed],
        area: Area,
        pen: Pen,
        y: f32,
        carried: Option<i64>,
    ) -> f32 {
        let caption = match self.facts.locale.language() {
            "de" => self.dice.pick(["Übertrag", "Zwischensumme", "Übertrag auf Seite 2"]),
            "sv" => self.dice.pick(["Transport", "Delsumma", "Överfört belopp"]),
            "nb" | "da" => self.dice.pick(["Overført", "Transport", "Transporteret"]),
            "fi" => "Siirto",
            "fr" => self.dice.pick(["À reporter", "Report", "Sous-total"]),
            "nl" => self.dice.pick(["Transport", "Over te brengen"]),
            "es" => "Suma y sigue",
            "it" => self.dice.pick(["Riporto", "A riportare"]),
            _ => self.dice.pick(["Carried forward", "Brought forward", "Subtotal page 1", "Continued"]),
        };
        if let Some(sum) = carried {
            self.carried_sum(caption, sum, area, y, pen);
        }
        self.turn_page();
        let mut top = self.look.margin + self.dice.length(0.0, 60.0);
        if self.dice.chance(0.5) {
            top = self.letterhead_again(area.at(top));
        }
        if self.dice.chance(0.7) {
            top = self.table_head(columns, area.at(top), pen);
        }
        if let Some(sum) = carried
            && self.dice.chance(0.6)
        {
            top = self.carried_sum(caption, sum, area, top, pen);
        }
        top
    }

    /// A short letterhead or a short meta block for a further page.
    fn letterhead_again(&mut self, area: Area) -> f32 {
        if self.dice.chance(0.5) {
            return self.supplier_name(area, Align::Left);
        }
        let mut entries = self.meta_entries();
        entries.truncate(3);
        self.rows(entries, area.part(0.0, 0.5), self.look.rows)
    }

    /// The text of each cell, line by line.
    fn cells(&mut self, columns: &[Column], lines: &[Line]) -> Vec<Vec<Run>> {
        let mut rows = Vec::with_capacity(lines.len());
        for (index, line) in lines.iter().enumerate() {
            rows.push(columns.iter().map(|column| self.cell(*column, line, index)).collect());
        }
        rows
    }

    fn table_head(&mut self, columns: &[Placed], area: Area, pen: Pen) -> f32 {
        let baseline = area.y + pen.line() * 2.0;
        let bold = self.dice.chance(0.55);
        if self.dice.chance(0.3) {
            let gray = self.dice.pick([0.9, 0.85, 0.8]);
            self.canvas.fill(
                (area.left - 3.0, baseline - pen.size * 1.1, area.right() + 3.0, baseline + pen.size * 0.5),
                gray,
            );
        }
        for placed in columns {
            let text = self.head_text(placed.column);
            self.head(
                &Run::plain(text),
                placed.x(),
                baseline,
                placed.width * 1.1,
                pen.bold_if(bold),
                placed.align,
            );
        }
        if self.look.ruled || self.dice.chance(0.3) {
            self.canvas.rule(
                (area.left, baseline + pen.size * 0.4),
                (area.right(), baseline + pen.size * 0.4),
                0.6,
            );
        }
        baseline + pen.size * 0.4
    }

    fn head_text(&mut self, column: Column) -> String {
        let key = match column {
            Column::Position => "position",
            Column::Article => "article",
            Column::Description => "description",
            Column::Quantity => "quantity",
            Column::Unit => "unit",
            Column::UnitPrice => "unit_price",
            Column::Discount => "discount",
            Column::TaxRate => "tax_rate",
            Column::Amount | Column::AmountWithTax => "amount",
            Column::Date => return self.plain_word(&["Date", "Datum", "Dato", "Pvm", "Fecha", "Data"]),
            Column::Tax => {
                let heads = self.lexicon.tax_table("tax");
                return self.dice.word(heads).to_owned();
            }
        };
        let foreign = self.dice.chance(self.look.english_captions);
        let heads = if foreign { self.english.columns(key) } else { self.lexicon.columns(key) };
        let text = self.dice.word(heads);
        let text = self.fitted(text);
        if self.look.caption_case == crate::look::CaptionCase::Upper { text.to_uppercase() } else { text }
    }

    fn plain_word(&mut self, words: &[&str]) -> String {
        self.dice.of(words).copied().unwrap_or_default().to_owned()
    }

    /// One line; a long description takes several.
    fn table_line(&mut self, columns: &[Placed], cells: &[Run], y: f32, pen: Pen) -> f32 {
        let baseline = y + pen.line();
        let mut bottom = baseline;
        for (placed, run) in columns.iter().zip(cells) {
            if placed.column == Column::Description {
                bottom =
                    self.canvas.wrap(run, placed.left, y, placed.width * 0.97, pen, Align::Left).max(bottom);
            } else {
                self.canvas.put(run, placed.x(), baseline, pen, placed.align);
            }
        }
        bottom
    }

    /// One line of a table whose cells are too narrow for an amount and its currency: the currency
    /// is set below, and cells with one line are centred vertically.
    fn narrow_line(&mut self, columns: &[Placed], cells: &[Run], y: f32, pen: Pen) -> f32 {
        let is_broken = |run: &Run| !run.broken_after_class().1.is_empty();
        let breaks =
            columns.iter().zip(cells).any(|(placed, run)| !placed.column.is_text() && is_broken(run));
        if !breaks {
            return self.table_line(columns, cells, y, pen);
        }
        let (upper, lower) = (y + pen.line(), y + 2.0 * pen.line());
        let middle = f32::midpoint(upper, lower);
        let mut bottom = lower;
        for (placed, run) in columns.iter().zip(cells) {
            let (amount, currency) = run.broken_after_class();
            if placed.column == Column::Description {
                let top = middle - pen.line();
                let reached = self.canvas.wrap(run, placed.left, top, placed.width * 0.97, pen, Align::Left);
                bottom = bottom.max(reached);
            } else if placed.column.is_text() || currency.is_empty() {
                self.canvas.put(run, placed.x(), middle, pen, placed.align);
            } else {
                self.canvas.put(&amount, placed.x(), upper, pen, placed.align);
                self.canvas.put(&currency, placed.x(), lower, pen, placed.align);
            }
        }
        bottom
    }

    fn cell(&mut self, column: Column, line: &Line, index: usize) -> Run {
        let amount = SpanClass::LineAmount;
        match column {
            Column::Position => Run::plain((index + 1).to_string()),
            Column::Article => {
                let year = self.facts.invoice_date.year();
                let number = serial_number(Serial::Other, year, &mut self.dice);
                Run::span(SpanClass::OtherIdentifier, number)
            }
            Column::Date => Run::span(SpanClass::OtherDate, self.other_date()),
            Column::Description => Run::plain(line.description.clone()),
            Column::Quantity => Run::plain(self.quantity_text(line.quantity)),
            Column::Unit => Run::plain(self.dice.word(&self.lexicon.units)),
            Column::UnitPrice => self.line_amount(amount, line.unit_price),
            Column::Discount if line.discount == 0 => {
                Run::plain(self.dice.pick(["", "", "0", "0 %", "-", "0,00"]))
            }
            Column::Discount => Run::plain(format!("{} %", line.discount)),
            Column::TaxRate => Run::plain(self.rate_text(line.rate)),
            Column::Tax => self.line_amount(amount, crate::money::tax_of(line.net, line.rate)),
            Column::Amount => self.line_amount(amount, line.net),
            Column::AmountWithTax => {
                self.line_amount(amount, line.net + crate::money::tax_of(line.net, line.rate))
            }
        }
    }

    fn quantity_text(&mut self, hundredths: i64) -> String {
        let whole = hundredths % 100 == 0;
        let decimals = if whole { self.dice.pick([0, 0, 0, 2]) } else { 2 };
        let text = self.look.notation.write(hundredths, decimals);
        let text = if hundredths < 0 { format!("-{text}") } else { text };
        if self.dice.chance(0.16) { format!("{text} {}", self.dice.word(&self.lexicon.units)) } else { text }
    }

    /// Details that some systems print below a line: a serial number, a period, a few words.
    fn detail_line(&mut self, columns: &[Placed], y: f32, pen: Pen) -> f32 {
        let description = columns.iter().find(|placed| placed.column == Column::Description);
        let Some(placed) = description.copied() else { return y };
        let run = match self.dice.count(0, 4) {
            0 => {
                let number = self.dice.pattern("@#####-##");
                Run::plain("S/N").and(Run::span(SpanClass::OtherIdentifier, number))
            }
            1 => {
                let from = Run::span(SpanClass::OtherDate, self.other_date());
                from.and(Run::plain("-")).and(Run::span(SpanClass::OtherDate, self.other_date()))
            }
            2 => Run::plain("EAN").and(Run::span(SpanClass::OtherIdentifier, self.dice.number(13))),
            _ => {
                let words = self.dice.count(2, 12);
                Run::plain(self.free_text(words))
            }
        };
        self.canvas.wrap(&run, placed.left, y, placed.width * 0.97, pen.scaled(0.92), Align::Left)
    }
}
