//! Walks an XML tree by paths of local names. Prefixes are the file's choice, and the names of an
//! e-invoice's syntax are unambiguous without them.

use roxmltree::Node;

/// Maximum number of characters of a text; the rest is cut, because longer texts are not values.
const MAX_TEXT: usize = 500;

/// Whether a node is an element of the namespaces of UN/CEFACT, ZUGFeRD 1.0 or UBL. Elements of
/// other namespaces may occur among them with another meaning.
fn is_of_standard(node: &Node<'_, '_>) -> bool {
    const FAMILIES: [&str; 3] =
        ["urn:un:unece:uncefact:data:", "urn:ferd:", "urn:oasis:names:specification:ubl:"];
    let namespace = node.tag_name().namespace().unwrap_or_default();
    node.is_element() && FAMILIES.iter().any(|family| namespace.starts_with(family))
}

/// An element of an e-invoice.
#[derive(Debug, Clone, Copy)]
pub struct Element<'a>(Node<'a, 'a>);

impl<'a> Element<'a> {
    pub fn of(node: Node<'a, 'a>) -> Self {
        Self(node)
    }

    pub fn name(self) -> &'a str {
        self.0.tag_name().name()
    }

    pub fn namespace(self) -> Option<&'a str> {
        self.0.tag_name().namespace()
    }

    /// The children of this name, in document order.
    pub fn children(self, name: &'a str) -> impl Iterator<Item = Self> + 'a {
        self.0.children().filter(move |node| is_of_standard(node) && node.tag_name().name() == name).map(Self)
    }

    /// The first descendant along a path of names separated by `/`.
    pub fn at(self, path: &'a str) -> Option<Self> {
        path.split('/').try_fold(self, |element, name| element.children(name).next())
    }

    /// Its own text with single spaces; `None` when it is empty.
    pub fn own_text(self) -> Option<String> {
        let pieces = self.0.children().filter(Node::is_text).filter_map(|node| node.text());
        let text: String = pieces.flat_map(str::chars).take(MAX_TEXT).collect();
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        (!text.is_empty()).then_some(text)
    }

    /// The text of the first descendant along a path.
    pub fn text(self, path: &'a str) -> Option<String> {
        self.at(path)?.own_text()
    }

    /// An attribute by its local name.
    pub fn attribute(self, name: &str) -> Option<&'a str> {
        self.0.attributes().find(|attribute| attribute.name() == name).map(|attribute| attribute.value())
    }

    /// An attribute that is a code; a longer value is ignored.
    pub fn code(self, name: &str) -> Option<String> {
        self.attribute(name).map(str::trim).filter(|code| (1..=20).contains(&code.len())).map(str::to_owned)
    }

    /// The text of the first child of this name whose amount is in this currency or has no
    /// currency. An amount in another currency is returned together with that currency, so that it
    /// is not taken for an amount in this one.
    pub fn amount(self, name: &'a str, currency: Option<&str>) -> Option<String> {
        let of = |amount: &Self| amount.attribute("currencyID").map(str::trim);
        let is_meant = |amount: &Self| currency.is_none() || of(amount).is_none() || of(amount) == currency;
        match self.children(name).find(is_meant) {
            Some(amount) => amount.own_text(),
            None => self.children(name).next().and_then(|amount| {
                let text = amount.own_text()?;
                Some(format!("{text} {}", of(&amount).unwrap_or_default()))
            }),
        }
    }

    /// The first child of a name whose attribute has one of these values.
    pub fn child_with(self, name: &'a str, attribute: &str, values: &[&str]) -> Option<Self> {
        self.children(name)
            .find(|child| child.attribute(attribute).is_some_and(|value| values.contains(&value.trim())))
    }
}
