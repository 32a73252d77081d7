//! The part of a receipt below the goods: the sum, its taxes, the payment.

use fieldmark_domain::detection::{BlockRole, SpanClass};
use fieldmark_domain::field::Field;

use crate::canvas::{Align, Run};
use crate::composer::{Area, Composer};
use crate::look::RowStyle;

impl Composer {
    /// Net and tax where they are printed, rounding, and the sum, often in large type. The amount
    /// due is zero.
    pub(super) fn till_totals(&mut self, area: Area) -> f32 {
        self.within(BlockRole::Totals, |hand| hand.set_till_totals(area))
    }

    fn set_till_totals(&mut self, area: Area) -> f32 {
        let amounts = self.facts.amounts.clone();
        let mut entries = Vec::new();
        for (class, key, amount) in [
            (Field::Shipping, "shipping", amounts.shipping),
            (Field::DiscountTotal, "discount_total", -amounts.discount),
        ] {
            if amount != 0 {
                let value = self.total_amount(SpanClass::Value(class), amount);
                entries.push(self.entry_of(key, value));
            }
        }
        if !amounts.untaxed && self.dice.chance(0.6) {
            entries.push(self.total_entry(Field::TotalNet));
        }
        if !amounts.untaxed && self.dice.chance(0.7) {
            entries.push(self.total_entry(Field::TotalTax));
        }
        if amounts.rounding != 0 {
            let value = self.total_amount(SpanClass::Value(Field::Rounding), amounts.rounding);
            entries.push(self.entry_of("rounding", value));
        }
        let mut y = area.y;
        if self.dice.chance(0.25) {
            let count: i64 = amounts.lines.iter().map(|line| (line.quantity / 100).max(1)).sum();
            let words = self.dice.word(self.lexicon.columns("quantity"));
            let run = Run::span(SpanClass::OtherCaption, words).and(Run::plain(count.to_string()));
            y = self.line(&run, area.left, y, self.look.pen, Align::Left);
        }
        y = self.rows(entries, area.at(y), RowStyle::ValuesRight);
        let total = self.total_entry(Field::TotalGross);
        let pen = self.pen().scaled(self.dice.pick([1.0, 1.2, 1.5]));
        let pen = pen.bold_if(self.dice.chance(0.6));
        let needed = pen.width(&total.caption) + pen.width(&total.value) + pen.size;
        let fitting = pen.scaled((area.width / needed).min(1.0));
        self.rows_with(vec![total], area.at(y), RowStyle::ValuesRight, fitting)
    }

    /// A table of taxes with a code for each rate: "SR 6 %  100.00  6.00".
    pub(super) fn coded_taxes(&mut self, area: Area) -> f32 {
        self.within(BlockRole::Totals, |hand| hand.set_coded_taxes(area))
    }

    fn set_coded_taxes(&mut self, area: Area) -> f32 {
        let rates = self.facts.amounts.rates.clone();
        if self.facts.amounts.untaxed || rates.is_empty() {
            return area.y;
        }
        let pen = self.pen();
        let single = rates.len() == 1;
        let (net_x, tax_x) = (area.left + area.width * 0.68, area.right());
        let mut y = area.y + pen.line();
        let words = self.caption_text("total_tax");
        let heading = match self.facts.locale.language() {
            "en" => format!("{} Summary", words.split_whitespace().next().unwrap_or("Tax")),
            _ => words,
        };
        self.canvas.put(&Run::plain(heading), area.left, y, pen, Align::Left);
        for (key, field, x) in [("base", Field::TotalNet, net_x), ("tax", Field::TotalTax, tax_x)] {
            let head = self.dice.word(self.lexicon.tax_table(key)).to_owned();
            self.canvas.put(&Run::span(SpanClass::Caption(field), head), x, y, pen, Align::Right);
        }
        let malaysian = self.facts.locale.country() == "MY";
        for (sum, letter) in rates.iter().zip(["A", "B", "C", "D", "E"]) {
            y += pen.line();
            let code = if malaysian { "SR" } else { self.dice.pick([letter, letter, letter, "S", "V"]) };
            let rate = Run::span(SpanClass::RatePercent, self.rate_text(sum.rate));
            let rate = match self.dice.count(0, 2) {
                0 => Run::plain(code).and(Run::plain("(").glue(rate).glue(Run::plain(")"))),
                1 => Run::plain(code).and(Run::plain("=")).and(rate),
                _ => Run::plain(code).and(rate),
            };
            let class = |field: Field, other: SpanClass| if single { SpanClass::Value(field) } else { other };
            let net = self.line_amount(class(Field::TotalNet, SpanClass::RateNet), sum.net);
            let tax = self.line_amount(class(Field::TotalTax, SpanClass::RateTax), sum.tax);
            self.canvas.put(&rate, area.left, y, pen, Align::Left);
            self.canvas.put(&net, net_x, y, pen, Align::Right);
            self.canvas.put(&tax, tax_x, y, pen, Align::Right);
        }
        y
    }

    /// A card reader's text: card, authorisation, terminal.
    pub(super) fn card_slip(&mut self, area: Area) -> f32 {
        self.within(BlockRole::Totals, |hand| hand.set_card_slip(area))
    }

    fn set_card_slip(&mut self, area: Area) -> f32 {
        let pen = self.pen();
        let rows = [
            ("AID", "A000000003####"),
            ("TERMINAL", "########"),
            ("AUTH", "######"),
            ("TID", "########"),
            ("REF", "############"),
            ("TVR", "00000#8000"),
            ("APPROVAL CODE", "######"),
        ];
        let mut lines = Vec::new();
        let card = self.dice.pick(["**** **** **** ####", "XXXXXXXXXXXX####", "************####"]);
        lines.push(Run::span(SpanClass::OtherIdentifier, self.dice.pattern(card)));
        for (words, pattern) in rows {
            if self.dice.chance(0.4) {
                let number = self.dice.pattern(pattern);
                let number = Run::span(SpanClass::OtherIdentifier, number);
                lines.push(Run::span(SpanClass::OtherCaption, words).glue(Run::plain(":")).and(number));
            }
        }
        self.lines(&lines, area, pen, Align::Left)
    }

    /// The payment, and the change.
    pub(super) fn tender(&mut self, area: Area, y: f32) -> f32 {
        self.within(BlockRole::Totals, |hand| hand.set_tender(area, y))
    }

    fn set_tender(&mut self, area: Area, y: f32) -> f32 {
        let pen = self.pen();
        let word = match self.facts.locale.language() {
            "sv" => self.dice.pick(["Kontokort", "Kort", "Kontant", "Swish", "Betalkort"]),
            "nb" => self.dice.pick(["Bankkort", "Kontant", "Vipps"]),
            "da" => self.dice.pick(["Dankort", "Kontant", "MobilePay"]),
            "fi" => self.dice.pick(["Pankkikortti", "Käteinen", "Kortti"]),
            "de" => self.dice.pick(["Bar", "EC-Karte", "Kartenzahlung", "Gegeben"]),
            "fr" => self.dice.pick(["CB", "Espèces", "Carte bancaire"]),
            "nl" => self.dice.pick(["PIN", "Contant"]),
            "it" => self.dice.pick(["Contanti", "Pagamento elettronico"]),
            "es" => self.dice.pick(["Efectivo", "Tarjeta"]),
            _ => self.dice.pick(["CASH", "Card", "VISA", "Mastercard", "Tendered", "EFT"]),
        };
        let paid =
            self.facts.amounts.gross + if self.dice.chance(0.3) { self.dice.whole(1, 40) * 50 } else { 0 };
        let exact = paid == self.facts.amounts.paid;
        let class = if exact { SpanClass::Value(Field::AmountPaid) } else { SpanClass::OtherAmount };
        let amount = self.line_amount(class, paid);
        let baseline = y + pen.line();
        self.canvas.put(&Run::span(SpanClass::OtherCaption, word), area.left, baseline, pen, Align::Left);
        self.canvas.put(&amount, area.right(), baseline, pen, Align::Right);
        let change = paid - self.facts.amounts.gross;
        if change == 0 {
            return baseline;
        }
        let word = match self.facts.locale.language() {
            "sv" => "Växel",
            "nb" | "da" => "Byttepenge",
            "fi" => "Takaisin",
            "de" => "Rückgeld",
            "fr" => "Rendu",
            "nl" => "Wisselgeld",
            "it" => "Resto",
            "es" => "Cambio",
            _ => "CHANGE",
        };
        let amount = self.line_amount(SpanClass::OtherAmount, change);
        let below = baseline + pen.line();
        self.canvas.put(&Run::span(SpanClass::OtherCaption, word), area.left, below, pen, Align::Left);
        self.canvas.put(&amount, area.right(), below, pen, Align::Right);
        below
    }
}
