//! From rows to what the domain knows, and back. What a column holds as JSON has its shapes here, too.

pub(crate) mod document;
mod json;
mod names;
