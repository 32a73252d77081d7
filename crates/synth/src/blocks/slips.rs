//! Payment slips at the foot of a page, as the banks of each country print them.

mod coupon;
mod danish;
mod finnish;
mod norwegian;
mod swedish;
mod swiss;

use fieldmark_domain::detection::{BlockRole, SpanClass};
use fieldmark_domain::field::Field;

use crate::canvas::{Align, Pen, Run};
use crate::composer::{Area, Composer};

/// The kind of a slip.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SlipKind {
    /// Swedish inpayment slip with its machine-read line.
    Swedish,
    /// Norwegian giro.
    Norwegian,
    /// Danish giro card.
    Danish,
    /// Finnish credit transfer form.
    Finnish,
    /// Swiss QR bill.
    Swiss,
    /// A tear-off coupon, of any country.
    Coupon,
}

/// The height of a slip at the foot of a page.
pub(crate) const SLIP_HEIGHT: f32 = 262.0;

impl Composer {
    /// The slip of the supplier's country; the coupon if it has none or cannot be filled in.
    pub(crate) fn slip_kind(&mut self) -> SlipKind {
        let payment = &self.facts.payment;
        match self.facts.locale.country() {
            "SE" if payment.bankgiro.is_some() || payment.plusgiro.is_some() => SlipKind::Swedish,
            "NO" if payment.account.is_some() => SlipKind::Norwegian,
            "DK" if payment.fik.is_some() => SlipKind::Danish,
            "FI" if payment.iban.is_some() => SlipKind::Finnish,
            "CH" if payment.iban.is_some() => SlipKind::Swiss,
            _ => SlipKind::Coupon,
        }
    }

    /// Sets a slip into the lower third of the page.
    pub(crate) fn slip(&mut self, kind: SlipKind) {
        self.within(BlockRole::PaymentSlip, |hand| hand.set_slip(kind))
    }

    fn set_slip(&mut self, kind: SlipKind) {
        let height = self.canvas.size.height_pt;
        let area = Area { y: height - SLIP_HEIGHT, ..self.page_area() };
        self.canvas.rule((0.0, area.y - 4.0), (self.canvas.size.width_pt, area.y - 4.0), 0.4);
        let pen = Pen { size: self.dice.length(7.5, 9.5), leading: 1.25, ..self.pen() };
        match kind {
            SlipKind::Swedish => self.swedish_slip(area, pen),
            SlipKind::Norwegian => self.norwegian_slip(area, pen),
            SlipKind::Danish => self.danish_slip(area, pen),
            SlipKind::Finnish => self.finnish_slip(area, pen),
            SlipKind::Swiss => self.swiss_slip(area, pen),
            SlipKind::Coupon => self.coupon(area, pen),
        }
    }

    /// A small caption over a value.
    fn slip_cell(&mut self, class: SpanClass, words: &str, value: Run, x: f32, y: f32, pen: Pen) -> f32 {
        let caption = Run::span(class, words);
        let y = self.line(&caption, x, y, pen.scaled(0.78), Align::Left);
        self.line(&value, x, y, pen, Align::Left)
    }

    fn slip_payee(&self) -> Run {
        Run::value(Field::SupplierName, self.facts.supplier.name.clone())
    }

    fn payee_lines(&self) -> Vec<Run> {
        let mut lines = vec![self.slip_payee()];
        lines.extend(
            self.facts
                .supplier
                .address
                .iter()
                .map(|line| Run::span(SpanClass::Value(Field::SupplierAddress), line.clone())),
        );
        lines
    }

    fn payer_lines(&self) -> Vec<Run> {
        let mut lines = vec![Run::value(Field::CustomerName, self.facts.customer.name.clone())];
        lines.extend(
            self.facts
                .customer
                .address
                .iter()
                .map(|line| Run::span(SpanClass::Value(Field::CustomerAddress), line.clone())),
        );
        lines
    }

    /// Whole units and hundredths, separate as in machine-read fields.
    fn split_due(&self) -> (String, String) {
        let due = self.facts.amounts.due.unsigned_abs();
        ((due / 100).to_string(), format!("{:02}", due % 100))
    }

    fn due_amount(&mut self) -> Run {
        let due = self.facts.amounts.due;
        let text = self.bare_amount(due);
        Run::value(Field::AmountDue, text)
    }
}
