//! Limits on XML attributes, checked before parsing: the parser compares every attribute of an
//! element with every other, and every namespace declaration with those around it.
//!
//! Finds where markup begins and ends; well-formedness is checked by the parser.

use std::collections::HashSet;

/// Maximum number of attributes of an element; real invoices have a tenth of it.
const MAX_ATTRIBUTES: usize = 256;
/// Maximum cost of comparing namespaces: declarations times the square of prefixes, about a second.
/// Real files have ten prefixes, or dozens that are declared once; some declare one of few prefixes
/// in every element.
const MAX_NAMESPACE_COST: usize = 200_000_000;

/// Checks that this text is within the limits for the parser.
///
/// # Errors
/// The limit that is exceeded, as text for people.
pub fn check(text: &str) -> Result<(), String> {
    let mut namespaces = Namespaces::default();
    let mut rest = text;
    while let Some((_, markup)) = rest.split_once('<') {
        rest = match passage(markup) {
            Some(end) => markup.split_once(end).map_or("", |(_, after)| after),
            None => check_tag(markup, &mut namespaces)?,
        };
    }
    Ok(())
}

/// The end marker of a section without tags: a comment, character data, an instruction (XML 1.0,
/// 2.5 to 2.7).
fn passage(markup: &str) -> Option<&'static str> {
    let passages = [("!--", "-->"), ("![CDATA[", "]]>"), ("?", "?>")];
    passages.into_iter().find(|(begin, _)| markup.starts_with(begin)).map(|(_, end)| end)
}

/// The namespace declarations so far.
#[derive(Default)]
struct Namespaces<'a> {
    prefixes: HashSet<&'a str>,
    declarations: usize,
}

impl<'a> Namespaces<'a> {
    fn declare(&mut self, prefix: &'a str) -> Result<(), String> {
        self.prefixes.insert(prefix);
        self.declarations += 1;
        let cost = self.prefixes.len().saturating_pow(2).saturating_mul(self.declarations);
        if cost > MAX_NAMESPACE_COST {
            return Err("XML with too many declarations of namespaces".to_owned());
        }
        Ok(())
    }
}

/// Checks the attributes of a tag, and returns the text after it.
fn check_tag<'a>(tag: &'a str, namespaces: &mut Namespaces<'a>) -> Result<&'a str, String> {
    let mut count = 0;
    let mut rest = tag;
    while let Some((before, sign, after)) = split_at_sign(rest) {
        rest = after;
        match sign {
            '>' => return Ok(after),
            '=' => {
                count += 1;
                let name = before.split_whitespace().next_back().unwrap_or_default();
                if name.starts_with("xmlns") {
                    namespaces.declare(name)?;
                }
            }
            quote => rest = after.split_once(quote).map_or("", |(_, after)| after),
        }
        if count > MAX_ATTRIBUTES {
            return Err(format!("XML with an element of more than {MAX_ATTRIBUTES} attributes"));
        }
    }
    Ok("")
}

/// The text before the first significant character of a tag, that character, and the text after it.
fn split_at_sign(text: &str) -> Option<(&str, char, &str)> {
    let (place, sign) = text.match_indices(['>', '=', '"', '\'']).next()?;
    let after = text.get(place + sign.len()..)?;
    Some((text.get(..place)?, sign.chars().next()?, after))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn attributes(count: usize) -> String {
        (0..count).map(|number| format!(" a{number} = '>='")).collect()
    }

    fn namespaces(count: usize) -> String {
        (0..count).map(|number| format!("<a xmlns:n{number}=\"urn:{number}\"/>")).collect()
    }

    #[test]
    fn attributes_are_counted_for_each_element() {
        let whole = format!("<r>{0}{0}</r>", format!("<a{}/>", attributes(MAX_ATTRIBUTES)));
        assert_eq!(check(&whole), Ok(()));
        let over = format!("<r><a{}/></r>", attributes(MAX_ATTRIBUTES + 1));
        assert!(check(&over).unwrap_err().contains("256 attributes"));
    }

    #[test]
    fn few_prefixes_may_be_declared_often_and_many_once() {
        let often = namespaces(3).repeat(10_000);
        assert_eq!(check(&often), Ok(()));
        let many = namespaces(90);
        assert_eq!(check(&many), Ok(()));
        assert!(check(&format!("{many}{often}")).unwrap_err().contains("namespaces"));
    }

    #[test]
    fn what_looks_like_a_tag_and_is_none_does_not_count() {
        let signs = format!("<a {}", "=".repeat(1000));
        for text in [
            format!("<r><!--{signs}--></r>"),
            format!("<r><![CDATA[{signs}]]></r>"),
            format!("<?r {signs}?><r/>"),
        ] {
            assert_eq!(check(&text), Ok(()), "{text}");
        }
        assert!(check(&format!("<r><!-- -->{signs}</r>")).is_err());
    }

    #[test]
    fn text_that_breaks_off_is_left_to_the_parser() {
        for text in ["", "<", "<a", "<a b", "<a b=", "<a b='", "<!--", "<![CDATA[<", "<?", "a>='"] {
            assert_eq!(check(text), Ok(()), "{text}");
        }
    }
    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn the_fullest_element_decides(counts in prop::collection::vec(0_usize..300, 0..6), between in "[a-z=\"' ]*") {
            let element = |count: &usize| format!("{between}<a{}/><!--<a {between}-->", attributes(*count));
            let elements: String = counts.iter().map(element).collect();
            let is_within = counts.iter().all(|count| *count <= MAX_ATTRIBUTES);
            prop_assert_eq!(check(&format!("<r>{elements}</r>")).is_ok(), is_within);
        }
    }
}
