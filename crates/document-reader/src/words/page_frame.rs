//! Converts a page's own coordinates to the page as shown: crop box, rotation, y downwards.

use fieldmark_domain::page::PageSize;

use super::character::Edges;

/// A page's rotation, in steps of 90 degrees clockwise: 0 to 3.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct QuarterTurns(u8);

impl QuarterTurns {
    /// This number of steps, modulo 4.
    pub const fn new(steps: u8) -> Self {
        Self(steps % 4)
    }

    /// The steps, 0 to 3.
    pub const fn steps(self) -> u8 {
        self.0
    }

    /// Two rotations combined.
    pub const fn and(self, other: Self) -> Self {
        Self::new(self.0 + other.0)
    }

    /// Whether the rotation swaps width and height.
    pub const fn swaps_sides(self) -> bool {
        self.0 % 2 == 1
    }

    /// Rotates a vector (y upwards).
    pub fn turn(self, (x, y): (f32, f32)) -> (f32, f32) {
        match self.0 {
            0 => (x, y),
            1 => (y, -x),
            2 => (-x, -y),
            _ => (-y, x),
        }
    }
}

/// The visible part of a page and its rotation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PageFrame {
    /// The visible box in the page's own coordinates.
    pub shown: Edges,
    /// The rotation with which the page is shown.
    pub turns: QuarterTurns,
}

impl PageFrame {
    /// Width and height as shown.
    pub fn size(&self) -> PageSize {
        let (width, height) = (self.shown.width(), self.shown.height());
        let (width, height) = if self.turns.swaps_sides() { (height, width) } else { (width, height) };
        PageSize { width_pt: width, height_pt: height }
    }

    /// The same page with an additional rotation.
    pub const fn turned(&self, further: QuarterTurns) -> Self {
        Self { shown: self.shown, turns: self.turns.and(further) }
    }

    /// A box on the page as shown: origin at the upper left corner, y downwards, in points.
    pub fn place(&self, edges: &Edges) -> Edges {
        let from_left = (edges.left - self.shown.left, edges.right - self.shown.left);
        let from_right = (self.shown.right - edges.right, self.shown.right - edges.left);
        let from_top = (self.shown.high - edges.high, self.shown.high - edges.low);
        let from_bottom = (edges.low - self.shown.low, edges.high - self.shown.low);
        let ((left, right), (low, high)) = match self.turns.steps() {
            0 => (from_left, from_top),
            1 => (from_bottom, from_left),
            2 => (from_right, from_bottom),
            _ => (from_top, from_right),
        };
        Edges { left, right, low, high }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A page of 100 by 200 whose lower left corner is at (10, 20), and a box near its upper left corner.
    fn placed(steps: u8) -> (PageSize, Edges) {
        let shown = Edges { left: 10.0, right: 110.0, low: 20.0, high: 220.0 };
        let frame = PageFrame { shown, turns: QuarterTurns::new(steps) };
        (frame.size(), frame.place(&Edges { left: 15.0, right: 25.0, low: 200.0, high: 210.0 }))
    }

    #[test]
    fn an_upright_page_is_seen_through_its_crop_box() {
        let (size, edges) = placed(0);
        assert_eq!((size.width_pt, size.height_pt), (100.0, 200.0));
        assert_eq!(edges, Edges { left: 5.0, right: 15.0, low: 10.0, high: 20.0 });
    }

    #[test]
    fn the_upper_left_corner_wanders_clockwise() {
        let (size, edges) = placed(1);
        assert_eq!((size.width_pt, size.height_pt), (200.0, 100.0));
        assert_eq!(edges, Edges { left: 180.0, right: 190.0, low: 5.0, high: 15.0 });
        assert_eq!(placed(2).1, Edges { left: 85.0, right: 95.0, low: 180.0, high: 190.0 });
        assert_eq!(placed(3).1, Edges { left: 10.0, right: 20.0, low: 85.0, high: 95.0 });
        assert_eq!(placed(4), placed(0));
    }

    #[test]
    fn writing_upwards_is_level_after_a_clockwise_turn() {
        assert_eq!(QuarterTurns::new(1).turn((0.0, 1.0)), (1.0, 0.0));
        assert_eq!(QuarterTurns::new(3).turn((0.0, -1.0)), (1.0, 0.0));
    }
}
