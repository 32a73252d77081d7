//! The table of tax rates: rate, net, tax and sometimes gross.

use fieldmark_domain::detection::{BlockRole, SpanClass};
use fieldmark_domain::field::Field;

use crate::canvas::{Align, Run};
use crate::composer::{Area, Composer};
use crate::facts::RateSum;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Rate,
    Net,
    Tax,
    Gross,
    Currency,
}

impl Composer {
    /// The table of rates, with a line of sums if there are several; returns the last baseline.
    pub(crate) fn tax_table(&mut self, area: Area) -> f32 {
        self.within(BlockRole::Totals, |hand| hand.set_tax_table(area))
    }

    fn set_tax_table(&mut self, area: Area) -> f32 {
        let rates = self.facts.amounts.rates.clone();
        if self.facts.amounts.untaxed || rates.is_empty() {
            return area.y;
        }
        let columns = self.tax_columns();
        let width = area.width * self.dice.length(0.4, 1.0);
        let left = if self.dice.chance(0.6) { area.left } else { area.right() - width };
        let table = Area { left, width, ..area };
        let pen = self.pen().scaled(self.dice.pick([1.0, 0.9, 0.85]));
        let cell = width / columns.len() as f32;
        let mut y = area.y + pen.line() * 2.0;
        for (index, column) in columns.iter().enumerate() {
            let head = self.tax_head(*column);
            self.head(&head, table.left + cell * (index + 1) as f32, y, cell * 0.95, pen, Align::Right);
        }
        let single = rates.len() == 1;
        for sum in &rates {
            y += pen.line();
            for (index, column) in columns.iter().enumerate() {
                let run = self.tax_cell(*column, *sum, single);
                self.canvas.put(&run, table.left + cell * (index + 1) as f32, y, pen, Align::Right);
            }
        }
        if self.dice.chance(if single { 0.15 } else { 0.6 }) {
            y = self.tax_sums(&columns, table, y);
        }
        y
    }

    fn tax_columns(&mut self) -> Vec<Column> {
        let mut columns = match self.dice.count(0, 5) {
            0 => vec![Column::Net, Column::Rate, Column::Tax],
            1 => vec![Column::Rate, Column::Tax, Column::Net],
            _ => vec![Column::Rate, Column::Net, Column::Tax],
        };
        if self.dice.chance(0.4) {
            columns.push(Column::Gross);
        }
        if self.dice.chance(0.06) && !self.keeps_code_away() {
            columns.push(Column::Currency);
        }
        columns
    }

    fn tax_head(&mut self, column: Column) -> Run {
        let (key, class) = match column {
            Column::Rate => ("rate", None),
            Column::Net => ("base", Some(SpanClass::Caption(Field::TotalNet))),
            Column::Tax => ("tax", Some(SpanClass::Caption(Field::TotalTax))),
            Column::Gross => return self.bare_caption("total_gross"),
            Column::Currency => return self.bare_caption("currency"),
        };
        let text = self.dice.word(self.lexicon.tax_table(key)).to_owned();
        Run::classed(class, text)
    }

    /// With a single rate, its net and tax are the invoice's, unless rounding or other lines are
    /// separate.
    fn tax_cell(&mut self, column: Column, sum: RateSum, single: bool) -> Run {
        let class = |field: Field, other: SpanClass| if single { SpanClass::Value(field) } else { other };
        let (class, amount) = match column {
            Column::Rate => return Run::span(SpanClass::RatePercent, self.rate_text(sum.rate)),
            Column::Currency => return Run::value(Field::Currency, self.facts.currency),
            Column::Net => (class(Field::TotalNet, SpanClass::RateNet), sum.net),
            Column::Tax => (class(Field::TotalTax, SpanClass::RateTax), sum.tax),
            Column::Gross => {
                let exact = sum.net + sum.tax;
                let whole = single && exact == self.facts.amounts.gross;
                let class = if whole { SpanClass::Value(Field::TotalGross) } else { SpanClass::OtherAmount };
                (class, exact)
            }
        };
        self.line_amount(class, amount)
    }

    fn tax_sums(&mut self, columns: &[Column], table: Area, y: f32) -> f32 {
        let pen = self.pen();
        let baseline = y + pen.line();
        let cell = table.width / columns.len() as f32;
        for (index, column) in columns.iter().enumerate() {
            let (field, amount) = match column {
                Column::Rate | Column::Currency => continue,
                Column::Net => (Field::TotalNet, self.facts.amounts.net),
                Column::Tax => (Field::TotalTax, self.facts.amounts.tax),
                Column::Gross => (Field::TotalGross, self.facts.amounts.gross),
            };
            let run = self.line_amount(SpanClass::Value(field), amount);
            self.canvas.put(&run, table.left + cell * (index + 1) as f32, baseline, pen, Align::Right);
        }
        if self.dice.chance(0.5) && columns.first() == Some(&Column::Rate) {
            let caption = Run::span(
                SpanClass::OtherCaption,
                self.dice.pick(["Total", "Summa", "Summe", "Sum", "Σ", "Totaal"]),
            );
            self.canvas.put(&caption, table.left, baseline, pen, Align::Left);
        }
        baseline
    }
}
