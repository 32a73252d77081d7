//! The table of lines.

use fieldmark_domain::detection::{BlockRole, SpanClass};
use fieldmark_domain::field::Field;

use crate::canvas::{Align, Pen, Run};
use crate::composer::{Area, Composer};
use crate::facts::Line;
use crate::hard_cases::HardCase;
use crate::identifiers::{Serial, serial_number};

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Position,
    Article,
    Date,
    Description,
    Quantity,
    Unit,
    UnitPrice,
    Discount,
    TaxRate,
    Tax,
    Amount,
    AmountWithTax,
}

impl Column {
    /// Relative width.
    const fn share(self) -> f32 {
        match self {
            Self::Position | Self::Unit => 0.5,
            Self::Article | Self::Date => 1.1,
            Self::Description => 4.2,
            Self::Quantity => 0.8,
            Self::Discount | Self::TaxRate => 0.75,
            Self::UnitPrice | Self::Tax => 1.15,
            Self::Amount | Self::AmountWithTax => 1.3,
        }
    }

    const fn is_text(self) -> bool {
        matches!(self, Self::Position | Self::Article | Self::Date | Self::Description)
    }
}

/// A column with its place.
#[derive(Debug, Clone, Copy)]
struct Placed {
    column: Column,
    left: f32,
    width: f32,
    align: Align,
}

impl Placed {
    fn x(self) -> f32 {
        match self.align {
            Align::Left => self.left,
            Align::Centre => self.left + self.width / 2.0,
            Align::Right => self.left + self.width * 0.96,
        }
    }
}

impl Composer {
    /// The table of all lines, over as many pages as it takes; returns where it ended.
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

    /// "All amounts in EUR" above the table, where that case is wished for.
    fn currency_heading(&mut self, area: Area, pen: Pen) -> f32 {
        if !self.takes(HardCase::CurrencyHeading) {
            return area.y;
        }
        let caption = self.caption_text("amounts_in");
        let caption = Run::span(SpanClass::Caption(Field::Currency), caption);
        let code = Run::value(Field::Currency, self.facts.currency);
        let run = match self.dice.count(0, 2) {
            0 => Run::plain("(").glue(caption).and(code).glue(Run::plain(")")),
            1 => caption.glue(Run::plain(":")).and(code),
            _ => caption.and(code),
        };
        let (x, align) =
            if self.dice.chance(0.5) { (area.right(), Align::Right) } else { (area.left, Align::Left) };
        self.line(&run, x, area.y, pen.scaled(0.9), align)
    }

    /// The sum of a section, or of its hours.
    fn section_sum(&mut self, sum: i64, area: Area, y: f32, pen: Pen) -> f32 {
        let words = self.caption_text("section_sum");
        let caption = Run::span(SpanClass::OtherCaption, words);
        let amount = self.line_amount(SpanClass::OtherAmount, sum);
        let baseline = y + pen.line();
        let bold = pen.bold_if(self.dice.chance(0.4));
        let from = self.dice.pick([0.0, 0.4, 0.55]);
        self.canvas.put(&caption, area.left + area.width * from, baseline, bold, Align::Left);
        self.canvas.put(&amount, area.right(), baseline, bold, Align::Right);
        baseline + pen.size * 0.5
    }

    /// The totals as the table's last row, each below its column; the net alone where shipping or a discount
    /// follows is a sum of lines and no total.
    fn total_row(&mut self, columns: &[Placed], sum: i64, area: Area, y: f32, pen: Pen) -> f32 {
        let amounts = self.facts.amounts.clone();
        let whole = amounts.net == sum;
        let baseline = y + pen.line() * 1.3;
        if self.look.ruled {
            self.canvas.rule((area.left, baseline - pen.size), (area.right(), baseline - pen.size), 0.5);
        }
        let caption = if whole { self.caption("total_net") } else { self.caption("section_sum") };
        let bold = pen.bold_if(self.dice.chance(0.6));
        self.within(BlockRole::Totals, |hand| {
            hand.canvas.put(&caption, area.left, baseline, bold, Align::Left);
            for placed in columns {
                let (field, amount) = match placed.column {
                    Column::Amount => (Field::TotalNet, sum),
                    Column::Tax if whole => (Field::TotalTax, amounts.tax),
                    Column::AmountWithTax if whole && amounts.rounding == 0 => {
                        (Field::TotalGross, amounts.gross)
                    }
                    _ => continue,
                };
                let class = if whole { SpanClass::Value(field) } else { SpanClass::OtherAmount };
                let value = hand.line_amount(class, amount);
                hand.canvas.put(&value, placed.x(), baseline, bold, placed.align);
            }
        });
        baseline
    }

    /// Carries the sum over to another page, mostly with the table's head again.
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

    pub(crate) fn carried_sum(&mut self, caption: &str, sum: i64, area: Area, y: f32, pen: Pen) -> f32 {
        let amount = self.line_amount(SpanClass::OtherAmount, sum);
        let run = Run::span(SpanClass::OtherCaption, caption);
        let baseline = y + pen.line();
        self.canvas.put(&run, area.left + area.width * 0.55, baseline, pen, Align::Left);
        self.canvas.put(&amount, area.right(), baseline, pen, Align::Right);
        baseline
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

    fn table_columns(&mut self) -> Vec<Column> {
        let mut columns = vec![Column::Description, Column::Quantity, Column::UnitPrice, Column::Amount];
        if self.dice.chance(0.2) {
            columns.insert(2, Column::Unit);
        }
        if self.dice.chance(0.34) {
            columns.insert(0, Column::Position);
        }
        if self.dice.chance(0.34) {
            columns.insert(usize::from(columns.first() == Some(&Column::Position)), Column::Article);
        }
        if self.dice.chance(0.09) {
            columns.insert(0, Column::Date);
        }
        if self.dice.chance(0.1) {
            columns.retain(|column| *column != Column::UnitPrice);
        }
        if self.dice.chance(0.1) {
            columns.retain(|column| *column != Column::Quantity && *column != Column::Unit);
        }
        let before_amount = columns.len() - 1;
        if self.facts.amounts.lines.iter().any(|line| line.discount != 0) || self.dice.chance(0.07) {
            columns.insert(before_amount, Column::Discount);
        }
        let before_amount = columns.len() - 1;
        match self.dice.count(0, 19) {
            0..=6 => columns.insert(before_amount, Column::TaxRate),
            7 => columns.push(Column::TaxRate),
            8 => columns.extend([Column::Tax, Column::AmountWithTax]),
            9 => {
                columns.insert(before_amount, Column::TaxRate);
                columns.push(Column::AmountWithTax);
            }
            _ => {}
        }
        if self.dice.chance(0.1) && columns.contains(&Column::Quantity) {
            columns.retain(|column| *column != Column::Quantity);
            columns.insert(0, Column::Quantity);
        }
        columns
    }

    /// What stands in each cell, line by line.
    fn cells(&mut self, columns: &[Column], lines: &[Line]) -> Vec<Vec<Run>> {
        let mut rows = Vec::with_capacity(lines.len());
        for (index, line) in lines.iter().enumerate() {
            rows.push(columns.iter().map(|column| self.cell(*column, line, index)).collect());
        }
        rows
    }

    /// Columns as wide as chance and their cells want; descriptions give way.
    fn placed_columns(
        &mut self,
        columns: &[Column],
        cells: &[Vec<Run>],
        area: Area,
        pen: Pen,
    ) -> Vec<Placed> {
        let shares: Vec<f32> =
            columns.iter().map(|column| column.share() * self.dice.length(0.8, 1.25)).collect();
        let whole: f32 = shares.iter().sum();
        let mut widths = Vec::new();
        for (index, (column, share)) in columns.iter().zip(shares).enumerate() {
            let wanted = area.width * share / whole;
            let needed =
                cells.iter().filter_map(|row| row.get(index)).map(|run| pen.width(run)).fold(0.0, f32::max);
            let rigid = *column != Column::Description;
            widths.push(if rigid { wanted.max(needed + pen.size * 0.7) } else { wanted });
        }
        let excess = (widths.iter().sum::<f32>() - area.width).max(0.0);
        let mut left = area.left;
        let mut placed = Vec::new();
        for (column, width) in columns.iter().zip(widths) {
            let width =
                if *column == Column::Description { (width - excess).max(area.width * 0.16) } else { width };
            let align = if column.is_text() {
                Align::Left
            } else {
                self.dice.weighted([(Align::Right, 68), (Align::Left, 16), (Align::Centre, 16)])
            };
            placed.push(Placed { column: *column, left, width, align });
            left += width;
        }
        placed
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

    /// One line of a table whose cells are too narrow for an amount and its currency: the currency goes below,
    /// and what has one line stands half way between.
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

    /// What some systems print below a line: a serial number, a period, a few words.
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
