//! Detects characters that are printed twice at almost the same place, for bold type or a shadow.

use std::collections::HashMap;

use super::character::Edges;

/// Maximum distance of the second print, in heights of the character. Two equal letters side by
/// side are at least twice as far apart, even the narrowest.
const MAX_OFFSET: f32 = 0.1;
/// Side of the cells that index earlier prints, in points; at least the maximum distance at usual
/// font sizes.
const CELL_PT: f32 = 4.0;

/// The characters printed so far, and where.
#[derive(Debug, Default)]
pub struct Prints {
    cells: HashMap<(u32, i32, i32), Vec<(f32, f32)>>,
    last: Option<(u32, Edges)>,
}

impl Prints {
    /// Whether the character was already printed at this place; records it if not.
    pub fn repeats(&mut self, code: u32, edges: &Edges) -> bool {
        let centre = edges.centre();
        // The two letters of one ligature glyph share one box.
        let is_ligature = self.last == Some((code, *edges)) && is_letter(code);
        self.last = Some((code, *edges));
        if !is_ligature && self.has_near(code, centre, MAX_OFFSET * edges.height()) {
            return true;
        }
        self.cells.entry(Self::cell(code, centre, (0, 0))).or_default().push(centre);
        false
    }

    fn has_near(&self, code: u32, centre: (f32, f32), reach: f32) -> bool {
        let cells = (-1..=1).flat_map(|right| (-1..=1).map(move |up| (right, up)));
        cells
            .filter_map(|step| self.cells.get(&Self::cell(code, centre, step)))
            .flatten()
            .any(|print| (print.0 - centre.0).abs() <= reach && (print.1 - centre.1).abs() <= reach)
    }

    fn cell(code: u32, centre: (f32, f32), step: (i32, i32)) -> (u32, i32, i32) {
        let index = |along: f32, step: i32| ((along / CELL_PT).floor() as i32).saturating_add(step);
        (code, index(centre.0, step.0), index(centre.1, step.1))
    }
}

fn is_letter(code: u32) -> bool {
    char::from_u32(code).is_some_and(char::is_alphabetic)
}
