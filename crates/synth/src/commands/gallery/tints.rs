//! The colours of labels.

use fieldmark_domain::detection::{BlockRole, SpanClass};
use fieldmark_page_pictures::palette;
use image::Rgb;

/// The colour of words that look like a field but are not.
const LOOKALIKE: Rgb<u8> = Rgb([120, 113, 108]);

/// The colour of a class; captions have the colour of their field.
pub const fn of_class(class: SpanClass) -> Rgb<u8> {
    match class {
        SpanClass::Value(field) | SpanClass::Caption(field) => palette::colour(field.kind()),
        SpanClass::SupplierCaption | SpanClass::CustomerCaption | SpanClass::OtherPartyCaption => {
            Rgb([30, 64, 175])
        }
        _ => LOOKALIKE,
    }
}

/// The colour of a block's role.
pub const fn of_role(role: BlockRole) -> Rgb<u8> {
    match role {
        BlockRole::Supplier => Rgb([220, 38, 38]),
        BlockRole::Customer => Rgb([37, 99, 235]),
        BlockRole::BillTo => Rgb([14, 165, 233]),
        BlockRole::Delivery => Rgb([6, 148, 162]),
        BlockRole::Agent => Rgb([219, 39, 119]),
        BlockRole::Identification => Rgb([147, 51, 234]),
        BlockRole::Lines => Rgb([156, 163, 175]),
        BlockRole::Totals => Rgb([22, 163, 74]),
        BlockRole::Bank => Rgb([217, 119, 6]),
        BlockRole::PaymentSlip => Rgb([120, 53, 15]),
        BlockRole::Terms => Rgb([101, 163, 13]),
        BlockRole::Footer => Rgb([0, 0, 0]),
    }
}
