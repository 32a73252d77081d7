//! Converts a text prefix to a range of texts, compared by their bytes.

/// The smallest text that is larger than all texts with this prefix; `None` when there is none.
pub(crate) fn successor(beginning: &str) -> Option<String> {
    let mut letters: Vec<char> = beginning.chars().collect();
    while let Some(last) = letters.pop() {
        let next = (u32::from(last) + 1..=u32::from(char::MAX)).find_map(char::from_u32);
        if let Some(next) = next {
            letters.push(next);
            return Some(letters.into_iter().collect());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_successor_is_after_all_that_begin_so_and_before_the_rest() {
        for (beginning, end) in
            [("a", "b"), ("az", "a{"), ("å", "æ"), ("a\u{d7ff}", "a\u{e000}"), ("a\u{10ffff}", "b")]
        {
            let found = successor(beginning).unwrap();
            assert_eq!(found, end);
            assert!(format!("{beginning}\u{10ffff}") < found && beginning < found.as_str());
        }
        assert_eq!(successor("\u{10ffff}"), None);
    }
}
