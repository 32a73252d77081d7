//! Bounds that the parser of XML does not have: it compares every attribute of an element with the others, and every
//! namespace in force with the others where a new one is declared, so that a small file could keep it busy for minutes.

use std::collections::HashSet;

/// The most attributes of an element; real ones have a dozen, declarations of namespaces included.
const MAX_ATTRIBUTES: usize = 100;
/// What comparing namespaces may cost: declarations times the square of prefixes, about a second. Real files have
/// ten prefixes, or dozens that are declared once; some declare one of few in every element.
const MAX_NAMESPACE_COST: usize = 200_000_000;

/// Looks for what is over the bounds, in time that grows with the text's length alone. Text that only looks like
/// attributes counts as well: no invoice has so much of it.
pub fn excess(text: &str) -> Option<String> {
    // No `<` stands in an attribute's value: none of a tag's attributes are in another piece.
    if text.split('<').any(|tag| has_more_attributes(tag, MAX_ATTRIBUTES)) {
        return Some(format!("XML with more than {MAX_ATTRIBUTES} attributes in an element"));
    }
    costs_more(text, MAX_NAMESPACE_COST).then(|| "XML with too many declarations of namespaces".to_owned())
}

fn has_more_attributes(tag: &str, most: usize) -> bool {
    let values = tag.split('=').skip(1).filter(|value| value.trim_start().starts_with(['"', '\'']));
    values.take(most + 1).count() > most
}

fn costs_more(text: &str, most: usize) -> bool {
    let mut prefixes = HashSet::new();
    (1_usize..).zip(text.split("xmlns").skip(1)).any(|(declarations, rest)| {
        prefixes.insert(rest.split(['=', '<']).next().unwrap_or_default().trim_end());
        prefixes.len().saturating_pow(2).saturating_mul(declarations) > most
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
    fn few_prefixes_may_be_declared_often_and_many_once() {
        let often = element(3, "xmlns:n").repeat(10_000);
        assert_eq!(excess(&often), None);
        let many = element(90, "xmlns:n");
        assert_eq!(excess(&many), None);
        assert!(excess(&format!("{many}{often}")).unwrap().contains("namespaces"));
    }
}
