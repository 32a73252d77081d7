//! Numbers of companies, accounts and payments, with valid check digits, in their printed forms.
//!
//! Owns how numbers are generated. Does not know whose they are.

mod accounts;
mod check_digits;
mod organisations;
mod references;
mod serials;
#[cfg(test)]
mod tests;
mod vat;

pub(crate) use accounts::{
    bankgiro, bic, danish_account, domestic_account, iban, norwegian_account, plusgiro,
};
pub(crate) use organisations::organisation_number;
pub(crate) use references::{PaymentReference, danish_payment_line, payment_reference, virtual_barcode};
pub(crate) use serials::{Serial, serial_number};
pub(crate) use vat::vat_number;

use crate::random::Dice;

/// A number and its printed forms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Identifier {
    /// The normal form.
    pub(crate) normal: String,
    /// Printed forms, the usual one first; never empty.
    prints: Vec<String>,
}

impl Identifier {
    /// A number with a single printed form.
    pub(crate) fn plain(normal: impl Into<String>) -> Self {
        let normal = normal.into();
        Self { prints: vec![normal.clone()], normal }
    }

    /// A number with its printed forms.
    pub(crate) fn printed_as(normal: impl Into<String>, prints: impl IntoIterator<Item = String>) -> Self {
        let normal = normal.into();
        let mut prints: Vec<String> = prints.into_iter().collect();
        if prints.is_empty() {
            prints.push(normal.clone());
        }
        Self { normal, prints }
    }

    /// A random printed form, the usual one more often.
    pub(crate) fn print(&self, dice: &mut Dice) -> String {
        let usual = if dice.chance(0.45) { self.prints.first() } else { dice.of(&self.prints) };
        usual.unwrap_or(&self.normal).clone()
    }

    /// The usual printed form.
    pub(crate) fn usual(&self) -> &str {
        self.prints.first().unwrap_or(&self.normal)
    }
}

/// Groups of `size` characters from the left, with `mark` between them.
pub(crate) fn grouped(text: &str, size: usize, mark: &str) -> String {
    let characters: Vec<char> = text.chars().collect();
    let groups: Vec<String> = characters.chunks(size.max(1)).map(|group| group.iter().collect()).collect();
    groups.join(mark)
}

/// Groups of `size` characters from the right, with `mark` between them.
pub(crate) fn grouped_from_right(text: &str, size: usize, mark: &str) -> String {
    let reversed: String = text.chars().rev().collect();
    let mark: String = mark.chars().rev().collect();
    grouped(&reversed, size, &mark).chars().rev().collect()
}

/// Groups of the given sizes, with `mark` between them; the rest is the last group.
pub(crate) fn grouped_by(text: &str, sizes: &[usize], mark: &str) -> String {
    let mut rest = text;
    let mut groups = Vec::new();
    for size in sizes {
        if rest.len() <= *size {
            break;
        }
        let (group, after) = rest.split_at(*size);
        groups.push(group);
        rest = after;
    }
    if !rest.is_empty() {
        groups.push(rest);
    }
    groups.join(mark)
}
