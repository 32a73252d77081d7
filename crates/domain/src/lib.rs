//! The domain of Fieldmark: what an invoice's fields are, how their values are written and checked,
//! and how detected spans become chosen values.

pub mod check;
pub mod detection;
pub mod document;
pub mod field;
pub mod geometry;
pub mod layout;
pub mod page;
pub mod ports;
