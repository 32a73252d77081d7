//! Invoices that were designed for a screen: cards, bands, large type, few lines.

use fieldmark_domain::detection::{BlockRole, SpanClass};
use fieldmark_domain::field::Field;

use super::arrangement::{Block, Column, Tail};
use crate::blocks::{FooterStyle, TotalsStyle};
use crate::canvas::{Align, Pen, Run};
use crate::composer::{Area, Composer, Entry, Item};
use crate::look::{CaptionCase, RowStyle};
use crate::typeface::Typeface;

impl Composer {
    /// Two cards of captions and values, chips, a box with the reference.
    pub(super) fn cards(&mut self) {
        let area = self.top();
        if self.dice.chance(0.5) {
            self.look.caption_case = CaptionCase::Upper;
        }
        let y = if self.dice.chance(0.5) {
            self.bands(&[&[(0.6, &[Block::SupplierName]), (0.4, &[Block::TitleRight])]], area)
        } else {
            self.bands(&[&[(0.5, &[Block::Title]), (0.5, &[Block::SupplierRight])]], area)
        };
        let y = self.number_below(area, y);
        let stacked = self.dice.chance(0.15);
        let (left, right) =
            if stacked { (area, area) } else { (area.part(0.02, 0.47), area.part(0.53, 0.98)) };
        let captioned = self.dice.chance(0.85);
        let first = self.customer_lines(left.at(y + 6.0), Align::Left, captioned);
        self.canvas.fill((left.left - 8.0, y, left.right() + 8.0, first + 12.0), 0.96);
        let top = if stacked { first + 20.0 } else { y };
        let style = self.dice.pick([
            RowStyle::Columns,
            RowStyle::Columns,
            RowStyle::Inline,
            RowStyle::Stacked,
            RowStyle::ValuesRight,
        ]);
        let mut entries = self.meta_entries();
        let account = self.dice.pick([
            Field::Bankgiro,
            Field::SupplierIban,
            Field::AccountNumber,
            Field::PaymentReference,
        ]);
        if self.dice.chance(0.35) {
            entries.extend(self.entry(Item::Field(account)));
        }
        let second = self.rows_of(BlockRole::Identification, entries, right.at(top + 6.0), style);
        self.canvas.fill((right.left - 8.0, top, right.right() + 8.0, second + 12.0), 0.96);
        let mut y = first.max(second) + self.dice.length(14.0, 30.0);
        if self.dice.chance(0.5) {
            y = self.chips(area.at(y));
        }
        y = self.items(area.at(y));
        let style = self.dice.pick([
            TotalsStyle::RightColumn,
            TotalsStyle::RightColumn,
            TotalsStyle::RightColumn,
            TotalsStyle::FullRow,
        ]);
        let place = self.room_for(140.0, area.at(y + 10.0));
        y = self.totals(place, style) + self.dice.length(10.0, 26.0);
        y = if self.dice.chance(0.55) { self.reference_box(area.at(y)) } else { self.payment(area.at(y)) };
        if self.dice.chance(0.5) {
            let sentences = self.dice.count(1, 3);
            self.prose(area.at(y + 12.0), sentences);
        }
        self.close(Tail {
            footer: 0.85,
            footer_style: Some(FooterStyle::Lines(Align::Left)),
            ..Tail::default()
        });
    }

    /// The invoice's number alone below the title or the name.
    fn number_below(&mut self, area: Area, y: f32) -> f32 {
        self.within(BlockRole::Identification, |hand| hand.set_number_below(area, y))
    }

    fn set_number_below(&mut self, area: Area, y: f32) -> f32 {
        if self.printed.contains(&Field::InvoiceNumber) || !self.dice.chance(0.35) {
            return y;
        }
        self.printed.push(Field::InvoiceNumber);
        let number = Run::value(Field::InvoiceNumber, self.facts.invoice_number.clone());
        let (x, align) =
            if self.dice.chance(0.5) { (area.right(), Align::Right) } else { (area.left, Align::Left) };
        let pen = self.pen();
        self.line(&number, x, y - pen.size, pen, align) + 8.0
    }

    /// Small framed notes: registered for tax, a number, a status.
    fn chips(&mut self, area: Area) -> f32 {
        self.within(BlockRole::Supplier, |hand| hand.set_chips(area))
    }

    fn set_chips(&mut self, area: Area) -> f32 {
        let pen = self.pen().scaled(0.85);
        let mut chips: Vec<Run> = Vec::new();
        if self.facts.locale.country() == "SE" && self.dice.chance(0.6) {
            chips.push(Run::plain(self.dice.pick([
                "Godkänd för F-skatt",
                "✓ Godkänd för F-skatt",
                "Approved for F-tax",
            ])));
        }
        for item in [
            Item::Field(Field::SupplierVatId),
            Item::Field(Field::SupplierOrgNumber),
            Item::OtherIdentifier,
            Item::Other,
        ] {
            if self.dice.chance(0.4) {
                chips.extend(self.entry(item).map(Entry::inline));
            }
        }
        let baseline = area.y + pen.line();
        let mut x = area.left + 8.0;
        for chip in chips {
            let width = pen.width(&chip);
            if x + width > area.right() {
                break;
            }
            self.canvas
                .frame((x - 6.0, baseline - pen.size * 1.1, x + width + 6.0, baseline + pen.size * 0.5), 0.5);
            self.canvas.put(&chip, x, baseline, pen, Align::Left);
            x += width + 20.0;
        }
        baseline + pen.line() * 1.3
    }

    /// A box with the reference in large letters, the account and the amount below it.
    fn reference_box(&mut self, area: Area) -> f32 {
        self.within(BlockRole::Bank, |hand| hand.set_reference_box(area))
    }

    fn set_reference_box(&mut self, area: Area) -> f32 {
        let area = self.room_for(90.0, area);
        let align = self.dice.pick([Align::Centre, Align::Centre, Align::Left]);
        let field = if self.facts.payment.reference.is_some() {
            Field::PaymentReference
        } else {
            Field::InvoiceNumber
        };
        let Some(entry) = self.entry(Item::Field(field)) else { return area.y };
        let pen = self.pen();
        let mut heading = entry.caption;
        if self.dice.chance(0.4) {
            let words = self.dice.count(2, 4);
            heading = heading.and(Run::plain("\u{2014}")).and(Run::plain(self.filler(words)));
        }
        let y = self.lines(&[heading], area.at(area.y + 4.0), pen.scaled(0.85), align);
        let machine = self.dice.chance(0.5);
        let typeface = if machine { Typeface::CourierBold } else { pen.typeface.bold() };
        let large = Pen { typeface, ..pen.scaled(self.dice.length(1.3, 2.4)) };
        let y = self.lines(&[entry.value], area.at(y), large, align);
        let mut parts = Vec::new();
        for field in [
            Field::Bankgiro,
            Field::Plusgiro,
            Field::AccountNumber,
            Field::SupplierIban,
            Field::DueDate,
            Field::AmountDue,
        ] {
            if self.dice.chance(0.6) {
                parts.extend(self.entry(Item::Field(field)).map(Entry::inline));
            }
        }
        let line = self.joined(parts);
        let bottom = self.lines(&[line], area.at(y), pen.scaled(0.85), align);
        self.canvas.frame((area.left, area.y, area.right(), bottom + 8.0), 0.6);
        bottom + 10.0
    }

    /// A dark band at the top.
    pub(super) fn band(&mut self) {
        let area = self.top();
        let layout = self.dice.count(0, 3);
        let columns: &[Column] = match layout {
            0 => &[(0.5, &[Block::SupplierName]), (0.5, &[Block::TitleRight])],
            1 => &[(0.55, &[Block::SupplierName, Block::Title]), (0.45, &[Block::Meta])],
            2 => &[(0.5, &[Block::Title, Block::Meta]), (0.5, &[Block::SupplierRight])],
            _ => &[(0.4, &[Block::SupplierName]), (0.6, &[Block::Supplier])],
        };
        let rows = self.look.rows;
        if layout == 1 || layout == 2 {
            self.look.rows = self.dice.pick([RowStyle::Stacked, RowStyle::Inline, RowStyle::Columns]);
        }
        let y = self.columns(columns, area) + 8.0;
        self.look.rows = rows;
        self.canvas.fill((0.0, 0.0, self.canvas.size.width_pt, y), 0.75);
        let below = area.at(y + self.dice.length(10.0, 28.0));
        let with_meta = layout == 0 || layout == 3 || self.dice.chance(0.35);
        let columns: &[Column] = match (with_meta, self.dice.count(0, 2)) {
            (true, 0) => &[(0.5, &[Block::Customer]), (0.5, &[Block::Meta])],
            (true, 1) => &[(0.6, &[Block::Title, Block::Customer]), (0.4, &[Block::Meta])],
            (true, _) => &[(0.5, &[Block::Meta]), (0.5, &[Block::Customer])],
            (false, 0) => &[(0.5, &[Block::Customer]), (0.5, &[Block::SupplierForm])],
            (false, _) => &[(0.5, &[Block::Customer]), (0.5, &[Block::References])],
        };
        let y = self.columns(columns, below);
        self.body(area.at(y + 6.0), Tail { payment: 0.7, footer: 0.5, ..Tail::default() });
    }

    /// Caption and value line by line, and almost nothing else.
    pub(super) fn listing(&mut self) {
        let area = self.top();
        let rows = self.dice.pick([RowStyle::Inline, RowStyle::Inline, RowStyle::Columns]);
        self.look.rows = rows;
        let mut y = self.supplier_name(area, Align::Left) + self.pen().size;
        let supplier = [
            (Item::Field(Field::SupplierOrgNumber), 0.8),
            (Item::Field(Field::SupplierVatId), 0.5),
            (Item::Field(Field::SupplierEmail), 0.6),
            (Item::Phone, 0.6),
            (Item::Web, 0.3),
        ];
        y = self.listed(BlockRole::Supplier, &supplier, area.at(y)) + self.pen().size;
        let captioned = self.dice.chance(0.9);
        if self.dice.chance(0.5) {
            y = self.customer_lines(area.at(y), Align::Left, captioned);
        } else {
            let value = Run::value(Field::CustomerName, self.facts.customer.name.clone());
            let entry = self.entry_of("customer", value);
            y = self.rows_of(BlockRole::Customer, vec![entry], area.at(y), rows);
        }
        y += self.pen().size;
        let invoice = [
            (Item::Field(Field::InvoiceNumber), 0.97),
            (Item::Field(Field::CustomerNumber), 0.8),
            (Item::Field(Field::InvoiceDate), 0.97),
            (Item::Field(Field::DueDate), 0.95),
            (Item::Field(Field::OrderNumber), 0.6),
            (Item::Field(Field::PaymentReference), 0.7),
            (Item::Other, 0.5),
            (Item::OtherDate, 0.3),
        ];
        y = self.listed(BlockRole::Identification, &invoice, area.at(y));
        if self.dice.chance(0.4) {
            y = self.items(area.at(y + 8.0));
        }
        let totals = self.totals_entries();
        y += self.dice.length(0.0, 14.0);
        y = self.rows_of(BlockRole::Totals, totals, area.at(y), rows) + self.pen().size;
        let payment = self.payment_entries();
        y = self.rows_of(BlockRole::Bank, payment, area.at(y), rows);
        if self.dice.chance(0.4) {
            self.prose(area.at(y + 10.0), 2);
        }
        self.close(Tail { footer: 0.15, ..Tail::default() });
    }

    fn listed(&mut self, role: BlockRole, items: &[(Item, f64)], area: Area) -> f32 {
        let kept: Vec<Item> = items
            .iter()
            .filter(|(_, likelihood)| self.dice.chance(*likelihood))
            .map(|(item, _)| *item)
            .collect();
        let entries = self.entries(&kept);
        self.rows_of(role, entries, area, self.look.rows)
    }

    /// A web shop's order with the payments made.
    pub(super) fn web_shop(&mut self) {
        let area = self.top();
        if self.facts.amounts.paid == 0 && self.facts.amounts.prior == 0 && self.dice.chance(0.45) {
            self.facts.amounts.paid = self.facts.amounts.gross;
            self.facts.amounts.due = 0;
        }
        let bands: &[&[Column]] = match self.dice.count(0, 2) {
            0 => &[&[(0.7, &[Block::Title, Block::Customer, Block::Meta]), (0.3, &[Block::Supplier])]],
            1 => &[
                &[(0.6, &[Block::SupplierName]), (0.4, &[Block::Title])],
                &[(1.0, &[Block::Customer]), (1.0, &[Block::Other]), (1.0, &[Block::Meta])],
            ],
            _ => &[
                &[(1.0, &[Block::Title, Block::Meta])],
                &[(0.5, &[Block::Customer]), (0.5, &[Block::Supplier])],
            ],
        };
        let y = self.bands(bands, area);
        let y = self.items(area.at(y));
        let place = self.room_for(130.0, area.at(y + 8.0));
        let style =
            self.dice.pick([TotalsStyle::RightColumn, TotalsStyle::FullRow, TotalsStyle::RightColumn]);
        let mut y = self.totals(place, style);
        if self.facts.amounts.paid != 0 && self.dice.chance(0.7) {
            y = self.payments_made(place.part(0.0, 0.45), y);
        }
        let sentences = self.dice.count(1, 4);
        self.prose(area.at(y + 12.0), sentences);
        self.close(Tail { footer: 0.7, ..Tail::default() });
    }

    /// "Card on 21 April 2015  € 717,97"
    fn payments_made(&mut self, area: Area, y: f32) -> f32 {
        self.within(BlockRole::Totals, |hand| hand.set_payments_made(area, y))
    }

    fn set_payments_made(&mut self, area: Area, y: f32) -> f32 {
        let method = self.dice.pick([
            "VISA",
            "iDEAL",
            "PayPal",
            "Klarna",
            "Swish",
            "MobilePay",
            "Vipps",
            "Mastercard",
            "Kreditkarte",
        ]);
        let date = Run::span(SpanClass::OtherDate, self.other_date());
        let value = self.line_amount(SpanClass::Value(Field::AmountPaid), self.facts.amounts.paid);
        let entry =
            Entry { caption: Run::span(SpanClass::OtherCaption, method).and(date), value, glued: false };
        self.rows(vec![entry], area.at(y), RowStyle::ValuesRight)
    }

    /// A subscription's invoice: supplier and customer side by side, amount and due date in a
    /// sentence or in large type.
    pub(super) fn subscription(&mut self) {
        let area = self.top();
        let y = self.columns(&[(0.7, &[Block::Title]), (0.3, &[Block::SupplierName])], area);
        let rows =
            self.dice.pick([RowStyle::Columns, RowStyle::Columns, RowStyle::Inline, RowStyle::Stacked]);
        let y = self.meta_block_in(area.part(0.0, 0.5).at(y), rows) + self.dice.length(8.0, 24.0);
        let columns: &[Column] = if self.dice.chance(0.6) {
            &[(0.4, &[Block::Supplier]), (0.4, &[Block::Customer]), (0.2, &[Block::Gap])]
        } else {
            &[(0.5, &[Block::Customer]), (0.5, &[Block::Supplier])]
        };
        let mut y = self.columns(columns, area.at(y)) + 10.0;
        if self.dice.chance(0.6) {
            let field = if self.facts.amounts.due_differs() || self.dice.chance(0.6) {
                Field::AmountDue
            } else {
                Field::TotalGross
            };
            self.printed.push(field);
            let amount = self.facts.amount(field).unwrap_or_default();
            let value = self.total_amount(SpanClass::Value(field), amount);
            let caption = Run::span(SpanClass::Caption(field), self.caption_text(field.name()));
            let run = match self.dice.count(0, 2) {
                0 => value.and(caption),
                1 => caption.and(value),
                _ => value,
            };
            let run = match self.facts.due_date {
                Some(date) if self.dice.chance(0.7) => {
                    let text = self.date_text(date);
                    run.and(Run::value(Field::DueDate, text))
                }
                _ => run,
            };
            let pen = self.pen().scaled(self.dice.length(1.2, 1.8)).bold();
            y = self.within(BlockRole::Totals, |hand| hand.lines(&[run], area.at(y), pen, Align::Left))
                + 10.0;
        }
        self.body(
            area.at(y),
            Tail { totals: Some(TotalsStyle::RightColumn), payment: 0.3, footer: 0.5, ..Tail::default() },
        );
    }
}
