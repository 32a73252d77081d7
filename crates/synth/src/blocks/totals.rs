//! The totals: which of them are printed, in which order, and where.

use fieldmark_domain::detection::{BlockRole, SpanClass};
use fieldmark_domain::field::Field;

use crate::canvas::{Align, Run};
use crate::composer::{Area, Composer, Entry};
use crate::facts::RateSum;
use crate::hard_cases::HardCase;
use crate::look::RowStyle;

/// The position of the totals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TotalsStyle {
    /// In a column at the right edge, captions on its left or next to the amounts.
    RightColumn,
    /// In a column at the left edge.
    LeftColumn,
    /// Captions at the left edge of the page, amounts at the right one.
    FullRow,
    /// Caption followed by amount, at the right edge.
    InlineRight,
    /// The same at the left edge.
    InlineLeft,
    /// Captions above amounts in a band.
    Band,
    /// Every amount below its caption.
    Stacked,
    /// In a sentence or two.
    Sentence,
}

impl Composer {
    /// A random position of the totals, in the proportions of real invoices.
    pub(crate) fn totals_style(&mut self) -> TotalsStyle {
        self.dice.weighted([
            (TotalsStyle::RightColumn, 58),
            (TotalsStyle::LeftColumn, 6),
            (TotalsStyle::FullRow, 9),
            (TotalsStyle::InlineRight, 7),
            (TotalsStyle::InlineLeft, 4),
            (TotalsStyle::Band, 12),
            (TotalsStyle::Stacked, 3),
            (TotalsStyle::Sentence, 1),
        ])
    }

    /// The totals in a style; returns the last baseline.
    pub(crate) fn totals(&mut self, area: Area, style: TotalsStyle) -> f32 {
        self.within(BlockRole::Totals, |hand| hand.set_totals(area, style))
    }

    fn set_totals(&mut self, area: Area, style: TotalsStyle) -> f32 {
        let pen = self.pen();
        let entries = self.totals_entries();
        match style {
            TotalsStyle::RightColumn => {
                let width = area.width * self.dice.length(0.32, 0.62);
                let column = Area { left: area.right() - width, width, ..area };
                self.totals_column(entries, column)
            }
            TotalsStyle::LeftColumn => {
                let share = self.dice.length(0.35, 0.6);
                self.totals_column(entries, area.part(0.0, share))
            }
            TotalsStyle::FullRow => self.totals_column(entries, area),
            TotalsStyle::InlineRight => self.rows(entries, area, RowStyle::InlineRight),
            TotalsStyle::InlineLeft => self.rows(entries, area, RowStyle::Inline),
            TotalsStyle::Band => {
                let part = if self.dice.chance(0.5) { area } else { area.part(0.3, 1.0) };
                self.across(entries, part, pen)
            }
            TotalsStyle::Stacked => self.rows(entries, area.part(0.55, 1.0), RowStyle::Stacked),
            TotalsStyle::Sentence => {
                let mut whole = Run::default();
                for entry in entries {
                    let run = entry.inline();
                    whole = if whole.is_empty() { run } else { whole.glue(Run::plain(",")).and(run) };
                }
                self.canvas.wrap(&whole, area.left, area.y, area.width, pen, Align::Left)
            }
        }
    }

    fn totals_column(&mut self, entries: Vec<Entry>, area: Area) -> f32 {
        if self.takes(HardCase::CurrencyColumns) {
            return self.totals_in_two_currencies(entries, area);
        }
        let narrow = self.takes(HardCase::NarrowTotals);
        let manner = self.dice.count(0, 3);
        let gap = self.dice.pick([1.0, 1.0, 1.15, 1.45]);
        let grows = self.dice.chance(0.3);
        let ruled = self.look.ruled;
        let is_sum = |entry: &Entry| {
            let sums = [Field::TotalGross, Field::AmountDue].map(SpanClass::Value);
            sums.into_iter().any(|class| entry.value.has(class))
        };
        let sum = entries.iter().rposition(is_sum);
        let middle = area.right() - self.dice.length(60.0, 115.0);
        let mut y = area.y;
        for (index, entry) in entries.into_iter().enumerate() {
            let last = Some(index) == sum;
            let pen = if last && grows { self.pen().scaled(1.25).bold() } else { self.pen() };
            y += pen.line() * gap;
            let amount_width = pen.width(&entry.value);
            if ruled && last {
                self.canvas.rule((area.left, y - pen.size), (area.right(), y - pen.size), 0.7);
            }
            match manner {
                0 | 3 => {
                    let left = area.left.min(area.right() - amount_width - pen.width(&entry.caption) - 8.0);
                    self.canvas.put(&entry.caption, left, y, pen, Align::Left);
                }
                1 => {
                    let right = middle.min(area.right() - amount_width - 10.0);
                    self.canvas.put(&entry.caption, right, y, pen, Align::Right);
                }
                _ => {
                    let right = area.right() - amount_width - pen.size;
                    self.canvas.put(&entry.caption, right, y, pen, Align::Right);
                }
            }
            let (amount, currency) =
                if narrow { entry.value.broken_after_class() } else { (entry.value, Run::default()) };
            self.canvas.put(&amount, area.right(), y, pen, Align::Right);
            if !currency.is_empty() {
                y += pen.line();
                self.canvas.put(&currency, area.right(), y, pen, Align::Right);
            }
        }
        y
    }

    /// The totals in order, with shipping, discounts, taxes, payments among them.
    pub(crate) fn totals_entries(&mut self) -> Vec<Entry> {
        let amounts = self.facts.amounts.clone();
        let mut entries = Vec::new();
        if amounts.shipping != 0 {
            entries.push(self.amount_beside(SpanClass::Value(Field::Shipping), "shipping", amounts.shipping));
        }
        if amounts.discount != 0 {
            entries.push(self.amount_beside(
                SpanClass::Value(Field::DiscountTotal),
                "discount_total",
                -amounts.discount,
            ));
        }
        let gross_only = if amounts.untaxed { self.dice.chance(0.6) } else { self.dice.chance(0.06) };
        if !gross_only && self.takes(HardCase::NetParts) {
            entries.splice(0..0, self.net_parts());
        }
        if !gross_only {
            if self.dice.chance(0.92) {
                entries.push(self.total_entry(Field::TotalNet));
            }
            if !amounts.untaxed || self.dice.chance(0.7) {
                entries.extend(self.tax_entries(&amounts.rates));
            }
        }
        if amounts.rounding != 0 {
            entries.push(self.amount_beside(SpanClass::Value(Field::Rounding), "rounding", amounts.rounding));
        }
        entries.extend(self.gross_and_due());
        if self.takes(HardCase::TwoCurrencies) {
            entries.extend(self.second_currency());
        }
        if self.takes(HardCase::EarlyPayment) {
            entries.push(self.early_payment());
        }
        if self.takes(HardCase::PerPerson) {
            entries.push(self.share_of_each());
        }
        if self.dice.chance(0.04) {
            self.dice.shuffle(&mut entries);
        }
        entries
    }

    /// Gross, the amount paid before, the amount due.
    fn gross_and_due(&mut self) -> Vec<Entry> {
        let amounts = self.facts.amounts.clone();
        let mut entries = Vec::new();
        if !self.is_invoice() {
            return vec![self.total_entry(Field::TotalGross)];
        }
        if amounts.due_differs() {
            entries.push(self.total_entry(Field::TotalGross));
            if amounts.prior != 0 {
                entries.push(self.amount_beside(SpanClass::PriorBalance, "prior_balance", amounts.prior));
            }
            if amounts.paid != 0 {
                let shown = if self.dice.chance(0.5) { -amounts.paid } else { amounts.paid };
                let value = self.total_amount(SpanClass::Value(Field::AmountPaid), shown);
                entries.push(self.entry_of("amount_paid", value));
            }
            if self.dice.chance(0.93) {
                entries.push(self.total_entry(Field::AmountDue));
            }
            return entries;
        }
        if self.takes(HardCase::ZeroPaid) {
            entries.push(self.total_entry(Field::TotalGross));
            entries.push(self.amount_beside(SpanClass::Value(Field::AmountPaid), "amount_paid", 0));
            entries.push(self.total_entry(Field::AmountDue));
            return entries;
        }
        match self.dice.count(0, 9) {
            0..=3 => entries.push(self.total_entry(Field::TotalGross)),
            4..=6 => entries.push(self.total_entry(Field::AmountDue)),
            _ => {
                entries.push(self.total_entry(Field::TotalGross));
                entries.push(self.total_entry(Field::AmountDue));
            }
        }
        entries
    }

    /// One of the totals.
    pub(crate) fn total_entry(&mut self, field: Field) -> Entry {
        let amount = self.facts.amount(field).unwrap_or_default();
        let value = self.total_amount(SpanClass::Value(field), amount);
        self.printed.push(field);
        let mut entry = self.entry_of(field.name(), value);
        if field == Field::TotalGross && self.dice.chance(0.015) {
            // The last line of a column of amounts, without a caption.
            entry.caption = Run::default();
        }
        if field != Field::TotalTax && !self.keeps_code_away() && self.dice.chance(0.05) {
            let code = self.facts.currency;
            let mark = self.dice.pick(["", "("]);
            let end = if mark.is_empty() { "" } else { ")" };
            entry.caption = entry.caption.and(Run::plain(format!("{mark}{code}{end}")));
        }
        if matches!(field, Field::TotalGross | Field::AmountDue) && self.dice.chance(0.25) {
            entry.caption = entry.caption.bold();
            entry.value = entry.value.bold();
        }
        entry
    }

    pub(super) fn amount_beside(&mut self, class: SpanClass, key: &str, hundredths: i64) -> Entry {
        let value = self.total_amount(class, hundredths);
        self.entry_of(key, value)
    }

    /// The tax: one row, or one for each rate and possibly their sum.
    fn tax_entries(&mut self, rates: &[RateSum]) -> Vec<Entry> {
        if rates.len() < 2 {
            let class = SpanClass::Value(Field::TotalTax);
            let tax = self.facts.amounts.tax;
            self.printed.push(Field::TotalTax);
            return match rates.first() {
                Some(sum) if self.dice.chance(0.7) => vec![self.rate_entry(*sum, class)],
                _ => {
                    let value = self.total_amount(class, tax);
                    vec![self.entry_of("total_tax", value)]
                }
            };
        }
        let split = self.dice.chance(0.75);
        let mut entries = Vec::new();
        if split {
            let bases = self.dice.chance(0.2);
            for sum in rates {
                if bases {
                    entries.push(self.rate_base_entry(*sum));
                }
                entries.push(self.rate_entry(*sum, SpanClass::RateTax));
            }
        }
        if !split || self.dice.chance(0.5) {
            entries.push(self.total_entry(Field::TotalTax));
        }
        entries
    }

    /// "Netto (25 % moms)".
    fn rate_base_entry(&mut self, sum: RateSum) -> Entry {
        let rate = self.rate_text(sum.rate);
        let net = self.caption_text("total_net");
        let caption = self.caption_of(SpanClass::Caption(Field::TotalNet), &format!("{net} ({rate})"));
        let value = self.total_amount(SpanClass::RateNet, sum.net);
        Entry { caption, value, glued: false }
    }

    /// "Moms 25 %", "19 % MwSt. auf 100,00", and the like.
    fn rate_entry(&mut self, sum: RateSum, class: SpanClass) -> Entry {
        let rate = self.rate_text(sum.rate);
        let word = self.caption_text("total_tax");
        let word = strip_rate(&word);
        let tax_caption = SpanClass::Caption(Field::TotalTax);
        let value = self.total_amount(class, sum.tax);
        let caption = match self.dice.count(0, 9) {
            0..=3 => self.caption_of(tax_caption, &format!("{word} {rate}")),
            4 => self.caption_of(tax_caption, &format!("{rate} {word}")),
            5 => self.caption_of(tax_caption, &format!("{word} ({rate})")),
            6..=7 => self.caption_with_base(&word, &rate, sum),
            _ => self.caption_of(tax_caption, &word),
        };
        Entry { caption, value, glued: false }
    }

    fn caption_with_base(&mut self, word: &str, rate: &str, sum: RateSum) -> Run {
        let of = match self.facts.locale.language() {
            "sv" | "nb" | "da" => self.dice.pick(["av", "på", "på"]),
            "de" => self.dice.pick(["auf", "von", "aus"]),
            "nl" => "over",
            "fr" => "sur",
            "es" => "sobre",
            "it" => "su",
            "fi" => "/",
            _ => self.dice.pick(["on", "of"]),
        };
        let single = self.facts.amounts.rates.len() < 2 && !self.printed.contains(&Field::TotalNet);
        let class = if single { SpanClass::Value(Field::TotalNet) } else { SpanClass::RateNet };
        let base = self.line_amount(class, sum.net);
        let caption = Run::span(SpanClass::Caption(Field::TotalTax), format!("{word} {rate}"));
        if self.dice.chance(0.3) {
            caption.and(Run::plain(format!("({of}"))).and(base).glue(Run::plain(")"))
        } else {
            caption.and(Run::plain(of)).and(base)
        }
    }
}

/// A tax caption without a rate of its own.
fn strip_rate(word: &str) -> String {
    if !word.contains('%') {
        return word.to_owned();
    }
    let kept: Vec<&str> = word
        .split_whitespace()
        .filter(|part| {
            !part.contains('%')
                && !part
                    .trim_matches(['(', ')', '@'])
                    .chars()
                    .all(|c| c.is_ascii_digit() || c == ',' || c == '.')
        })
        .collect();
    kept.join(" ")
}
