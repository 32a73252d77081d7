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

/// What has been gathered of an invoice.
pub struct Terms(ElectronicInvoice);

impl Terms {
    pub fn new(syntax: InvoiceSyntax) -> Self {
        Self(ElectronicInvoice {
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
        })
    }

    /// States a field, if there is a text for it.
    pub fn state(&mut self, field: Field, text: Option<String>) {
        self.state_under(field, text, None);
    }

    /// States the number in an element, with the scheme that the element names.
    pub fn state_number(&mut self, field: Field, number: Option<Element<'_>>) {
        let scheme =
            number.and_then(|number| number.attribute("schemeID")).map(|scheme| scheme.trim().to_owned());
        self.state_under(
            field,
            number.and_then(Element::own_text),
            scheme.filter(|scheme| scheme.len() <= 20),
        );
    }

    fn state_under(&mut self, field: Field, text: Option<String>, scheme: Option<String>) {
        if let Some(text) = text.filter(|_| self.0.statements.len() < MAX_STATEMENTS) {
            self.0.statements.push(Statement { field, text, scheme });
        }
    }

    /// An account that the payer is debited from.
    pub fn add_payer_account(&mut self, account: Option<String>) {
        let account = account.filter(|_| self.0.payer_accounts.len() < MAX_STATEMENTS);
        self.0.payer_accounts.extend(account);
    }

    /// Whether a field has been stated.
    pub fn has(&self, field: Field) -> bool {
        self.0.statements.iter().any(|statement| statement.field == field)
    }

    pub fn add_tax(&mut self, line: StatedTax) {
        if self.0.tax.len() < MAX_TAX_LINES {
            self.0.tax.push(line);
        }
    }

    /// A line that states no number is a note among the lines.
    pub fn add_line(&mut self, line: StatedLine) {
        if line.net.is_none() && line.quantity.is_none() && line.price.is_none() {
            return;
        }
        self.0.line_count = self.0.line_count.saturating_add(1);
        if self.0.lines.len() < MAX_LINES {
            self.0.lines.push(line);
        }
    }

    /// What else is known of the invoice.
    pub fn about(&mut self) -> &mut ElectronicInvoice {
        &mut self.0
    }

    pub fn finish(self) -> ElectronicInvoice {
        self.0
    }
}
