//! Boxes on a page, in fractions of its width and height, so that they hold at any resolution.
//!
//! Origin top left, x to the right, y downwards. Points and pixels are the business of adapters.

/// An axis-parallel box on a page, in fractions (0..1) of the page's width and height.
///
/// ```
/// use fieldmark_domain::geometry::BoundingBox;
///
/// let word = BoundingBox::from_edges(0.1, 0.2, 0.3, 0.25);
/// let next = BoundingBox::from_edges(0.35, 0.2, 0.5, 0.25);
/// assert!(word.horizontal_overlap(&next) < 0.0, "there is a gap between them");
/// assert_eq!(word.union(&next), BoundingBox::from_edges(0.1, 0.2, 0.5, 0.25));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct BoundingBox {
    /// Distance from the page's left edge to the box's left edge.
    pub left: f32,
    /// Distance from the page's top edge to the box's top edge.
    pub top: f32,
    /// Extent to the right.
    pub width: f32,
    /// Extent downwards.
    pub height: f32,
}

impl BoundingBox {
    /// The whole page.
    pub const WHOLE: Self = Self { left: 0.0, top: 0.0, width: 1.0, height: 1.0 };

    /// A box from its four edges; edges given in the wrong order are swapped.
    #[must_use]
    pub fn from_edges(left: f32, top: f32, right: f32, bottom: f32) -> Self {
        let (left, right) = if right < left { (right, left) } else { (left, right) };
        let (top, bottom) = if bottom < top { (bottom, top) } else { (top, bottom) };
        Self { left, top, width: right - left, height: bottom - top }
    }

    /// The right edge.
    #[must_use]
    pub fn right(&self) -> f32 {
        self.left + self.width
    }

    /// The bottom edge.
    #[must_use]
    pub fn bottom(&self) -> f32 {
        self.top + self.height
    }

    /// The height of the horizontal centre line.
    #[must_use]
    pub fn middle(&self) -> f32 {
        self.top + self.height / 2.0
    }

    /// The smallest box that holds both.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        Self::from_edges(
            self.left.min(other.left),
            self.top.min(other.top),
            self.right().max(other.right()),
            self.bottom().max(other.bottom()),
        )
    }

    /// The smallest box that holds all of them; `None` for none.
    #[must_use]
    pub fn union_of<'a>(boxes: impl IntoIterator<Item = &'a Self>) -> Option<Self> {
        boxes.into_iter().copied().reduce(|whole, part| whole.union(&part))
    }

    /// The length that both share horizontally; negative when there is a gap between them.
    #[must_use]
    pub fn horizontal_overlap(&self, other: &Self) -> f32 {
        self.right().min(other.right()) - self.left.max(other.left)
    }

    /// The length that both share vertically; negative when there is a gap between them.
    #[must_use]
    pub fn vertical_overlap(&self, other: &Self) -> f32 {
        self.bottom().min(other.bottom()) - self.top.max(other.top)
    }
}

/// A box and the page on which it stands.
///
/// ```
/// use fieldmark_domain::geometry::{BoundingBox, PageBox};
///
/// let lower_half = BoundingBox { top: 0.5, height: 0.5, ..BoundingBox::WHOLE };
/// let place = PageBox { page: 2, bounds: lower_half };
/// assert_eq!((place.bounds.bottom(), place.bounds.middle()), (1.0, 0.75));
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct PageBox {
    /// The page, counted from 1.
    pub page: u32,
    /// Where on the page.
    pub bounds: BoundingBox,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn swapped_edges_make_the_same_box() {
        let upright = BoundingBox::from_edges(0.1, 0.2, 0.5, 0.6);
        assert_eq!(upright, BoundingBox::from_edges(0.5, 0.6, 0.1, 0.2));
        assert!((upright.right() - 0.5).abs() < 1e-6 && (upright.bottom() - 0.6).abs() < 1e-6);
    }

    #[test]
    fn a_gap_is_a_negative_overlap() {
        let left = BoundingBox::from_edges(0.0, 0.0, 0.2, 0.1);
        let right = BoundingBox::from_edges(0.3, 0.0, 0.4, 0.1);
        assert!((left.horizontal_overlap(&right) + 0.1).abs() < 1e-6);
        assert!(left.vertical_overlap(&right) > 0.0);
    }

    #[test]
    fn a_union_holds_both() {
        let whole =
            BoundingBox::from_edges(0.0, 0.0, 0.2, 0.1).union(&BoundingBox::from_edges(0.3, 0.5, 0.4, 0.6));
        assert_eq!(whole, BoundingBox::from_edges(0.0, 0.0, 0.4, 0.6));
        assert_eq!(BoundingBox::union_of([]), None);
    }
}
