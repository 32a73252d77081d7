//! Gathers what an invoice states, bounded, in the shape that the domain takes.

use fieldmark_domain::electronic_invoice::{
    ElectronicInvoice, InvoiceSyntax, StatedLine, StatedTax, Statement,
};
use fieldmark_domain::field::Field;

use super::element::Element;

/// The most lines that are read; the rest are counted.
const MAX_LINES: usize = 5000;
/// The most lines of a tax breakdown; real ones have hardly ten.
const MAX_TAX_LINES: usize = 200;
/// The most statements: accounts may come more than once, everything else does not.
const MAX_STATEMENTS: usize = 200;

/// All texts of the lines that are read, in bytes; beyond them lines are only counted.
const MAX_LINE_BYTES: usize = 4 * 1024 * 1024;

/// What has been gathered of an invoice.
pub struct Terms {
    invoice: ElectronicInvoice,
    line_bytes: usize,
}

impl Terms {
    pub fn new(syntax: InvoiceSyntax) -> Self {
        let invoice = ElectronicInvoice {
            syntax,
            specification: None,
            attachment: None,
            type_code: None,
            is_credit_note: false,
            seller_country: None,
            statements: Vec::new(),
            payer_accounts: Vec::new(),
            tax: Vec::new(),
            lines: Vec::new(),
            line_count: 0,
            allowances: None,
            charges: None,
            paid: None,
            rounding: None,
        };
        Self { invoice, line_bytes: 0 }
    }

    /// States a field, if there is a text for it.
    pub fn state(&mut self, field: Field, text: Option<String>) {
        self.state_under(field, text, None);
    }

    /// States the number in an element, with the scheme that the element names.
    pub fn state_number(&mut self, field: Field, number: Option<Element<'_>>) {
        let scheme = number.and_then(|number| number.code("schemeID"));
        self.state_under(field, number.and_then(Element::own_text), scheme);
    }

    fn state_under(&mut self, field: Field, text: Option<String>, scheme: Option<String>) {
        if let Some(text) = text.filter(|_| self.invoice.statements.len() < MAX_STATEMENTS) {
            self.invoice.statements.push(Statement { field, text, scheme });
        }
    }

    /// An account that the payer is debited from.
    pub fn add_payer_account(&mut self, account: Option<String>) {
        let account = account.filter(|_| self.invoice.payer_accounts.len() < MAX_STATEMENTS);
        self.invoice.payer_accounts.extend(account);
    }

    /// Whether a field has been stated.
    pub fn has(&self, field: Field) -> bool {
        self.invoice.statements.iter().any(|statement| statement.field == field)
    }

    pub fn add_tax(&mut self, line: StatedTax) {
        if self.invoice.tax.len() < MAX_TAX_LINES {
            self.invoice.tax.push(line);
        }
    }

    /// A line that states no number is a note among the lines.
    pub fn add_line(&mut self, line: StatedLine) {
        if line.net.is_none() && line.quantity.is_none() && line.price.is_none() {
            return;
        }
        self.invoice.line_count = self.invoice.line_count.saturating_add(1);
        self.line_bytes = self.line_bytes.saturating_add(bytes_of(&line));
        if self.invoice.lines.len() < MAX_LINES && self.line_bytes <= MAX_LINE_BYTES {
            self.invoice.lines.push(line);
        }
    }

    /// What else is known of the invoice.
    pub fn about(&mut self) -> &mut ElectronicInvoice {
        &mut self.invoice
    }

    pub fn finish(self) -> ElectronicInvoice {
        self.invoice
    }
}

fn bytes_of(line: &StatedLine) -> usize {
    let StatedLine { code, description, quantity, unit, price, price_base, net, tax_rate } = line;
    let texts = [code, description, quantity, unit, price, price_base, net, tax_rate];
    texts.into_iter().flatten().map(String::len).sum()
}
