//! Converts rows to domain types and back, including the JSON in columns.

pub(crate) mod document;
pub(crate) mod event;
pub(crate) mod findings;
pub(crate) mod job;
mod json;
pub(crate) mod label;
pub(crate) mod label_change;
mod names;
pub(crate) mod page;
mod shapes;
