//! Blocks of an invoice: each is set into an area and returns its last baseline.

mod customer;
mod footer;
mod form;
mod hard_names;
mod items;
mod meta;
mod other_parties;
mod other_sums;
mod paired_numbers;
mod payment;
mod prose;
mod rows;
mod slips;
mod supplier;
mod tax_table;
mod totals;

pub(crate) use footer::FooterStyle;
pub(crate) use form::Side;
pub(crate) use slips::{SLIP_HEIGHT, SlipKind};
pub(crate) use totals::TotalsStyle;
