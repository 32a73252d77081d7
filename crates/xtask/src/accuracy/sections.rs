//! Generated parts of a document: the text between `<!-- generated:NAME -->` and `<!--
//! /generated:NAME -->`. Everything else is written by people and stays.

use anyhow::{Result, anyhow, ensure};

const OPENING: &str = "<!-- generated:";
const END: &str = " -->";

/// The names of a set's sections without the set's own name: `fields` for `unseen-fields`.
pub fn names(document: &str, set: &str) -> Vec<String> {
    let openings = document.lines().filter_map(|line| line.trim().strip_prefix(OPENING)?.strip_suffix(END));
    openings.filter_map(|name| name.strip_prefix(set)?.strip_prefix('-')).map(str::to_owned).collect()
}

/// The document with a section's content replaced.
///
/// # Errors
/// When the document does not have the section exactly once, or it has no end.
pub fn fill(document: &str, name: &str, content: &str) -> Result<String> {
    let opening = format!("{OPENING}{name}{END}");
    let closing = format!("<!-- /generated:{name}{END}");
    let (before, rest) =
        document.split_once(&opening).ok_or_else(|| anyhow!("the document has no `{opening}`"))?;
    let (_, after) = rest.split_once(&closing).ok_or_else(|| anyhow!("`{opening}` has no `{closing}`"))?;
    ensure!(!after.contains(&opening), "the document has `{opening}` twice");
    Ok(format!("{before}{opening}\n{}\n{closing}{after}", content.trim_end()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const DOCUMENT: &str = "Said by people.\n\n<!-- generated:unseen-fields -->\nold\n<!-- /generated:unseen-fields -->\n\nMore.\n\
        <!-- generated:private-fields -->\n<!-- /generated:private-fields -->\n";

    #[test]
    fn one_section_is_filled_and_all_else_stays() {
        let filled = fill(DOCUMENT, "unseen-fields", "| a |\n| b |\n").unwrap();
        assert_eq!(filled, DOCUMENT.replace("\nold\n", "\n| a |\n| b |\n"));
        assert_eq!(fill(&filled, "unseen-fields", "| a |\n| b |\n").unwrap(), filled);
        let other = fill(DOCUMENT, "private-fields", "x").unwrap();
        assert!(other.contains("old") && other.contains("\nx\n<!-- /generated:private-fields -->"));
    }

    #[test]
    fn sections_are_found_by_their_set() {
        assert_eq!(names(DOCUMENT, "unseen"), ["fields"]);
        assert_eq!(names(DOCUMENT, "private"), ["fields"]);
        assert!(names(DOCUMENT, "timed").is_empty());
    }

    #[test]
    fn a_section_that_is_missing_open_or_there_twice_is_refused() {
        for (document, name) in [
            (DOCUMENT.to_owned(), "unseen-errors"),
            (DOCUMENT.replace("/generated:unseen-fields", "/"), "unseen-fields"),
            (DOCUMENT.repeat(2), "unseen-fields"),
        ] {
            assert!(fill(&document, name, "x").is_err(), "{name}");
        }
    }
}
