//! Bills of telephone, energy and water, and sheets that start with the amount.

use fieldmark_domain::detection::{BlockRole, SpanClass};
use fieldmark_domain::field::Field;

use super::arrangement::{Block, Tail};
use crate::blocks::{FooterStyle, TotalsStyle};
use crate::canvas::{Align, Run};
use crate::composer::{Area, Composer, Item};
use crate::look::RowStyle;

impl Composer {
    /// The summary first: numbers of contract and customer, the amount, the due date; details below
    /// or on page 2.
    pub(super) fn utility(&mut self) {
        let area = self.top();
        let panel_left = self.dice.chance(0.5);
        let (panel, rest) = if panel_left {
            (area.part(0.0, 0.42), area.part(0.5, 1.0))
        } else {
            (area.part(0.58, 1.0), area.part(0.0, 0.52))
        };
        let head = self.supplier_name(area, Align::Left) + self.dice.length(6.0, 30.0);
        let gray = self.dice.chance(0.6);
        let mut entries = self.meta_entries();
        for _ in 0..self.dice.count(0, 3) {
            let item = self.dice.pick([Item::OtherIdentifier, Item::OtherIdentifier, Item::OtherDate]);
            entries.extend(self.entry(item));
        }
        let style =
            self.dice.pick([RowStyle::Columns, RowStyle::Inline, RowStyle::ValuesRight, RowStyle::Stacked]);
        let bottom = self.rows_of(BlockRole::Identification, entries, panel.at(head), style);
        if gray {
            self.canvas.fill((panel.left - 6.0, head, panel.right() + 6.0, bottom + 8.0), 0.9);
        }
        let window = rest.at(head + self.dice.length(0.0, 90.0));
        let captioned = self.dice.chance(0.15);
        let customer = self.customer_lines(window, Align::Left, captioned);
        let mut y = bottom.max(customer) + self.dice.length(14.0, 50.0);
        let sentence = self.dice.chance(0.5);
        if sentence {
            y = self.prose(area.at(y), 1) + 6.0;
        }
        y = self.summary(area.at(y));
        if self.dice.chance(0.45) {
            y = self.items(area.at(y + 12.0));
        } else if self.dice.chance(0.5) {
            self.turn_page();
            let top = self.top();
            y = self.items(top);
        }
        if self.dice.chance(0.5) {
            y = self.tax_table(area.at(y + 8.0));
        }
        if self.dice.chance(0.6) {
            let place = self.room_for(90.0, area.at(y + 10.0));
            y = self.payment(place);
        }
        let sentences = self.dice.count(1, 5);
        self.prose(area.at(y + 10.0), sentences);
        if self.dice.chance(0.3) {
            self.close(Tail { footer: 0.75, ..Tail::default() });
            self.readings();
            return;
        }
        let slip =
            self.dice.chance(0.2).then(|| self.slip_kind()).filter(|_| y < self.canvas.size.height_pt * 0.55);
        self.close(Tail { slip, footer: 0.75, ..Tail::default() });
    }

    /// Sums over columns without and with tax, or one below the other.
    pub(super) fn summary(&mut self, area: Area) -> f32 {
        self.within(BlockRole::Totals, |hand| hand.set_summary(area))
    }

    fn set_summary(&mut self, area: Area) -> f32 {
        if self.dice.chance(0.5) {
            let style =
                self.dice.pick([TotalsStyle::FullRow, TotalsStyle::RightColumn, TotalsStyle::LeftColumn]);
            return self.totals(area, style);
        }
        let pen = self.pen();
        let (net_x, gross_x) = (area.left + area.width * 0.78, area.right() - 4.0);
        let mut y = area.y + pen.line();
        let net = self.bare_caption("total_net");
        let gross = self.bare_caption("total_gross");
        self.head(&net, net_x, y, area.width * 0.18, pen, Align::Right);
        self.head(&gross, gross_x, y, area.width * 0.18, pen, Align::Right);
        for line in self.facts.amounts.lines.clone().into_iter().take(5) {
            y += pen.line() * 1.15;
            self.canvas.put(&Run::plain(line.description.clone()), area.left, y, pen, Align::Left);
            let tax = crate::money::tax_of(line.net, line.rate);
            let net = self.line_amount(SpanClass::LineAmount, line.net);
            let gross = self.line_amount(SpanClass::LineAmount, line.net + tax);
            self.canvas.put(&net, net_x, y, pen, Align::Right);
            self.canvas.put(&gross, gross_x, y, pen, Align::Right);
        }
        y += pen.line() * 1.4;
        let caption = self.caption_of(SpanClass::OtherCaption, "Total");
        self.canvas.put(&caption.bold(), area.left, y, pen, Align::Left);
        let net = self.line_amount(SpanClass::Value(Field::TotalNet), self.facts.amounts.net);
        let gross = self.line_amount(SpanClass::Value(Field::TotalGross), self.facts.amounts.gross);
        self.canvas.put(&net.bold(), net_x, y, pen, Align::Right);
        self.canvas.put(&gross.bold(), gross_x, y, pen, Align::Right);
        let entry = self.total_entry(Field::TotalTax);
        y += pen.line();
        self.canvas.put(&entry.caption, area.left, y, pen, Align::Left);
        self.canvas.put(&entry.value, gross_x, y, pen, Align::Right);
        if self.facts.amounts.due_differs() || self.dice.chance(0.5) {
            let entry = self.total_entry(Field::AmountDue);
            y += pen.line() * 1.3;
            self.canvas.put(&entry.caption, area.left, y, pen.bold(), Align::Left);
            self.canvas.put(&entry.value, gross_x, y, pen.bold(), Align::Right);
        }
        y
    }

    /// The amount and the due date in large type, before anything else.
    pub(super) fn amount_first(&mut self) {
        let area = self.top();
        let y = self.bands(&[&[(0.6, &[Block::SupplierName]), (0.4, &[Block::TitleRight])]], area);
        let scale = self.dice.length(1.4, 2.6);
        let align = self.dice.pick([Align::Left, Align::Centre, Align::Right]);
        let field = if self.facts.amounts.due_differs() || self.dice.chance(0.7) {
            Field::AmountDue
        } else {
            Field::TotalGross
        };
        let (first, second) = (area.part(0.0, 0.33), area.part(0.34, 0.66));
        let mut bottom = self.large_field(field, first.at(y), align, scale);
        if self.dice.chance(0.75) {
            bottom = bottom.max(self.large_field(Field::DueDate, second.at(y), align, scale));
        }
        if self.dice.chance(0.5) {
            let third = area.part(0.67, 1.0);
            let other =
                self.dice.pick([Field::InvoiceNumber, Field::PaymentReference, Field::CustomerNumber]);
            bottom = bottom.max(self.large_field(other, third.at(y), align, scale * 0.7));
        }
        if self.dice.chance(0.6) {
            self.framed(area.at(y), bottom);
        }
        let y = self.bands(
            &[
                &[(0.5, &[Block::Customer]), (0.5, &[Block::Meta])],
                &[(0.5, &[Block::Supplier]), (0.5, &[Block::References])],
            ],
            area.at(bottom + 16.0),
        );
        let footer_style = Some(FooterStyle::Lines(Align::Centre));
        self.body(area.at(y), Tail { footer_style, ..Tail::default() });
    }
}
