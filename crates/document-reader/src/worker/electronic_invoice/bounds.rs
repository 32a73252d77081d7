//! Bounds that the parser of XML does not have: it compares every attribute of an element with the others, and every
//! namespace in force with the others where a new one is declared, so that a small file could keep it busy for minutes.

use std::collections::HashSet;

/// The most attributes of an element; real ones have a dozen, declarations of namespaces included.
const MAX_ATTRIBUTES: usize = 200;
/// The most prefixes of namespaces in a file; real files have ten.
const MAX_PREFIXES: usize = 100;

/// Looks for what is over the bounds, in time that grows with the text's length alone. Text that only looks like
/// attributes counts as well: no invoice has so much of it.
pub fn excess(text: &str) -> Option<String> {
    // No `<` stands in an attribute's value: none of a tag's attributes are in another piece.
    if text.split('<').any(|tag| has_more_attributes(tag, MAX_ATTRIBUTES)) {
        return Some(format!("XML with more than {MAX_ATTRIBUTES} attributes in an element"));
    }
    has_more_prefixes(text, MAX_PREFIXES)
        .then(|| format!("XML with more than {MAX_PREFIXES} prefixes of namespaces"))
}

fn has_more_attributes(tag: &str, most: usize) -> bool {
    let values = tag.split('=').skip(1).filter(|value| value.trim_start().starts_with(['"', '\'']));
    values.take(most + 1).count() > most
}

fn has_more_prefixes(text: &str, most: usize) -> bool {
    let mut prefixes = HashSet::new();
    text.split("xmlns").skip(1).any(|rest| {
        let prefix = rest.split(['=', '<']).next().unwrap_or_default();
        prefixes.insert(prefix.trim_end());
        prefixes.len() > most
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn element(attributes: usize, name: &str) -> String {
        let attributes: String =
            (0..attributes).map(|index| format!(" {name}{index} = '{index}>'")).collect();
        format!("<a{attributes}>=\"=\"</a>")
    }

    #[test]
    fn an_element_has_few_attributes_and_a_file_many() {
        let few = element(MAX_ATTRIBUTES - 2, "b");
        assert_eq!(excess(&few.repeat(3)), None);
        assert!(excess(&element(MAX_ATTRIBUTES + 1, "b")).unwrap().contains("attributes"));
    }

    #[test]
    fn prefixes_count_once_wherever_they_are_declared() {
        let few = element(MAX_PREFIXES, "xmlns:n");
        assert_eq!(excess(&few.repeat(3)), None);
        let another = "<b xmlns=\"urn:b\"/>";
        assert!(excess(&format!("{few}{another}")).unwrap().contains("namespaces"));
    }
}
