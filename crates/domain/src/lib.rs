//! The domain of Fieldmark: what an invoice's fields are, how their values are written and checked,
//! and how detected spans become chosen values.

pub mod check;
pub mod commands;
pub mod detection;
pub mod document;
pub mod extraction;
pub mod field;
pub mod geometry;
pub mod label;
pub mod layout;
pub mod page;
pub mod ports;
pub mod reading;
pub mod values;
