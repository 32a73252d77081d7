//! Numbers as they are printed: no more places than mean something.

/// `value` with so many places after the point.
pub fn rounded(value: f32, places: i32) -> f64 {
    let scale = 10_f64.powi(places);
    (f64::from(value) * scale).round() / scale
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_float_prints_with_the_places_that_it_was_given() {
        assert_eq!(rounded(0.1, 3).to_string(), "0.1");
        assert_eq!(rounded(0.987_654, 3).to_string(), "0.988");
        assert_eq!(rounded(595.276, 1).to_string(), "595.3");
        assert_eq!(rounded(0.012_345_6, 5).to_string(), "0.01235");
    }
}
