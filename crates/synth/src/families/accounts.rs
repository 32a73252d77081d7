//! Statements and reminders: documents about earlier invoices.

use fieldmark_domain::detection::{BlockRole, SpanClass};
use fieldmark_domain::field::Field;

use super::arrangement::{Block, Tail};
use crate::blocks::{SLIP_HEIGHT, TotalsStyle};
use crate::canvas::{Align, Run};
use crate::composer::{Area, Composer, Entry, Item};
use crate::facts::later;
use crate::look::RowStyle;

/// A row of an account: the transaction, its date, its amount and the balance afterwards.
struct Movement {
    date: Run,
    number: Run,
    words: Run,
    amount: Run,
    balance: i64,
}

impl Composer {
    /// Earlier balance, payments, new charges, amount due: as rows of captions, or as a table of
    /// transactions.
    pub(super) fn statement(&mut self) {
        let area = self.top();
        let y = self.bands(
            &[
                &[(0.5, &[Block::Supplier]), (0.5, &[Block::Title, Block::Meta])],
                &[(0.55, &[Block::Customer]), (0.45, &[Block::Gap])],
            ],
            area,
        );
        let y =
            if self.dice.chance(0.5) { self.movements(area.at(y + 8.0)) } else { self.balances(area.at(y)) };
        let sentences = self.dice.count(1, 4);
        let y = self.prose(area.at(y + 14.0), sentences);
        if self.dice.chance(0.5) {
            let place = self.room_for(90.0, area.at(y + 12.0));
            self.payment(place);
        }
        let slip =
            self.dice.chance(0.45).then(|| self.slip_kind()).filter(|_| y < self.canvas.size.height_pt * 0.6);
        self.close(Tail { slip, footer: 0.5, ..Tail::default() });
        if self.dice.chance(0.3) {
            self.turn_page();
            let top = self.top();
            let y = self.items(top);
            self.totals(area.at(y + 8.0), TotalsStyle::RightColumn);
        }
    }

    fn balances(&mut self, area: Area) -> f32 {
        let mut entries: Vec<Entry> = Vec::new();
        let amounts = self.facts.amounts.clone();
        if amounts.prior != 0 {
            let value = self.total_amount(SpanClass::PriorBalance, amounts.prior);
            entries.push(self.entry_of("prior_balance", value));
        }
        if amounts.paid != 0 {
            let value = self.total_amount(SpanClass::Value(Field::AmountPaid), -amounts.paid);
            entries.push(self.entry_of("amount_paid", value));
        }
        for line in amounts.lines.iter().take(4) {
            let value = self.line_amount(SpanClass::LineAmount, line.net);
            entries.push(Entry { caption: Run::plain(line.description.clone()), value, glued: false });
        }
        entries.push(self.total_entry(Field::TotalTax));
        entries.push(self.total_entry(Field::TotalGross));
        entries.push(self.total_entry(Field::AmountDue));
        let width = self.dice.length(0.45, 1.0);
        let part = if self.dice.chance(0.5) { area.part(0.0, width) } else { area.part(1.0 - width, 1.0) };
        self.rows_of(BlockRole::Totals, entries, part, RowStyle::ValuesRight)
    }

    /// A table of invoices and payments, with the balance after each and the amount due below it.
    fn movements(&mut self, area: Area) -> f32 {
        let rows = self.movement_rows();
        let y = self.within(BlockRole::Lines, |hand| hand.movement_table(&rows, area));
        let y = if self.dice.chance(0.4) { self.ageing(area.at(y + 6.0)) } else { y };
        let mut entries = vec![self.total_entry(Field::AmountDue)];
        if self.dice.chance(0.3) {
            entries.insert(0, self.total_entry(Field::TotalGross));
        }
        let style = self.dice.pick([RowStyle::ValuesRight, RowStyle::InlineRight, RowStyle::Inline]);
        self.rows_of(BlockRole::Totals, entries, area.part(0.45, 1.0).at(y + 6.0), style)
    }

    /// The opening balance, some invoices and payments that cancel out, then this invoice and its
    /// payments.
    fn movement_rows(&mut self) -> Vec<Movement> {
        let amounts = self.facts.amounts.clone();
        let mut rows = Vec::new();
        let mut balance = amounts.prior;
        if amounts.prior != 0 {
            let words = self.caption("prior_balance");
            let amount = self.line_amount(SpanClass::PriorBalance, amounts.prior);
            rows.push(Movement { date: self.other_day(), number: Run::default(), words, amount, balance });
        }
        for _ in 0..self.dice.count(0, 4) {
            let sum = self.dice.whole(2_000, 900_000);
            for sum in [sum, -sum] {
                balance += sum;
                let words = if sum > 0 {
                    Run::plain(self.dice.word(self.lexicon.titles("invoice")))
                } else {
                    self.caption("amount_paid")
                };
                let number = self.dice.pattern("#######");
                let number = Run::span(SpanClass::OtherIdentifier, number);
                let amount = self.line_amount(SpanClass::OtherAmount, sum);
                rows.push(Movement { date: self.other_day(), number, words, amount, balance });
            }
        }
        balance += amounts.gross;
        rows.push(Movement {
            date: Run::value(Field::InvoiceDate, self.date_text(self.facts.invoice_date)),
            number: Run::value(Field::InvoiceNumber, self.facts.invoice_number.clone()),
            words: Run::plain(self.dice.word(self.lexicon.titles("invoice"))),
            amount: self.line_amount(SpanClass::Value(Field::TotalGross), amounts.gross),
            balance,
        });
        if amounts.paid != 0 {
            balance -= amounts.paid;
            let words = self.caption("amount_paid");
            let amount = self.line_amount(SpanClass::Value(Field::AmountPaid), -amounts.paid);
            rows.push(Movement { date: self.other_day(), number: Run::default(), words, amount, balance });
        }
        rows
    }

    fn other_day(&mut self) -> Run {
        Run::span(SpanClass::OtherDate, self.other_date())
    }

    fn movement_table(&mut self, rows: &[Movement], area: Area) -> f32 {
        let pen = self.pen().scaled(0.92);
        let with_balance = self.dice.chance(0.7);
        let amount_at = if with_balance { 0.8 } else { 1.0 };
        let x = |share: f32| area.left + area.width * share;
        let heads = [
            (self.bare_caption("other_date"), 0.0, Align::Left),
            (self.bare_caption("other_identifier"), 0.18, Align::Left),
            (Run::plain(self.dice.word(self.lexicon.columns("amount"))), amount_at, Align::Right),
            (self.bare_caption("balance"), 1.0, Align::Right),
        ];
        let mut y = area.y + pen.line() * 2.0;
        for (head, share, align) in heads.iter().take(if with_balance { 4 } else { 3 }) {
            self.head(head, x(*share), y, area.width * 0.17, pen, *align);
        }
        for row in rows {
            y += pen.line() * 1.1;
            self.canvas.put(&row.date, x(0.0), y, pen, Align::Left);
            self.canvas.put(&row.number, x(0.18), y, pen, Align::Left);
            self.canvas.put(&row.words, x(0.4), y, pen, Align::Left);
            self.canvas.put(&row.amount, x(amount_at), y, pen, Align::Right);
            if with_balance {
                let balance = self.line_amount(SpanClass::OtherAmount, row.balance);
                self.canvas.put(&balance, x(1.0), y, pen, Align::Right);
            }
        }
        y
    }

    /// The balance by age, in a row of captions above amounts.
    fn ageing(&mut self, area: Area) -> f32 {
        let entries = ["0-30", "31-60", "61-90", "90+"]
            .into_iter()
            .map(|days| {
                let amount = if self.dice.chance(0.5) { 0 } else { self.dice.whole(1_000, 400_000) };
                let value = self.line_amount(SpanClass::OtherAmount, amount);
                Entry { caption: Run::span(SpanClass::OtherCaption, days), value, glued: false }
            })
            .collect();
        let pen = self.pen();
        self.within(BlockRole::Totals, |hand| hand.across(entries, area, pen))
    }

    /// An unpaid invoice's numbers, its amount, a fee, a new due date.
    pub(super) fn reminder(&mut self) {
        let charges = self.charges();
        let area = self.top();
        let mut y = self.bands(
            &[&[(0.55, &[Block::Customer]), (0.45, &[Block::Supplier])], &[(1.0, &[Block::Title])]],
            area,
        );
        if self.dice.chance(0.6) {
            y = self.meta_block(area.part(0.0, 0.7).at(y));
        }
        let sentences = self.dice.count(1, 3);
        y = self.prose(area.at(y + 10.0), sentences) + 8.0;
        y = if self.dice.chance(0.4) {
            self.unpaid_table(charges, area.at(y))
        } else {
            self.unpaid_rows(charges, area.at(y))
        };
        let place = area.at(y + 14.0);
        y = self.payment(place);
        let sentences = self.dice.count(1, 3);
        self.prose(area.at(y + 10.0), sentences);
        let slip = self
            .dice
            .chance(0.3)
            .then(|| self.slip_kind())
            .filter(|_| y < self.canvas.size.height_pt - SLIP_HEIGHT - 50.0);
        self.close(Tail { slip, footer: 0.7, ..Tail::default() });
    }

    /// Fee and interest of a reminder, which are due in addition to the invoice's amount.
    fn charges(&mut self) -> [i64; 2] {
        let amounts = &mut self.facts.amounts;
        let fee = if self.dice.chance(0.7) {
            self.dice.pick([500, 3_500, 6_000, 7_000, 10_000, 18_000])
        } else {
            0
        };
        let interest =
            if self.dice.chance(0.4) { amounts.gross.abs() * self.dice.whole(1, 30) / 1_000 } else { 0 };
        amounts.prior = fee + interest;
        amounts.due = amounts.gross - amounts.paid + amounts.prior;
        [fee, interest]
    }

    fn charge_entries(&mut self, charges: [i64; 2]) -> Vec<Entry> {
        let mut entries = Vec::new();
        for (key, amount) in ["reminder_fee", "late_interest"].into_iter().zip(charges) {
            if amount != 0 {
                let value = self.total_amount(SpanClass::OtherAmount, amount);
                entries.push(self.entry_of(key, value));
            }
        }
        entries
    }

    /// The invoice's own numbers, then the amount due.
    fn unpaid_rows(&mut self, charges: [i64; 2], area: Area) -> f32 {
        let mut entries = Vec::new();
        for field in [Field::InvoiceNumber, Field::InvoiceDate, Field::DueDate, Field::TotalGross] {
            if self.dice.chance(0.8) {
                entries.extend(self.entry(Item::Field(field)));
            }
        }
        entries.extend(self.charge_entries(charges));
        entries.extend(self.entry(Item::Field(Field::AmountDue)));
        let style = self.dice.pick([RowStyle::Across, RowStyle::Columns, RowStyle::ValuesRight]);
        self.rows_of(BlockRole::Identification, entries, area, style)
    }

    /// A row for the invoice, sometimes with paid other invoices around it, then the charges and
    /// the sum.
    fn unpaid_table(&mut self, charges: [i64; 2], area: Area) -> f32 {
        let own = self.facts.clone();
        let due_date = own.due_date.unwrap_or_else(|| later(own.invoice_date, 30));
        let mut rows = vec![[
            Run::value(Field::InvoiceNumber, own.invoice_number),
            Run::value(Field::InvoiceDate, self.date_text(own.invoice_date)),
            Run::classed(own.due_date.map(|_| SpanClass::Value(Field::DueDate)), self.date_text(due_date)),
            self.line_amount(SpanClass::Value(Field::TotalGross), own.amounts.gross),
        ]];
        for _ in 0..self.dice.count(0, 2) {
            let credited = self.dice.whole(1_000, 300_000);
            for amount in [credited, -credited] {
                let row = [
                    Run::span(SpanClass::OtherIdentifier, self.dice.pattern("######")),
                    self.other_day(),
                    self.other_day(),
                    self.line_amount(SpanClass::OtherAmount, amount),
                ];
                rows.push(row);
            }
        }
        self.dice.shuffle(&mut rows);
        let y = self.within(BlockRole::Lines, |hand| hand.unpaid_lines(&rows, area));
        let mut entries = self.charge_entries(charges);
        entries.push(self.total_entry(Field::AmountDue));
        self.rows_of(BlockRole::Totals, entries, area.part(0.5, 1.0).at(y + 4.0), RowStyle::ValuesRight)
    }

    fn unpaid_lines(&mut self, rows: &[[Run; 4]], area: Area) -> f32 {
        let pen = self.pen();
        let columns = [(0.0, Align::Left), (0.3, Align::Left), (0.55, Align::Left), (1.0, Align::Right)];
        let heads = ["invoice_number", "invoice_date", "due_date", "total_gross"];
        let mut y = area.y + pen.line() * 2.0;
        for (key, (share, align)) in heads.into_iter().zip(columns) {
            let head = self.bare_caption(key);
            self.head(&head, area.left + area.width * share, y, area.width * 0.22, pen, align);
        }
        for row in rows {
            y += pen.line() * 1.1;
            for (run, (share, align)) in row.iter().zip(columns) {
                self.canvas.put(run, area.left + area.width * share, y, pen, align);
            }
        }
        y
    }
}
