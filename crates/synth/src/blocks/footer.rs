//! The page footer: the supplier's details once more, in columns or lines.

use fieldmark_domain::detection::BlockRole;
use fieldmark_domain::field::Field;

use crate::canvas::{Align, Pen, Run};
use crate::composer::{Area, Composer, Item};

/// The layout of the footer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FooterStyle {
    /// This number of columns.
    Columns(usize),
    /// Lines with marks between the parts, centred or on the left.
    Lines(Align),
    /// Columns with captions above their values.
    Headed,
}

impl Composer {
    /// A random footer style.
    pub(crate) fn footer_style(&mut self) -> FooterStyle {
        match self.dice.count(0, 11) {
            0 => FooterStyle::Columns(1),
            1 => FooterStyle::Columns(2),
            2..=3 => FooterStyle::Columns(3),
            4..=5 => FooterStyle::Columns(4),
            6..=8 => FooterStyle::Lines(Align::Centre),
            9 => FooterStyle::Lines(Align::Left),
            _ => FooterStyle::Headed,
        }
    }

    /// Sets the footer at the bottom of the current page.
    pub(crate) fn footer(&mut self, style: FooterStyle) {
        self.within(BlockRole::Footer, |hand| hand.set_footer(style))
    }

    fn set_footer(&mut self, style: FooterStyle) {
        let pen = self.pen().scaled(self.dice.length(0.62, 0.95));
        let area = self.page_area();
        if self.dice.chance(0.4) {
            let y = self.canvas.size.height_pt - 66.0;
            self.canvas.rule((area.left, y), (area.right(), y), 0.5);
        }
        match style {
            FooterStyle::Columns(columns) => self.footer_columns(area, columns.max(1), pen),
            FooterStyle::Lines(align) => self.footer_lines(area, align, pen),
            FooterStyle::Headed => self.footer_headed(area, pen),
        }
        if self.dice.chance(0.25) {
            let page = self.page_number(self.pages_before() + 1);
            let y = self.canvas.size.height_pt - 12.0;
            self.canvas.put(&page, area.right(), y, pen, Align::Right);
        }
    }

    /// The parts of the footer, name and address first.
    fn footer_parts(&mut self) -> Vec<Run> {
        let mut parts = Vec::new();
        let named = self.dice.chance(0.74) && !self.hides_supplier();
        if named || self.has_unnamed_supplier() {
            parts.push(Run::value(Field::SupplierName, self.facts.supplier.name.clone()));
        }
        if self.dice.chance(0.62) {
            parts.extend(self.supplier_address());
        }
        let account = self.facts.payment.account.is_some();
        let likelihoods = [
            (Item::Phone, 0.5),
            (Item::Fax, 0.2),
            (Item::Field(Field::SupplierEmail), 0.5),
            (Item::Web, 0.42),
            (Item::Field(Field::SupplierVatId), 0.74),
            (Item::Field(Field::SupplierOrgNumber), 0.72),
            (Item::NationalNumber, 0.3),
            (Item::OtherIdentifier, 0.08),
            (Item::Other, 0.14),
            (Item::Bank, 0.38),
            (Item::Field(Field::SupplierIban), 0.66),
            (Item::Field(Field::SupplierBic), 0.6),
            (Item::Field(Field::Bankgiro), 0.58),
            (Item::Field(Field::Plusgiro), 0.56),
            (Item::BankCode, if account { 0.3 } else { 0.02 }),
            (Item::Field(Field::AccountNumber), 0.4),
        ];
        for (item, likelihood) in likelihoods {
            if self.dice.chance(likelihood) {
                parts.extend(self.contact_line(item));
            }
        }
        if self.facts.locale.country() == "SE" && self.dice.chance(0.45) {
            let words = [
                "Godkänd för F-skatt",
                "Innehar F-skattebevis",
                "F-skatt",
                "Godkänd för F-skatt.",
                "Approved for F-tax",
            ];
            parts.push(Run::plain(self.dice.pick(words)));
        }
        if self.dice.chance(0.16) {
            let entry = self.entry_of("other", Run::plain(self.facts.supplier.contact.clone()));
            parts.push(entry.inline());
        }
        parts
    }

    fn footer_columns(&mut self, area: Area, columns: usize, pen: Pen) {
        let parts = self.footer_parts();
        let per_column = parts.len().div_ceil(columns).max(1);
        let height = per_column as f32 * pen.line();
        let top = self.canvas.size.height_pt - self.dice.length(16.0, 34.0) - height;
        let align = self.dice.pick([Align::Left, Align::Left, Align::Left, Align::Centre]);
        let cell = area.width / columns as f32;
        for (index, column) in parts.chunks(per_column).enumerate() {
            let place = Area { left: area.left + cell * index as f32, y: top, width: cell - 6.0 };
            self.lines(column, place, pen, align);
        }
    }

    fn footer_lines(&mut self, area: Area, align: Align, pen: Pen) {
        let parts = self.footer_parts();
        let per_line = self.dice.count(3, 6);
        let lines: Vec<Run> = parts.chunks(per_line).map(|line| self.joined(line.to_vec())).collect();
        let height = (lines.len() + 1) as f32 * pen.line();
        let top = self.canvas.size.height_pt - self.dice.length(14.0, 30.0) - height;
        self.lines(&lines, area.at(top), pen, align);
    }

    /// Three to five columns, each with a heading: address, telephone, numbers, accounts.
    fn footer_headed(&mut self, area: Area, pen: Pen) {
        let items = [
            Item::Phone,
            Item::Field(Field::SupplierEmail),
            Item::Web,
            Item::Field(Field::SupplierOrgNumber),
            Item::Field(Field::SupplierVatId),
            Item::NationalNumber,
            Item::Field(Field::Bankgiro),
            Item::Field(Field::Plusgiro),
            Item::Field(Field::AccountNumber),
            Item::Field(Field::SupplierIban),
            Item::Field(Field::SupplierBic),
        ];
        let mut entries = Vec::new();
        for item in items {
            if self.dice.chance(0.72) {
                entries.extend(self.entry(item));
            }
        }
        let columns = self.dice.count(3, 5);
        let cell = area.width / columns as f32;
        let top = self.canvas.size.height_pt - self.dice.length(70.0, 92.0);
        let mut address = vec![Run::value(Field::SupplierName, self.facts.supplier.name.clone())];
        address.extend(self.supplier_address());
        self.lines(&address, Area { left: area.left, y: top, width: cell - 8.0 }, pen, Align::Left);
        let per_column = entries.len().div_ceil(columns - 1).max(1);
        for (index, column) in entries.chunks(per_column).enumerate() {
            let mut y = top;
            let left = area.left + cell * (index + 1) as f32;
            for entry in column {
                y = self.line(&entry.caption, left, y, pen, Align::Left);
                y = self.canvas.wrap(&entry.value, left, y, cell - 6.0, pen, Align::Left) + pen.size * 0.2;
            }
        }
    }
}
