//! A part of a long list, and how much there is in all.

/// The largest part of a list that is given at once.
pub const MAX_LIMIT: u32 = 100;

/// Which part of a list is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// How many at most, 1 to [`MAX_LIMIT`].
    pub limit: u32,
    /// How many of the first ones to leave out.
    pub offset: u64,
}

impl Default for Window {
    fn default() -> Self {
        Self { limit: 20, offset: 0 }
    }
}

/// A part of a list.
///
/// ```
/// use fieldmark_domain::listing::{Listing, MAX_LIMIT, Window};
///
/// let third_page = Window { limit: MAX_LIMIT, offset: 200 };
/// let part = Listing { items: vec!["a", "b"], total: 202 };
/// assert_eq!(third_page.offset + part.items.len() as u64, part.total);
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Listing<T> {
    /// The items in the wanted order.
    pub items: Vec<T>,
    /// How many there are in all, in this part and outside it, unless the query says that it does not matter.
    pub total: u64,
}
