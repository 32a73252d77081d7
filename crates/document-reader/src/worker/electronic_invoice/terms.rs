//! Collects what an invoice states, within limits, in the form that the domain expects.

use fieldmark_domain::electronic_invoice::{
    ElectronicInvoice, InvoiceSyntax, StatedLine, StatedTax, Statement,
};
use fieldmark_domain::field::Field;

use super::element::Element;

/// Maximum number of lines that are read; further ones are only counted.
const MAX_LINES: usize = 5000;
/// Maximum number of tax breakdown lines; real invoices have fewer than ten.
const MAX_TAX_LINES: usize = 200;
/// Maximum number of statements. Only accounts may be stated more than once.
const MAX_STATEMENTS: usize = 200;

/// Maximum size of all line texts in bytes; further lines are only counted.
const MAX_LINE_BYTES: usize = 4 * 1024 * 1024;

/// What has been collected from an invoice.
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

    /// States a field, if it has a text.
    pub fn state(&mut self, field: Field, text: Option<String>) {
        self.state_under(field, text, None);
    }

    /// States the number in an element, with the element's scheme.
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

    /// Adds a line. A line without any number is a note.
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

    /// Further facts about the invoice.
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
