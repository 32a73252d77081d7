//! Reliability diagrams as SVG 1.1: confidence from left to right, the share of right values upwards, how many values
//! a part holds as a bar, and the line on which both are equal.

use std::fmt::Write as _;

use crate::calibration::{BINS, Given, bins, expected_calibration_error};
use crate::evaluation::Evaluation;

const INK: &str = "#1f2937";
const BAR: &str = "#cbd5e1";
const DOT: &str = "#b91c1c";
const GRID: &str = "#e5e7eb";
/// Panels beside each other.
const COLUMNS: usize = 4;

/// Where a panel stands and how large its square is, in pixels.
#[derive(Clone, Copy)]
struct Place {
    left: f64,
    top: f64,
    side: f64,
}

impl Place {
    /// The point of a confidence and a share of right values.
    fn point(self, confidence: f64, precision: f64) -> (f64, f64) {
        (self.left + confidence * self.side, self.top + (1.0 - precision) * self.side)
    }
}

/// The diagram of all fields together.
pub fn overall(all: &Evaluation<'_, '_>) -> String {
    let place = Place { left: 60.0, top: 40.0, side: 360.0 };
    drawing(450.0, 460.0, &panel("all fields", &all.given(None), place))
}

/// A diagram for each field, in rows; the most frequent fields first.
pub fn by_field(all: &Evaluation<'_, '_>) -> String {
    let (side, width, height) = (170.0, 240.0, 260.0);
    let mut panels = String::new();
    let tally = all.tally();
    let fields = tally.fields();
    for (index, (field, _)) in fields.iter().enumerate() {
        let (column, row) = ((index % COLUMNS) as f64, (index / COLUMNS) as f64);
        let place = Place { left: 50.0 + column * width, top: 40.0 + row * height, side };
        panels.push_str(&panel(field, &all.given(Some(field)), place));
    }
    drawing(COLUMNS as f64 * width, fields.len().div_ceil(COLUMNS) as f64 * height, &panels)
}

fn drawing(width: f64, height: f64, content: &str) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.0} {height:.0}\" width=\"{width:.0}\" \
         height=\"{height:.0}\" font-family=\"sans-serif\" font-size=\"11\" fill=\"{INK}\">\n\
         <rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n{content}</svg>\n"
    )
}

fn panel(name: &str, given: &[Given], place: Place) -> String {
    let Place { left, top, side } = place;
    let mut svg = String::new();
    let error = expected_calibration_error(given);
    let _ = writeln!(svg, "<text x=\"{left:.1}\" y=\"{:.1}\" font-weight=\"bold\">{name}</text>", top - 20.0);
    let _ = writeln!(
        svg,
        "<text x=\"{left:.1}\" y=\"{:.1}\">{} values, ECE {error:.3}</text>",
        top - 6.0,
        given.len()
    );
    svg.push_str(&grid(place));
    svg.push_str(&counts(given, place));
    let (from, to) = (place.point(0.0, 0.0), place.point(1.0, 1.0));
    let _ = writeln!(
        svg,
        "<line x1=\"{:.1}\" y1=\"{:.1}\" x2=\"{:.1}\" y2=\"{:.1}\" stroke=\"{INK}\" stroke-dasharray=\"4 3\"/>",
        from.0, from.1, to.0, to.1
    );
    svg.push_str(&dots(given, place));
    let _ = writeln!(
        svg,
        "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\">confidence</text>",
        left + side / 2.0,
        top + side + 30.0
    );
    let (x, y) = (left - 32.0, top + side / 2.0);
    let _ = writeln!(
        svg,
        "<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"middle\" transform=\"rotate(-90 {x:.1} {y:.1})\">right</text>"
    );
    svg
}

/// Lines and numbers at every quarter.
fn grid(place: Place) -> String {
    let mut svg = String::new();
    for part in [0.0, 0.25, 0.5, 0.75, 1.0] {
        let (x, y) = place.point(part, part);
        let (right, bottom) = (place.left + place.side, place.top + place.side);
        let _ = writeln!(
            svg,
            "<path d=\"M{x:.1} {:.1}V{bottom:.1}M{:.1} {y:.1}H{right:.1}\" stroke=\"{GRID}\"/>\n\
             <text x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{part}</text>\n\
             <text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{part}</text>",
            place.top,
            place.left,
            bottom + 14.0,
            place.left - 5.0,
            y + 4.0
        );
    }
    svg
}

/// A bar for each bin; the highest one fills the panel's lower half.
fn counts(given: &[Given], place: Place) -> String {
    let bins = bins(given);
    let most = bins.iter().map(|bin| bin.count).max().unwrap_or(0).max(1) as f64;
    let width = place.side / BINS as f64;
    let mut svg = String::new();
    for (index, bin) in bins.iter().enumerate().filter(|(_, bin)| bin.count > 0) {
        let height = (bin.count as f64 / most * place.side / 2.0).max(1.0);
        let _ = writeln!(
            svg,
            "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{height:.1}\" fill=\"{BAR}\"><title>{} values, {} \
             right</title></rect>",
            place.left + index as f64 * width + 1.0,
            place.top + place.side - height,
            width - 2.0,
            bin.count,
            bin.right
        );
    }
    svg
}

/// A dot for each bin at its mean confidence and its share of right values, joined by a line; the more values, the
/// larger.
fn dots(given: &[Given], place: Place) -> String {
    let bins = bins(given);
    let filled = || bins.iter().filter(|bin| bin.count > 0);
    let corners: Vec<String> = filled()
        .map(|bin| {
            let (x, y) = place.point(bin.confidence(), bin.precision());
            format!("{x:.1},{y:.1}")
        })
        .collect();
    let mut svg = format!(
        "<polyline points=\"{}\" fill=\"none\" stroke=\"{DOT}\" stroke-opacity=\"0.5\"/>\n",
        corners.join(" ")
    );
    for bin in filled() {
        let (x, y) = place.point(bin.confidence(), bin.precision());
        let radius = 1.5 + 3.0 * (bin.count as f64 / given.len().max(1) as f64).sqrt();
        let _ = writeln!(
            svg,
            "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{radius:.1}\" fill=\"{DOT}\"><title>{} values, {:.3} right</title></circle>",
            bin.count,
            bin.precision()
        );
    }
    svg
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panel_has_a_dot_where_confidence_and_precision_meet() {
        let place = Place { left: 0.0, top: 0.0, side: 100.0 };
        let given = [
            Given { confidence: 0.9, is_right: true },
            Given { confidence: 0.9, is_right: false },
            Given { confidence: 0.2, is_right: false },
        ];
        let svg = panel("kid", &given, place);
        assert!(svg.contains("cx=\"90.0\" cy=\"50.0\"") && svg.contains("cx=\"20.0\" cy=\"100.0\""), "{svg}");
        assert!(svg.contains("3 values, ECE 0.333"), "{svg}");
        assert_eq!(svg.matches("<rect").count(), 2);
    }

    #[test]
    fn nothing_given_is_an_empty_panel() {
        let svg = panel("kid", &[], Place { left: 0.0, top: 0.0, side: 100.0 });
        assert!(svg.contains("0 values") && !svg.contains("<circle"));
    }
}
