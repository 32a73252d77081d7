//! Lines, taxes and totals that add up. All amounts are whole hundredths.

use fieldmark_domain::extraction::DocumentKind;

use crate::locale::Locale;
use crate::money::tax_of;
use crate::parties::{capitalised, company_name, person_name};
use crate::random::Dice;

/// One line of an invoice.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    /// What was sold.
    pub(crate) description: String,
    /// Hundredths of a unit.
    pub(crate) quantity: i64,
    /// Price of a unit, without tax.
    pub(crate) unit_price: i64,
    /// Hundredths of a percent.
    pub(crate) rate: i64,
    /// Discount in percent; usually 0.
    pub(crate) discount: i64,
    /// The line's amount without tax.
    pub(crate) net: i64,
}

/// The amounts of one tax rate.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RateSum {
    /// Hundredths of a percent.
    pub(crate) rate: i64,
    pub(crate) net: i64,
    pub(crate) tax: i64,
}

/// The amounts of an invoice: `net + tax + rounding = gross` and `gross − paid + prior = due`.
#[derive(Debug, Clone)]
pub(crate) struct Amounts {
    pub(crate) lines: Vec<Line>,
    pub(crate) rates: Vec<RateSum>,
    pub(crate) shipping: i64,
    pub(crate) discount: i64,
    pub(crate) net: i64,
    pub(crate) tax: i64,
    pub(crate) rounding: i64,
    pub(crate) gross: i64,
    pub(crate) paid: i64,
    pub(crate) prior: i64,
    pub(crate) due: i64,
    /// Whether the invoice is free of tax.
    pub(crate) untaxed: bool,
}

impl Amounts {
    /// Draws the lines and adds them up.
    pub(crate) fn draw(locale: Locale, kind: DocumentKind, dice: &mut Dice) -> Self {
        let untaxed = dice.chance(if locale.country() == "US" { 0.35 } else { 0.08 });
        let scale = if kind == DocumentKind::Receipt {
            dice.weighted([(30, 20), (100, 50), (1_000, 30), (10_000, 5)])
        } else {
            dice.weighted([(100, 20), (1_000, 25), (10_000, 30), (100_000, 20), (1_000_000, 4)])
        };
        let mut lines = lines(locale, untaxed, scale, dice);
        if kind == DocumentKind::CreditNote && dice.chance(0.75) {
            for line in &mut lines {
                line.quantity = -line.quantity;
                line.net = -line.net;
            }
        }
        let sum: i64 = lines.iter().map(|line| line.net).sum();
        let ships = kind != DocumentKind::Receipt && dice.chance(0.1);
        let shipping = if ships { dice.whole(10, 400) * 50 * sum.signum() } else { 0 };
        let discount = if dice.chance(0.1) { sum / dice.pick([10, 20, 33, 50]) } else { 0 };
        let main_rate = lines.first().map_or(0, |line| line.rate);
        let mut rates = rate_sums(&lines);
        if let Some(main) = rates.iter_mut().find(|sum| sum.rate == main_rate) {
            main.net += shipping - discount;
            main.tax = tax_of(main.net, main.rate);
        }
        let net = sum + shipping - discount;
        let tax = rates.iter().map(|rate| rate.tax).sum();
        let rounding = rounding(locale, net + tax, dice);
        let gross = net + tax + rounding;
        let paid = match dice.count(0, 39) {
            _ if kind == DocumentKind::Receipt => gross,
            0..=1 => gross,
            2..=4 => gross / dice.pick([2, 3, 4, 5, 10]),
            _ => 0,
        };
        let prior_share = if kind == DocumentKind::Statement { 0.6 } else { 0.025 };
        let prior = if dice.chance(prior_share) { dice.whole(500, 500_000) } else { 0 };
        Self {
            lines,
            rates,
            shipping,
            discount,
            net,
            tax,
            rounding,
            gross,
            paid,
            prior,
            due: gross - paid + prior,
            untaxed,
        }
    }

    /// Removes all taxes, as for persons and suppliers who are not registered for them.
    pub(crate) fn untax(&mut self) {
        for line in &mut self.lines {
            line.rate = 0;
        }
        self.rates = vec![RateSum { rate: 0, net: self.net, tax: 0 }];
        let fully_paid = self.paid != 0 && self.paid == self.gross;
        (self.tax, self.rounding, self.gross, self.untaxed) = (0, 0, self.net, true);
        if fully_paid {
            self.paid = self.gross;
        }
        self.due = self.gross - self.paid + self.prior;
    }

    /// Whether the amount due differs from the invoice's total.
    pub(crate) fn due_differs(&self) -> bool {
        self.due != self.gross
    }
}

/// Sweden, Norway, Denmark and Switzerland round the amount to pay; other countries rarely.
fn rounding(locale: Locale, exact: i64, dice: &mut Dice) -> i64 {
    let (unit, share) = match locale.country() {
        "SE" => (100, 0.3),
        "NO" | "DK" => (100, 0.08),
        "CH" => (5, 0.5),
        _ => (100, 0.01),
    };
    if !dice.chance(share) {
        return 0;
    }
    let rest = exact.rem_euclid(unit);
    if rest * 2 >= unit { unit - rest } else { -rest }
}

fn rate_sums(lines: &[Line]) -> Vec<RateSum> {
    let mut sums: Vec<RateSum> = Vec::new();
    for line in lines {
        match sums.iter_mut().find(|sum| sum.rate == line.rate) {
            Some(sum) => sum.net += line.net,
            None => sums.push(RateSum { rate: line.rate, net: line.net, tax: 0 }),
        }
    }
    for sum in &mut sums {
        sum.tax = tax_of(sum.net, sum.rate);
    }
    sums.sort_by_key(|sum| std::cmp::Reverse(sum.rate));
    sums
}

fn lines(locale: Locale, untaxed: bool, scale: i64, dice: &mut Dice) -> Vec<Line> {
    let count = match dice.count(0, 19) {
        0..=5 => 1,
        6..=8 => 2,
        9..=15 => dice.count(3, 6),
        16..=17 => dice.count(6, 12),
        18 => dice.count(10, 25),
        _ => dice.count(20, 45),
    };
    let several_rates = dice.chance(0.2);
    let main = if dice.chance(0.75) { locale.tax_rates().first() } else { dice.of(locale.tax_rates()) };
    let main = main.copied().unwrap_or(2000);
    let round_prices = dice.chance(0.4);
    let quantities =
        dice.weighted([(Quantities::Ones, 25), (Quantities::Whole, 50), (Quantities::Fractions, 25)]);
    let discounted = dice.chance(0.08);
    (0..count)
        .map(|_| {
            let rate = if untaxed {
                0
            } else if several_rates {
                dice.of(locale.tax_rates()).copied().unwrap_or(main)
            } else {
                main
            };
            let quantity = quantities.draw(dice);
            let unit_price = unit_price(scale, round_prices, dice);
            let discount =
                if discounted && dice.chance(0.6) { dice.pick([5, 10, 15, 20, 25, 50]) } else { 0 };
            let full = (quantity * unit_price + 50) / 100;
            let net = full - (full * discount + 50) / 100;
            Line { description: description(locale, dice), quantity, unit_price, rate, discount, net }
        })
        .collect()
}

#[derive(Clone, Copy)]
enum Quantities {
    Ones,
    Whole,
    Fractions,
}

impl Quantities {
    fn draw(self, dice: &mut Dice) -> i64 {
        match self {
            Self::Ones => 100,
            Self::Whole => dice.whole(1, 20) * 100,
            Self::Fractions if dice.chance(0.5) => dice.whole(1, 160) * 25,
            Self::Fractions => dice.whole(10, 4_000),
        }
    }
}

fn unit_price(scale: i64, round: bool, dice: &mut Dice) -> i64 {
    let price = dice.whole(scale, scale * 10);
    if round && price > 100 { price / 100 * 100 } else { price }
}

/// A product's name, sometimes with everyday words around it.
pub(crate) fn description(locale: Locale, dice: &mut Dice) -> String {
    let lexicon = locale.lexicon();
    let product = dice.word(&lexicon.products).to_owned();
    let home = locale.home_lexicon();
    match dice.count(0, 19) {
        0..=9 => product,
        10 => format!("{product}, {}", dice.word(&lexicon.products)),
        11 => product.to_uppercase(),
        12 => format!("{product}, {}", person_name(home, dice)),
        13 => format!("{product} {} {}", dice.word(&lexicon.months), dice.whole(2012, 2026)),
        14 => match dice.count(0, 2) {
            0 => format!("{product} {}", company_name(home, dice).0),
            1 => format!("{} {product}", capitalised(dice.word(&home.company_words))),
            _ => format!("{product} ({} {})", dice.whole(2, 60), dice.word(&lexicon.units)),
        },
        15 => {
            let (first, second) = (dice.whole(4, 90), dice.whole(10, 240));
            format!("{product} {first}x{second} {}", dice.word(&lexicon.vocabulary))
        }
        16..=17 => format!("{product} {}", dice.pattern("@##-###")),
        18 => (0..dice.count(2, 9)).map(|_| dice.word(&lexicon.vocabulary)).collect::<Vec<_>>().join(" "),
        _ => format!("{product} {} {}", dice.word(&lexicon.vocabulary), dice.word(&lexicon.vocabulary)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn totals_add_up() {
        for (index, locale) in (0..20).flat_map(|_| Locale::all()).enumerate() {
            let mut dice = Dice::new(4, index as u64);
            let kind = dice.pick([DocumentKind::Invoice, DocumentKind::CreditNote, DocumentKind::Statement]);
            let amounts = Amounts::draw(locale, kind, &mut dice);
            assert_eq!(amounts.net + amounts.tax + amounts.rounding, amounts.gross);
            assert_eq!(amounts.gross - amounts.paid + amounts.prior, amounts.due);
            assert_eq!(amounts.rates.iter().map(|rate| rate.net).sum::<i64>(), amounts.net);
            let lines: i64 = amounts.lines.iter().map(|line| line.net).sum();
            assert_eq!(lines + amounts.shipping - amounts.discount, amounts.net);
        }
    }
}
