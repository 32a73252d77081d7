//! Sums within a table of lines: of sections, of pages, of all lines.

use fieldmark_domain::detection::{BlockRole, SpanClass};
use fieldmark_domain::field::Field;

use super::columns::{Column, Placed};
use crate::canvas::{Align, Pen, Run};
use crate::composer::{Area, Composer};
use crate::hard_cases::HardCase;

impl Composer {
    /// "All amounts in EUR" above the table, if that case is requested.
    pub(super) fn currency_heading(&mut self, area: Area, pen: Pen) -> f32 {
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
    pub(super) fn section_sum(&mut self, sum: i64, area: Area, y: f32, pen: Pen) -> f32 {
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

    /// The totals as the table's last row, each below its column. If only the net is printed and
    /// shipping or a discount follows, it is a sum of lines and not a total.
    pub(super) fn total_row(&mut self, columns: &[Placed], sum: i64, area: Area, y: f32, pen: Pen) -> f32 {
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

    /// The sum that is carried over from one page to the next.
    pub(crate) fn carried_sum(&mut self, caption: &str, sum: i64, area: Area, y: f32, pen: Pen) -> f32 {
        let amount = self.line_amount(SpanClass::OtherAmount, sum);
        let run = Run::span(SpanClass::OtherCaption, caption);
        let baseline = y + pen.line();
        self.canvas.put(&run, area.left + area.width * 0.55, baseline, pen, Align::Left);
        self.canvas.put(&amount, area.right(), baseline, pen, Align::Right);
        baseline
    }
}
