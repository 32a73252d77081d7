//! The word classes of the model: index 0 is "no span", the others are the domain's span classes in
//! a fixed order. Weights list them by name.

use fieldmark_domain::detection::{BlockRole, SpanClass};
use fieldmark_domain::extraction::DocumentKind;
use fieldmark_domain::field::Field;

/// The name of class 0.
pub const NONE: &str = "none";

/// The classes for training new weights. A KID is detected as a payment reference; the reading step
/// distinguishes them by the document's country.
#[must_use]
pub fn class_names() -> Vec<String> {
    let learnt = SpanClass::all().filter(|class| {
        !matches!(
            class,
            SpanClass::Value(Field::Kid)
                | SpanClass::Block(_)
                | SpanClass::Document(_)
                | SpanClass::Caption(
                    Field::Kid
                        | Field::Currency
                        | Field::SupplierName
                        | Field::CustomerName
                        | Field::SupplierAddress
                        | Field::CustomerAddress
                        | Field::CustomerEmail
                )
        )
    });
    std::iter::once(NONE.to_owned()).chain(learnt.map(SpanClass::name)).collect()
}

/// The block roles for training new weights; the first is "none".
#[must_use]
pub fn role_names() -> Vec<String> {
    let roles = BlockRole::ALL.iter().map(|role| SpanClass::Block(*role).name());
    std::iter::once(NONE.to_owned()).chain(roles).collect()
}

/// The document kinds for training new weights.
#[must_use]
pub fn document_names() -> Vec<String> {
    DocumentKind::ALL.map(|kind| SpanClass::Document(kind).name()).to_vec()
}

/// The index of a class among these names; 0 for `None` and for classes that are not trained.
#[must_use]
pub fn class_index(names: &[String], class: Option<SpanClass>) -> usize {
    class.map(SpanClass::name).and_then(|name| names.iter().position(|other| *other == name)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_class_is_none_and_the_others_are_the_domains() {
        let names = class_names();
        assert_eq!(names.first().map(String::as_str), Some(NONE));
        assert!(names.iter().skip(1).all(|name| SpanClass::from_name(name).is_some()));
        assert_eq!(class_index(&names, None), 0);
        assert_eq!(class_index(&names, Some(SpanClass::Value(Field::Kid))), 0);
        let caption = SpanClass::Caption(Field::TotalNet);
        assert_eq!(names[class_index(&names, Some(caption))], "caption:total_net");
    }
}
