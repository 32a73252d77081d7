//! Modulus 10, recursive: the check digit of Swiss payment references (Swiss implementation
//! guidelines for the QR-bill, annex B). It detects any single changed digit.

use super::digit_values;

/// The next carry for each sum of carry and digit, modulo 10.
const CARRIES: [u32; 10] = [0, 9, 4, 6, 8, 2, 7, 1, 3, 5];

/// Whether the last digit is the recursive check digit of the digits before it. Fewer than two
/// digits never pass.
pub(in crate::values) fn passes_recursive_modulus_10(number: &str) -> bool {
    let mut digits = digit_values(number);
    let Some(check) = digits.next_back() else { return false };
    let mut count = 0;
    let carry = digits.fold(0, |carry, digit| {
        count += 1;
        CARRIES.get(((carry + digit) % 10) as usize).copied().unwrap_or_default()
    });
    count > 0 && (10 - carry) % 10 == check
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_guidelines_example_passes_and_its_neighbours_fail() {
        assert!(passes_recursive_modulus_10("210000000003139471430009017"));
        assert!(
            (0..10)
                .filter(|digit| *digit != 7)
                .all(|digit| { !passes_recursive_modulus_10(&format!("21000000000313947143000901{digit}")) })
        );
        assert!(!passes_recursive_modulus_10("0") && !passes_recursive_modulus_10(""));
    }
}
