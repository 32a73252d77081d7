//! From rows to what the domain knows, and back. What a column holds as JSON has its shapes here, too.

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
