//! The columns of a table of lines, and their widths.

use crate::canvas::{Align, Pen, Run};
use crate::composer::{Area, Composer};

/// The content of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
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
    /// Its relative width.
    pub(super) const fn share(self) -> f32 {
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

    pub(super) const fn is_text(self) -> bool {
        matches!(self, Self::Position | Self::Article | Self::Date | Self::Description)
    }
}

/// A column with its position.
#[derive(Debug, Clone, Copy)]
pub(super) struct Placed {
    pub(super) column: Column,
    pub(super) left: f32,
    pub(super) width: f32,
    pub(super) align: Align,
}

impl Placed {
    pub(super) fn x(self) -> f32 {
        match self.align {
            Align::Left => self.left,
            Align::Centre => self.left + self.width / 2.0,
            Align::Right => self.left + self.width * 0.96,
        }
    }
}

impl Composer {
    pub(super) fn table_columns(&mut self) -> Vec<Column> {
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

    /// Columns with random widths that fit their cells; descriptions take the rest.
    pub(super) fn placed_columns(
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
}
